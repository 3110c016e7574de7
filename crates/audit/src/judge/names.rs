//! What the names in a list stand for.

use appleports_model::PortRange;

use super::Coverage;
use crate::article::Article;
use crate::list::List;
use crate::transports::Transports;

/// The ports behind names: `https`, `$ports`.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Those of services that the article names.
    known: Vec<(PortRange, Transports)>,
    /// Those that other names may stand for.
    possible: Vec<(PortRange, Transports)>,
}

impl Names {
    pub(super) fn new(list: &List, article: &Article<'_>) -> Self {
        let mut own = Self::default();
        let mut names = list.names.clone();
        names.sort();
        names.dedup();
        for (name, stated) in names {
            let Some(transports) = article.of_audit(stated) else {
                continue;
            };
            let is_of =
                |own: appleports_model::Transport| transports.is_empty() || transports.has(own);
            let rows = article.all.iter().filter_map(|row| {
                let transport = row.transport.filter(|own| is_of(*own))?;
                Some((row, (row.ports, Transports::one(transport))))
            });
            let rows: Vec<_> = rows.collect();
            let known = rows.iter().filter(|(row, _)| {
                row.ports.is_single()
                    && row
                        .record
                        .name_at(row.ports.first())
                        .eq_ignore_ascii_case(&name)
            });
            let known: Vec<_> = known.map(|(_, ports)| *ports).collect();
            if known.is_empty() {
                // A service is one port, a set or a variable any number.
                let is_set = name.starts_with(['$', '@']);
                let rows = rows
                    .iter()
                    .filter(|(row, _)| is_set || row.ports.is_single());
                own.possible.extend(rows.map(|(_, ports)| *ports));
            } else {
                own.known.extend(known);
            }
        }
        own
    }

    /// Adds what the list has by name.
    pub(crate) fn standing(&self, coverage: &mut Coverage) {
        for (ports, transports) in &self.known {
            coverage.add(*ports, *transports);
        }
    }

    /// Adds what the list may have by name.
    pub(crate) fn meant(&self, coverage: &mut Coverage) {
        self.standing(coverage);
        for (ports, transports) in &self.possible {
            coverage.add(*ports, *transports);
        }
    }
}
