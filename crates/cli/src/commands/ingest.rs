//! `ingest`: saved pages into the sources, or shown.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use appleports_model::{Finding, Record, SourceInfo, Totals, counted, joined};
use appleports_pipeline::{IngestOptions, Ingested, Ingestion, STDIN, day};
use appleports_store::{SourceFolder, read_limited};
use serde::Serialize;

use crate::args::{Ingest, ShowFormat};
use crate::print::{self, Cell, Column, Table, Text};

/// Read a little more than a capture may have, so that the reader can refuse it.
const MAX_CAPTURE: u64 = 32 * 1024 * 1024;

pub(super) fn run(sources: &SourceFolder, options: &Ingest) -> anyhow::Result<bool> {
    let known = IngestOptions {
        url: options.url.clone(),
        captured: options.captured.as_deref().map(day).transpose()?,
        locale: options.locale.clone(),
        today: Some(print::today()),
    };
    let mut ingestion = Ingestion::new(sources)?;
    for file in &options.files {
        let (path, bytes) = read(file)?;
        let mut ingested = if options.dry_run {
            ingestion.preview(&path, &bytes, &known)?
        } else {
            ingestion.store(&path, &bytes, &known)?
        };
        Finding::sort(&mut ingested.normalised.findings);
        match options.format {
            ShowFormat::Human => print::show(&human(&path, &ingested, options.dry_run))?,
            ShowFormat::Json => print::json(&machine(&ingested))?,
        }
        report_refusal(&ingested.refused, options.dry_run);
    }
    Ok(true)
}

/// Says what the guards have against the capture, and how to accept it.
pub(super) fn report_refusal(findings: &[Finding], dry_run: bool) {
    let Some(first) = findings.first() else {
        return;
    };
    let message = if dry_run {
        "the guards would refuse this capture, and no command would use it"
    } else {
        "the capture is stored, but no command uses it until you accept it"
    };
    print::diagnostic("refused", message);
    for finding in findings {
        print::diagnostic(&format!("  {}", finding.code), &finding.message);
    }
    print::diagnostic("  help", &first.help);
}

fn read(file: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    if file.as_os_str() != "-" {
        return Ok((file.display().to_string(), read_limited(file, MAX_CAPTURE)?));
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_CAPTURE)
        .read_to_end(&mut bytes)
        .context("cannot read standard input")?;
    Ok((STDIN.to_owned(), bytes))
}

/// What `--format json` shows, written from where it is.
#[derive(Serialize)]
struct Preview<'a> {
    source: &'a SourceInfo,
    totals: &'a Totals,
    records: &'a [Record],
    findings: &'a [Finding],
}

fn machine(ingested: &Ingested) -> Preview<'_> {
    Preview {
        source: &ingested.info,
        totals: &ingested.normalised.totals,
        records: &ingested.normalised.records,
        findings: &ingested.normalised.findings,
    }
}

fn human(path: &str, ingested: &Ingested, dry_run: bool) -> Text {
    let mut table = Table::new([
        Column::whole("PORT"),
        Column::whole("TRANSPORT"),
        Column::whole("NAME"),
        Column::whole("RFC"),
        Column::prose("TITLE"),
        Column::whole("LINE"),
    ]);
    for record in &ingested.normalised.records {
        let dash = |text: String| {
            if text.is_empty() {
                "-".to_owned()
            } else {
                text
            }
        };
        let cells = [
            joined(&record.ports, ","),
            dash(joined(&record.transports, "/")),
            dash(record.service_name.clone()),
            dash(joined(&record.rfcs, " ")),
            dash(record.title.clone()),
            record.provenance.place().to_string(),
        ];
        table.row(cells.map(Cell::from));
    }
    let totals = &ingested.normalised.totals;
    let rows = usize::try_from(totals.rows_read).unwrap_or(usize::MAX);
    let mut text = table.render(print::width());
    text.end_line();
    for finding in &ingested.normalised.findings {
        text.line(format_args!(
            "{path}:{}: {} {}: {}",
            finding.place(),
            finding.level,
            finding.code,
            finding.message
        ));
    }
    text.end_line();
    text.line(format_args!(
        "{}: {} read = {} emitted + {} merged + {} rejected; {}; {}",
        ingested.info.id,
        counted(rows, "row"),
        totals.rows_emitted,
        totals.rows_merged,
        totals.rows_rejected,
        counted(ingested.normalised.findings.len(), "finding"),
        if dry_run {
            "nothing was written"
        } else {
            "stored in the sources"
        }
    ));
    text
}
