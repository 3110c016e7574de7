//! `/product/facetime/`: the ports of a product.

use appleports_model::{Finding, PortRange, Record};
use maud::{Markup, html};

use crate::answer::answer;
use crate::context::{ProductRows, Site};
use crate::files::{File, bounded};
use crate::layout::Page;
use crate::links::Links;
use crate::text::{description, t};
use crate::{findings, history, rows, rules};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let products = site.products.iter().enumerate();
    bounded(products.map(|(at, product)| page(site, at, product).file(site)))
}

fn page(site: &Site<'_>, at: usize, product: &ProductRows<'_>) -> Page {
    let path = format!("product/{}/", product.slug);
    let links = Links::of(site, &path);
    let name = &product.summary.name;
    let ports = answer(&product.summary.ports);
    let body = html! {
        h1 { (t(name)) }
        @if product.rows.is_empty() { (without_rows(&links, product)) } @else {
            p.lead { "Ports that Apple lists for " (t(name)) ":" }
            div.answer {
                p { strong data-copy="" { (t(&ports)) } }
                (doubts(&links, product))
            }
            section {
                h2 #rows { "Rows of the article" }
                (rows::table(&links, &product.rows, name))
            }
            (rules(site, product))
            (all_findings(&links, product))
        }
        (history(&links, product))
        (spellings(product))
        @if product.rows.is_empty() {
            p.fine { (links.to(&format!("api/v1/product/{}.json", product.slug), "As JSON")) }
        }
        (neighbours(&links, at))
    };
    let (title, text) = if ports.is_empty() {
        (
            format!("{name}: not in Apple's list of ports"),
            format!(
                "Apple's list of {} has no port for {name}.{}",
                site.day(),
                left_after(product)
            ),
        )
    } else {
        (
            format!("{name} ports"),
            format!("{name} uses {ports}, by Apple's list of {}.", site.day()),
        )
    };
    Page {
        title,
        description: description(&text),
        label: Some(name.clone()),
        path,
        body,
    }
}

fn left_after(product: &ProductRows<'_>) -> String {
    let day = product.summary.left_after.as_ref();
    day.map_or_else(String::new, |day| {
        format!(" It was last listed in the edition of {day}.")
    })
}

fn without_rows(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    let site = links.site;
    html! {
        div.notice {
            p {
                strong { "The article of " (t(site.day())) " lists no port for " (t(&product.summary.name)) "." }
                @if let Some(day) = &product.summary.left_after {
                    " It was last listed in the edition of " (links.edition(day)) "."
                } @else if product.formerly.is_empty() {
                    " Nor does any earlier edition on record."
                }
            }
        }
    }
}

/// What to read with the answer, in a line below it.
fn doubts(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    let all = all(links.site, product);
    let path = format!("api/v1/product/{}.json", product.slug);
    html! {
        p.fine {
            @if !all.is_empty() { "Read it with " a href="#findings" { (findings::counts(&all)) } ". " }
            a href="#rules" { "Rules to copy" } ". "
            (links.to(&path, "As JSON")) "."
        }
    }
}

fn all<'s>(site: &Site<'s>, product: &ProductRows<'_>) -> Vec<&'s Finding> {
    let rows = product.rows.iter();
    rows.flat_map(|record| site.findings_of(record))
        .copied()
        .collect()
}

fn all_findings(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    let all = all(links.site, product);
    html! {
        @if !all.is_empty() {
            section {
                h2 #findings { "Findings about these rows" }
                (findings::list(links, &all))
            }
        }
    }
}

fn rules(site: &Site<'_>, product: &ProductRows<'_>) -> Markup {
    let records = product.rows.iter().copied().cloned();
    let part = rules::part(site, records.collect());
    let filter = format!("--product {}", product.slug);
    rules::section(&part, &product.summary.ports, Some(&filter))
}

/// Rows that once listed the product.
fn history(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    html! {
        @if !product.former.is_empty() || !product.formerly.is_empty() {
            section {
                h2 #history { "In earlier editions" }
                table.cards {
                    thead { tr { th { "Port" } th { "Service" } th { "Listed in" } th { "Today" } } }
                    tbody {
                        @for (record, statement) in &product.formerly {
                            tr.left {
                                td.port data-label="Port" { (rows::ports(links, record)) }
                                td data-label="Service" { (rows::service(record)) }
                                td data-label="Listed in" {
                                    (history::between(links, &statement.first, &statement.last))
                                }
                                td data-label="Today" { "listed for others" }
                            }
                        }
                        @for former in &product.former {
                            tr.left {
                                td.port data-label="Port" { (rows::ports(links, &former.record)) }
                                td data-label="Service" { (rows::service(&former.record)) }
                                td data-label="Listed in" { (history::former(links, former)) }
                                td data-label="Today" { (today(links, &former.record)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What became of a row that left the article.
fn today(links: &Links<'_>, record: &Record) -> &'static str {
    let is_listed = |range: &PortRange| {
        let port = links
            .site
            .port_at(*range)
            .and_then(|at| links.site.ports.get(at));
        port.is_some_and(|port| !port.is_left()) || !links.site.covering(*range).0.is_empty()
    };
    if record.ports.iter().any(is_listed) {
        "in another row"
    } else {
        "left the article"
    }
}

fn spellings(product: &ProductRows<'_>) -> Markup {
    let spellings = &product.summary.spellings;
    html! {
        @if !spellings.is_empty() {
            section {
                h2 #spellings { "Also known as" }
                p { (t(spellings.join(", "))) }
            }
        }
    }
}

/// The products before and after.
fn neighbours(links: &Links<'_>, at: usize) -> Markup {
    let products = &links.site.products;
    let before = at.checked_sub(1).and_then(|before| products.get(before));
    html! {
        nav.neighbours aria-label="Neighbours" {
            @if let Some(product) = before { span { "← " (links.product(&product.summary.name)) } }
            (links.to("product/", "All products"))
            @if let Some(product) = products.get(at + 1) {
                span { (links.product(&product.summary.name)) " →" }
            }
        }
    }
}
