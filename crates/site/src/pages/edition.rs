//! `/edition/2022-08-25/`: what changed in an edition, for people first.

use std::ffi::OsStr;
use std::path::Path;

use appleports_model::{PortRange, SourceInfo, Transport};
use appleports_pipeline::{ChangeInWords, Edition, EditionInWords, RowInWords, Weight};
use maud::{Markup, html};

use crate::context::Site;
use crate::files::File;
use crate::layout::Page;
use crate::links::Links;
use crate::text::{description, t};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let editions = site.editions.iter().enumerate();
    let pages = editions.map(|(at, edition)| page(site, at, edition).file(site));
    pages.collect()
}

/// What a capture is, in words. Only HTML can be what the server sent.
pub(super) fn form(capture: &SourceInfo) -> String {
    let is_html = Path::new(&capture.path).extension() == Some(OsStr::new("html"));
    let form = match capture.form.remark() {
        "" if is_html => "the page as it was served",
        "" => "a reader's copy of the page",
        remark => remark,
    };
    format!("{form}, {}", capture.locale_text())
}

fn page(site: &Site<'_>, at: usize, edition: &Edition) -> Page {
    let day = edition.capture.day();
    let path = format!("edition/{day}/");
    let links = Links::of(site, &path);
    let words = EditionInWords::of(edition);
    let body = html! {
        h1 { "Edition of " (t(&day)) }
        p.lead { (t(&words.summary)) }
        @if let Some(caution) = words.caution { p.notice { (caution) } }
        (source(&links, edition))
        (contents(&words))
        (ports(&links, edition))
        (products(&links, &words))
        (rows(&links, "Rows that came", "came", &words.came))
        (rows(&links, "Rows that left", "left", &words.left))
        (rows(&links, "Rows that could not be read", "unread", &words.unread))
        @for (title, id, weight) in CHANGED { (changed(&links, title, id, weight, &words.changed)) }
        p { "As data: " (links.to(&format!("api/v1/edition/{day}.json"), &format!("{day}.json"))) }
        (neighbours(&links, at))
    };
    Page {
        title: format!("What Apple changed in its list of ports on {day}"),
        description: description(&format!("{day}: {}.", words.headline)),
        label: Some(day),
        path,
        body,
    }
}

/// The rows that changed, by what matters most about them.
const CHANGED: [(&str, &str, Weight); 3] = [
    (
        "Rows with other ports or transports",
        "moved",
        Weight::Exposure,
    ),
    ("Rows with another name", "renamed", Weight::Identity),
    ("Rows with other values", "changed", Weight::Metadata),
];

/// The sections of the page, with their counts.
fn contents(words: &EditionInWords) -> Markup {
    let count = |weight: Weight| {
        words
            .changed
            .iter()
            .filter(|change| change.weight == weight)
            .count()
    };
    let mut sections = vec![
        (
            "Products with other ports",
            "products",
            words.products.len(),
        ),
        ("Came", "came", words.came.len()),
        ("Left", "left", words.left.len()),
        ("Not read", "unread", words.unread.len()),
    ];
    let labels = ["Other ports or transports", "Renamed", "Other values"];
    let changed = labels.into_iter().zip(CHANGED);
    sections.extend(changed.map(|(label, (_, id, weight))| (label, id, count(weight))));
    sections.retain(|(_, _, count)| *count > 0);
    html! {
        @if sections.len() > 1 {
            nav aria-label="On this page" {
                ul.chips {
                    @for (label, id, count) in sections {
                        li { a.chip href=(format!("#{id}")) { (label) " " span.soft { (count) } } }
                    }
                }
            }
        }
    }
}

/// What the edition is, and what it is compared with.
fn source(links: &Links<'_>, edition: &Edition) -> Markup {
    let capture = &edition.capture;
    html! {
        dl.facts {
            dt { "Source" } dd {
                @if let Some(url) = capture.link() { a href=(t(url)) { "Article " (t(capture.article_id.as_deref().unwrap_or_default())) } ", " }
                (t(form(capture)))
            }
            dt { "Stored as" } dd { (links.line(&capture.id, 1)) }
            @if let Some(previous) = &edition.previous {
                dt { "Compared with" } dd { (links.edition(&previous.day())) ", " (t(form(previous))) }
            }
        }
    }
}

fn ports(links: &Links<'_>, edition: &Edition) -> Markup {
    let mut transports: Vec<_> = edition.changes.exposure.transports.iter().collect();
    transports.sort_by_key(|row| row.transport.is_none());
    html! {
        @if !transports.is_empty() {
            section {
                h2 #ports { "Ports" }
                table.cards.thirds {
                    thead { tr { th { "Transport" } th { "Opened" } th { "Closed" } } }
                    tbody {
                        @for row in transports {
                            tr {
                                td.main data-label="Transport" {
                                    (row.transport.map_or("none given", Transport::as_str))
                                }
                                td data-label="Opened" { (ranges(links, row.opened_ranges.ranges())) }
                                td data-label="Closed" { (ranges(links, row.closed_ranges.ranges())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn ranges(links: &Links<'_>, ranges: &[PortRange]) -> Markup {
    html! {
        @for (at, range) in ranges.iter().enumerate() {
            @if at > 0 { ", " }
            (links.port(*range))
        }
        @if ranges.is_empty() { span.soft { "none" } }
    }
}

fn products(links: &Links<'_>, words: &EditionInWords) -> Markup {
    html! {
        @if !words.products.is_empty() {
            section {
                h2 #products { "Products that gain or lose ports" }
                table.cards.thirds {
                    thead { tr { th { "Product" } th { "Gains" } th { "Loses" } } }
                    tbody {
                        @for product in &words.products {
                            tr {
                                td.main data-label="Product" { (links.product(&product.name)) }
                                td data-label="Gains" { (t(product.gains.join(", "))) }
                                td data-label="Loses" { (t(product.loses.join(", "))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn rows(links: &Links<'_>, title: &str, id: &str, rows: &[RowInWords]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section {
                h2 id=(id) { (title) }
                table.cards {
                    thead { tr { th { "Port" } th { "Service" } th { "Used by" } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td.port data-label="Port" { (linked(links, &row.ranges, &row.ports)) }
                                td data-label="Service" {
                                    @if !row.name.is_empty() { code { (t(&row.name)) } " " }
                                    (t(&row.title))
                                    @if !row.remark.is_empty() { " " span.soft { (t(&row.remark)) } }
                                }
                                td.used data-label="Used by" { (t(&row.users)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changed(
    links: &Links<'_>,
    title: &str,
    id: &str,
    weight: Weight,
    changes: &[ChangeInWords],
) -> Markup {
    let rows: Vec<_> = changes.iter().filter(|row| row.weight == weight).collect();
    html! {
        @if !rows.is_empty() {
            section {
                h2 id=(id) { (title) }
                table.cards {
                    thead { tr { th { "Port" } th { "Service" } th { "What changed" } } }
                    tbody {
                        @for row in rows {
                            tr {
                                td.port data-label="Port" { (linked(links, &row.ranges, &row.ports)) }
                                td data-label="Service" { (t(&row.service)) }
                                td data-label="What changed" {
                                    ul.plain {
                                        @for change in &row.changes { li { (t(change)) } }
                                        @if !row.doubts.is_empty() { li.warn { (t(&row.doubts)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The ports of a row; a link where it has just one range.
fn linked(links: &Links<'_>, ranges: &[PortRange], text: &str) -> Markup {
    let page = ranges
        .first()
        .filter(|range| ranges.len() == 1 && links.site.port_at(**range).is_some());
    match page {
        Some(range) => links.to(&format!("port/{range}/"), text),
        None => t(text),
    }
}

/// The editions before and after.
fn neighbours(links: &Links<'_>, at: usize) -> Markup {
    let editions = links.site.editions;
    let before = at.checked_sub(1).and_then(|before| editions.get(before));
    html! {
        nav.neighbours aria-label="Neighbours" {
            @if let Some(edition) = before { span { "← " (links.edition(&edition.capture.day())) } }
            (links.to("edition/", "All editions"))
            @if let Some(edition) = editions.get(at + 1) {
                span { (links.edition(&edition.capture.day())) " →" }
            }
        }
    }
}
