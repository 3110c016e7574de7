//! Results to stdout, diagnostics to stderr.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use appleports_model::{Dataset, cut, is_date, is_hidden};
use appleports_pipeline::suggest;

/// What is said where a result could not be written.
const STDOUT: &str =
    "standard output: cannot write the whole result; make room there, and run the command again";

/// Writes a result to stdout, all at once.
///
/// # Errors
/// The I/O error; the caller takes a broken pipe for a quiet end.
pub(crate) fn result(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .context(STDOUT)
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

/// Writes one diagnostic line to stderr, the label coloured on a terminal.
pub(crate) fn diagnostic(label: &str, message: &str) {
    let style = if label == "error" || label == "refused" {
        Style::new().bold().fg_color(Some(AnsiColor::Red.into()))
    } else {
        Style::new().bold()
    };
    // There is nowhere left to complain to when stderr is closed.
    let _ = writeln!(
        anstream::stderr(),
        "{style}{label}{style:#}: {}",
        visible(message)
    );
}

/// Says what somebody may have meant by a word that nothing was found for.
pub(crate) fn suggestions(dataset: &Dataset, word: Option<&String>) {
    let alike = word.map(|word| suggest(dataset, word)).unwrap_or_default();
    if !alike.is_empty() {
        diagnostic("did you mean", &alike.join(", "));
    }
}

/// The variable that stands for the clock, so that answers can be had again as they were.
const TODAY: &str = "APPLEPORTS_TODAY";

/// Today in UTC, `YYYY-MM-DD`; or the day in `APPLEPORTS_TODAY`, if it is one.
pub(crate) fn today() -> String {
    if let Some(day) = std::env::var(TODAY).ok().filter(|day| is_date(day)) {
        return day;
    }
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

/// Whether the error is that nobody reads stdout any more.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// The text with control characters made visible, so that no capture can steer a terminal.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) && c != '\n' {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The most characters of a cell in a table: one long cell would widen every row.
const WIDEST: usize = 100;

/// Rows with their columns aligned; the last column is not padded, long cells are cut.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<Cow<'_, str>>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cut(cell, WIDEST)).collect())
        .collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            line.push_str(cell);
            let padding = widths[at].saturating_sub(cell.chars().count()) + 2;
            line.extend(std::iter::repeat_n(' ', padding));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
