//! What a list opens, before and after it is corrected: whatever an edit does to the text, a port that
//! was right stays open, and none is opened that neither the list nor the article had.

use appleports_model::{PortRange, PortSet, Transport};

use crate::article::{Article, Row};
use crate::list::{Entry, List};

/// Ports for each transport, and at last those for which none is given.
type Sets = [PortSet; Transport::ALL.len() + 1];

/// What of each transport the article has, all its rows.
pub(super) struct Right(Sets);

impl Right {
    pub(super) fn of(article: &Article<'_>) -> Self {
        // A row without a transport may be in a list for any.
        Self(sets(|transport| {
            let is_of = move |row: &&Row<'_>| {
                transport.is_none() || row.transport.is_none() || row.transport == transport
            };
            article.all.iter().filter(is_of).map(|row| row.ports)
        }))
    }

    /// Whether all that was right in a list is still open in another one, and nothing else is.
    pub(super) fn keeps(&self, before: &List, after: &List) -> bool {
        let [stated_before, stated_after] = [before, after].map(|list| opened(list, false));
        let [open_before, open_after] = [before, after].map(|list| opened(list, true));
        (0..self.0.len()).all(|at| {
            let right = &self.0[at];
            let lost = stated_before[at].difference(&open_after[at]);
            let new = stated_after[at].difference(&open_before[at]);
            lost.difference(right) == lost && new.difference(right).ranges().is_empty()
        })
    }
}

/// The ports of a list, with those for any transport in each of them or not.
fn opened(list: &List, with_any: bool) -> Sets {
    sets(|transport| {
        let is_of = move |entry: &&Entry| match transport {
            Some(transport) => {
                entry.transports.has(transport) || with_any && entry.transports.is_empty()
            }
            None => with_any || entry.transports.is_empty(),
        };
        list.entries
            .iter()
            .filter(is_of)
            .filter_map(|entry| entry.ports)
    })
}

fn sets<I: Iterator<Item = PortRange>>(ports: impl Fn(Option<Transport>) -> I) -> Sets {
    std::array::from_fn(|at| ports(Transport::ALL.get(at).copied()).collect())
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
                ("80/tcp\n443/tcp\n", "80/tcp\n", false),
                ("3478-3497/udp\n", "3478-3497/tcp\n", false),
                ("22/tcp\n2222/tcp\n", "22-2222/tcp\n", false),
                ("80/tcp\n", "80/tcp\n81\n", false),
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
