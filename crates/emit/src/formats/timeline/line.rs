//! The lines of the picture: every record that ever was, by port.

use std::cmp::Reverse;
use std::fmt::Display;

use appleports_model::{Dataset, Former, Record, cut, joined, one_line};
use jiff::civil::Date;

/// Longer labels do not fit beside the plot.
const MAX_PORT_CHARS: usize = 23;
const MAX_NAME_CHARS: usize = 30;
/// Longer texts are cut in a tooltip.
const MAX_TITLE_CHARS: usize = 200;

/// One record and its time.
pub(super) struct Line {
    /// Such as `53/tcp+udp`.
    pub(super) ports: String,
    /// The service name, or else the title, or else who uses it.
    pub(super) name: String,
    /// Everything in words.
    pub(super) tooltip: String,
    /// The day of the first capture that has the record, in any locale.
    pub(super) first: Date,
    /// The day of the last one.
    pub(super) last: Date,
    /// Whether the article no longer has it.
    pub(super) has_left: bool,
}

/// All lines, by port. Records that no day is known for are left out.
pub(super) fn lines(dataset: &Dataset) -> Vec<Line> {
    let day = dataset.capture().and_then(|capture| capture.date);
    let current = dataset.records.iter();
    let current = current.filter_map(|record| of_current(record, day));
    let former = dataset.former.iter().map(of_former);
    let mut lines: Vec<(&Record, Line)> = current.chain(former).collect();
    lines.sort_by_cached_key(|(record, line)| {
        let ports = record.ports.iter();
        let ports = ports.map(|range| (range.first(), Reverse(range.last())));
        let ports: Vec<_> = ports.collect();
        (
            ports,
            record.transports.clone(),
            line.first,
            record.id.clone(),
        )
    });
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The line of a record that the article has; `day` is that of its capture.
fn of_current(record: &Record, day: Option<Date>) -> Option<(&Record, Line)> {
    let seen = &record.history;
    let first = seen.iter().map(|seen| seen.first).min().or(day)?;
    let last = seen.iter().map(|seen| seen.last).max().or(day)?;
    Some(line(record, (first, last), stays(record), false))
}

/// The line of a record that the article has no more.
fn of_former(former: &Former) -> (&Record, Line) {
    let days = (former.first.date(), former.last.date());
    let mut stays = stays(&former.record);
    if stays.is_empty() {
        stays.push(span(&former.first, &former.last));
    }
    stays.push("no longer in the article".to_owned());
    line(&former.record, days, stays, true)
}

/// When the captures of each locale had the record.
fn stays(record: &Record) -> Vec<String> {
    let seen = record.history.iter();
    seen.map(|seen| format!("{}: {}", seen.locale, span(&seen.first, &seen.last)))
        .collect()
}

fn line(
    record: &Record,
    (first, last): (Date, Date),
    stays: Vec<String>,
    has_left: bool,
) -> (&Record, Line) {
    let (ports, name) = (ports(record), name(record));
    let title = record.title_in_english().to_owned();
    let mut texts = vec![format!("{ports} {name}")];
    let more = [title, record.products.join(", ")];
    texts.extend(
        more.into_iter()
            .filter(|text| !text.is_empty() && *text != name),
    );
    texts.extend(stays);
    let texts = texts
        .iter()
        .map(|text| one_line(&cut(text, MAX_TITLE_CHARS)));
    let line = Line {
        ports: cut(&ports, MAX_PORT_CHARS).into_owned(),
        name: one_line(&cut(&name, MAX_NAME_CHARS)),
        tooltip: joined(texts, "\n"),
        first,
        last,
        has_left,
    };
    (record, line)
}

/// `1099, 8043/tcp`, or the ports alone where the article gives no transport.
fn ports(record: &Record) -> String {
    let slash = if record.transports.is_empty() {
        ""
    } else {
        "/"
    };
    let (ports, transports) = (joined(&record.ports, ", "), joined(&record.transports, "+"));
    format!("{ports}{slash}{transports}")
}

fn name(record: &Record) -> String {
    let names = [&record.service_name, record.title_in_english()];
    if let Some(name) = names.into_iter().find(|name| !name.is_empty()) {
        name.to_owned()
    } else if record.products.is_empty() {
        record.used_by.clone()
    } else {
        record.products.join(", ")
    }
}

/// `2015-10-23 to 2020-02-03`, or the one day.
fn span<T: PartialEq + Display>(first: &T, last: &T) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}
