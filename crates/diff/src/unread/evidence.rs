//! What an unread row and a record have in common.

use appleports_model::{PortSet, UnreadRow, fold};

use crate::facts::{Entry, Facts};
use crate::text::tidy;

/// An unread row with what makes it comparable.
pub(crate) struct Evident<'a> {
    row: &'a UnreadRow,
    /// Its pieces, folded.
    pieces: Vec<String>,
    ports: PortSet,
}

impl<'a> Evident<'a> {
    pub(crate) fn of(row: &'a UnreadRow) -> Self {
        Self {
            row,
            pieces: row.cells.iter().map(|cell| fold(&tidy(cell))).collect(),
            ports: row.ports.iter().copied().collect(),
        }
    }

    fn meets(&self, facts: &Facts) -> bool {
        let own = &self.row.transports;
        own.is_empty()
            || facts.transports.is_empty()
            || own
                .iter()
                .any(|transport| facts.transports.contains(transport))
    }

    fn has_same_transports(&self, facts: &Facts) -> bool {
        let own = &self.row.transports;
        own.len() == facts.transports.len()
            && own
                .iter()
                .all(|transport| facts.transports.contains(transport))
    }

    fn has_ports(&self, facts: &Facts) -> bool {
        !self.row.ports.is_empty() && self.ports == facts.port_set() && self.meets(facts)
    }

    fn shares_ports(&self, facts: &Facts) -> bool {
        let ports = facts.port_set();
        self.meets(facts) && ports.difference(&self.ports).count() < ports.count()
    }

    /// Whether the row has the text: as this cell, or as one of its pieces where the cells
    /// are not known.
    fn has(&self, cell: &str, text: &str) -> bool {
        if !cell.is_empty() {
            return fold(&tidy(cell)) == fold(text);
        }
        let text = fold(text);
        self.pieces.contains(&text)
    }

    fn has_name(&self, facts: &Facts) -> bool {
        !facts.service_name.is_empty() && self.has(&self.row.service_name, &facts.service_name)
    }

    fn has_title(&self, facts: &Facts) -> bool {
        !facts.title.is_empty() && self.has(&self.row.title, &facts.title)
    }

    fn has_users(&self, facts: &Facts) -> bool {
        let row = &self.row.products;
        let has_products = !row.is_empty()
            && row.len() == facts.products.len()
            && row.iter().all(|product| facts.products.contains(product));
        has_products || !facts.used_by.is_empty() && self.has(&self.row.used_by, &facts.used_by)
    }

    /// Whether the row has every text that the record has, and the record at least one.
    fn has_all_texts(&self, facts: &Facts) -> bool {
        let texts = [
            (&facts.service_name, self.has_name(facts)),
            (&facts.title, self.has_title(facts)),
            (&facts.used_by, self.has_users(facts)),
        ];
        let mut known = texts.iter().filter(|(text, _)| !text.is_empty()).peekable();
        known.peek().is_some() && known.all(|(_, has)| *has)
    }
}

/// Whether a record and a row can be one, by ever less evidence.
pub(crate) const STEPS: [fn(&Entry, &Evident<'_>) -> bool; 8] = [
    |entry, row| row.has_ports(&entry.facts) && row.has_all_texts(&entry.facts),
    |entry, row| row.has_all_texts(&entry.facts) && row.has_same_transports(&entry.facts),
    |entry, row| row.has_ports(&entry.facts),
    |entry, row| row.has_all_texts(&entry.facts) && row.meets(&entry.facts),
    |entry, row| row.has_name(&entry.facts) && row.meets(&entry.facts),
    |entry, row| row.has_title(&entry.facts) && row.meets(&entry.facts),
    |entry, row| row.shares_ports(&entry.facts),
    |entry, row| row.has_users(&entry.facts) && row.has_same_transports(&entry.facts),
];
