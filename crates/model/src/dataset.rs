//! The dataset: everything that the emitters need.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::port::{PortRange, PortSet};
use crate::product::{Product, resolve_product};
use crate::record::Record;
use crate::rfc::RfcFacts;
use crate::transport::Transport;
use crate::unread::UnreadRow;

/// What kind of source an entry describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A capture of the article.
    Article,
    /// An edition of the IANA registry.
    Iana,
    /// Facts from the RFC index.
    Rfc,
    /// What Apple's other articles give as ports of single products.
    Siblings,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Article, Self::Iana, Self::Rfc, Self::Siblings];

    /// The folder below the sources folder, which is also what the ids begin with.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Article => "apple",
            Self::Iana => "iana",
            Self::Rfc => "rfc",
            Self::Siblings => "siblings",
        }
    }

    /// The kind of the source with this id, such as `iana/2015-07-30`.
    pub fn of(id: &str) -> Option<Self> {
        let folder = id.split('/').next()?;
        Self::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

/// What the bytes of a source are: a page as it was served, or facts that somebody wrote down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The page or file itself.
    #[default]
    Page,
    /// A table of facts, read from one complete copy of the page.
    Facts,
    /// A table of facts, put together from several statements; no single copy of it exists.
    Compiled,
}

impl Form {
    /// The word that manifests and outputs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Facts => "facts",
            Self::Compiled => "compiled",
        }
    }

    /// What is shown to people behind the date of a source; empty for a page.
    pub const fn remark(self) -> &'static str {
        match self {
            Self::Page => "",
            Self::Facts => "table of facts read from a copy",
            Self::Compiled => "compiled from dated statements",
        }
    }
}

/// A source that took part in the build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// The id, such as `apple/de-de/2015-10-23` or `iana/2015-07-30`.
    pub id: String,
    /// What it is.
    pub kind: SourceKind,
    /// The date of the capture or edition, `YYYY-MM-DD`.
    pub date: String,
    /// The page or file it came from.
    pub url: String,
    /// The article's id at Apple, such as `HT202944`; empty for other sources.
    pub article_id: String,
    /// The locale of the capture; empty for other sources.
    pub locale: String,
    /// Whether it is the page itself, or facts that somebody wrote down.
    #[serde(default)]
    pub form: Form,
    /// The path below the sources folder.
    pub path: String,
    /// SHA-256 of the raw bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The length in bytes.
    pub bytes: u64,
}

impl SourceInfo {
    /// The date as people see it: `2026-10-11 (compiled from dated statements)`, or the
    /// date alone for a page.
    pub fn dated(&self) -> String {
        with_remark(&self.date, self.form)
    }

    /// The id as people see it, with the same remark.
    pub fn titled(&self) -> String {
        with_remark(&self.id, self.form)
    }
}

fn with_remark(text: &str, form: Form) -> String {
    match form.remark() {
        "" => text.to_owned(),
        remark => format!("{text} ({remark})"),
    }
}

/// A record that the article had once and has no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The id of the first capture that has the record.
    pub first: String,
    /// The id of the last capture that has it.
    pub last: String,
    /// The record as the last capture has it.
    pub record: Record,
}

/// What became of the table's rows; `read == emitted + merged + rejected` always holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows of the article's table.
    pub rows_read: u32,
    /// Rows that became a record of their own.
    pub rows_emitted: u32,
    /// Rows that said exactly what an earlier row said.
    pub rows_merged: u32,
    /// Rows that could not be read, each with a finding.
    pub rows_rejected: u32,
    /// Rows of `ports.csv`: one per record, range and transport.
    pub port_rows: u32,
}

impl Totals {
    /// Whether every row is accounted for.
    pub const fn balance(&self) -> bool {
        // The figures may come from any file.
        let parts = [self.rows_emitted, self.rows_merged, self.rows_rejected];
        self.rows_read as u64 == parts[0] as u64 + parts[1] as u64 + parts[2] as u64
    }
}

/// Two records that claim the same ports for the same transport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// The shared transport.
    pub transport: Transport,
    /// The record whose range comes first, or is the wider one.
    pub record: String,
    /// Its range.
    pub ports: PortRange,
    /// The other record.
    pub other: String,
    /// Its range.
    pub other_ports: PortRange,
    /// The ports that both claim.
    pub shared: PortRange,
    /// How many ports both claim.
    pub count: u32,
}

/// The ports that the article names for one transport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransportCoverage {
    /// The transport; none for rows that give none.
    pub transport: Option<Transport>,
    /// How many different ports.
    pub ports: u32,
    /// The union of all ranges.
    pub ranges: PortSet,
}

/// The union of the ports, transport by transport.
pub type Coverage = Vec<TransportCoverage>;

/// One build's worth of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The sources, captures first.
    pub sources: Vec<SourceInfo>,
    /// The records in the order of the article.
    pub records: Vec<Record>,
    /// The records that left the article, by port.
    pub former: Vec<Former>,
    /// The rows of the capture that could not be read, by line.
    pub rejected: Vec<UnreadRow>,
    /// Findings of all stages, sorted by source, line, code.
    pub findings: Vec<Finding>,
    /// Every product of the vocabulary with its spellings, by name; also those that no row
    /// names.
    pub products: Vec<Product>,
    /// The accounts of the rows.
    pub totals: Totals,
    /// Pairs of records that claim the same ports.
    pub overlaps: Vec<Overlap>,
    /// The union of the ports per transport.
    pub coverage: Coverage,
    /// What is known about the RFCs that the records cite and about those that live in
    /// their place, by number.
    pub rfcs: Vec<RfcFacts>,
    /// The reason given with `--accept`, where a guard was overruled; else empty.
    pub accepted: String,
}

impl Dataset {
    /// The capture that the records come from.
    pub fn capture(&self) -> Option<&SourceInfo> {
        let is_article = |source: &&SourceInfo| source.kind == SourceKind::Article;
        self.sources.iter().find(is_article)
    }

    /// The sources that the rows and their verdicts rest on: the capture and the registry.
    pub fn sources_of_rows(&self) -> impl Iterator<Item = &SourceInfo> {
        let registries = self.sources.iter();
        let registries = registries.filter(|source| source.kind == SourceKind::Iana);
        self.capture().into_iter().chain(registries)
    }

    /// The product that a text names, by any of its spellings; see [`resolve_product`].
    pub fn product(&self, text: &str) -> Option<&Product> {
        resolve_product(&self.products, text)
    }

    /// What is known about the RFC with this number.
    pub fn rfc(&self, number: u32) -> Option<&RfcFacts> {
        self.rfcs.iter().find(|facts| facts.number == number)
    }
}
