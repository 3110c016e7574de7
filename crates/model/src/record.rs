//! Records: one row of the article, interpreted, with its evidence.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::correction::Correction;
use crate::never_empty;
use crate::or_empty;
use crate::place::Place;
use crate::port::PortRange;
use crate::source::SourceId;
use crate::text::joined;
use crate::transport::{Transport, each_once};

/// What the article itself says about the registration of a service name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// The article says nothing.
    #[default]
    #[serde(rename = "")]
    Unstated,
    /// Marked as an unregistered use of the port.
    Unregistered,
    /// Marked as the registered use.
    Registered,
    /// One title carries both marks.
    Mixed,
}

impl Registration {
    /// The value in `ports.csv`; empty for [`Registration::Unstated`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unstated => "",
            Self::Unregistered => "unregistered",
            Self::Registered => "registered",
            Self::Mixed => "mixed",
        }
    }
}

/// A service name together with the port that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortName {
    /// The port.
    pub port: u16,
    /// The name that the article gives to this port.
    pub name: String,
}

/// One part of a "used by" cell and what the vocabulary makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedByPart {
    /// The part as published, without its qualifier.
    pub text: String,
    /// The text in the bracket that follows; empty if none.
    pub qualifier: String,
    /// The canonical products it stands for; empty for plain prose.
    pub products: Vec<String>,
    /// Whether the vocabulary has an entry for the text.
    pub known: bool,
}

/// How a record's name and port stand in the registry, at the first port of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IanaStatus {
    /// The registry has this name for this port and transport.
    Match,
    /// The registry has other names for this port and transport.
    OtherName,
    /// The name is registered, but not for this port and transport.
    NameElsewhere,
    /// The registry has the name on this port, but for another transport.
    OtherTransport,
    /// The registry has no name for this port and transport.
    Unassigned,
    /// The article gives no name; the registry has one or more.
    NoName,
    /// The article gives no name and the registry has none either.
    NoNameUnassigned,
    /// The article gives no transport, so nothing can be compared.
    NoTransport,
}

impl IanaStatus {
    /// All values.
    pub const ALL: [Self; 8] = [
        Self::Match,
        Self::OtherName,
        Self::NameElsewhere,
        Self::OtherTransport,
        Self::Unassigned,
        Self::NoName,
        Self::NoNameUnassigned,
        Self::NoTransport,
    ];

    /// The value in `ports.csv`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::OtherName => "other-name",
            Self::NameElsewhere => "name-elsewhere",
            Self::OtherTransport => "other-transport",
            Self::Unassigned => "unassigned",
            Self::NoName => "no-name",
            Self::NoNameUnassigned => "no-name-unassigned",
            Self::NoTransport => "no-transport",
        }
    }

    /// What the value says of a row, in a sentence.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Match => "The registry has the article's name for this port and transport.",
            Self::OtherName => "The registry has other names for this port and transport.",
            Self::NameElsewhere => "The registry has the name, but for other ports.",
            Self::OtherTransport => {
                "The registry has the name for this port, but not for this transport."
            }
            Self::Unassigned => "The registry has neither the name nor another one here.",
            Self::NoName => "The article gives no name; the registry has one.",
            Self::NoNameUnassigned => "The article gives no name, and the registry has none.",
            Self::NoTransport => "The article gives no transport, so nothing can be compared.",
        }
    }
}

impl fmt::Display for IanaStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The verdict of the registry on one row of `ports.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCheck {
    /// The range that was compared, at its first port.
    pub ports: PortRange,
    /// The transport that was compared; none where the article gives none.
    pub transport: Option<Transport>,
    /// The verdict.
    pub iana_status: IanaStatus,
    /// All names that the registry has for this port and transport.
    pub iana_names: Vec<String>,
    /// The edition of the registry, such as `iana/2015-07-30`.
    pub edition: String,
    /// The lines of the edition's file on which the verdict rests.
    pub lines: Vec<u32>,
}

/// When the captures of one locale had a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The locale, such as `de-de`.
    pub locale: String,
    /// The day of the first capture that has the record.
    #[serde(with = "never_empty")]
    pub first: Date,
    /// The day of the last capture that has it.
    #[serde(with = "never_empty")]
    pub last: Date,
}

/// What an earlier capture said of a record and its own capture does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formerly {
    /// The field: `product` or `service_name`.
    pub field: FormerField,
    /// What it said.
    pub value: String,
    /// The first capture that said so.
    pub first: SourceId,
    /// The last one.
    pub last: SourceId,
}

/// A field that earlier captures filled in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormerField {
    /// One of the products.
    Product,
    /// The service name.
    ServiceName,
}

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The id of the capture.
    pub source: String,
    /// The 1-based line of the port cell.
    pub line_first: u32,
    /// The 1-based line on which the row ends.
    pub line_last: u32,
    /// The row as captured, cell by cell, nothing put right.
    pub cells: Vec<String>,
    /// The 1-based line of each field's cell, in table order; 0 where the capture lost the cell.
    pub cell_lines: Vec<u32>,
    /// The 1-based column of each field's cell, in characters; 0 where its line is a short one,
    /// and empty where all are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cell_columns: Vec<u32>,
    /// Rows that said exactly the same and were merged into this record: their lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged_lines: Vec<u32>,
}

impl Provenance {
    /// The place of the port cell.
    pub fn place(&self) -> Place {
        Place {
            line: self.line_first,
            column: self.column(0),
        }
    }

    /// The place of a field's cell in table order, or of the port cell where the capture lost it.
    pub fn cell_place(&self, at: usize) -> Place {
        match self.cell_lines.get(at) {
            Some(0) | None => self.place(),
            Some(line) => Place {
                line: *line,
                column: self.column(at),
            },
        }
    }

    fn column(&self, at: usize) -> Option<u32> {
        self.cell_columns
            .get(at)
            .copied()
            .filter(|column| *column > 0)
    }
}

/// One service of the article on one or more ports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The stable key; see [`crate::assign_ids`].
    pub id: String,
    /// The published ports, in published order.
    pub ports: Vec<PortRange>,
    /// The transports, each once; empty where the article gives none.
    #[serde(deserialize_with = "each_once")]
    pub transports: Vec<Transport>,
    /// Names that belong to single ports, where one cell has several. Further names of the
    /// same port are its aliases.
    pub port_names: Vec<PortName>,
    /// The service name in the article's spelling; empty where it gives none.
    pub service_name: String,
    /// The "Service or protocol" cell without its markers.
    pub title: String,
    /// The cited RFCs, as published.
    pub rfcs: Vec<u32>,
    /// What the article says of the registration.
    pub registration: Registration,
    /// Whether the article marks the service name as deprecated.
    pub deprecated: bool,
    /// The "used by" cell as plain text, without its note.
    pub used_by: String,
    /// The canonical product names of the "used by" cell and of the title, each once, in
    /// published order.
    pub products: Vec<String>,
    /// The parts of the "used by" cell.
    pub used_by_parts: Vec<UsedByPart>,
    /// The text that follows "Note:".
    pub note: String,
    /// Ids of the records that share a port and a transport with this one.
    pub same_port: Vec<String>,
    /// The registry's verdicts, one for each row of `ports.csv`.
    pub cross_check: Vec<CrossCheck>,
    /// Curated corrections of published values.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// When the stored captures had the record, by locale.
    #[serde(default)]
    pub history: Vec<Seen>,
    /// What earlier captures said of it and its own does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<Formerly>,
    /// The title of the newest English capture that has the record, where this one is in
    /// another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub english_title: Option<String>,
    /// The newest day (`YYYY-MM-DD`, `YYYY-MM` or `YYYY`) for which the source says that the
    /// article has this row; none where it says none.
    #[serde(default, with = "or_empty")]
    pub confirmed: Option<String>,
    /// The evidence.
    pub provenance: Provenance,
}

impl Record {
    /// The transports to make rows for: each one, or one `None` where none is given.
    fn row_transports(&self) -> Vec<Option<Transport>> {
        if self.transports.is_empty() {
            vec![None]
        } else {
            self.transports.iter().copied().map(Some).collect()
        }
    }

    /// One `(range, transport)` for each row of `ports.csv`.
    pub fn rows(&self) -> impl Iterator<Item = (PortRange, Option<Transport>)> + '_ {
        let transports = self.row_transports();
        self.ports.iter().flat_map(move |range| {
            transports
                .clone()
                .into_iter()
                .map(move |transport| (*range, transport))
        })
    }

    /// The title in English, where a capture has it; else that of its own.
    pub fn title_in_english(&self) -> &str {
        self.english_title.as_deref().unwrap_or(&self.title)
    }

    /// What the record is called: its service name, or else its title; empty where it has
    /// neither.
    pub fn called(&self) -> &str {
        if self.service_name.is_empty() {
            &self.title
        } else {
            &self.service_name
        }
    }

    /// Ports and transports as people write them: `443/tcp`, `1099+8043/tcp`, `53/tcp+udp`, and
    /// `11211` where the article gives no transport.
    pub fn place(&self) -> String {
        let slash = if self.transports.is_empty() { "" } else { "/" };
        let (ports, transports) = (joined(&self.ports, "+"), joined(&self.transports, "+"));
        format!("{ports}{slash}{transports}")
    }

    /// Whether the article gives no transport; somebody may have assumed one since
    /// ([`Record::assume`]).
    pub fn has_no_transport(&self) -> bool {
        self.cross_check
            .iter()
            .all(|check| check.iana_status == IanaStatus::NoTransport)
    }

    /// Gives a record without a transport these, because somebody asked for it. The
    /// verdicts keep saying that the article gives none.
    pub fn assume(&mut self, transports: &[Transport]) {
        if !self.transports.is_empty() {
            return;
        }
        self.transports = transports.to_vec();
        let verdicts = std::mem::take(&mut self.cross_check);
        self.cross_check = verdicts
            .into_iter()
            .flat_map(|check| {
                transports.iter().map(move |transport| CrossCheck {
                    transport: Some(*transport),
                    ..check.clone()
                })
            })
            .collect();
    }

    /// The name that belongs to `port`: its own where the cell names several
    /// ports, otherwise the record's.
    pub fn name_at(&self, port: u16) -> &str {
        self.port_names
            .iter()
            .find(|entry| entry.port == port)
            .map_or(self.service_name.as_str(), |entry| entry.name.as_str())
    }
}
