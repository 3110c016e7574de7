//! For machines: everything, by `diff.schema.json`.

use appleports_model::to_json;
use serde::Serialize;

use crate::report::Report;
use crate::view::{headline_text, report_headline};

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    summary: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    products: String,
    #[serde(flatten)]
    report: &'a Report,
}

pub(super) fn write(report: &Report) -> String {
    let document = Document {
        schema_version: "1.0",
        summary: crate::view::report_summary(report),
        products: headline_text(&report_headline(report)),
        report,
    };
    to_json(&document)
}
