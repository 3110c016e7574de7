//! `port/5223.json`: what the page of a port has, as data.

use appleports_model::{Finding, Former, PortRange, Record, SourceInfo, Transport};
use appleports_pipeline::ProductPorts;
use serde::Serialize;

use super::{VERSION, json};
use crate::answer::ports_of;
use crate::context::{PortRows, Site};
use crate::files::{File, bounded};
use crate::registry;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    name: String,
    range: PortRange,
    /// Whether the article gives it.
    listed: bool,
    article: Option<&'a SourceInfo>,
    ports: Vec<ProductPorts>,
    rows: &'a [&'a Record],
    former: &'a [&'a Former],
    findings: Vec<&'a Finding>,
    registry: Registry<'a>,
    /// The names of other documents that share a port with it, as many as its page lists.
    sharing: Vec<String>,
    /// How many more there are.
    #[serde(skip_serializing_if = "is_none")]
    sharing_more: usize,
}

#[derive(Serialize)]
struct Registry<'a> {
    edition: &'a str,
    /// The first port of the range, which the rows are for.
    port: u16,
    rows: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    ports: Option<PortRange>,
    transport: Option<Transport>,
    description: &'a str,
    reference: &'a str,
    notes: &'a str,
    line: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
const fn is_none(count: &usize) -> bool {
    *count == 0
}

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    bounded(site.ports.iter().map(|port| file(site, port)))
}

fn file(site: &Site<'_>, port: &PortRows<'_>) -> File {
    let rows = registry::rows(site, port).into_iter();
    let entries = rows.map(|row| Entry {
        name: row.name,
        ports: row.ports,
        transport: row.transport,
        description: row.description,
        reference: row.reference,
        notes: row.notes,
        line: row.line,
    });
    let findings = port.rows.iter();
    let findings = findings.flat_map(|record| site.findings_on(record, port.range));
    let (sharing, sharing_more) = site.first_sharing(port.range);
    let document = Document {
        schema_version: VERSION,
        kind: "port",
        name: port.name(),
        range: port.range,
        listed: !port.is_left(),
        article: site.dataset.capture(),
        ports: ports_of(&port.rows, port.range),
        rows: &port.rows,
        former: &port.former,
        findings: findings.collect(),
        registry: Registry {
            edition: &site.registry.edition,
            port: port.range.first(),
            rows: entries.collect(),
        },
        sharing: sharing.into_iter().map(PortRows::name).collect(),
        sharing_more,
    };
    json(&format!("port/{}.json", port.name()), &document)
}
