//! `report.md`: one page for those who decide, with the long tables folded below it.

mod findings;
mod products;
mod registry;
mod shared_ports;
mod summary;

use std::fmt::Write;

use appleports_model::escape::markdown;
use appleports_model::{Dataset, cut};

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
    summary::summary(out, dataset)?;
    findings::warnings(out, dataset)?;
    writeln!(
        out,
        "\n## History\n\n[What Apple changed, edition by edition](changes.md).\n\n![When the article had each record](history.svg)"
    )?;
    writeln!(out, "\n## Tables")?;
    folded(out, "Products", |out| {
        products::products(out, &dataset.records)
    })?;
    folded(out, "Registry", |out| registry::registry(out, dataset))?;
    folded(out, "Findings", |out| findings::findings(out, dataset))?;
    folded(out, "Rows that share ports", |out| {
        shared_ports::shared_ports(out, dataset)
    })?;
    folded(out, "Sources", |out| sources(out, dataset))
}

/// A part that readers open where they need it. Markdown within needs blank lines around it.
fn folded(
    out: &mut String,
    title: &str,
    part: impl FnOnce(&mut String) -> std::fmt::Result,
) -> std::fmt::Result {
    writeln!(out, "\n<details>\n<summary>{title}</summary>\n")?;
    part(out)?;
    writeln!(out, "\n</details>")
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
