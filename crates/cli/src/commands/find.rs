use appleports_emit::FORMATS;
use appleports_model::{Dataset, Transport};
use appleports_pipeline::{Failure, Filter, assemble};
use appleports_store::SourceFolder;

use crate::args::{Find, FindFormat};
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Find) -> Result<bool, Failure> {
    let whole = assemble(sources, None)?;
    let mut filter = options.filters.filter();
    if let Some(what) = &options.what {
        understand(what, &mut filter)?;
    }
    let dataset = filter.apply(&whole);
    let format = match options.format {
        FindFormat::Table => None,
        FindFormat::Json => Some("json"),
        FindFormat::Csv => Some("csv"),
    };
    if let Some(known) = FORMATS.iter().find(|known| Some(known.name) == format) {
        print::result(&(known.write)(&dataset).0)?;
    } else if dataset.records.is_empty() {
        print::diagnostic("nothing found", "no row of the article fits");
        let word = options
            .what
            .as_ref()
            .or(filter.product.as_ref())
            .or(filter.service.as_ref());
        print::suggestions(&whole, word);
    } else {
        print::result(table(&dataset).as_bytes())?;
    }
    Ok(!dataset.records.is_empty())
}

/// Takes what a person typed as a port, a range, either with a transport, or words.
fn understand(what: &str, filter: &mut Filter) -> anyhow::Result<()> {
    let (ports, transport) = match what.split_once('/') {
        Some((ports, transport)) if ports.starts_with(|c: char| c.is_ascii_digit()) => {
            (ports, Some(transport.parse::<Transport>()?))
        }
        _ => (what, None),
    };
    let is_port = ports.starts_with(|c: char| c.is_ascii_digit())
        && ports
            .chars()
            .all(|c| c.is_ascii_digit() || "-–—".contains(c));
    if is_port {
        filter.ports = Some(ports.parse()?);
        filter.transport = transport.or(filter.transport);
    } else {
        filter.words = Some(what.to_owned());
    }
    Ok(())
}

/// One line per row of `ports.csv`, with the place in the capture.
fn table(dataset: &Dataset) -> String {
    let mut rows = vec![
        ["PORT", "NAME", "IANA", "TITLE", "USED BY", "LINE"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for record in &dataset.records {
        for check in &record.cross_check {
            let products = if record.products.is_empty() {
                &record.used_by
            } else {
                &record.products.join(", ")
            };
            rows.push(vec![
                format!(
                    "{}/{}",
                    check.ports,
                    check.transport.map_or("?", Transport::as_str)
                ),
                or_dash(record.name_at(check.ports.first())),
                check.iana_status.to_string(),
                or_dash(&shorten(&record.title)),
                or_dash(&shorten(products)),
                record.provenance.line_first.to_string(),
            ]);
        }
    }
    print::visible(&print::table(&rows))
}

fn or_dash(text: &str) -> String {
    if text.is_empty() {
        "-".to_owned()
    } else {
        text.to_owned()
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 48 {
        text.to_owned()
    } else {
        text.chars().take(45).chain("...".chars()).collect()
    }
}
