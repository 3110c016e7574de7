//! What an unread row and a record have in common.

use appleports_model::{PortSet, Transport, UnreadRow, fold};

use crate::facts::Facts;
use crate::text::tidy;

/// An unread row with what makes it comparable.
pub(crate) struct Evident<'a> {
    pub(super) row: &'a UnreadRow,
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

    pub(super) fn has_same_transports(&self, facts: &Facts) -> bool {
        let own = &self.row.transports;
        own.len() == facts.transports.len()
            && own
                .iter()
                .all(|transport| facts.transports.contains(transport))
    }

    fn has_ports(&self, facts: &Facts) -> bool {
        !self.row.ports.is_empty() && self.ports == facts.port_set() && self.meets(facts)
    }

    /// Whether the row has the record's ports and transports, and no others.
    pub(super) fn is_exact(&self, facts: &Facts) -> bool {
        self.has_ports(facts) && self.has_same_transports(facts)
    }

    /// Whether the row has all ports and transports of the record, and perhaps more: it may stand
    /// for several records.
    pub(super) fn covers(&self, facts: &Facts) -> bool {
        let own = &self.row.transports;
        !facts.ports.is_empty()
            && facts.port_set().difference(&self.ports).count() == 0
            && (own.is_empty()
                || facts
                    .transports
                    .iter()
                    .all(|transport| own.contains(transport)))
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
    pub(super) fn has_all_texts(&self, facts: &Facts) -> bool {
        let texts = [
            (&facts.service_name, self.has_name(facts)),
            (&facts.title, self.has_title(facts)),
            (&facts.used_by, self.has_users(facts)),
        ];
        let mut known = texts.iter().filter(|(text, _)| !text.is_empty()).peekable();
        known.peek().is_some() && known.all(|(_, has)| *has)
    }

    /// Whether row and record have the same texts, or neither has any.
    pub(super) fn has_same_texts(&self, facts: &Facts) -> bool {
        let texts = [&facts.service_name, &facts.title, &facts.used_by];
        if texts.iter().any(|text| !text.is_empty()) {
            return self.has_all_texts(facts);
        }
        self.pieces.iter().all(|piece| is_no_text(piece))
    }

    /// Whether everything but the port cell speaks for the record.
    pub(crate) fn may_be(&self, facts: &Facts) -> bool {
        self.has_same_texts(facts) && self.meets(facts)
    }

    /// Whether nothing speaks against the record, but for texts that another language has as well:
    /// the row shows no port, and neither has a name.
    pub(super) fn may_be_any(&self, facts: &Facts) -> bool {
        let is_nameless = self.row.service_name.is_empty() && facts.service_name.is_empty();
        self.ports.ranges().is_empty()
            && is_nameless
            && !self.row.transports.is_empty()
            && self.has_same_transports(facts)
    }

    /// Whether the row gives the record's ports and no others.
    pub(crate) fn gives_ports_of(&self, facts: &Facts) -> bool {
        self.ports == facts.port_set()
    }
}

/// Whether a piece of a row can be a port or a transport, or is none.
fn is_no_text(piece: &str) -> bool {
    let mut words = piece.split(|c: char| !c.is_alphanumeric());
    words.all(|word| {
        word.is_empty()
            || word.contains(|c: char| c.is_ascii_digit())
            || word.to_ascii_lowercase().parse::<Transport>().is_ok()
    })
}

/// Whether a record and a row can be one, by ever less evidence.
pub(crate) const STEPS: [fn(&Facts, &Evident<'_>) -> bool; 8] = [
    |facts, row| row.has_ports(facts) && row.has_all_texts(facts),
    |facts, row| row.has_all_texts(facts) && row.has_same_transports(facts),
    |facts, row| row.has_ports(facts),
    |facts, row| row.has_all_texts(facts) && row.meets(facts),
    |facts, row| row.has_name(facts) && row.meets(facts),
    |facts, row| row.has_title(facts) && row.meets(facts),
    |facts, row| row.shares_ports(facts),
    |facts, row| row.has_users(facts) && row.has_same_transports(facts) || row.may_be_any(facts),
];
