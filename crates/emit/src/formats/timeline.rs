//! `timeline`: when each record was seen, as an SVG picture.

use std::fmt::Write;

use appleports_model::Dataset;

/// The width of the names, of the plot, and the height of a line, in pixels.
const NAMES: u32 = 300;
const PLOT: u32 = 520;
const LINE: u32 = 14;
const TOP: u32 = 40;

/// One line a record and locale: a bar from the first capture that has it to the last.
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let dates = || {
        dataset
            .records
            .iter()
            .flat_map(|record| &record.history)
            .flat_map(|seen| [seen.first.as_str(), seen.last.as_str()])
    };
    let (first, last) = (dates().min().unwrap_or(""), dates().max().unwrap_or(""));
    let whole = span(first, last);
    let (from, to) = (days(first), days(last));
    let rows: usize = dataset
        .records
        .iter()
        .map(|record| record.history.len())
        .sum();
    let height = TOP + LINE * u32::try_from(rows).unwrap_or(u32::MAX / LINE - TOP) + 10;
    let w = NAMES + PLOT + 10;
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{height}\" viewBox=\"0 0 {w} {height}\" role=\"img\" aria-label=\"When each record was seen, {whole}\">\n\
         <style>text{{font:11px sans-serif;fill:#222}}rect{{fill:#0a66c2}}svg{{background:#fff}}@media(prefers-color-scheme:dark){{text{{fill:#eee}}rect{{fill:#6db3f2}}svg{{background:#111}}}}</style>\n\
         <text x=\"{NAMES}\" y=\"20\">{first}</text>",
    );
    // All on one day: one date says it.
    if first != last {
        let _ = write!(
            out,
            "<text x=\"{w}\" y=\"20\" text-anchor=\"end\" dx=\"-10\">{last}</text>"
        );
    }
    out.push('\n');
    let place = |date: &str| {
        if to == from {
            0
        } else {
            (days(date) - from) * PLOT / (to - from)
        }
    };
    let mut y = TOP;
    for record in &dataset.records {
        for seen in &record.history {
            let (start, end) = (place(&seen.first), place(&seen.last));
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} {}</text><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{} {}: {}</title></rect>",
                NAMES - 8,
                y + 10,
                escape(&record.id),
                escape(&seen.locale),
                NAMES + start,
                y + 2,
                (end - start).max(4),
                LINE - 4,
                escape(&record.id),
                escape(&seen.locale),
                escape(&span(&seen.first, &seen.last)),
            );
            y += LINE;
        }
    }
    out.push_str("</svg>\n");
    (out.into_bytes(), Some(rows as u64))
}

/// `2015-10-23 to 2020-02-03`, or the one day.
fn span(first: &str, last: &str) -> String {
    if first == last {
        first.to_owned()
    } else {
        format!("{first} to {last}")
    }
}

/// A date as a number that grows by the day; good enough to draw by.
fn days(date: &str) -> u32 {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let (year, month, day) = (next(), next(), next());
    year * 372 + month * 31 + day
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
