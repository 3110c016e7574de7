//! What a list opens, before and after it is corrected: whatever an edit does to the text, a port that
//! was right stays open, and none is opened that neither the list nor the article had.

use std::collections::BTreeSet;

use appleports_model::{PortRange, PortSet, Transport};

use crate::article::{Article, Row, covers};
use crate::list::{Entry, List};
use crate::transports::Transports;

/// What there is for each transport, and at last what is given for none.
type ByTransport<T> = [T; Transport::ALL.len() + 1];

/// What the article has.
pub(super) struct Right {
    /// In the rows that the list is for.
    asked: ByTransport<PortSet>,
    /// In all rows.
    all: ByTransport<PortSet>,
}

impl Right {
    pub(super) fn of(article: &Article<'_>) -> Self {
        let [asked, all] = [&article.rows, &article.all].map(|rows| ports_of(rows));
        Self { asked, all }
    }

    /// Whether all that was right in a list is still open in another one, and nothing else is. An entry
    /// is right as a whole: a damaged range has right ports as well. One for several transports is so
    /// if the article has its ports for one of them: whoever wrote it chose the others.
    pub(super) fn keeps(&self, before: &List, after: &List) -> bool {
        let [stated_before, stated_after] = [before, after].map(|list| opened(list, false));
        let [open_before, open_after] = [before, after].map(|list| opened(list, true));
        let chosen = self.chosen(before, after);
        (0..self.all.len()).all(|at| {
            let right = stated_before[at]
                .iter()
                .filter(|ports| covers(&self.asked[at], **ports));
            let lost = set(right).difference(&set(&open_after[at]));
            let new = set(&stated_after[at]).difference(&set(&open_before[at]));
            let new = new.difference(&self.all[at]).difference(&chosen[at]);
            lost.ranges().is_empty() && new.ranges().is_empty()
        })
    }

    /// The ports of entries for the same transports as some entry had before, of which the article has
    /// one.
    fn chosen(&self, before: &List, after: &List) -> ByTransport<PortSet> {
        let known: BTreeSet<Transports> = before
            .entries
            .iter()
            .map(|entry| entry.transports)
            .collect();
        let is_right = |entry: &&Entry| {
            let has_ports = |(at, transport): (usize, &Transport)| {
                let is_for = entry.transports.has(*transport);
                is_for
                    && entry
                        .ports
                        .is_some_and(|ports| covers(&self.all[at], ports))
            };
            known.contains(&entry.transports) && Transport::ALL.iter().enumerate().any(has_ports)
        };
        let right: Vec<&Entry> = after.entries.iter().filter(is_right).collect();
        by_transport(|transport| {
            let is_for = |entry: &&&Entry| transport.is_some_and(|one| entry.transports.has(one));
            let entries = right.iter().filter(is_for);
            entries.filter_map(|entry| entry.ports).collect()
        })
    }
}

/// The ports of rows, for each transport. A row without one may be in a list for any.
fn ports_of(rows: &[Row<'_>]) -> ByTransport<PortSet> {
    by_transport(|transport| {
        let is_of = move |row: &&Row<'_>| {
            transport.is_none() || row.transport.is_none() || row.transport == transport
        };
        rows.iter().filter(is_of).map(|row| row.ports).collect()
    })
}

fn set<'r>(ranges: impl IntoIterator<Item = &'r PortRange>) -> PortSet {
    ranges.into_iter().copied().collect()
}

/// The entries of a list, with those for any transport in each of them or not.
fn opened(list: &List, with_any: bool) -> ByTransport<Vec<PortRange>> {
    by_transport(|transport| {
        let is_of = move |entry: &&Entry| match transport {
            Some(transport) => {
                entry.transports.has(transport) || with_any && entry.transports.is_empty()
            }
            None => with_any || entry.transports.is_empty(),
        };
        let entries = list.entries.iter().filter(is_of);
        entries.filter_map(|entry| entry.ports).collect()
    })
}

fn by_transport<T>(of: impl Fn(Option<Transport>) -> T) -> ByTransport<T> {
    std::array::from_fn(|at| of(Transport::ALL.get(at).copied()))
}

#[cfg(test)]
mod tests {
    use super::Right;
    use crate::rules::testing::with_article;

    #[test]
    fn nothing_right_is_closed_and_nothing_wrong_is_opened() {
        let list = |text: &str| crate::read::read(text.as_bytes(), None).unwrap();
        with_article(&["80/tcp", "443/tcp", "3478-3497/udp"], |article| {
            let right = Right::of(article);
            for (before, after, keeps) in [
                ("80/tcp\n", "80/tcp\n443/tcp\n", true),
                ("478-3497/udp\n", "3478-3497/udp\n", true),
                ("80\n", "80/tcp\n", true),
                ("3478-3499/udp\n", "3478-3497/udp\n", true),
                ("79-443/tcp\n", "79/tcp\n", true),
                ("80/tcp\n443/tcp\n", "80/tcp\n", false),
                ("3478-3497/udp\n", "3478-3497/tcp\n", false),
                ("22/tcp\n2222/tcp\n", "22-2222/tcp\n", false),
                ("80/tcp\n", "80/tcp\n81\n", false),
                ("81 tcp/udp\n", "80 tcp/udp\n", true),
                ("478-3497 tcp/udp\n", "3478-3497 tcp/udp\n", true),
                ("81 tcp/udp\n", "82 tcp/udp\n", false),
                ("81/tcp\n", "80 tcp/udp\n", false),
            ] {
                assert_eq!(
                    right.keeps(&list(before), &list(after)),
                    keeps,
                    "{before}{after}"
                );
            }
        });
    }
}
