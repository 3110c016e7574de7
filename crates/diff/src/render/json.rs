//! For machines: everything, by `diff.schema.json`.

use appleports_model::to_json;
use serde::Serialize;

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
        summary: crate::view::report_summary(report),
        report,
    };
    to_json(&document)
}
