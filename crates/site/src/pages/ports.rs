//! `/port/`: all ports and ranges.

use appleports_model::counted;
use maud::{Markup, html};

use crate::context::{PortRows, Site};
use crate::files::File;
use crate::layout::Page;
use crate::links::Links;
use crate::text::prose;
use crate::{history, rows};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let path = "port/".to_owned();
    let links = Links::of(site, &path);
    let (left, current): (Vec<_>, Vec<_>) = site.ports.iter().partition(|port| port.is_left());
    let page = Page {
        title: "All ports".to_owned(),
        description: format!(
            "The {} ports and ranges of Apple's list of {}, and {} of earlier editions, with services and products.",
            current.len(),
            site.day(),
            left.len()
        ),
        label: None,
        body: html! {
            h1 { "Ports" }
            p.lead { (current.len()) " ports and ranges are in the article, " a href="#former" { (left.len()) " more" } " were in earlier editions." }
            (unread(&links))
            (listed(&links, &current))
            section {
                h2 #former { "No longer in the article" }
                (former(&links, &left))
            }
        },
        path,
    };
    vec![page.file(site)]
}

/// Rows of the article that could not be read: they are on no other page.
fn unread(links: &Links<'_>) -> Markup {
    let rows = &links.site.dataset.rejected;
    html! {
        @if !rows.is_empty() {
            div.notice {
                p { strong { (counted(rows.len(), "row")) " of the article could not be read:" } }
                ul {
                    @for row in rows {
                        li { (links.line(&row.source, row.line)) ": " (prose(&row.reason)) }
                    }
                }
            }
        }
    }
}

fn listed(links: &Links<'_>, ports: &[&PortRows<'_>]) -> Markup {
    html! {
        table.cards {
            thead { tr { th { "Port" } th { "Transport" } th { "Service" } th { "Used by" } } }
            tbody {
                @for port in ports {
                    @for record in &port.rows {
                        tr {
                            td.port data-label="Port" { (links.port(port.range)) }
                            td data-label="Transport" { (rows::transports(&record.transports)) }
                            td data-label="Service" { (rows::service(record)) }
                            td.used data-label="Used by" { (rows::used_by(links, record)) }
                        }
                    }
                }
            }
        }
    }
}

fn former(links: &Links<'_>, ports: &[&PortRows<'_>]) -> Markup {
    html! {
        table.cards {
            thead { tr { th { "Port" } th { "Transport" } th { "Service" } th { "Listed in" } } }
            tbody {
                @for port in ports {
                    @for former in &port.former {
                        tr.left {
                            td.port data-label="Port" { (links.port(port.range)) }
                            td data-label="Transport" { (rows::transports(&former.record.transports)) }
                            td data-label="Service" { (rows::service(&former.record)) }
                            td data-label="Listed in" { (history::former(links, former)) }
                        }
                    }
                }
            }
        }
    }
}
