//! Findings: what a stage noticed, where, and what to do about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::message::{MAX_BYTES, Message};
use crate::or_empty;
use crate::place::Place;
use crate::port::PortRange;
use crate::text::cut_bytes;
use crate::transport::Transport;

/// How serious a finding is. The order is that of severity, notes lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing to do.
    Note,
    /// Somebody should look: the source is odd or disagrees with another.
    Warning,
    /// Data was rejected, or an output cannot be trusted.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The kind of a finding: its stable code and the texts that explain it.
///
/// Codes are a letter and three digits and are never reused: A article and
/// layout, N normalisation, I IANA, S services files, R RFC, G guards, L lists of people.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable code, such as `A002`.
    pub code: &'static str,
    /// The level of its findings.
    pub level: Level,
    /// What it means in a few words, where a table has room for no more.
    pub short: &'static str,
    /// What it means, one line.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An input that makes it fire.
    pub example: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Declares the rules of a stage, each with all its parts named, and their list `RULES`.
#[macro_export]
macro_rules! rules {
    ($($(#[$doc:meta])* $visibility:vis const $name:ident: Rule = $rule:expr;)*) => {
        $($(#[$doc])* $visibility const $name: $crate::Rule = $rule;)*
        /// Every rule that is declared here, in the order of their codes.
        pub static RULES: &[&$crate::Rule] = &[$(&$name),*];
    };
}

/// One observation about one place of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The code of the [`Rule`].
    pub code: String,
    /// How serious it is.
    pub level: Level,
    /// What was found, with the text concerned.
    pub message: String,
    /// The id of the source, such as `apple/de-de/2015-10-23`.
    pub source: String,
    /// The 1-based line in the source's file; 0 where it is about the file as a whole.
    pub line: u32,
    /// The 1-based column in characters, where the line is a long one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The id of the record concerned; none where it is about the source as a whole.
    #[serde(with = "or_empty")]
    pub record: Option<String>,
    /// What to do; that of the rule for nearly all, of which there may be a hundred thousand.
    pub help: Cow<'static, str>,
    /// The rows of `ports.csv` that it is about, by range and transport; empty where it is
    /// about the whole record, or about none.
    #[serde(with = "crate::finding_key::rows")]
    pub rows: Vec<(PortRange, Option<Transport>)>,
    /// What it says of them, beside its rule: names, numbers, paths. With rule, record and rows
    /// these are its [`key`](Finding::key).
    pub values: Vec<String>,
}

impl Finding {
    /// A finding of `rule` at a place of a source. The message is one line, whatever it
    /// quotes; one that quotes more than anybody reads is cut, and so are values.
    pub fn new(
        rule: &Rule,
        source: &str,
        place: impl Into<Place>,
        message: impl Into<Message>,
    ) -> Self {
        let place = place.into();
        let Message { text, values } = message.into();
        let mut message = cut_down(text);
        if message.contains(['\n', '\r']) {
            message = message.replace(['\n', '\r'], " ");
        }
        Self {
            code: rule.code.to_owned(),
            level: rule.level,
            message,
            source: source.to_owned(),
            line: place.line,
            column: place.column,
            record: None,
            help: rule.help.into(),
            rows: Vec::new(),
            values: Vec::new(),
        }
        .with(values)
    }

    /// The same finding, about the record with this id.
    #[must_use]
    pub fn about(mut self, record: &str) -> Self {
        self.record = Some(record.to_owned());
        self
    }

    /// The same finding, about these rows of the record alone.
    #[must_use]
    pub fn on(mut self, rows: impl IntoIterator<Item = (PortRange, Option<Transport>)>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The same finding, with what it says: no line, no edition, no word of ours.
    #[must_use]
    pub fn with<V: ToString>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        let values = values.into_iter();
        self.values
            .extend(values.map(|value| value_of(value.to_string())));
        self
    }

    /// Where it is.
    pub const fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.column,
        }
    }

    /// Where it is in a file that is shown by this path: `path:line:column`, or the path alone.
    pub fn located(&self, path: &str) -> String {
        match self.line {
            0 => path.to_owned(),
            _ => format!("{path}:{}", self.place()),
        }
    }

    /// Sorts findings as outputs list them: by source, place, code, then message.
    pub fn sort(findings: &mut [Self]) {
        findings.sort_by(|a, b| {
            (&a.source, a.place(), &a.code, &a.message).cmp(&(
                &b.source,
                b.place(),
                &b.code,
                &b.message,
            ))
        });
    }
}

/// The text, without what is more than anybody reads.
fn cut_down(text: String) -> String {
    match cut_bytes(&text, MAX_BYTES) {
        Cow::Owned(shorter) => shorter,
        Cow::Borrowed(_) => text,
    }
}

/// The text as a value: keys have a NUL between values.
fn value_of(text: String) -> String {
    let text = cut_down(text);
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

impl fmt::Display for Finding {
    /// `source:line: level CODE: message` (`source:line:column` in a long line), on one line, control characters escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} {}: ",
            self.located(&self.source),
            self.level,
            self.code
        )?;
        for c in self.message.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}
