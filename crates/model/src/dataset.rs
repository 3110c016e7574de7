//! The dataset: everything that the emitters need.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Rule};
use crate::port::{PortRange, PortSet};
use crate::product::{Product, resolve_product};
use crate::record::Record;
use crate::rfc::RfcFacts;
use crate::source::{SourceId, SourceInfo, SourceKind};
use crate::transport::Transport;
use crate::unread::UnreadRow;

/// A record that the article had once and has no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The first capture that has the record.
    pub first: SourceId,
    /// The last capture that has it.
    pub last: SourceId,
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
        // The figures may come from any file, so their sum may be too large for one of them.
        let (emitted, merged) = (self.rows_emitted as u64, self.rows_merged as u64);
        self.rows_read as u64 == emitted + merged + self.rows_rejected as u64
    }
}

impl fmt::Display for Totals {
    /// `59 read = 59 emitted + 0 merged + 0 rejected`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} read = {} emitted + {} merged + {} rejected",
            self.rows_read, self.rows_emitted, self.rows_merged, self.rows_rejected
        )
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Every rule, by code: what the findings mean, for outputs that explain them.
    pub rules: Vec<&'static Rule>,
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
