use std::fmt::Write;

use appleports_model::{RfcFacts, Transport};
use appleports_pipeline::{AssembleOptions, Assembled, Failure, assemble_with};
use appleports_store::SourceFolder;

use crate::args::Why;
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Why) -> Result<bool, Failure> {
    let assembled = assemble_with(sources, &AssembleOptions::default())?;
    let port = options.port;
    let mut text = String::new();
    // Writing to a String cannot fail.
    let known = rows(&mut text, port, &assembled).unwrap_or_default();
    let _ = registry(&mut text, port, &assembled);
    print::result(print::visible(&text).as_bytes())?;
    Ok(known)
}

/// Apple's rows that cover the port, each with its RFCs and findings.
fn rows(out: &mut String, port: u16, assembled: &Assembled) -> Result<bool, std::fmt::Error> {
    let dataset = &assembled.dataset;
    let covering: Vec<_> = dataset
        .records
        .iter()
        .filter(|record| record.ports.iter().any(|range| range.contains(port)))
        .collect();
    let rows = match covering.len() {
        1 => "1 row covers".to_owned(),
        count => format!("{count} rows cover"),
    };
    writeln!(out, "Apple's article: {rows} {port}")?;
    for record in &covering {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record.transports.iter().map(|own| own.as_str()).collect();
        let shown = |text: &str| {
            if text.is_empty() {
                "-".to_owned()
            } else {
                text.to_owned()
            }
        };
        writeln!(
            out,
            "  {} {}  {}  {} ({}:{})",
            ports.join(", "),
            shown(&transports.join("/")),
            shown(record.name_at(port)),
            shown(&record.title),
            record.provenance.source,
            record.provenance.line_first
        )?;
        if !record.products.is_empty() {
            writeln!(out, "    used by: {}", record.products.join(", "))?;
        }
        for number in &record.rfcs {
            writeln!(out, "    {}", rfc(*number, dataset.rfc(*number)))?;
        }
        for correction in &record.corrections {
            writeln!(
                out,
                "    corrected {}: {}",
                correction.field, correction.reason
            )?;
        }
        for finding in dataset
            .findings
            .iter()
            .filter(|finding| finding.record == record.id)
        {
            writeln!(
                out,
                "    {} {}: {}",
                finding.level, finding.code, finding.message
            )?;
        }
    }
    Ok(!covering.is_empty())
}

/// `RFC 2616, replaced; living: RFC 9110, RFC 9111`.
fn rfc(number: u32, facts: Option<&RfcFacts>) -> String {
    let living: Vec<String> = facts
        .iter()
        .flat_map(|facts| &facts.living)
        .map(|later| format!("RFC {later}"))
        .collect();
    if living.is_empty() {
        format!("RFC {number}")
    } else {
        format!("RFC {number}, replaced; living: {}", living.join(", "))
    }
}

/// What the registry has for the port, transport by transport.
fn registry(out: &mut String, port: u16, assembled: &Assembled) -> std::fmt::Result {
    let registry = &assembled.registry;
    writeln!(out, "\nIANA registry ({}):", registry.edition)?;
    for transport in Transport::ALL {
        for entry in registry.at(port, transport) {
            let remarks = [&entry.description, &entry.reference, &entry.notes];
            let remarks: Vec<&str> = remarks
                .into_iter()
                .filter(|text| !text.is_empty())
                .map(String::as_str)
                .collect();
            writeln!(
                out,
                "  {port}/{transport}  {}  {} (line {})",
                entry.name,
                remarks.join("; "),
                entry.line
            )?;
        }
        let mut nameless = registry.nameless_at(port, transport);
        if let Some(entry) = nameless
            .next()
            .filter(|_| registry.at(port, transport).next().is_none())
        {
            writeln!(
                out,
                "  {port}/{transport}  {} (line {})",
                entry.description, entry.line
            )?;
        }
    }
    Ok(())
}
