//! What the registry says about a port.

use appleports_model::{CrossCheck, IanaStatus, Record, RegistryEntry, SourceInfo, SourceKind};
use maud::{Markup, html};

use crate::context::{PortRows, Site};
use crate::links::Links;
use crate::text::t;

/// More rows, and those that would make the texts of all longer, in bytes, are left to the registry's
/// own page: a site has a page for each port. Port 80 has the most, 7 with some hundred bytes.
const MAX_ROWS: usize = 20;
const MAX_TEXT: usize = 8 * 1024;

/// The registry's page, searched for a port.
const SEARCH: &str = "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml?search=";

/// A verdict in words. A name that another service has registered agrees with nothing.
fn verdict(check: &CrossCheck, is_borrowed: bool) -> String {
    let names = check.iana_names.join(", ");
    match check.iana_status {
        IanaStatus::Match if is_borrowed => "registered for another service".to_owned(),
        IanaStatus::Match => "registered under this name".to_owned(),
        IanaStatus::OtherName => format!("registered as {names}"),
        IanaStatus::NameElsewhere => "the name is registered for another port".to_owned(),
        IanaStatus::OtherTransport => "registered for another transport only".to_owned(),
        IanaStatus::Unassigned => "not registered".to_owned(),
        IanaStatus::NoName => format!("no name in the article; registered as {names}"),
        IanaStatus::NoNameUnassigned => "no name in the article, and not registered".to_owned(),
        IanaStatus::NoTransport => "not compared: the article gives no transport".to_owned(),
    }
}

/// The verdict on a row. It is shown as fine only if no finding is about the row.
pub(crate) fn shown(site: &Site<'_>, record: &Record, check: &CrossCheck) -> Markup {
    let is_borrowed = site.findings.is_borrowed_name(&record.id, check);
    let has_findings = !site.findings_of(record).is_empty();
    let class = match check.iana_status {
        IanaStatus::Match if is_borrowed => "warn",
        IanaStatus::Match if !has_findings => "good",
        IanaStatus::Match | IanaStatus::NoName | IanaStatus::NoTransport => "soft",
        _ => "warn",
    };
    html! { span class=(class) { (t(verdict(check, is_borrowed))) } }
}

/// The registry's rows for the first port of a page.
pub(crate) fn rows<'s>(site: &'s Site<'_>, port: &PortRows<'_>) -> Vec<RegistryEntry<'s>> {
    let rows = site.registry.covering(port.range.first());
    let mut length = 0;
    let fit = rows.take(MAX_ROWS).take_while(|row| {
        let texts = [row.name, row.description, row.reference, row.notes];
        length += texts.map(str::len).iter().sum::<usize>();
        length <= MAX_TEXT
    });
    fit.collect()
}

/// The same as a section of the page.
pub(crate) fn section(links: &Links<'_>, port: &PortRows<'_>) -> Markup {
    let (site, first) = (links.site, port.range.first());
    let rows = rows(site, port);
    let edition = &site.registry.edition;
    let dated = site
        .source(edition)
        .filter(|source| source.kind == SourceKind::Iana)
        .map_or_else(|| edition.clone(), SourceInfo::dated);
    html! {
        section {
            h2 #registry { "In the IANA registry" }
            p.fine {
                "Edition of " (t(dated)) ". "
                a href=(t(format!("{SEARCH}{first}"))) { "Port " (first) " in the current registry" }
                @if !port.range.is_single() { " (the first of the range)" }
            }
            @if rows.is_empty() {
                p { "The registry has no row for port " (first) "." }
            } @else {
                table.cards {
                    thead { tr { th { "Name" } th { "Port" } th { "Description" } th { "Source" } } }
                    tbody {
                        @for row in rows { (self::row(links, &row)) }
                    }
                }
            }
        }
    }
}

fn row(links: &Links<'_>, row: &RegistryEntry<'_>) -> Markup {
    let ports = row.ports.map(|ports| ports.to_string()).unwrap_or_default();
    let transport = row.transport.map_or("", |transport| transport.as_str());
    let slash = if transport.is_empty() { "" } else { "/" };
    let name = if row.name.is_empty() {
        "(no name)"
    } else {
        row.name
    };
    html! {
        tr {
            td data-label="Name" { code { (t(name)) } }
            td data-label="Port" { code { (t(format!("{ports}{slash}{transport}"))) } }
            td data-label="Description" {
                (t(row.description))
                @if !row.reference.is_empty() { " " span.soft { (t(row.reference)) } }
                @if !row.notes.is_empty() { " " span.soft { (t(row.notes)) } }
            }
            td data-label="Source" { (links.line(&links.site.registry.edition, row.line)) }
        }
    }
}
