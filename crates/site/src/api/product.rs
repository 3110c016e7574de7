//! `product/facetime.json`: what the page of a product has, as data.

use appleports_model::{Finding, Former, PortRange, Record, SourceInfo};
use appleports_pipeline::ProductPorts;
use serde::Serialize;

use super::{VERSION, json};
use crate::answer::answer;
use crate::context::{ProductRows, Site};
use crate::files::{File, bounded};

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    name: &'a str,
    slug: &'a str,
    /// Whether the article has a port for it.
    listed: bool,
    article: Option<&'a SourceInfo>,
    answer: String,
    ports: &'a [ProductPorts],
    spellings: &'a [String],
    rows: &'a [&'a Record],
    former: &'a [&'a Former],
    /// Rows of the article that once listed it.
    formerly: Vec<Formerly<'a>>,
    left_after: Option<&'a str>,
    findings: Vec<&'a Finding>,
}

#[derive(Serialize)]
struct Formerly<'a> {
    record: &'a str,
    ports: &'a [PortRange],
    first: String,
    last: String,
}

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    bounded(site.products.iter().map(|product| file(site, product)))
}

fn file(site: &Site<'_>, product: &ProductRows<'_>) -> File {
    let summary = &product.summary;
    let findings = product.rows.iter();
    let findings = findings.flat_map(|record| site.findings_of(record));
    let formerly = product.formerly.iter().map(|(record, statement)| Formerly {
        record: &record.id,
        ports: &record.ports,
        first: statement.first.to_string(),
        last: statement.last.to_string(),
    });
    let document = Document {
        schema_version: VERSION,
        kind: "product",
        name: &summary.name,
        slug: &product.slug,
        listed: !product.rows.is_empty(),
        article: site.dataset.capture(),
        answer: answer(&summary.ports),
        ports: &summary.ports,
        spellings: &summary.spellings,
        rows: &product.rows,
        former: &product.former,
        formerly: formerly.collect(),
        left_after: summary.left_after.as_deref(),
        findings: findings.copied().collect(),
    };
    json(&format!("product/{}.json", product.slug), &document)
}
