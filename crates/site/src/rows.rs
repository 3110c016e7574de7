//! Rows of the article in a table.

use appleports_model::{CrossCheck, Record, Transport, and_list, joined};
use maud::{Markup, html};

use crate::findings::badge;
use crate::history;
use crate::links::Links;
use crate::registry::shown;
use crate::text::t;

/// The rows of a product, one line for each record.
pub(crate) fn table(links: &Links<'_>, records: &[&Record], product: &str) -> Markup {
    html! {
        table.cards.rows {
            thead { tr { th { "Port" } th { "Service" } th { "Registry" } th { "Also used by" } th { "Since" } } }
            tbody {
                @for record in records { (row(links, record, product)) }
            }
        }
    }
}

fn row(links: &Links<'_>, record: &Record, product: &str) -> Markup {
    let others = record.products.iter().filter(|name| *name != product);
    let others: Vec<String> = others.cloned().collect();
    let findings = links.site.findings_of(record);
    let worst = findings.iter().max_by_key(|finding| finding.level);
    html! {
        tr {
            td.port data-label="Port" { (ports(links, record)) }
            td data-label="Service" { (service(record)) }
            td data-label="Registry" {
                @for (at, check) in differing(record).into_iter().enumerate() {
                    @if at > 0 { br; }
                    (shown(links.site, record, check))
                }
                @if let Some(finding) = worst {
                    br;
                    (badge(finding.level)) " " (links.finding(&finding.code))
                }
            }
            td.used data-label="Also used by" { (links.products(&others)) }
            td.day data-label="Since" { (history::since(links, record)) }
        }
    }
}

/// The ranges with their pages, and the transports.
pub(crate) fn ports(links: &Links<'_>, record: &Record) -> Markup {
    html! {
        @for (at, range) in record.ports.iter().enumerate() {
            @if at > 0 { ", " }
            (links.port(*range))
        }
        @if record.transports.is_empty() { span.soft { " (no transport)" } }
        @else { "/" (joined(&record.transports, "+")) }
    }
}

/// The name and the title, in English where another edition has it.
pub(crate) fn service(record: &Record) -> Markup {
    let title = record.title_in_english();
    html! {
        @if !record.service_name.is_empty() { code { (t(&record.service_name)) } " " }
        (t(title))
        @if record.deprecated { " " span.badge { "deprecated" } }
    }
}

/// The products; the published words where the row has none.
pub(crate) fn used_by(links: &Links<'_>, record: &Record) -> Markup {
    html! {
        @if record.products.is_empty() { (t(&record.used_by)) }
        @else { (links.products(&record.products)) }
    }
}

/// The verdicts, each once.
fn differing(record: &Record) -> Vec<&CrossCheck> {
    let mut checks: Vec<&CrossCheck> = Vec::new();
    for check in &record.cross_check {
        let is_known = |other: &&CrossCheck| {
            (other.iana_status, &other.iana_names) == (check.iana_status, &check.iana_names)
        };
        if !checks.iter().any(is_known) {
            checks.push(check);
        }
    }
    checks
}

/// `TCP and UDP`; `no transport` where the article gives none.
pub(crate) fn transports(transports: &[Transport]) -> String {
    let names = transports
        .iter()
        .map(|transport| transport.as_str().to_uppercase());
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        "no transport".to_owned()
    } else {
        and_list(&names)
    }
}
