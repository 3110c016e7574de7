//! The data of the page: what it shows, and no more.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Dataset, Finding, Record, Transport, escape_hidden};
use serde_json::{Value, json};

/// The dataset as JSON that can stand in a `script` element: no `<`, and no character
/// that a reader of the page's text would not see.
pub(super) fn json(dataset: &Dataset) -> String {
    let help: BTreeMap<&str, &str> = dataset
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.help.as_str()))
        .collect();
    let mut by_record: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &dataset.findings {
        by_record.entry(&finding.record).or_default().push(finding);
    }
    let findings = |id: &str| -> Vec<Value> {
        by_record
            .get(id)
            .into_iter()
            .flatten()
            .map(|finding| self::finding(finding))
            .collect()
    };
    let sources: Vec<Value> = dataset
        .sources
        .iter()
        .map(|source| {
            json!({ "id": source.id, "kind": source.kind, "date": source.date,
                "url": source.url, "locale": source.locale })
        })
        .collect();
    let records: Vec<Value> = dataset
        .records
        .iter()
        .map(|record| self::record(dataset, record, &findings(&record.id)))
        .collect();
    let rfcs: BTreeMap<u32, Value> = dataset
        .rfcs
        .iter()
        .map(|rfc| {
            let facts = json!([rfc.status.to_lowercase(), rfc.date, rfc.living]);
            (rfc.number, facts)
        })
        .collect();
    let all = json!({
        "sources": sources,
        "totals": dataset.totals,
        "accepted": dataset.accepted,
        "help": help,
        "general": findings(""),
        "rfcs": rfcs,
        "records": records,
    });
    // `<` would end the element.
    escape_hidden(&all.to_string()).replace('<', "\\u003c")
}

fn finding(finding: &Finding) -> Value {
    json!({ "code": finding.code, "level": finding.level, "message": finding.message,
        "source": finding.source, "line": finding.line })
}

fn record(dataset: &Dataset, record: &Record, findings: &[Value]) -> Value {
    let checks: Vec<Value> = record
        .cross_check
        .iter()
        .map(|check| {
            json!([
                check.ports.first(),
                check.ports.last(),
                check.transport,
                check.iana_status,
                check.iana_names,
                check.edition,
                check.lines
            ])
        })
        .collect();
    let place = &record.provenance;
    let overlaps: BTreeSet<(&str, Transport, String)> = dataset
        .overlaps
        .iter()
        .filter_map(|overlap| {
            let other = if overlap.record == record.id {
                &overlap.other
            } else if overlap.other == record.id {
                &overlap.record
            } else {
                return None;
            };
            Some((
                other.as_str(),
                overlap.transport,
                overlap.shared.to_string(),
            ))
        })
        .collect();
    let history: Vec<[&str; 3]> = record
        .history
        .iter()
        .map(|seen| [seen.locale.as_str(), &seen.first, &seen.last])
        .collect();
    let names: Vec<(u16, &str)> = record
        .port_names
        .iter()
        .map(|entry| (entry.port, entry.name.as_str()))
        .collect();
    let full = json!({
        "id": record.id, "name": record.service_name, "names": names, "title": record.title,
        "rfcs": record.rfcs, "registration": record.registration, "deprecated": record.deprecated,
        "usedBy": record.used_by, "products": record.products, "note": record.note,
        "checks": checks, "corrections": record.corrections, "history": history,
        "source": place.source, "line": place.line_first, "merged": place.merged_lines,
        "cells": place.cells, "cellLines": place.cell_lines,
        "overlaps": overlaps, "findings": findings,
    });
    without_empty(full)
}

/// The object without the fields that say nothing, which are most.
fn without_empty(value: Value) -> Value {
    let Value::Object(mut fields) = value else {
        return value;
    };
    fields.retain(|_, value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) | Value::Bool(true) | Value::Number(_) => true,
    });
    Value::Object(fields)
}
