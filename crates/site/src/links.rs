//! Links between the pages: relative, so that the site works below any path.

use appleports_model::PortRange;
use maud::{Markup, html};

use crate::context::Site;
use crate::text::t;

/// Where the sources of the dataset are.
const SOURCES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/sources/");

/// The most RFCs that are named as the successors of one; a page may have many that have many.
const MAX_SUCCESSORS: usize = 8;

/// The links of one page.
pub(crate) struct Links<'s> {
    pub(crate) site: &'s Site<'s>,
    /// From the page to the site's first page.
    pub(crate) up: String,
}

impl<'s> Links<'s> {
    /// The links of the page at this path.
    pub(crate) fn of(site: &'s Site<'s>, path: &str) -> Self {
        Self {
            site,
            up: "../".repeat(path.matches('/').count()),
        }
    }

    /// A link to a path below the site.
    pub(crate) fn to(&self, path: &str, label: &str) -> Markup {
        html! { a href=(t(self.address(path))) { (t(label)) } }
    }

    /// The address of a path below the site.
    pub(crate) fn address(&self, path: &str) -> String {
        match format!("{}{path}", self.up) {
            first if first.is_empty() => "./".to_owned(),
            other => other,
        }
    }

    /// A port or range, with a link where it has a page.
    pub(crate) fn port(&self, range: PortRange) -> Markup {
        let name = range.to_string();
        match self.site.port_at(range) {
            Some(_) => self.to(&format!("port/{name}/"), &name),
            None => t(name),
        }
    }

    /// A product, with a link where it has a page.
    pub(crate) fn product(&self, name: &str) -> Markup {
        match self.site.product(name) {
            Some(product) => self.to(&format!("product/{}/", product.slug), name),
            None => t(name),
        }
    }

    /// The products of a row, with commas between them.
    pub(crate) fn products(&self, names: &[String]) -> Markup {
        html! {
            @for (at, name) in names.iter().enumerate() {
                @if at > 0 { ", " }
                (self.product(name))
            }
        }
    }

    /// The day of an edition, with a link where it has a page.
    pub(crate) fn edition(&self, day: &str) -> Markup {
        let address = self.address(&format!("edition/{day}/"));
        html! {
            @if self.site.has_edition(day) {
                a.day href=(t(address)) { (t(day)) }
            } @else {
                span.day { (t(day)) }
            }
        }
    }

    /// A finding by its name.
    pub(crate) fn finding(&self, code: &str) -> Markup {
        let rules = &self.site.rules;
        match rules.iter().find(|rule| rule.code == code) {
            Some(rule) => self.to(
                &format!("finding/{code}/"),
                &crate::text::capitalised(rule.title),
            ),
            None => t(code),
        }
    }

    /// A line of a source, with a link to the repository where the source is in it.
    pub(crate) fn line(&self, id: &str, line: u32) -> Markup {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
        let path = self.site.source(id).map(|source| source.path.as_str());
        let text = format!("{id}, line {line}");
        match path.filter(|path| path.bytes().all(is_plain)) {
            // A page is shown as a page, unless its plain text is asked for.
            Some(path) => html! {
                a.line href=(t(format!("{SOURCES}{path}?plain=1#L{line}"))) { (t(text)) }
            },
            None => t(text),
        }
    }

    /// An RFC, and the current ones where it has been replaced.
    pub(crate) fn rfc(&self, number: u32) -> Markup {
        let link = |number: u32| {
            html! {
                a href=(t(format!("https://www.rfc-editor.org/rfc/rfc{number}"))) { "RFC " (number) }
            }
        };
        let current = self
            .site
            .dataset
            .rfc(number)
            .map_or(&[][..], |facts| facts.current.as_slice());
        let more = current.len().saturating_sub(MAX_SUCCESSORS);
        html! {
            (link(number))
            @for (at, successor) in current.iter().take(MAX_SUCCESSORS).enumerate() {
                @if at == 0 { " (obsolete; now " } @else { ", " }
                (link(*successor))
            }
            @if more > 0 { " and " (more) " more" }
            @if !current.is_empty() { ")" }
        }
    }
}
