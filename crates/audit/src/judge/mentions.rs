//! Numbers of missing ports in lines that were left alone: such a port may only be written in a way
//! that is not read.

use std::collections::BTreeMap;

use appleports_model::PortRange;

use super::Uncovered;
use crate::expression::Columns;
use crate::list::{Account, BLANK, List};
use crate::notations::{CLOSED, NO_PORTS, comment_at};
use crate::read::Shape;

/// The most places of a number that are kept.
const MAX_PLACES: usize = 4;

/// A number in the text.
#[derive(Clone, Copy)]
pub(crate) struct Mention {
    /// The 1-based line.
    pub(crate) line: u32,
    /// The 1-based column, in characters.
    pub(crate) column: u32,
}

/// Where the text has numbers that no entry has.
#[derive(Default)]
pub(crate) struct Mentions(BTreeMap<u16, Vec<Mention>>);

impl Mentions {
    /// Looks for the ends of the rows that the list does not cover.
    pub(super) fn new(text: &str, list: &List, uncovered: &[Uncovered<'_>]) -> Self {
        let ends = uncovered
            .iter()
            .map(|lacking| [lacking.ports.first(), lacking.ports.last()]);
        let mut all: BTreeMap<u16, Vec<Mention>> =
            ends.flatten().map(|port| (port, Vec::new())).collect();
        if all.is_empty() {
            return Self::default();
        }
        let columns = Columns::new(text);
        let mut entries = list.entries.iter().peekable();
        let mut start = 0;
        for (line, account) in text.split_inclusive('\n').zip(&list.account) {
            let left = if is_left(account, list) {
                &line[..comment_at(line)]
            } else {
                ""
            };
            for (at, number) in numbers(left) {
                while entries
                    .next_if(|entry| entry.span.end <= start + at)
                    .is_some()
                {}
                let is_read = entries
                    .peek()
                    .is_some_and(|entry| entry.span.start <= start + at);
                let known = all.get_mut(&number).filter(|_| !is_read);
                if let Some(places) = known.filter(|places| places.len() < MAX_PLACES) {
                    places.push(Mention {
                        line: account.line,
                        column: columns.of(start, start + at),
                    });
                }
            }
            start += line.len();
        }
        Self(all)
    }

    /// Where both ends of a range are in one line.
    pub(crate) fn of(&self, ports: PortRange) -> Option<Mention> {
        let last = self.0.get(&ports.last())?;
        let mut first = self.0.get(&ports.first())?.iter();
        let mention = first.find(|first| last.iter().any(|last| last.line == first.line));
        mention.copied()
    }
}

/// Whether a line may have ports that were not read: not one that is understood.
fn is_left(account: &Account, list: &List) -> bool {
    match account.reason {
        BLANK | CLOSED | NO_PORTS => false,
        "" => list.notation.shape == Shape::Plain,
        _ => true,
    }
}

/// The numbers of a line that no letter and no other digit touches, with their places.
fn numbers(line: &str) -> impl Iterator<Item = (usize, u16)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let runs = line.split(move |c: char| !is_part(c));
    runs.filter_map(|run| {
        let number = run.trim_end_matches('.');
        let is_number = (2..=5).contains(&number.len()) && !number.starts_with('0');
        let port = number.parse().ok().filter(|_| is_number)?;
        Some((run.as_ptr() as usize - line.as_ptr() as usize, port))
    })
}
