//! `/edition/`: all editions of the article, newest first.

use appleports_pipeline::EditionInWords;
use maud::html;

use crate::context::Site;
use crate::files::File;
use crate::layout::Page;
use crate::links::Links;
use crate::text::{capitalised, t};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let path = "edition/".to_owned();
    let links = Links::of(site, &path);
    let page = Page {
        title: "All editions".to_owned(),
        description: format!(
            "What Apple changed in its list of ports: {} editions of the article, each with the ports that opened and closed.",
            site.editions.len()
        ),
        label: None,
        body: html! {
            h1 { "Editions" }
            p.lead { "What Apple changed in its list, newest first. Follow it by " (links.to("feed.xml", "feed")) "." }
            table.cards {
                thead { tr { th { "Date" } th { "Source" } th { "Rows" } th { "What changed" } } }
                tbody {
                    @for edition in site.editions.iter().rev() {
                        @let capture = &edition.capture;
                        tr {
                            td.main data-label="Date" { (links.edition(&capture.day())) }
                            td data-label="Source" { (t(super::edition::form(capture))) }
                            td data-label="Rows" { (edition.records) }
                            @let words = EditionInWords::of(edition);
                            td data-label="What changed" {
                                (t(capitalised(&words.headline)))
                                @if let Some(caution) = words.caution { p.fine { (caution) } }
                            }
                        }
                    }
                }
            }
        },
        path,
    };
    vec![page.file(site)]
}
