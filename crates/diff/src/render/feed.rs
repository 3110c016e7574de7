//! `feed.xml`: the editions as an Atom feed (RFC 4287), one entry each.
//!
//! Ids are tag URIs (RFC 4151) made from the capture's id, so they never change. The
//! times are the captures' dates; no clock is read.

use std::fmt::Write;

use appleports_model::escape::html::{markup, text as xml};
use appleports_model::{Date, SourceInfo, counted};

use super::changes_html::changes_html;
use crate::edition::{Edition, EditionView};
use crate::product_exposure::ProductExposure;
use crate::view::certain_port_texts;

/// What every id begins with.
const TAG: &str = "tag:github.com,2026:appleports/";
/// A title names this many products.
const MAX_TITLE_PRODUCTS: usize = 2;
/// The ports of a product are left out of a title when they are longer.
const MAX_TITLE_PORTS: usize = 80;
/// Where a date is none.
const NO_DATE: Date = Date::constant(1970, 1, 1);

/// Writes the feed, newest edition first. The editions are given oldest first.
pub fn feed(editions: &[Edition]) -> String {
    written(editions, None)
}

/// The same feed for readers of a site: its entries link to the site's page of each edition. The
/// address of the site ends in `/`.
pub fn feed_of_site(editions: &[Edition], site: &str) -> String {
    written(editions, Some(site))
}

fn written(editions: &[Edition], site: Option<&str>) -> String {
    let dates = editions.iter().map(|edition| day(&edition.capture));
    let updated = dates.max().unwrap_or(NO_DATE);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
         <id>{TAG}editions</id>\n\
         <title>What Apple changed in its list of ports</title>\n\
         <subtitle>Editions of Apple's article \"TCP and UDP ports used by Apple software products\"</subtitle>\n\
         <updated>{updated}T00:00:00Z</updated>\n\
         <author><name>appleports</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}feed.xml\"/>\n",
        xml(site.unwrap_or_default())
    );
    match (site, editions.last()) {
        (Some(site), _) => out.push_str(&page(site)),
        (None, Some(newest)) => out.push_str(&article(&newest.capture, "alternate")),
        (None, None) => {}
    }
    for view in EditionView::newest_first(editions) {
        entry(&mut out, &view, site);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(out: &mut String, view: &EditionView<'_>, site: Option<&str>) {
    let capture = &view.edition.capture;
    let updated = day(capture);
    let links = match site {
        None => article(capture, "alternate"),
        Some(site) => {
            let page = page(&format!("{site}edition/{updated}/"));
            page + &article(capture, "related")
        }
    };
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{updated}T00:00:00Z</updated>\n{}\
         <content type=\"html\">{}</content>\n</entry>\n",
        id(capture),
        xml(&title(view)),
        links,
        markup(&changes_html(view)),
    );
}

/// `2026-10-11: 5 rows came, 2 left; AirPlay gains 5000/tcp`.
fn title(view: &EditionView<'_>) -> String {
    format!("{}: {}", view.edition.capture.dated(), headline(view))
}

/// What changed in an edition, in a line: `5 rows came, 2 left; AirPlay gains 5000/tcp`.
pub(crate) fn headline(view: &EditionView<'_>) -> String {
    if view.edition.previous.is_none() {
        return format!("first edition, {}", counted(view.edition.records, "row"));
    }
    let counts = view.counts();
    if counts.is_empty() {
        return "nothing changed in meaning".to_owned();
    }
    let products = products(view).unwrap_or_default();
    format!("{counts}{products}")
}

/// The products that gain ports for certain, or those that lose some where none gains any.
fn products(view: &EditionView<'_>) -> Option<String> {
    let all = &view.edition.changes.exposure.by_product;
    let (gained, verb) = if all.iter().any(ProductExposure::gains) {
        (true, "gains")
    } else {
        (false, "loses")
    };
    let affected = all
        .iter()
        .map(|product| (product, certain_port_texts(product, gained).join(", ")));
    let affected: Vec<_> = affected.filter(|(_, ports)| !ports.is_empty()).collect();
    let short = affected
        .iter()
        .filter(|(_, ports)| ports.len() <= MAX_TITLE_PORTS);
    let named: Vec<String> = short
        .take(MAX_TITLE_PRODUCTS)
        .map(|(product, ports)| format!("{} {verb} {ports}", product.product))
        .collect();
    let more = affected.len() - named.len();
    let mut parts = named;
    if more > 0 {
        let noun = if parts.is_empty() {
            "product"
        } else {
            "more product"
        };
        let verb = verb.trim_end_matches(if more == 1 { "" } else { "s" });
        parts.push(format!("{} {verb} ports", counted(more, noun)));
    }
    (!parts.is_empty()).then(|| format!("; {}", parts.join("; ")))
}

/// The capture's id as a tag URI; every character that a URI must not have is encoded.
fn id(capture: &SourceInfo) -> String {
    let mut out = format!("{TAG}edition/");
    for byte in capture.id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The link to a page of ours.
fn page(url: &str) -> String {
    let url = xml(url);
    format!("<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n")
}

/// The link to the article; nothing where its address is none of Apple's.
fn article(capture: &SourceInfo, relation: &str) -> String {
    capture.link().map_or_else(String::new, |url| {
        let url = xml(url);
        format!("<link rel=\"{relation}\" type=\"text/html\" href=\"{url}\"/>\n")
    })
}

fn day(capture: &SourceInfo) -> Date {
    capture.date.unwrap_or(NO_DATE)
}
