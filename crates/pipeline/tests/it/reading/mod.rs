//! Reading from bytes to records: one file for each behaviour, with the laws that hold
//! for all input.
#![allow(
    clippy::format_collect,
    reason = "short pages, and short code to write them"
)]

mod accounts;
mod another_article;
mod any_signs;
mod contents;
mod delimited;
mod facts;
mod finding_keys;
mod footnotes;
mod geometry;
mod joiners;
mod layouts;
mod line_breaks;
mod lines;
mod markdown;
mod numbers;
mod order;
mod places;
mod plain_form;
mod round_trips;
mod several_tables;

use std::path::Path;
use std::sync::LazyLock;

use appleports_ingest::{Document, read_capture};
use appleports_normalise::{Vocabulary, normalise};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources/vocabulary/phrases");
    let mut vocabulary = Vocabulary::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        vocabulary
            .add_phrases(&path.to_string_lossy(), &text)
            .unwrap();
    }
    vocabulary
});

/// What came of a capture.
#[derive(Debug)]
struct Outcome {
    /// Each record: ports, transports, title, RFCs, name and products, with `|` between.
    records: Vec<String>,
    read: u32,
    rejected: u32,
    codes: Vec<String>,
    locale: String,
}

/// Reads a capture as `ingest --dry-run` does.
fn read(text: &str) -> Result<Outcome, String> {
    let facts = Document::new("s", "page", text.as_bytes())
        .map_err(|error| error.to_string())?
        .facts();
    let table = read_capture("s", "page", text.as_bytes()).map_err(|error| error.to_string())?;
    let locale = facts.locale.unwrap_or_default();
    let normalised = normalise(&table, text, &locale, &VOCABULARY);
    let totals = &normalised.totals;
    assert_eq!(
        totals.rows_read,
        totals.rows_emitted + totals.rows_merged + totals.rows_rejected
    );
    let records = normalised.records.iter().map(|record| {
        let join = |items: Vec<String>, with: &str| items.join(with);
        [
            join(record.ports.iter().map(ToString::to_string).collect(), "+"),
            join(
                record.transports.iter().map(ToString::to_string).collect(),
                "+",
            ),
            record.title.clone(),
            join(record.rfcs.iter().map(ToString::to_string).collect(), "+"),
            record.service_name.clone(),
            record.used_by.clone(),
        ]
        .join("|")
    });
    Ok(Outcome {
        records: records.collect(),
        read: totals.rows_read,
        rejected: totals.rows_rejected,
        codes: normalised
            .findings
            .iter()
            .map(|finding| finding.code.clone())
            .collect(),
        locale,
    })
}

/// A page with a heading, two plain rows and these, in the language `lang`.
fn page_in(lang: &str, rows: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><title>TCP/UDP</title></head><body><table>\n\
         <tr><th>Port<th>Type<th>Service<th>RFC<th>Name<th>Used by</tr>\n\
         <tr><td>22<td>TCP<td>Secure Shell<td>4253<td>ssh<td>Server</tr>\n\
         <tr><td>53<td>UDP<td>Domain Names<td>1034<td>domain<td>Mac</tr>\n\
         <tr><td>80<td>TCP<td>Hypertext<td>2616<td>http<td>Web</tr>\n\
         {rows}</table><p>End</p></body></html>"
    )
}

fn page(rows: &str) -> String {
    page_in("en-US", rows)
}

/// A row of HTML with one cell of its own.
fn row(port: &str, transport: &str) -> String {
    format!("<tr><td>{port}<td>{transport}<td>Some Title<td>-<td>-<td>Mac</tr>\n")
}

/// The records below the three plain rows of [`page`].
fn further(text: &str) -> Vec<String> {
    let mut records = read(text).unwrap().records;
    let known = ["22|", "53|", "80|tcp|Hypertext|"];
    records.retain(|record| !known.iter().any(|start| record.starts_with(start)));
    records
}
