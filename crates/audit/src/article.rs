//! What the article has, as far as a list is compared with it.

use std::collections::BTreeSet;

use appleports_model::{
    Dataset, Date, Former, PortRange, PortSet, Record, SourceInfo, Transport, cut, is_service_name,
};

use crate::list::List;
use crate::transports::Transports;

/// The most characters of what a row is called in a finding.
const MAX_CALLED: usize = 200;

/// A row that the list has to have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) ports: PortRange,
    /// None where the article gives no transport.
    pub(crate) transport: Option<Transport>,
    pub(crate) record: &'a Record,
}

impl Row<'_> {
    /// `3478-3497/udp (nat-stun-port)`.
    pub(crate) fn name(&self) -> String {
        let transport = self
            .transport
            .map_or(String::new(), |transport| format!("/{transport}"));
        let called = self.record.called();
        let called = if called.is_empty() {
            &self.record.used_by
        } else {
            called
        };
        let called = if called.is_empty() {
            String::new()
        } else {
            // Each finding of a list has it.
            format!(" ({})", cut(called, MAX_CALLED))
        };
        format!("{}{transport}{called}", self.ports)
    }

    /// `apple/en-us/2026-10-11 line 35`.
    pub(crate) fn evidence(&self) -> String {
        let provenance = &self.record.provenance;
        format!("{} line {}", provenance.source, provenance.line_first)
    }

    /// The row as findings have it.
    pub(crate) const fn key(&self) -> (PortRange, Option<Transport>) {
        (self.ports, self.transport)
    }

    /// The ports that a list has to have of the row.
    pub(crate) fn for_list(&self, list: &List) -> PortRange {
        if list.is_names {
            PortRange::single(self.ports.first())
        } else {
            self.ports
        }
    }

    /// Whether a list of services can name the row.
    pub(crate) fn has_name(&self) -> bool {
        is_service_name(self.record.name_at(self.ports.first()))
    }
}

/// A row of earlier editions.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gone {
    pub(crate) ports: PortRange,
    pub(crate) transport: Option<Transport>,
    /// The day of the last edition that had it.
    pub(crate) until: Date,
}

/// The rows of records that left, without those that others have today.
fn gone(former: &[Former], all: &[Row<'_>]) -> Vec<Gone> {
    let today: BTreeSet<(PortRange, Option<Transport>)> =
        all.iter().map(|row| (row.ports, row.transport)).collect();
    let rows = former.iter().flat_map(|former| {
        let until = former.last.date();
        let rows = former.record.rows();
        rows.map(move |(ports, transport)| Gone {
            ports,
            transport,
            until,
        })
    });
    let mut rows: Vec<Gone> = rows
        .filter(|row| !today.contains(&(row.ports, row.transport)))
        .collect();
    rows.sort();
    rows
}

/// The article, and what of it a list is for.
#[derive(Debug)]
pub struct Article<'a> {
    /// The chosen rows, in the order of their ports, as the others.
    pub(crate) rows: Vec<Row<'a>>,
    /// The chosen rows, also those of other transports than the list is for.
    pub(crate) chosen: Vec<Row<'a>>,
    /// All rows.
    pub(crate) all: Vec<Row<'a>>,
    /// The rows of earlier editions that are in the article no more.
    pub(crate) gone: Vec<Gone>,
    /// The one transport that the list is for.
    pub(crate) transport: Option<Transport>,
    /// The day of the article.
    pub(crate) day: String,
    /// The chosen ports of each transport, those without one among all of them.
    asked: Vec<(Transport, PortSet)>,
}

fn rows(records: &[Record]) -> Vec<Row<'_>> {
    let rows = records.iter().flat_map(|record| {
        let checks = record.cross_check.iter();
        checks.map(move |check| Row {
            ports: check.ports,
            transport: check.transport,
            record,
        })
    });
    let mut rows: Vec<Row<'_>> = rows.collect();
    rows.sort_by_key(Row::key);
    rows
}

impl<'a> Article<'a> {
    /// The rows of `chosen`, which is a part of `whole`, for a list of one transport or of all.
    pub fn new(whole: &'a Dataset, chosen: &'a Dataset, transport: Option<Transport>) -> Self {
        let mut asked_rows = rows(&chosen.records);
        let every = asked_rows.clone();
        // Rows without a transport may be in a list for any.
        asked_rows.retain(|row| {
            transport.is_none() || row.transport.is_none() || row.transport == transport
        });
        let ports = |transport: Transport| {
            let rows = asked_rows
                .iter()
                .filter(|row| row.transport.is_none_or(|given| given == transport));
            (transport, rows.map(|row| row.ports).collect())
        };
        let asked = Transport::ALL.map(ports);
        let all = rows(&whole.records);
        Self {
            asked: asked.into(),
            rows: asked_rows,
            chosen: every,
            gone: gone(&whole.former, &all),
            all,
            transport,
            day: whole.capture().map_or_else(String::new, SourceInfo::day),
        }
    }

    /// The chosen ports of a transport, with those to which the article gives none.
    pub(crate) fn asked(&self, transport: Transport) -> &PortSet {
        let found = self.asked.iter().find(|(listed, _)| *listed == transport);
        &found.unwrap_or(&self.asked[0]).1
    }

    /// The chosen ports of any of the transports; of all where none is given.
    pub(crate) fn any(&self, transports: Transports) -> PortSet {
        let asked = self.asked.iter();
        let asked = asked.filter(|(listed, _)| transports.is_empty() || transports.has(*listed));
        asked
            .flat_map(|(_, set)| set.ranges().iter().copied())
            .collect()
    }

    /// The transports of an entry that the audit is about; none at all where it is about another.
    pub(crate) fn of_audit(&self, transports: Transports) -> Option<Transports> {
        match self.transport {
            Some(audited) if transports.is_empty() || transports.has(audited) => {
                Some(Transports::one(audited))
            }
            Some(_) => None,
            None => Some(transports),
        }
    }
}

/// Those of the rows, which stand in the order of their ports, that begin in a range.
pub(crate) fn beginning_in<'r, 'a>(rows: &'r [Row<'a>], range: PortRange) -> &'r [Row<'a>] {
    let from = rows.partition_point(|row| row.ports.first() < range.first());
    let until = rows.partition_point(|row| row.ports.first() <= range.last());
    &rows[from..until]
}

/// The ports of a range that are in a set.
pub(crate) fn within(range: PortRange, set: &PortSet) -> Vec<PortRange> {
    let ranges = set.ranges();
    let from = ranges.partition_point(|part| part.last() < range.first());
    let shared = ranges[from..]
        .iter()
        .map_while(|part| part.intersection(range));
    shared.collect()
}

/// How many ports of a range are not in a set.
pub(crate) fn outside(range: PortRange, set: &PortSet) -> u32 {
    let inside: u32 = within(range, set).iter().map(|part| part.count()).sum();
    range.count() - inside
}

/// Whether all ports of a range are in a set: in one of its ranges, since those that touch are one.
pub(crate) fn covers(set: &PortSet, range: PortRange) -> bool {
    let ranges = set.ranges();
    let from = ranges.partition_point(|part| part.last() < range.last());
    let part = ranges.get(from);
    part.is_some_and(|part| part.first() <= range.first())
}
