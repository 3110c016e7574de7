//! An edition of the registry in blocks of rows, of which a look-up reads the few that it needs.

use std::ops::Range;

use appleports_ingest::read_registry_part;
use appleports_model::{PortRange, Registry, RegistryEntry};
use serde::{Deserialize, Serialize};

use crate::failure::BuiltInError;

/// How many rows a block has: reading that many takes less time than listing more blocks.
const ROWS: usize = 64;

/// Where the rows of an edition's CSV are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Blocks {
    edition: String,
    /// The length of the heading, which each block is read below.
    heading: usize,
    rows: Vec<Block>,
}

/// Consecutive rows: how many bytes and lines they are, and the ports between the first and the
/// last of which all of theirs are; none where no row has a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Block(usize, u32, Option<(u16, u16)>);

impl Blocks {
    /// The blocks of an edition; none where they would not give its rows back, as of XML.
    pub(super) fn of(registry: &Registry, csv: &[u8]) -> Option<Self> {
        let starts = line_starts(csv);
        let rows: Vec<RegistryEntry<'_>> = registry.entries().collect();
        let start = |line: u32| starts.get(line as usize - 1).copied();
        let heading = start(rows.first()?.line)?;
        let mut blocks = Vec::new();
        let mut chunks = rows.chunks(ROWS).peekable();
        while let Some(chunk) = chunks.next() {
            let (first, next) = (chunk[0].line, chunks.peek().map(|next| next[0].line));
            let end = next.map_or(Some(csv.len()), start)?;
            let last = u32::try_from(starts.len()).ok()? + 1;
            let ports = || chunk.iter().filter_map(|row| row.ports);
            let first_port = ports().map(PortRange::first).min();
            let last_port = ports().map(PortRange::last).max();
            let length = end.checked_sub(start(first)?)?;
            let lines = next.unwrap_or(last) - first;
            blocks.push(Block(length, lines, first_port.zip(last_port)));
        }
        let blocks = Self {
            edition: registry.edition.clone(),
            heading,
            rows: blocks,
        };
        let all = blocks.read(csv, |_| true).ok()?;
        all.entries().eq(registry.entries()).then_some(blocks)
    }

    /// The rows that may cover one of these ports, and others near them.
    pub(super) fn near(&self, csv: &[u8], asked: &[PortRange]) -> Result<Registry, BuiltInError> {
        self.read(csv, |Block(_, _, ports)| {
            let has = |asked: &PortRange| {
                ports.is_some_and(|(first, last)| first <= asked.last() && asked.first() <= last)
            };
            asked.iter().any(has)
        })
    }

    fn read(
        &self,
        csv: &[u8],
        is_wanted: impl Fn(Block) -> bool,
    ) -> Result<Registry, BuiltInError> {
        let text = |range: Range<usize>| csv.get(range).unwrap_or_default();
        let heading = text(0..self.heading);
        let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').count() - 1;
        let (mut at, mut line) = (self.heading, lines(heading));
        let mut registry = Registry::new(self.edition.as_str(), []);
        for block in &self.rows {
            let range = at..at + block.0;
            if is_wanted(*block) {
                if range.end > csv.len() {
                    return Err(BuiltInError::CutOff {
                        edition: self.edition.clone(),
                    });
                }
                let rows = [heading, text(range)].concat();
                let rows = read_registry_part(&self.edition, &self.edition, &rows)?;
                let before = u32::try_from(line - lines(heading))?;
                for row in rows.entries() {
                    registry.push(&RegistryEntry {
                        line: row.line + before,
                        ..row
                    });
                }
            }
            at += block.0;
            line += block.1 as usize;
        }
        Ok(registry)
    }
}

/// Where each line begins.
fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let breaks = (1..).zip(bytes).filter(|(_, byte)| **byte == b'\n');
    std::iter::once(0)
        .chain(breaks.map(|(next, _)| next))
        .collect()
}
