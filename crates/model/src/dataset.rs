//! The dataset: everything that the emitters need.

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::port::{PortRange, PortSet};
use crate::record::Record;
use crate::rfc::RfcFacts;
use crate::transport::Transport;

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
    /// The path below the sources folder.
    pub path: String,
    /// SHA-256 of the raw bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The length in bytes.
    pub bytes: u64,
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
    /// Findings of all stages, sorted by source, line, code.
    pub findings: Vec<Finding>,
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
    /// What is known about the RFC with this number.
    pub fn rfc(&self, number: u32) -> Option<&RfcFacts> {
        self.rfcs.iter().find(|facts| facts.number == number)
    }
}
