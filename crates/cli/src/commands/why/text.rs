//! The answer of `why` for people.

use appleports_model::{
    Record, RegistryEntry, RfcFacts, RowFindings, Seen, SourceInfo, Transport, and_list, counted,
    joined,
};
use appleports_pipeline::LookUp;

use super::known::{Known, Registered, SiblingPorts};
use crate::article;
use crate::print::{BOLD, CAUTION, Text};
use crate::verdict::verdict;

/// Writes everything about one question.
pub(super) fn write(out: &mut Text, known: &Known<'_>, look_up: &LookUp) {
    head(out, known, look_up);
    let findings = RowFindings::new(&look_up.dataset.findings);
    for record in &known.records {
        row(out, known, record, look_up, &findings);
    }
    former(out, known, look_up);
    siblings(out, &known.siblings);
    registry(out, known, look_up);
}

/// `Apple's article of 2015-10-23: 1 row covers 5900`.
fn head(out: &mut Text, known: &Known<'_>, look_up: &LookUp) {
    let ask = known.ask;
    let verb = match (ask.ports.is_single(), known.records.len()) {
        (true, 1) => "covers",
        (true, _) => "cover",
        (false, 1) => "overlaps",
        (false, _) => "overlap",
    };
    let rows = counted(known.records.len(), "row");
    let hint = if known.is_elsewhere {
        format!("; for other transports: `appleports why {}`", ask.ports)
    } else {
        String::new()
    };
    let capture = look_up.dataset.capture().map(SourceInfo::dated);
    let capture = capture.unwrap_or_default();
    out.styled(BOLD, &format!("Apple's article of {capture}"));
    out.line(format_args!(": {rows} {verb} {ask}{hint}"));
}

/// One of Apple's rows with its verdicts, RFCs and findings.
fn row(
    out: &mut Text,
    known: &Known<'_>,
    record: &Record,
    look_up: &LookUp,
    findings: &RowFindings<'_>,
) {
    let overlap = record
        .ports
        .iter()
        .find_map(|range| range.intersection(known.ask.ports));
    let name = overlap.map_or("", |range| record.name_at(range.first()));
    out.add(format_args!(
        "  {} {}  ",
        joined(&record.ports, ", "),
        or_dash(&joined(&record.transports, "/"))
    ));
    out.styled(BOLD, or_dash(name));
    let place = &record.provenance;
    out.line(format_args!(
        "  {} ({}:{})",
        or_dash(&record.title),
        place.source,
        place.place()
    ));
    if let Some(title) = &record.english_title {
        out.line(format_args!("    in English: {title}"));
    }
    used_by(out, record);
    verdicts(out, record, findings);
    if let Some(day) = &record.confirmed {
        out.line(format_args!("    confirmed: {day}"));
    }
    if !record.history.is_empty() {
        let editions = joined(record.history.iter().map(seen), "; ");
        out.line(format_args!("    editions: {editions}"));
    }
    for statement in &record.formerly {
        let line = article::no_longer_so(&look_up.dataset, record, statement);
        out.line(format_args!("    {line}"));
    }
    for number in &record.rfcs {
        out.line(format_args!(
            "    {}",
            rfc(*number, look_up.dataset.rfc(*number))
        ));
    }
    for correction in &record.corrections {
        out.line(format_args!(
            "    corrected {}: {}",
            correction.field, correction.reason
        ));
    }
    for finding in findings.of_record(&record.id) {
        out.add(format_args!("    "));
        let style = if finding.level == appleports_model::Level::Note {
            BOLD
        } else {
            CAUTION
        };
        out.styled(style, &format!("{} {}", finding.level, finding.code));
        out.line(format_args!(": {}", finding.message));
    }
}

/// Who uses it, as the article says it, and the products that are meant where that reads
/// otherwise.
fn used_by(out: &mut Text, record: &Record) {
    let products = record.products.join(", ");
    if !record.used_by.is_empty() {
        out.line(format_args!("    used by: {}", record.used_by));
    }
    if !products.is_empty() && products != record.used_by {
        out.line(format_args!("    products: {products}"));
    }
}

/// `2018-02-13 to 2026-10-11 (en-us)`.
fn seen(period: &Seen) -> String {
    let last = if period.first == period.last {
        String::new()
    } else {
        format!(" to {}", period.last)
    };
    format!("{}{last} ({})", period.first, period.locale)
}

/// The registry's verdicts: one where all rows have the same.
fn verdicts(out: &mut Text, record: &Record, findings: &RowFindings<'_>) {
    let mut shown = Vec::new();
    for check in &record.cross_check {
        let transport = check.transport.map_or("?", Transport::as_str);
        shown.push((
            format!("{}/{transport} ", check.ports),
            verdict(&record.id, check, findings),
        ));
    }
    let is_same = shown.windows(2).all(|pair| pair[0].1.0 == pair[1].1.0);
    if is_same {
        shown.truncate(1);
    }
    out.add(format_args!("    registry: "));
    for (at, (place, (verdict, style))) in shown.iter().enumerate() {
        let place = if is_same { "" } else { place };
        out.add(format_args!("{}{place}", if at > 0 { ", " } else { "" }));
        out.styled(*style, verdict);
    }
    out.end_line();
}

/// Records that left the article.
fn former(out: &mut Text, known: &Known<'_>, look_up: &LookUp) {
    for former in &known.former {
        let record = &former.record;
        let place = &record.provenance;
        out.line(format_args!(
            "  {}",
            article::left(&look_up.dataset, former)
        ));
        out.line(format_args!("    {}:{}", place.source, place.place()));
        used_by(out, record);
    }
}

/// Apple's other articles that give the ports.
fn siblings(out: &mut Text, siblings: &[SiblingPorts<'_>]) {
    if siblings.is_empty() {
        return;
    }
    out.end_line();
    out.styled(BOLD, "Apple's other articles:");
    out.end_line();
    for SiblingPorts {
        article,
        fact,
        ports,
    } in siblings
    {
        let given = ports
            .iter()
            .map(|(transport, range)| format!("{range}/{transport}"));
        let given: Vec<String> = given.collect();
        let product = fact.product.as_deref();
        let product = product.unwrap_or("all its products together");
        let purpose = match fact.purpose.as_str() {
            "" => String::new(),
            purpose => format!(", {purpose}"),
        };
        out.line(format_args!(
            "  {} for {product}{purpose} ({} {}, as of {})",
            and_list(&given),
            article.id,
            article.title,
            article.seen
        ));
    }
}

/// What the registry has for the ports, transport by transport.
fn registry(out: &mut Text, known: &Known<'_>, look_up: &LookUp) {
    let edition = &look_up.registry.edition;
    out.end_line();
    out.styled(BOLD, &format!("IANA registry ({edition}):"));
    out.end_line();
    for Registered { ports, entry } in &known.registered {
        let place = match entry.transport {
            Some(transport) => format!("{ports}/{transport}"),
            None if entry.name.is_empty() => ports.to_string(),
            None => format!("{ports} (no transport)"),
        };
        line(out, &place, entry);
    }
    let ask = known.ask;
    if known.more_registered > 0 {
        let more = counted(known.more_registered, "more row");
        out.line(format_args!("  and {more}; with a name: `appleports export --format services --registry {edition} --port {}`",
            ask.ports));
    } else if known.registered.is_empty() {
        out.line(format_args!("  nothing is registered for {ask}"));
    }
}

/// A row of the registry: the name, if it has one, and what it says.
fn line(out: &mut Text, place: &str, entry: &RegistryEntry<'_>) {
    let remarks = [entry.description, entry.reference, entry.notes];
    let remarks: Vec<&str> = remarks
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    out.add(format_args!("  {place}  "));
    if !entry.name.is_empty() {
        out.styled(BOLD, entry.name);
        out.add(format_args!("  "));
    }
    out.line(format_args!("{} (line {})", remarks.join("; "), entry.line));
}

/// `RFC 2616, replaced; current: RFC 9110, RFC 9111`.
fn rfc(number: u32, facts: Option<&RfcFacts>) -> String {
    let current = facts.iter().flat_map(|facts| &facts.current);
    let current: Vec<String> = current.map(|later| format!("RFC {later}")).collect();
    if current.is_empty() {
        format!("RFC {number}")
    } else {
        format!("RFC {number}, replaced; current: {}", current.join(", "))
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}
