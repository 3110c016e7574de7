//! For machines: everything, by `diff.schema.json`.

use std::fmt::Write;

use serde::Serialize;

use super::escape::is_dangerous;
use crate::report::Report;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    summary: String,
    #[serde(flatten)]
    report: &'a Report,
}

pub(super) fn write(report: &Report) -> String {
    let document = Document {
        schema_version: "1.0",
        summary: crate::view::View::of(report).summary,
        report,
    };
    // The types written here have string keys and no fallible serialisers.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    let mut out = String::with_capacity(text.len() + 1);
    let mut units = [0; 2];
    for c in text.chars() {
        // Outside of strings JSON has no such character but the line break.
        if c != '\n' && is_dangerous(c) {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out.push('\n');
    out
}
