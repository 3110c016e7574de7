//! `/port/5223/`: everything known about a port or range.

use std::collections::HashSet;

use appleports_model::{Date, Finding, Record, and_list, cut};
use maud::{Markup, html};

use crate::answer::{answer, ports_of};
use crate::context::{PortRows, Site};
use crate::files::{File, bounded};
use crate::layout::Page;
use crate::links::Links;
use crate::text::{description, t};
use crate::{findings, history, registry, rows, rules};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let ports = site.ports.iter().enumerate();
    bounded(ports.map(|(at, port)| page(site, at, port).file(site)))
}

fn page(site: &Site<'_>, at: usize, port: &PortRows<'_>) -> Page {
    let path = format!("port/{}/", port.name());
    let links = Links::of(site, &path);
    let noun = noun(port);
    let ports = answer(&ports_of(&port.rows, port.range));
    let services = services(port);
    let title = match (port.is_left(), services.is_empty()) {
        (false, false) => format!("{noun} ({}): {services}", protocols(port)),
        (false, true) => format!("{noun} ({})", protocols(port)),
        (true, _) => format!("{noun}: {}", whereabouts(site, port)),
    };
    let body = html! {
        h1 { (noun) }
        @if port.is_left() { (left(&links, port)) } @else {
            p.lead { (t(services)) }
            div.answer {
                p { strong data-copy="" { (t(&ports)) } }
                (doubts(&links, port))
            }
        }
        (history::strip(&links, &spans(port)))
        @for record in &port.rows { (card(&links, port, record)) }
        @if !port.former.is_empty() { (former(&links, port)) }
        @if !port.is_left() { (rules(site, port)) }
        (registry::section(&links, port))
        (sharing(&links, port))
        (neighbours(&links, at))
    };
    Page {
        description: summary(site, port, services),
        title,
        label: Some(port.name()),
        path,
        body,
    }
}

fn noun(port: &PortRows<'_>) -> String {
    let noun = if port.range.is_single() {
        "Port"
    } else {
        "Ports"
    };
    format!("{noun} {}", port.name())
}

/// The transports of the rows that the article has.
fn protocols(port: &PortRows<'_>) -> String {
    let transports = port.rows.iter().flat_map(|record| &record.transports);
    let mut transports: Vec<_> = transports.copied().collect();
    transports.sort_unstable();
    transports.dedup();
    rows::transports(&transports)
}

/// What the rows are about: their titles, each once; of rows that left, where no other is there.
fn services<'p>(port: &'p PortRows<'_>) -> &'p str {
    port.services.get_or_init(|| titles(port))
}

fn titles(port: &PortRows<'_>) -> String {
    let mut seen = HashSet::new();
    let mut titles: Vec<&str> = Vec::new();
    let is_left = port.is_left();
    let listed = port.rows.iter().copied();
    for record in listed.chain(port.records().filter(|_| is_left)) {
        let names = [record.title_in_english(), &record.service_name];
        let title = names.into_iter().find(|title| !title.is_empty());
        let title = title.unwrap_or_default();
        if !title.is_empty() && seen.insert(title) {
            titles.push(title);
        }
    }
    titles.join("; ")
}

/// Where a port is that has no row of its own any more.
fn whereabouts(site: &Site<'_>, port: &PortRows<'_>) -> String {
    let (covering, more) = site.covering(port.range);
    let mut names: Vec<String> = covering.iter().map(|range| range.name()).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    if names.is_empty() {
        "no longer in Apple's list".to_owned()
    } else {
        format!("covered by {} in Apple's list", and_list(&names))
    }
}

fn summary(site: &Site<'_>, port: &PortRows<'_>, services: &str) -> String {
    let noun = noun(port);
    if port.is_left() {
        let text = format!(
            "{noun}: {}, as of {}. Earlier editions: {services}.",
            whereabouts(site, port),
            site.day()
        );
        return description(&text);
    }
    let mut seen = HashSet::new();
    let products = port.rows.iter().flat_map(|record| &record.products);
    let products: Vec<&str> = products
        .map(String::as_str)
        .filter(|product| seen.insert(*product))
        .collect();
    let by = if products.is_empty() {
        String::new()
    } else {
        format!(" Used by {}.", products.join(", "))
    };
    description(&format!(
        "{noun} ({}) in Apple's list: {services}.{by}",
        protocols(port)
    ))
}

/// That the article has no such row any more, first of all.
fn left(links: &Links<'_>, port: &PortRows<'_>) -> Markup {
    let day = links.site.day();
    let (covering, more) = links.site.covering(port.range);
    html! {
        div.notice {
            p {
                @if covering.is_empty() {
                    strong { "Not in the article of " (t(day)) "." }
                } @else {
                    strong { "Not a row of its own in the article of " (t(day)) ", but covered by " (ranges(links, &covering, more)) "." }
                }
                " Apple listed it in the "
                @for (at, former) in port.former.iter().enumerate() {
                    @if at > 0 { ", and in the " }
                    (history::former(links, former))
                }
                "."
            }
        }
    }
}

/// Ranges with their transports, and how many more there are.
fn ranges(links: &Links<'_>, ports: &[&PortRows<'_>], more: usize) -> Markup {
    html! {
        @for (at, port) in ports.iter().enumerate() {
            @if at > 0 { ", " }
            (links.port(port.range)) " (" (protocols(port)) ")"
        }
        @if more > 0 { " and " (more) " more" }
    }
}

/// When the article had the rows.
fn spans(port: &PortRows<'_>) -> Vec<(Date, Date)> {
    let former = port.former.iter();
    let former = former.map(|former| (former.first.date(), former.last.date()));
    let rows = port.rows.iter().filter_map(|record| history::span(record));
    rows.chain(former).collect()
}

/// What to read with the answer, in a line below it.
fn doubts(links: &Links<'_>, port: &PortRows<'_>) -> Markup {
    let rows = port.rows.iter();
    let all: Vec<&Finding> = rows
        .flat_map(|record| links.site.findings_on(record, port.range))
        .collect();
    let (covering, more) = links.site.covering(port.range);
    html! {
        p.fine {
            @if !covering.is_empty() { "Also covered by " (ranges(links, &covering, more)) ". " }
            @if !all.is_empty() { "Read it with " (findings::counts(&all)) " below. " }
            a href="#rules" { "Rules to copy" } ". "
            (links.to(&format!("api/v1/port/{}.json", port.name()), "As JSON")) "."
        }
    }
}

/// One row of the article.
fn card(links: &Links<'_>, port: &PortRows<'_>, record: &Record) -> Markup {
    let row_findings = links.site.findings_on(record, port.range);
    let place = &record.provenance;
    html! {
        section.card {
            h2 { @if port.rows.len() > 1 { (rows::service(record)) } @else { "What the article says" } }
            dl.facts {
                (facts(links, port, record))
                dt { "In the article since" } dd {
                    (history::since(links, record))
                    @if let Some(day) = &record.confirmed { span.soft { " (last confirmed " (t(day)) ")" } }
                }
                (history::formerly(links, record))
                dt { "Source" } dd { (links.line(&place.source, place.line_first)) }
            }
            @if !row_findings.is_empty() {
                h3 { "Findings" }
                (findings::list(links, &row_findings))
            }
        }
    }
}

/// What a row says.
fn facts(links: &Links<'_>, port: &PortRows<'_>, record: &Record) -> Markup {
    let checks = record
        .cross_check
        .iter()
        .filter(|check| check.ports == port.range);
    html! {
        dt { "Ports" } dd { (rows::ports(links, record)) }
        @if !record.products.is_empty() || !record.used_by.is_empty() {
            dt { "Used by" } dd { (rows::used_by(links, record)) }
        }
        @if !record.rfcs.is_empty() {
            dt { "RFC" } dd {
                @for (at, number) in record.rfcs.iter().enumerate() {
                    @if at > 0 { ", " }
                    (links.rfc(*number))
                }
            }
        }
        @if !record.note.is_empty() { dt { "Note" } dd { (t(&record.note)) } }
        dt { "Registry" } dd {
            @for (at, check) in checks.enumerate() {
                @if at > 0 { br; }
                @if let Some(transport) = check.transport { (transport.as_str().to_uppercase()) ": " }
                (registry::shown(links.site, record, check))
            }
        }
        @for correction in &record.corrections {
            dt { "Correction" } dd {
                (correction.field.as_str()) ": " del { (t(&correction.published)) } " " ins { (t(&correction.value)) }
                " " span.soft { (t(&correction.reason)) }
            }
        }
    }
}

/// Rows that left the article.
fn former(links: &Links<'_>, port: &PortRows<'_>) -> Markup {
    html! {
        section {
            h2 #former { "In earlier editions" }
            @for former in &port.former {
                div.card.left {
                    h3 { (rows::service(&former.record)) }
                    dl.facts {
                        dt { "Listed in" } dd { (history::former(links, former)) }
                        dt { "Ports" } dd { (rows::ports(links, &former.record)) }
                        @if !former.record.used_by.is_empty() {
                            dt { "Used by" } dd { (rows::used_by(links, &former.record)) }
                        }
                        dt { "Source" } dd {
                            (links.line(&former.record.provenance.source, former.record.provenance.line_first))
                        }
                    }
                }
            }
        }
    }
}

fn rules(site: &Site<'_>, port: &PortRows<'_>) -> Markup {
    let rows = port.rows.iter();
    let records = rows.map(|record| rules::narrowed(record, port.range));
    let dataset = rules::part(site, records.collect());
    let ports = ports_of(&port.rows, port.range);
    // The filter takes whole rows, also those that only share a port with this one.
    let is_alone = site.sharing(port.range).next().is_none();
    let filter = is_alone.then(|| format!("--port {}", port.name()));
    rules::section(&dataset, &ports, filter.as_deref())
}

/// The most characters of what another page is about.
const MAX_SERVICES: usize = 200;

/// Ranges that include the port, and ports within the range.
fn sharing(links: &Links<'_>, port: &PortRows<'_>) -> Markup {
    let (sharing, more) = links.site.first_sharing(port.range);
    html! {
        @if !sharing.is_empty() {
            section {
                h2 #related { "Rows that share ports with it" }
                ul.related {
                    @for other in sharing {
                        li {
                            (links.port(other.range)) " " (t(cut(services(other), MAX_SERVICES)))
                            @if other.is_left() { " " span.badge { "left the article" } }
                        }
                    }
                    @if more > 0 { li { "and " (more) " more" } }
                }
            }
        }
        @if port.is_left() {
            p.fine { (links.to(&format!("api/v1/port/{}.json", port.name()), "As JSON")) }
        }
    }
}

/// The ports before and after.
fn neighbours(links: &Links<'_>, at: usize) -> Markup {
    let ports = &links.site.ports;
    let before = at.checked_sub(1).and_then(|before| ports.get(before));
    html! {
        nav.neighbours aria-label="Neighbours" {
            @if let Some(port) = before { span { "← " (links.port(port.range)) } }
            (links.to("port/", "All ports"))
            @if let Some(port) = ports.get(at + 1) { span { (links.port(port.range)) " →" } }
        }
    }
}
