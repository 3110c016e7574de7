//! Rows that one side could not read: neither added nor removed.
//!
//! A row that was rejected is paired with a record that only the other side has. Its ports and
//! its other cells tell which, before a record is looked for under other ports or another name:
//! a row that is there but cannot be read is no origin of another one. Where it could be any of
//! several records, all of these are in doubt.

mod assign;
mod evidence;
mod rest;
mod twins;

use appleports_model::{PortRange, PortSet, Record, Transport, UnreadRow};
use serde::Serialize;

pub(crate) use assign::{Assignment, MAX_PAIRS};
pub(crate) use evidence::{Comparable, Evident};
pub(crate) use rest::Rest;
pub(crate) use twins::{Once, unread_once};

/// One side of a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side<'a> {
    /// Its records.
    pub records: &'a [Record],
    /// The rows that it could not read.
    pub unread: &'a [UnreadRow],
}

/// The side that could not read a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unreadable {
    /// The old side.
    Old,
    /// The new side.
    New,
    /// Both sides.
    Both,
}

impl Unreadable {
    /// The side that could not read it, seen the other way round.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
            Self::Both => Self::Both,
        }
    }
}

/// The ports of unread rows over one transport: nobody can say that they open or close.
pub(crate) fn doubtful_ports(rows: &[&UnreadRow], transport: Option<Transport>) -> PortSet {
    let meets = |row: &&&UnreadRow| {
        row.transports.is_empty() || transport.is_none_or(|wanted| row.transports.contains(&wanted))
    };
    let ranges = rows.iter().filter(meets).flat_map(|row| &row.ports);
    ranges
        .copied()
        .collect::<Vec<PortRange>>()
        .into_iter()
        .collect()
}
