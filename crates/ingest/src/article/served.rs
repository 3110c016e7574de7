//! What is asked of a page that comes from a server, from one parse.

use super::document::Document;
use super::facts::asks_for_password;
use super::origin::CaptureFacts;
use super::tree::parse;
use super::{end, facts, page};

/// What is asked of a page that comes from a server: whether it is whole, and the one that was asked
/// for.
#[derive(Clone, Debug)]
pub struct ServedPage {
    /// Whether it ends as a page does; one that no parser can take to its end does not.
    pub has_end: bool,
    /// Whether it is a form to sign in.
    pub asks_for_password: bool,
    /// What it says about its origin.
    pub facts: CaptureFacts,
}

impl ServedPage {
    /// Asks all of it of a text.
    pub fn of(document: &Document<'_>) -> Self {
        let Ok(page) = parse(document.text) else {
            return Self {
                has_end: false,
                asks_for_password: false,
                facts: CaptureFacts::default(),
            };
        };
        Self {
            has_end: end::has_end(&page),
            asks_for_password: asks_for_password(&page),
            facts: if page::is_html(document.text) {
                facts::of_page(&page)
            } else {
                document.facts()
            },
        }
    }
}
