//! Small records, registries and contexts for the tests that stand beside the rules.

use appleports_model::{
    Assignment, CorrectedField, Correction, Finding, Provenance, Record, Registration, Registry,
    RegistryEntry, Transport,
};

use crate::{Context, attach_corrections, cross_check};

/// A registry row: name, ports, transport; description, reference and notes to be set.
pub(crate) fn entry(
    name: &'static str,
    ports: &str,
    transport: Transport,
    line: u32,
) -> RegistryEntry<'static> {
    RegistryEntry {
        name,
        ports: ports.parse().ok(),
        transport: Some(transport),
        assignment: Assignment::Assigned,
        description: name.to_uppercase().leak(),
        reference: "",
        unauthorized_use: "",
        notes: "",
        line,
        spacing: 0,
    }
}

/// A registry of the edition 2020-01-01.
pub(crate) fn registry(entries: Vec<RegistryEntry<'_>>) -> Registry {
    Registry::new("iana/2020-01-01", entries)
}

/// A record whose row starts on line 10, one line a cell.
pub(crate) fn record(ports: &str, transports: &[Transport], name: &str) -> Record {
    Record {
        id: "r".into(),
        ports: vec![ports.parse().expect("ports")],
        transports: transports.to_vec(),
        port_names: vec![],
        service_name: name.into(),
        title: "Title".into(),
        rfcs: vec![],
        registration: Registration::Unstated,
        deprecated: false,
        used_by: String::new(),
        products: vec![],
        used_by_parts: vec![],
        note: String::new(),
        same_port: vec![],
        cross_check: vec![],
        corrections: vec![],
        history: vec![],
        formerly: vec![],
        english_title: None,
        confirmed: None,
        provenance: Provenance {
            source: "s".into(),
            line_first: 10,
            line_last: 15,
            cells: vec![],
            cell_lines: vec![10, 11, 12, 13, 14, 15],
            cell_columns: vec![],
            merged_lines: vec![],
        },
    }
}

/// The record, citing an RFC.
pub(crate) fn citing(number: u32, record: Record) -> Record {
    Record {
        rfcs: vec![number],
        ..record
    }
}

/// The records with the registry's verdicts.
pub(crate) fn cross_checked<const N: usize>(
    mut records: [Record; N],
    registry: &Registry,
) -> [Record; N] {
    cross_check(&mut records, registry);
    records
}

/// A context with nothing but records and a registry, for a page captured on 2015-10-23.
pub(crate) fn context<'a>(records: &'a [Record], registry: &'a Registry) -> Context<'a> {
    Context {
        records,
        unread: &[],
        registry,
        compare: None,
        rfcs: None,
        captured: "2015-10-23".parse().ok(),
        siblings: None,
        services: &[],
        corrections: &[],
    }
}

/// What a check says: `line: message`.
pub(crate) fn messages(
    run: fn(&Context<'_>) -> Vec<Finding>,
    context: &Context<'_>,
) -> Vec<String> {
    let findings = run(context).into_iter();
    let texts = findings.map(|finding| format!("{}: {}", finding.line, finding.message));
    texts.collect()
}

/// What a check says of a record beside these rows of the registry.
pub(crate) fn said_of(
    run: fn(&Context<'_>) -> Vec<Finding>,
    record: Record,
    entries: Vec<RegistryEntry<'_>>,
) -> Vec<String> {
    let registry = registry(entries);
    let records = cross_checked([record], &registry);
    messages(run, &context(&records, &registry))
}

/// What a check says of a record with a curated correction of this field.
pub(crate) fn said_of_corrected(
    run: fn(&Context<'_>) -> Vec<Finding>,
    record: Record,
    field: CorrectedField,
    [published, value]: [&str; 2],
) -> Vec<String> {
    let registry = registry(vec![]);
    let mut records = cross_checked([record], &registry);
    let corrections = [Correction {
        record: "r".into(),
        field,
        published: published.into(),
        value: value.into(),
        reason: "reason".into(),
        evidence: "evidence".into(),
    }];
    attach_corrections(&mut records, &corrections);
    let context = context(&records, &registry);
    messages(
        run,
        &Context {
            corrections: &corrections,
            ..context
        },
    )
}
