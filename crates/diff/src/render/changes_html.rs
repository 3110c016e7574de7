//! An edition as a fragment of HTML, the content of a feed's entry.

use std::fmt::Write;

use appleports_model::escape::html::text as html;
use appleports_model::{Transport, joined};

use crate::edition::{
    ChangedRow, EditionView, UnreadChange, WholeRow, detail_text, ports_text, users_text,
};
use crate::view::{gains_first, port_texts, remarks};

/// Paragraphs and lists; every text of others is escaped.
pub(super) fn changes_html(view: &EditionView<'_>) -> String {
    let mut out = format!("<p>{}</p>\n", html(&view.summary()));
    let exposure = &view.edition.changes.exposure;
    let mut ports = Vec::new();
    for entry in &exposure.transports {
        let transport = entry.transport.map_or("no transport", Transport::as_str);
        for (what, set) in [
            ("opened", &entry.opened_ranges),
            ("closed", &entry.closed_ranges),
        ] {
            let ranges = joined(set.ranges(), ", ");
            if !ranges.is_empty() {
                ports.push(format!("{transport} {what}: {ranges}"));
            }
        }
    }
    list(&mut out, "Ports", &ports);
    let products: Vec<String> = gains_first(&exposure.by_product)
        .into_iter()
        .map(|exposure| {
            let sides = [("gains", true), ("loses", false)];
            let sides = sides.map(|(verb, gained)| (verb, port_texts(exposure, gained).join(", ")));
            let sides = sides.iter().filter(|(_, ports)| !ports.is_empty());
            let sides = joined(sides.map(|(verb, ports)| format!("{verb} {ports}")), "; ");
            format!("<b>{}</b> {sides}", html(&exposure.product))
        })
        .collect();
    list(&mut out, "Products that gain or lose ports", &products);
    let rows: Vec<String> = view.came.iter().map(whole_row).collect();
    list(&mut out, "Rows that came", &rows);
    let rows: Vec<String> = view.left.iter().map(whole_row).collect();
    list(&mut out, "Rows that left", &rows);
    let rows: Vec<String> = view.unread.iter().map(unread_row).collect();
    list(&mut out, "Rows that could not be read", &rows);
    let rows: Vec<String> = view.changed.iter().map(changed_row).collect();
    list(&mut out, "Rows that changed", &rows);
    out
}

fn whole_row(row: &WholeRow<'_>) -> String {
    let facts = &row.entry.facts;
    let texts = [
        &facts.service_name,
        &facts.title,
        &users_text(facts),
        &row.relation(),
    ];
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    let texts: Vec<String> = texts.map(|text| html(text)).collect();
    format!("<b>{}</b> {}", ports_text(facts), texts.join("; "))
}

fn unread_row(unread: &UnreadChange<'_>) -> String {
    let texts = [unread.service(), unread.reason()];
    let texts = texts.iter().filter(|text| !text.is_empty());
    let texts: Vec<String> = texts.map(|text| html(text)).collect();
    format!("<b>{}</b> {}", html(&unread.ports()), texts.join("; "))
}

fn changed_row(row: &ChangedRow<'_>) -> String {
    let details = row.details.iter().copied();
    let mut changes: Vec<String> = details
        .clone()
        .filter_map(|detail| detail_text(detail, html))
        .collect();
    let doubts = remarks(row.old, row.new, details, row.rivals);
    changes.extend(Some(html(&doubts)).filter(|text| !text.is_empty()));
    let (ports, service) = (ports_text(&row.new.facts), html(&row.service()));
    format!("<b>{ports}</b> {service}: {}", changes.join("; "))
}

fn list(out: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "<h3>{title}</h3>\n<ul>\n");
    for item in items {
        let _ = writeln!(out, "<li>{item}</li>");
    }
    out.push_str("</ul>\n");
}
