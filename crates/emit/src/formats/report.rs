//! `report.md`: a summary that a person enjoys reading.

use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::escape::markdown;
use appleports_model::{
    Dataset, Finding, IanaStatus, Level, PortRange, Record, RowFindings, Transport,
    TransportCoverage, cut,
};

/// How many ranges, products or pairs a table shows before it says "and more".
const MAX_SHOWN: usize = 20;

/// The most characters of a text in a table.
const MAX_TEXT: usize = 200;

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_report(&mut out, dataset);
    (out.into_bytes(), None)
}

fn write_report(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    writeln!(out, "# Ports that Apple products use\n")?;
    sources(out, dataset)?;
    rows(out, dataset)?;
    coverage(out, &dataset.coverage)?;
    registry(out, dataset)?;
    findings(out, &dataset.findings)?;
    products(out, &dataset.records)?;
    overlaps(out, dataset)?;
    writeln!(out, "\n## History\n")?;
    writeln!(
        out,
        "[What Apple changed, edition by edition](changes.md).\n\n![When the article had each record](history.svg)"
    )
}

fn sources(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    for source in &dataset.sources {
        writeln!(
            out,
            "- {}: {} ({})",
            cell(&source.described()),
            markdown::address(&cut(source.url.as_deref().unwrap_or_default(), MAX_TEXT)),
            markdown::code(&cut(&source.path, MAX_TEXT))
        )?;
    }
    if !dataset.accepted.is_empty() {
        writeln!(
            out,
            "- **A guard was overruled:** {}",
            cell(&dataset.accepted)
        )?;
    }
    Ok(())
}

fn rows(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    let totals = &dataset.totals;
    let ranges = dataset
        .records
        .iter()
        .flat_map(|record| &record.ports)
        .filter(|range| !range.is_single())
        .count();
    writeln!(out, "\n## Rows\n")?;
    writeln!(
        out,
        "{} table rows = {} records + {} merged + {} rejected, which make {} rows of `ports.csv`. {ranges} are port ranges.\n",
        totals.rows_read,
        totals.rows_emitted,
        totals.rows_merged,
        totals.rows_rejected,
        totals.port_rows
    )?;
    let mut by_transport: BTreeMap<String, usize> = BTreeMap::new();
    for record in &dataset.records {
        let names: Vec<String> = record
            .transports
            .iter()
            .map(|transport| transport.as_str().to_uppercase())
            .collect();
        *by_transport.entry(names.join("/")).or_default() += 1;
    }
    writeln!(out, "| transport in the article | records |\n|---|---:|")?;
    let mut by_transport: Vec<(String, usize)> = by_transport.into_iter().collect();
    by_transport.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (transport, count) in &by_transport {
        writeln!(
            out,
            "| {} | {count} |",
            if transport.is_empty() {
                "none given"
            } else {
                transport
            }
        )?;
    }
    Ok(())
}

fn coverage(out: &mut String, coverage: &[TransportCoverage]) -> std::fmt::Result {
    writeln!(out, "\n## What would be open\n")?;
    writeln!(out, "All rows together, overlaps counted once:\n")?;
    writeln!(
        out,
        "| transport | different ports | share of 65,535 | widest ranges |\n|---|---:|---:|---|"
    )?;
    for entry in coverage {
        let mut widest: Vec<PortRange> = entry
            .ranges
            .ranges()
            .iter()
            .copied()
            .filter(|range| !range.is_single())
            .collect();
        widest.sort_by_key(|range| (std::cmp::Reverse(range.count()), range.first()));
        let widest: Vec<String> = widest.iter().take(4).map(ToString::to_string).collect();
        let tenths = u64::from(entry.ports) * 1000 / 65535;
        writeln!(
            out,
            "| {} | {} | {}.{} % | {} |",
            entry.transport.map_or("none given", Transport::as_str),
            grouped(entry.ports),
            tenths / 10,
            tenths % 10,
            if widest.is_empty() {
                "-".to_owned()
            } else {
                widest.join(", ")
            }
        )?;
    }
    Ok(())
}

fn registry(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    writeln!(out, "\n## What the registry says\n")?;
    writeln!(
        out,
        "| verdict | rows of ports.csv | meaning |\n|---|---:|---|"
    )?;
    let findings = RowFindings::new(&dataset.findings);
    let mut counts: BTreeMap<(IanaStatus, bool), usize> = BTreeMap::new();
    for record in &dataset.records {
        for check in &record.cross_check {
            let is_borrowed = findings.is_borrowed_name(&record.id, check);
            *counts.entry((check.iana_status, is_borrowed)).or_default() += 1;
        }
    }
    let count = |status, is_borrowed| counts.get(&(status, is_borrowed)).unwrap_or(&0);
    for status in IanaStatus::ALL {
        let agreed = count(status, false);
        writeln!(out, "| {status} | {agreed} | {} |", meaning(status))?;
        if status == IanaStatus::Match {
            let borrowed = count(status, true);
            writeln!(
                out,
                "| {status}, but registered for something else | {borrowed} | the name is registered here for another service (I011) |"
            )?;
        }
    }
    writeln!(
        out,
        "\nNames that the registry does not have for the port:\n"
    )?;
    writeln!(
        out,
        "| port | article | registry | verdict |\n|---|---|---|---|"
    )?;
    for record in &dataset.records {
        for check in &record.cross_check {
            let differs = matches!(
                check.iana_status,
                IanaStatus::OtherName
                    | IanaStatus::NameElsewhere
                    | IanaStatus::OtherTransport
                    | IanaStatus::Unassigned
            );
            let Some(transport) = check.transport.filter(|_| differs) else {
                continue;
            };
            let names = if check.iana_names.is_empty() {
                "-".to_owned()
            } else {
                check.iana_names.join(", ")
            };
            let name = cell(record.name_at(check.ports.first()));
            writeln!(
                out,
                "| {}/{transport} | {name} | {} | {} |",
                check.ports,
                cell(&names),
                check.iana_status
            )?;
        }
    }
    Ok(())
}

const fn meaning(status: IanaStatus) -> &'static str {
    match status {
        IanaStatus::Match => "the name is registered for this port and transport",
        IanaStatus::OtherName => "the port is registered, under another name",
        IanaStatus::NameElsewhere => "the name is registered, for another port",
        IanaStatus::OtherTransport => "the name is registered for this port, for another transport",
        IanaStatus::Unassigned => "neither the name nor the port is registered",
        IanaStatus::NoName => "the article gives no name, the registry has one",
        IanaStatus::NoNameUnassigned => "no name in either",
        IanaStatus::NoTransport => "the article gives no transport to compare",
    }
}

fn findings(out: &mut String, findings: &[Finding]) -> std::fmt::Result {
    writeln!(out, "\n## Findings\n")?;
    let mut codes: BTreeMap<(&str, Level), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        codes
            .entry((&finding.code, finding.level))
            .or_default()
            .push(finding);
    }
    writeln!(out, "| code | level | count | first |\n|---|---|---:|---|")?;
    for ((code, level), list) in codes {
        writeln!(
            out,
            "| {code} | {level} | {} | line {}: {} |",
            list.len(),
            list[0].place(),
            cell(&list[0].message)
        )?;
    }
    Ok(())
}

fn products(out: &mut String, records: &[Record]) -> std::fmt::Result {
    let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for record in records {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record
            .transports
            .iter()
            .map(|transport| transport.as_str())
            .collect();
        for product in &record.products {
            uses.entry(product).or_default().push(format!(
                "{}/{}",
                ports.join("+"),
                if transports.is_empty() {
                    "?".to_owned()
                } else {
                    transports.join("+")
                }
            ));
        }
    }
    let mut ranked: Vec<(&str, Vec<String>)> = uses.into_iter().collect();
    ranked.sort_by_key(|(name, ports)| (std::cmp::Reverse(ports.len()), *name));
    writeln!(out, "\n## Products with the most rows\n")?;
    writeln!(out, "{} products in all.\n", ranked.len())?;
    writeln!(out, "| product | rows | ports |\n|---|---:|---|")?;
    for (name, ports) in ranked.iter().take(MAX_SHOWN) {
        writeln!(
            out,
            "| {} | {} | {} |",
            cell(name),
            ports.len(),
            ports.join(", ")
        )?;
    }
    Ok(())
}

fn overlaps(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    writeln!(out, "\n## Rows that share ports\n")?;
    writeln!(
        out,
        "{} pairs of rows claim the same ports.\n",
        dataset.overlaps.len()
    )?;
    writeln!(
        out,
        "| transport | row | other row | shared | ports |\n|---|---|---|---|---:|"
    )?;
    for overlap in &dataset.overlaps {
        writeln!(
            out,
            "| {} | {} {} | {} {} | {} | {} |",
            overlap.transport,
            overlap.ports,
            markdown::code(&overlap.record),
            overlap.other_ports,
            markdown::code(&overlap.other),
            overlap.shared,
            grouped(overlap.count)
        )?;
    }
    Ok(())
}

/// `12345` as `12,345`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A text of the article in a table, cut where it is longer than anybody reads.
fn cell(text: &str) -> String {
    markdown::cell(&cut(text, MAX_TEXT))
}
