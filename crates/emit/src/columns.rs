//! The columns of `ports.csv`: what each is called, means, holds and where it comes from.
//!
//! CSV, Parquet, the Table Schema of the data package and `docs/columns.md` follow from
//! [`COLUMNS`].

use appleports_model::{IanaStatus, RowFindings, Transport, joined};

use crate::rows::Row;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text; where it is not required, an empty one says that there is none.
    Text,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A whole number from 1 to this one.
    Number(u32),
    /// `true` or `false`.
    Flag,
    /// Numbers, separated by spaces in text.
    Numbers,
    /// Texts, separated by this in text.
    Texts(&'static str),
}

/// The value of a cell; its form is that of the column's [`Kind`].
pub(crate) enum Value<'d> {
    Text(&'d str),
    Number(u32),
    Flag(bool),
    Numbers(&'d [u32]),
    Texts(Vec<&'d str>),
}

/// A column.
pub(crate) struct Column {
    /// The heading.
    pub(crate) name: &'static str,
    /// What its cells hold.
    pub(crate) kind: Kind,
    /// Whether each row has a value.
    pub(crate) required: bool,
    /// Whether it is a part of the key: no two rows have the same values in all of these.
    pub(crate) is_key: bool,
    /// What it means, as Markdown.
    pub(crate) meaning: &'static str,
    /// Its value in a row.
    pub(crate) value: for<'d> fn(&Row<'d>, &RowFindings<'d>) -> Value<'d>,
}

/// What most columns are.
const PLAIN: Column = Column {
    name: "",
    kind: Kind::Text,
    required: false,
    is_key: false,
    meaning: "",
    value: |_, _| Value::Text(""),
};

/// The words of the transport column; the empty one is that of rows without a transport.
const TRANSPORTS: &[&str] = &["", "tcp", "udp", "sctp", "dccp"];
const REGISTRATIONS: &[&str] = &["registered", "unregistered", "mixed"];
const STATUSES: [&str; IanaStatus::ALL.len()] = {
    let mut words = [""; IanaStatus::ALL.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = IanaStatus::ALL[at].as_str();
        at += 1;
    }
    words
};

/// All columns, in their order.
pub(crate) static COLUMNS: &[Column] = &[
    Column {
        name: "id",
        required: true,
        is_key: true,
        meaning: "The key of the record. It stays the same when rows move or other rows change; all rows of a record share it.",
        value: |(record, _), _| Value::Text(&record.id),
        ..PLAIN
    },
    Column {
        name: "port_first",
        kind: Kind::Number(65_535),
        required: true,
        is_key: true,
        meaning: "The first port of the range, or the single port.",
        value: |(_, check), _| Value::Number(check.ports.first().into()),
    },
    Column {
        name: "port_last",
        kind: Kind::Number(65_535),
        required: true,
        is_key: true,
        meaning: "The last port of the range; the same as `port_first` for a single port.",
        value: |(_, check), _| Value::Number(check.ports.last().into()),
    },
    Column {
        name: "transport",
        kind: Kind::Choice(TRANSPORTS),
        is_key: true,
        meaning: "`tcp` or `udp`; empty if the article gives none.",
        value: |(_, check), _| Value::Text(check.transport.map_or("", Transport::as_str)),
        ..PLAIN
    },
    Column {
        name: "service_name",
        meaning: "The article's name for the first port, in its spelling, without markers; empty if the article has a dash.",
        value: |(record, check), _| Value::Text(record.name_at(check.ports.first())),
        ..PLAIN
    },
    Column {
        name: "title",
        meaning: "The article's \"Service or protocol\" on one line, without the markers of `registration`.",
        value: |(record, _), _| Value::Text(&record.title),
        ..PLAIN
    },
    Column {
        name: "rfcs",
        kind: Kind::Numbers,
        meaning: "The RFCs that the article cites, their numbers separated by spaces.",
        value: |(record, _), _| Value::Numbers(&record.rfcs),
        ..PLAIN
    },
    Column {
        name: "registration",
        kind: Kind::Choice(REGISTRATIONS),
        meaning: "What the article itself says about the port: `registered`, `unregistered` or `mixed`; mostly empty.",
        value: |(record, _), _| Value::Text(record.registration.as_str()),
        ..PLAIN
    },
    Column {
        name: "deprecated",
        kind: Kind::Flag,
        required: true,
        meaning: "`true` if the article marks the name as deprecated.",
        value: |(record, _), _| Value::Flag(record.deprecated),
        ..PLAIN
    },
    Column {
        name: "used_by",
        meaning: "The article's \"Used by\" on one line, as published.",
        value: |(record, _), _| Value::Text(&record.used_by),
        ..PLAIN
    },
    Column {
        name: "products",
        kind: Kind::Texts("; "),
        meaning: "The products that `used_by` or `title` mentions, in English, separated by `; `.",
        value: |(record, _), _| texts(&record.products),
        ..PLAIN
    },
    Column {
        name: "note",
        meaning: "The text after \"Note:\" in `used_by`, in any language.",
        value: |(record, _), _| Value::Text(&record.note),
        ..PLAIN
    },
    Column {
        name: "iana_status",
        kind: Kind::Choice(&STATUSES),
        required: true,
        meaning: "The registry's verdict on the name at the first port; see below.",
        value: |(_, check), _| Value::Text(check.iana_status.as_str()),
        ..PLAIN
    },
    Column {
        name: "iana_names",
        kind: Kind::Texts(" "),
        meaning: "All names that the registry has for the first port and the transport, separated by spaces. A few names contain spaces (3283); `ports.json` lists them separately, in `cross_check`.",
        value: |(_, check), _| texts(&check.iana_names),
        ..PLAIN
    },
    Column {
        name: "source",
        required: true,
        meaning: "The id of the capture that the row is from.",
        value: |(record, _), _| Value::Text(&record.provenance.source),
        ..PLAIN
    },
    Column {
        name: "line",
        kind: Kind::Number(i32::MAX as u32),
        required: true,
        meaning: "The line of the row's port in the capture, from 1.",
        value: |(record, _), _| Value::Number(record.provenance.line_first),
        ..PLAIN
    },
    Column {
        name: "confirmed",
        meaning: "The most recent date on which the row is known to have been in the article: `YYYY-MM-DD`, or only the month or year if no more is known; for a page, its own date.",
        value: |(record, _), _| Value::Text(record.confirmed.as_deref().unwrap_or_default()),
        ..PLAIN
    },
    Column {
        name: "findings",
        kind: Kind::Texts(" "),
        meaning: "The codes of the findings about the row or its whole record, sorted, without duplicates, separated by spaces; [what they mean](findings.md).",
        value: |(record, check), findings| Value::Texts(findings.codes(&record.id, check)),
        ..PLAIN
    },
];

fn texts(texts: &[String]) -> Value<'_> {
    Value::Texts(texts.iter().map(String::as_str).collect())
}

impl Column {
    /// The cell of a row as text.
    pub(crate) fn text(&self, row: &Row<'_>, findings: &RowFindings<'_>) -> String {
        match (self.value)(row, findings) {
            Value::Text(text) => text.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Numbers(numbers) => joined(numbers, " "),
            Value::Texts(texts) => match self.kind {
                Kind::Texts(separator) => texts.join(separator),
                _ => texts.concat(),
            },
        }
    }
}
