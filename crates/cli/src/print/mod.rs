//! Results to stdout, diagnostics to stderr.

mod excerpt;
mod table;
mod text;

use std::io::{ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use appleports_model::{Dataset, is_date, is_hidden};
use appleports_pipeline::suggest;

pub(crate) use excerpt::{Mark, find};
pub(crate) use table::{Cell, Column, Table};
pub(crate) use text::{BOLD, CAUTION, DIM, GOOD, Text};

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

/// Writes a text to stdout, its styles as in [`coloured`].
///
/// # Errors
/// As [`result`].
pub(crate) fn show(text: &Text) -> anyhow::Result<()> {
    coloured(text.as_ansi())
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
pub(crate) fn suggestions(dataset: &Dataset, word: Option<&str>) {
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
