//! What the dataset says, in a few lines.

use std::collections::BTreeSet;
use std::fmt::Write;

use appleports_model::{
    Dataset, IanaStatus, Level, PortRange, RowFindings, SourceKind, Transport, TransportCoverage,
    joined,
};

use super::{cell, grouped};

/// How many of the widest ranges are named.
const MAX_RANGES: usize = 2;

pub(super) fn summary(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    if let Some(capture) = dataset.capture() {
        writeln!(out, "{}.\n", cell(&capture.described()))?;
    }
    if !dataset.accepted.is_empty() {
        writeln!(
            out,
            "**A guard was overruled:** {}\n",
            cell(&dataset.accepted)
        )?;
    }
    let totals = &dataset.totals;
    writeln!(out, "| | |\n|---|---|")?;
    writeln!(
        out,
        "| Rows of the table | {totals}; {} rows of `ports.csv` |",
        totals.port_rows
    )?;
    let products = dataset.records.iter().flat_map(|record| &record.products);
    let products: BTreeSet<&String> = products.collect();
    writeln!(out, "| Products | {} |", products.len())?;
    for coverage in &dataset.coverage {
        writeln!(out, "| {} |", ports(coverage))?;
    }
    registry(out, dataset)?;
    writeln!(out, "| Findings | {} |", findings(dataset))?;
    writeln!(
        out,
        "| Rows that left the article | {} |",
        dataset.former.len()
    )
}

/// The ports of a transport if every row were opened, overlaps counted once.
fn ports(coverage: &TransportCoverage) -> String {
    let ranges = coverage.ranges.ranges().iter().copied();
    let mut widest: Vec<PortRange> = ranges.filter(|range| !range.is_single()).collect();
    widest.sort_by_key(|range| (std::cmp::Reverse(range.count()), range.first()));
    widest.truncate(MAX_RANGES);
    let tenths = u64::from(coverage.ports) * 1000 / 65535;
    let widest = if widest.is_empty() {
        String::new()
    } else {
        format!("; widest: {}", joined(&widest, ", "))
    };
    let transport = coverage.transport.map(Transport::as_str);
    format!(
        "All rows together{} | {} ports, {}.{} % of all{widest}",
        transport.map_or_else(
            || ", no transport given".to_owned(),
            |name| format!(", {}", name.to_uppercase())
        ),
        grouped(coverage.ports),
        tenths / 10,
        tenths % 10,
    )
}

fn registry(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    let mut sources = dataset.sources.iter();
    let Some(registry) = sources.find(|source| source.kind == SourceKind::Iana) else {
        return Ok(());
    };
    let findings = RowFindings::new(&dataset.findings);
    let (mut agree, mut differ, mut silent) = (0, 0, 0);
    for record in &dataset.records {
        for check in &record.cross_check {
            let is_borrowed = findings.is_borrowed_name(&record.id, check);
            *match check.iana_status {
                IanaStatus::Match if !is_borrowed => &mut agree,
                IanaStatus::NoName | IanaStatus::NoNameUnassigned | IanaStatus::NoTransport => {
                    &mut silent
                }
                _ => &mut differ,
            } += 1;
        }
    }
    writeln!(
        out,
        "| IANA registry of {} | {agree} names agree, {differ} do not, {silent} rows have no name or transport to compare |",
        cell(&registry.dated())
    )
}

/// How many findings of each level, worst first.
fn findings(dataset: &Dataset) -> String {
    let counts = [
        (Level::Error, "errors"),
        (Level::Warning, "warnings"),
        (Level::Note, "notes"),
    ];
    let counts = counts.map(|(level, name)| {
        let of_level = dataset.findings.iter();
        let count = of_level.filter(|finding| finding.level == level).count();
        format!("{count} {name}")
    });
    counts.join(", ")
}
