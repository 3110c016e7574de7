//! `why`: all that is known about a port.

use std::collections::HashMap;
use std::fmt::{Display, Formatter, Write};

use anyhow::anyhow;
use appleports_model::{Finding, Former, Record, RegistryEntry, RfcFacts, SourceInfo, Transport};
use appleports_pipeline::{Assembled, Failure};
use appleports_store::SourceFolder;

use crate::args::Why;
use crate::asked::{Asked, understand};
use crate::{article, print};

/// The port, and the transport if one was asked for.
#[derive(Clone, Copy)]
struct Place {
    port: u16,
    transport: Option<Transport>,
}

impl Place {
    /// Takes one port, with or without a transport.
    fn parse(text: &str) -> anyhow::Result<Self> {
        match understand(text)? {
            Asked::Ports(range, transport) if range.is_single() => Ok(Self {
                port: range.first(),
                transport,
            }),
            Asked::Ports(..) => Err(anyhow!(
                "`{text}` is a range; give one port, or see its rows with `appleports find {text}`"
            )),
            Asked::Words(_) => Err(anyhow!(
                "`{text}` is not a port; look up products and names with `appleports find {text}`"
            )),
        }
    }

    /// Whether the record has the port. One without a transport may have any.
    fn is_covered(self, record: &Record) -> bool {
        record.ports.iter().any(|range| range.contains(self.port))
            && self.transport.is_none_or(|transport| {
                record.has_no_transport() || record.transports.contains(&transport)
            })
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.port)?;
        match self.transport {
            Some(transport) => write!(f, "/{transport}"),
            None => Ok(()),
        }
    }
}

pub(super) fn run(sources: &SourceFolder, options: &Why) -> Result<bool, Failure> {
    let place = Place::parse(&options.port.join(" "))?;
    let assembled = article::load(sources, &options.choice)?;
    let mut text = String::new();
    // Writing to a String cannot fail.
    let known = rows(&mut text, place, &assembled).unwrap_or_default();
    let _ = siblings(&mut text, place, &assembled);
    let _ = registry(&mut text, place, &assembled);
    print::result(print::visible(&text).as_bytes())?;
    Ok(known)
}

/// Apple's rows that cover the port, each with its RFCs and findings.
fn rows(out: &mut String, place: Place, assembled: &Assembled) -> Result<bool, std::fmt::Error> {
    let dataset = &assembled.dataset;
    let records = &dataset.records;
    let covering: Vec<_> = records
        .iter()
        .filter(|record| place.is_covered(record))
        .collect();
    let rows = match covering.len() {
        1 => "1 row covers".to_owned(),
        count => format!("{count} rows cover"),
    };
    let whole = Place {
        transport: None,
        ..place
    };
    let elsewhere = covering.is_empty() && records.iter().any(|record| whole.is_covered(record));
    let hint = if elsewhere {
        format!("; for other transports: `appleports why {whole}`")
    } else {
        String::new()
    };
    let capture = dataset.capture().map(SourceInfo::dated);
    let capture = capture.unwrap_or_default();
    writeln!(out, "Apple's article of {capture}: {rows} {place}{hint}")?;
    let mut findings: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in &dataset.findings {
        findings.entry(&finding.record).or_default().push(finding);
    }
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
            shown(record.name_at(place.port)),
            shown(&record.title),
            record.provenance.source,
            record.provenance.line_first
        )?;
        if !record.english_title.is_empty() {
            writeln!(out, "    in English: {}", record.english_title)?;
        }
        if !record.products.is_empty() {
            writeln!(out, "    used by: {}", record.products.join(", "))?;
        }
        if !record.confirmed.is_empty() {
            writeln!(out, "    confirmed: {}", record.confirmed)?;
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
        for finding in findings.get(record.id.as_str()).into_iter().flatten() {
            writeln!(
                out,
                "    {} {}: {}",
                finding.level, finding.code, finding.message
            )?;
        }
    }
    let covered = |former: &&Former| place.is_covered(&former.record);
    for former in dataset.former.iter().filter(covered) {
        let record = &former.record;
        let name = [&record.service_name, &record.title];
        let name = name.into_iter().find(|name| !name.is_empty());
        writeln!(out, "  {}", article::left(dataset, former))?;
        writeln!(
            out,
            "    {} ({}:{})",
            name.map_or("-", String::as_str),
            record.provenance.source,
            record.provenance.line_first
        )?;
        if !record.products.is_empty() {
            writeln!(out, "    used by: {}", record.products.join(", "))?;
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

/// Apple's other articles that give the port.
fn siblings(out: &mut String, place: Place, assembled: &Assembled) -> std::fmt::Result {
    let mut heading = "\nApple's other articles:\n";
    let articles = assembled.siblings.iter().flat_map(|own| &own.articles);
    for article in articles {
        for fact in &article.facts {
            let is_asked = |own: &Transport| place.transport.is_none_or(|asked| asked == *own);
            let given: Vec<String> = fact
                .ports
                .iter()
                .filter(|(own, ports)| is_asked(own) && ports.contains(place.port))
                .map(|(own, _)| format!("{}/{own}", place.port))
                .collect();
            if given.is_empty() {
                continue;
            }
            let product = fact
                .product
                .as_deref()
                .unwrap_or("all its products together");
            let purpose = match fact.purpose.as_str() {
                "" => String::new(),
                purpose => format!(", {purpose}"),
            };
            writeln!(
                out,
                "{heading}  {} for {product}{purpose} ({} {}, as of {})",
                given.join(" and "),
                article.id,
                article.title,
                article.seen
            )?;
            heading = "";
        }
    }
    Ok(())
}

/// What the registry has for the port, transport by transport.
fn registry(out: &mut String, place: Place, assembled: &Assembled) -> std::fmt::Result {
    let registry = &assembled.registry;
    writeln!(out, "\nIANA registry ({}):", registry.edition)?;
    let port = place.port;
    let before = out.len();
    let is_asked = |own: &Transport| place.transport.is_none_or(|asked| asked == *own);
    for transport in Transport::ALL.into_iter().filter(is_asked) {
        let mut named = registry.at(port, transport).peekable();
        let is_named = named.peek().is_some();
        for entry in named {
            line(out, &format!("{port}/{transport}"), &entry)?;
        }
        let mut nameless = registry.others_at(port, transport);
        if let Some(entry) = nameless.find(|entry| !is_named && entry.name.is_empty()) {
            line(out, &format!("{port}/{transport}"), &entry)?;
        }
    }
    let without_transport = |entry: &RegistryEntry<'_>| entry.transport.is_none();
    for entry in registry.covering(port).filter(without_transport) {
        if !entry.name.is_empty() {
            line(out, &format!("{port} (no transport)"), &entry)?;
        }
    }
    if out.len() == before {
        writeln!(out, "  nothing is registered for {place}")?;
    }
    Ok(())
}

/// A row of the registry: the name, if it has one, and what is said of it.
fn line(out: &mut String, place: &str, entry: &RegistryEntry<'_>) -> std::fmt::Result {
    let remarks = [entry.description, entry.reference, entry.notes];
    let remarks: Vec<&str> = remarks
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    write!(out, "  {place}  ")?;
    if !entry.name.is_empty() {
        write!(out, "{}  ", entry.name)?;
    }
    writeln!(out, "{} (line {})", remarks.join("; "), entry.line)
}
