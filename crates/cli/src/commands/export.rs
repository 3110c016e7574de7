//! `export`: the dataset, or a part of it, in one format.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{anyhow, bail};
use appleports_emit::{expanded, opens_nothing, registry_services};
use appleports_model::{Dataset, PortRange, Record, counted, joined};
use appleports_pipeline::{Filter, FindingFilter, merge_into_services, registry};
use appleports_store::{SourceFolder, write_file};

use crate::args::{Export, ExportFormat};
use crate::sources::Sources;
use crate::{article, print};

/// The formats that have no part.
const OF_THE_WHOLE: [&str; 2] = ["report", "schema"];

pub(super) fn run(sources: Sources, options: &Export) -> anyhow::Result<bool> {
    check(options)?;
    let format = options.format;
    if let Some(name) = &options.registry {
        return write_registry(&sources.unpacked()?, name, options);
    }
    let whole = &mut article::load(sources, &options.choice, &[])?.dataset;
    if let Some(unknown_as) = options.rules.unknown_as {
        for record in &mut whole.records {
            record.assume(unknown_as.transports());
        }
    }
    let filter = options.filters.filter(&whole.products)?;
    let is_part = filter != Filter::default();
    if is_part && OF_THE_WHOLE.contains(&format.name()) {
        let message = "is about the whole dataset; remove the filters";
        bail!("{} {message}", format.name());
    }
    let whole = &*whole;
    let mut dataset = filter.apply(whole);
    if is_part {
        let of_these = FindingFilter {
            records: Some(filter.clone()),
            ..FindingFilter::default()
        };
        let findings = std::mem::take(&mut dataset.to_mut().findings);
        dataset.to_mut().findings = of_these.apply(whole, findings);
    }
    if dataset.records.is_empty() {
        let earlier = article::no_longer(whole, &dataset, &filter);
        let message =
            article::not_found(whole, !earlier.is_empty(), &article::sought(whole, &filter));
        print::diagnostic("nothing found", &format!("{message}; nothing was written"));
        for line in earlier {
            print::diagnostic("no longer", &line);
        }
        print::suggestions(whole, filter.service.as_deref());
        return Ok(false);
    }
    print::diagnostic("from", &article::named(whole));
    for product in article::without_rows(&dataset, &filter) {
        print::diagnostic("no row", &format!("no row left is used by {product}"));
    }
    let bytes = match format {
        ExportFormat::Opener(format) => {
            report_unknown(&dataset);
            if opens_nothing(&dataset) {
                print::diagnostic(
                    "nothing to open",
                    "no matching row has a transport; nothing was written",
                );
                return Ok(false);
            }
            report_whole_rows(&dataset, filter.ports);
            format
                .write(&dataset, &options.rules.options())?
                .into_bytes()
        }
        ExportFormat::Other(format) => match &options.base {
            Some(base) => merge_into_services(&dataset, base)?,
            None if options.rules.expand => (format.write)(&expanded(&dataset)?).0,
            None => (format.write)(&dataset).0,
        },
    };
    write(options, &bytes)
}

/// Refuses options that the format does not have.
fn check(options: &Export) -> anyhow::Result<()> {
    let name = options.format.name();
    if name != "services" {
        let given = [
            (options.registry.is_some(), "--registry"),
            (options.base.is_some(), "--base"),
        ];
        if let Some((_, option)) = given.into_iter().find(|(is_given, _)| *is_given) {
            bail!("{option} goes with --format services alone");
        }
    }
    Ok(options.rules.options().check(name)?)
}

fn write(options: &Export, bytes: &[u8]) -> anyhow::Result<bool> {
    match &options.output {
        // Standard output by its path is written to, and not replaced by a file.
        Some(path) if path.as_os_str() != "-" && path != Path::new("/dev/stdout") => {
            write_file(path, bytes)?;
        }
        _ => print::result(bytes)?,
    }
    Ok(true)
}

/// The registry's own names as services(5).
fn write_registry(sources: &SourceFolder, name: &str, options: &Export) -> anyhow::Result<bool> {
    // The arguments rule products out.
    let filter = options.filters.filter(&[])?;
    let keep = filter
        .for_registry()
        .map_err(|asked| anyhow!("{asked} cannot be asked of the registry"))?;
    let services = registry_services(&registry(sources, name)?, keep);
    if services.entries == 0 {
        print::diagnostic(
            "nothing found",
            "no row of the registry matches; nothing was written",
        );
        return Ok(false);
    }
    if let Some(first) = services.left_out.first() {
        let message = format!(
            "{}, such as {first}; see the comments at the end",
            counted(services.left_out.len(), "name")
        );
        print::diagnostic("left out", &message);
    }
    write(options, &services.bytes)
}

/// Names the rows that open more ports than were asked for.
fn report_whole_rows(dataset: &Dataset, asked: Option<PortRange>) {
    let Some(asked) = asked else { return };
    let ranges = dataset.records.iter().flat_map(|record| &record.ports);
    let wider: BTreeSet<PortRange> = ranges
        .filter(|range| !(asked.contains(range.first()) && asked.contains(range.last())))
        .copied()
        .collect();
    if !wider.is_empty() {
        let wider = joined(&wider, ", ");
        let message = format!("{wider}: rows are opened whole, beyond {asked}");
        print::diagnostic("opened", &message);
    }
}

/// Names the rows to which the article gives no transport, and what became of them.
fn report_unknown(dataset: &Dataset) {
    let unknown = dataset
        .records
        .iter()
        .filter(|record| record.has_no_transport());
    for Record {
        ports, transports, ..
    } in unknown
    {
        let ports = joined(ports, ", ");
        if transports.is_empty() {
            print::diagnostic(
                "not opened",
                &format!(
                    "{ports}: the article gives neither TCP nor UDP; --unknown-as opens it as one"
                ),
            );
        } else {
            let transports = joined(transports, " and ");
            print::diagnostic(
                "opened as asked",
                &format!("{ports}: for {transports}; the article gives neither TCP nor UDP"),
            );
        }
    }
}
