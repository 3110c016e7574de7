//! `changes.json`: the editions for machines, by `changes.schema.json`.

mod fields;

use std::collections::BTreeSet;

use appleports_model::{Form, PortRange, PortSet, Transport, to_json};
use fields::{ChangedField, field};
use serde::Serialize;

use crate::edition::{ChangedRow, Edition, EditionView, UnreadChange, WholeRow};
use crate::exposure::Exposure;
use crate::facts::Entry;
use crate::product_exposure::{ProductExposure, ProductPorts};
use crate::records::Rivals;
use crate::word::Word;

/// The JSON Schema of [`changes_json`].
pub const CHANGES_SCHEMA: &str = include_str!("changes.schema.json");

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    editions: Vec<EditionJson<'a>>,
}

#[derive(Serialize)]
struct EditionJson<'a> {
    capture: &'a str,
    date: String,
    form: Form,
    dated: String,
    locale: &'a str,
    url: &'a str,
    previous: Option<&'a str>,
    rows: usize,
    counts: Counts,
    opened: Vec<Ports>,
    closed: Vec<Ports>,
    products: Vec<Product<'a>>,
    came: Vec<Row<'a>>,
    left: Vec<Row<'a>>,
    changed: Vec<Changed<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<Unread<'a>>,
}

#[derive(Serialize)]
struct Counts {
    came: usize,
    left: usize,
    changed: usize,
    wording_only: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<usize>,
}

#[derive(Serialize)]
struct Unread<'a> {
    capture: &'a str,
    line: u32,
    reason: &'a str,
    cells: &'a [String],
    ports: &'a [PortRange],
    transports: &'a [Transport],
    /// The row of the other capture.
    row: Option<Row<'a>>,
    /// The rows of the other capture that it may be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Row<'a>>,
    /// The row of the previous capture, where neither could read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<Was<'a>>,
}

#[derive(Serialize)]
struct Was<'a> {
    capture: &'a str,
    line: u32,
    cells: &'a [String],
}

#[derive(Serialize)]
struct Ports {
    transport: Option<Transport>,
    ranges: PortSet,
}

#[derive(Serialize)]
struct Product<'a> {
    #[serde(rename = "product")]
    name: &'a str,
    gained: Vec<Ports>,
    lost: Vec<Ports>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    perhaps_gained: Vec<Ports>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    perhaps_lost: Vec<Ports>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    ports: &'a [PortRange],
    transports: &'a BTreeSet<Transport>,
    service_name: &'a str,
    title: &'a str,
    products: &'a BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    unknown_words: &'a BTreeSet<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    split_from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<&'a str>,
}

#[derive(Serialize)]
struct Changed<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a str>,
    fields: Vec<ChangedField>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rivals: Option<&'a Rivals>,
}

/// Writes what changed in each edition, newest first. The editions are given oldest first.
pub fn changes_json(editions: &[Edition]) -> String {
    let views: Vec<EditionView<'_>> = EditionView::newest_first(editions).collect();
    to_json(&Document {
        schema_version: "1.0",
        editions: views.iter().map(edition).collect(),
    })
}

fn edition<'a>(view: &EditionView<'a>) -> EditionJson<'a> {
    let capture = &view.edition.capture;
    let exposure = &view.edition.changes.exposure;
    EditionJson {
        capture: &capture.id,
        date: capture.day(),
        form: capture.form,
        dated: capture.dated(),
        locale: capture.locale_text(),
        url: capture.url.as_deref().unwrap_or_default(),
        previous: view
            .edition
            .previous
            .as_ref()
            .map(|source| source.id.as_str()),
        rows: view.edition.records,
        counts: Counts {
            came: view.came.len(),
            left: view.left.len(),
            changed: view.changed.len(),
            wording_only: view.wording_only,
            unread: Some(view.unread.len()).filter(|count| *count > 0),
        },
        opened: transports(exposure, true),
        closed: transports(exposure, false),
        products: exposure.by_product.iter().map(product).collect(),
        came: view.came.iter().map(|row| whole(row, true)).collect(),
        left: view.left.iter().map(|row| whole(row, false)).collect(),
        changed: view.changed.iter().map(changed).collect(),
        unread: view.unread.iter().map(unread).collect(),
    }
}

fn transports(exposure: &Exposure, opened: bool) -> Vec<Ports> {
    let ports = exposure.transports.iter().map(|entry| Ports {
        transport: entry.transport,
        ranges: if opened {
            entry.opened_ranges.clone()
        } else {
            entry.closed_ranges.clone()
        },
    });
    ports.filter(|ports| ports.ranges.count() > 0).collect()
}

fn product(exposure: &ProductExposure) -> Product<'_> {
    let ports = |set: fn(&ProductPorts) -> &PortSet| -> Vec<Ports> {
        let ports = exposure.transports.iter().map(|entry| Ports {
            transport: entry.transport,
            ranges: set(entry).clone(),
        });
        ports.filter(|ports| ports.ranges.count() > 0).collect()
    };
    Product {
        name: &exposure.product,
        gained: ports(|entry| &entry.gained),
        lost: ports(|entry| &entry.lost),
        perhaps_gained: ports(|entry| &entry.perhaps_gained),
        perhaps_lost: ports(|entry| &entry.perhaps_lost),
    }
}

fn row(entry: &Entry) -> Row<'_> {
    Row {
        id: &entry.id,
        ports: &entry.facts.ports,
        transports: &entry.facts.transports,
        service_name: &entry.facts.service_name,
        title: &entry.facts.title,
        products: &entry.facts.products,
        unknown_words: &entry.facts.words,
        split_from: None,
        merged_into: None,
    }
}

fn whole<'a>(whole: &WholeRow<'a>, came: bool) -> Row<'a> {
    let relative = whole.relative.map(|(_, id)| id);
    Row {
        split_from: relative.filter(|_| came),
        merged_into: relative.filter(|_| !came),
        ..row(whole.entry)
    }
}

fn unread<'a>(unread: &UnreadChange<'a>) -> Unread<'a> {
    Unread {
        capture: &unread.row.source,
        line: unread.row.line,
        reason: &unread.row.reason,
        cells: &unread.row.cells,
        ports: &unread.row.ports,
        transports: &unread.row.transports,
        row: unread.entry.map(row),
        candidates: unread.candidates.iter().map(|entry| row(entry)).collect(),
        was: unread.was.map(|was| Was {
            capture: &was.source,
            line: was.line,
            cells: &was.cells,
        }),
    }
}

fn changed<'a>(changed: &ChangedRow<'a>) -> Changed<'a> {
    let fields = changed.details.iter().copied();
    Changed {
        row: row(changed.new),
        was: Some(changed.old.id.as_str()).filter(|id| *id != changed.new.id),
        fields: fields
            .filter_map(|detail| field(detail, changed.old, changed.new))
            .collect(),
        rivals: Some(changed.rivals).filter(|rivals| **rivals != Rivals::default()),
    }
}
