//! Results to stdout, diagnostics to stderr.

mod excerpt;
mod table;
mod text;

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use appleports_model::escape::terminal;
use appleports_model::{Dataset, Date, cut, parse_date, write_json};
use appleports_pipeline::suggest;
use jiff::tz::TimeZone;
use serde::Serialize;

pub(crate) use excerpt::{Mark, find};
pub(crate) use table::{Cell, Column, Table};
pub(crate) use text::{BOLD, CAUTION, DIM, GOOD, Text};

/// Shown where a result cannot be written to stdout.
const STDOUT: &str =
    "standard output: cannot write the whole result; make room there, and run the command again";

/// Writes a result for programs to stdout, all at once. On a terminal, which obeys what CSV has
/// from a cell, hidden characters are made visible; a pipe or a file gets the very bytes.
///
/// # Errors
/// The I/O error; the caller takes a broken pipe for a quiet end.
pub(crate) fn result(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let shown = std::str::from_utf8(bytes)
        .ok()
        .filter(|_| out.is_terminal());
    let shown = shown.map(terminal::data);
    out.write_all(shown.as_deref().map_or(bytes, str::as_bytes))
        .and_then(|()| out.flush())
        .context(STDOUT)
}

/// Writes a result as JSON to stdout, while it is made.
///
/// # Errors
/// As [`result`].
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    write_json(&mut out, value)
        .and_then(|()| out.flush())
        .context(STDOUT)
}

/// Writes a result for people to stdout: hidden characters are made visible.
///
/// # Errors
/// As [`result`].
pub(crate) fn plain(text: &str) -> anyhow::Result<()> {
    result(terminal::text(text).as_bytes())
}

/// Writes a result with ANSI colours to stdout: with them on a terminal, without
/// them elsewhere or with `NO_COLOR`.
///
/// # Errors
/// As [`result`].
pub(crate) fn coloured(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context(STDOUT)
}

/// Writes a text to stdout, its styles as in [`coloured`].
///
/// # Errors
/// As [`result`].
pub(crate) fn show(text: &Text) -> anyhow::Result<()> {
    coloured(text.as_ansi())
}

/// Writes the help or the version to stdout, or what is wrong with the arguments to stderr.
///
/// # Errors
/// As [`result`], for what goes to stdout.
pub(crate) fn usage(shown: &clap::Error) -> anyhow::Result<()> {
    match shown.print() {
        Err(error) if !shown.use_stderr() => Err(error).context(STDOUT),
        _ => Ok(()),
    }
}

/// The columns that a result has room for where stdout is no terminal: always the same,
/// so that answers can be compared.
const COLUMNS: usize = 100;

/// The columns that a result has room for.
pub(crate) fn width() -> usize {
    let out = std::io::stdout();
    if !out.is_terminal() {
        return COLUMNS;
    }
    let size = terminal_size::terminal_size_of(out);
    size.map_or(COLUMNS, |(width, _)| usize::from(width.0))
}

/// Writes one diagnostic to stderr, the label coloured on a terminal.
pub(crate) fn diagnostic(label: &str, message: &str) {
    let style = if label == "error" || label == "refused" {
        Style::new().bold().fg_color(Some(AnsiColor::Red.into()))
    } else {
        Style::new().bold()
    };
    // There is nowhere left to complain to when stderr is closed.
    let _ = writeln!(
        anstream::stderr(),
        "{style}{}{style:#}: {}",
        terminal::line(label),
        margined(message)
    );
}

/// The most lines of a message, and the most characters of each.
const MAX_LINES: usize = 20;
const MAX_LINE_CHARS: usize = 2_000;

/// A message in which only the first line is without a margin: it may quote files of others,
/// and no line of these becomes one of ours.
fn margined(message: &str) -> String {
    let mut lines = message.trim_end().split('\n');
    let shown = |line: &str| terminal::line(&cut(line, MAX_LINE_CHARS));
    let mut out = shown(lines.next().unwrap_or_default());
    for line in lines.by_ref().take(MAX_LINES) {
        out.push_str("\n  | ");
        out.push_str(&shown(line));
        out.truncate(out.trim_end().len());
    }
    if lines.next().is_some() {
        out.push_str("\n  | ...");
    }
    out
}

/// Says what somebody may have meant by a word that nothing was found for.
pub(crate) fn suggestions(dataset: &Dataset, word: Option<&str>) {
    let alike = word.map(|word| suggest(dataset, word)).unwrap_or_default();
    if !alike.is_empty() {
        diagnostic("did you mean", &alike.join(", "));
    }
}

/// The variable that stands for the clock, so that answers can be had again as they were.
const TODAY: &str = "APPLEPORTS_TODAY";

/// Today in UTC; or the day in `APPLEPORTS_TODAY`, if it is one.
pub(crate) fn today() -> Date {
    let given = std::env::var(TODAY).ok();
    if let Some(day) = given.and_then(|day| parse_date(&day)) {
        return day;
    }
    // A clock beyond the year 9999 is wrong; as the last day there is, it makes all sources stale.
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now());
    let now = now.unwrap_or(jiff::Timestamp::MAX);
    now.to_zoned_datetime(TimeZone::UTC).date()
}

/// Whether the error is that nobody reads stdout any more.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::margined;

    #[test]
    fn foreign_lines_have_a_margin_and_an_end() {
        assert_eq!(
            margined("a.toml: bad\n::error::x\n\n ##[group]\r"),
            "a.toml: bad\n  | \\u{3a}:error::x\n  |\n  |  ##\\u{5b}group]"
        );
        let long = margined(&"x\n".repeat(1_000_000));
        assert_eq!(long.lines().count(), 22);
        assert!(long.ends_with("\n  | ..."));
        assert!(margined(&"x".repeat(1_000_000)).len() < 2_010);
    }
}
