//! What an unread row and a record have in common.

use std::collections::HashSet;

use appleports_model::{PortSet, Transport, UnreadRow, fold};

use crate::facts::Facts;
use crate::text::tidy;

/// A record with what makes it comparable to unread rows.
pub(crate) struct Comparable<'a> {
    pub(super) facts: &'a Facts,
    ports: PortSet,
    /// Service name, title and users, folded.
    texts: [String; 3],
}

impl<'a> Comparable<'a> {
    pub(crate) fn of(facts: &'a Facts) -> Self {
        Self {
            facts,
            ports: facts.port_set(),
            texts: [&facts.service_name, &facts.title, &facts.used_by].map(|text| fold(text)),
        }
    }

    fn has_no_text(&self) -> bool {
        self.texts.iter().all(String::is_empty)
    }

    /// How much there is to look at: its ranges, its products and its texts.
    pub(crate) fn size(&self) -> usize {
        let products = &self.facts.products;
        let texts = self.texts.iter().chain(products).map(String::len);
        self.ports.ranges().len().max(1) + products.len() + texts.sum::<usize>() / 64
    }
}

/// The places among the texts.
const NAME: usize = 0;
const TITLE: usize = 1;
const USERS: usize = 2;

/// An unread row with what makes it comparable.
pub(crate) struct Evident<'a> {
    pub(super) row: &'a UnreadRow,
    /// Its pieces, folded.
    pieces: HashSet<String>,
    /// Whether none of them is more than ports and transports.
    has_no_text: bool,
    /// Service name, title and users, folded.
    texts: [String; 3],
    ports: PortSet,
}

impl<'a> Evident<'a> {
    pub(crate) fn of(row: &'a UnreadRow) -> Self {
        let pieces: HashSet<String> = row.cells.iter().map(|cell| fold(&tidy(cell))).collect();
        Self {
            row,
            has_no_text: pieces.iter().all(|piece| is_no_text(piece)),
            pieces,
            texts: [&row.service_name, &row.title, &row.used_by].map(|text| fold(&tidy(text))),
            ports: row.ports.iter().copied().collect(),
        }
    }

    fn meets(&self, record: &Comparable<'_>) -> bool {
        let (transports, facts) = (&self.row.transports, record.facts);
        transports.is_empty()
            || facts.transports.is_empty()
            || transports
                .iter()
                .any(|transport| facts.transports.contains(transport))
    }

    pub(super) fn has_same_transports(&self, record: &Comparable<'_>) -> bool {
        let (transports, facts) = (&self.row.transports, record.facts);
        transports.len() == facts.transports.len()
            && transports
                .iter()
                .all(|transport| facts.transports.contains(transport))
    }

    fn has_ports(&self, record: &Comparable<'_>) -> bool {
        !self.row.ports.is_empty() && self.ports == record.ports && self.meets(record)
    }

    /// Whether the row has the record's ports and transports, and no others.
    pub(super) fn is_exact(&self, record: &Comparable<'_>) -> bool {
        self.has_ports(record) && self.has_same_transports(record)
    }

    /// Whether the row has all ports and transports of the record, and perhaps more: it may stand
    /// for several records.
    pub(super) fn covers(&self, record: &Comparable<'_>) -> bool {
        let (transports, facts) = (&self.row.transports, record.facts);
        !facts.ports.is_empty()
            && record.ports.difference(&self.ports).count() == 0
            && (transports.is_empty()
                || facts
                    .transports
                    .iter()
                    .all(|transport| transports.contains(transport)))
    }

    fn shares_ports(&self, record: &Comparable<'_>) -> bool {
        self.meets(record) && record.ports.difference(&self.ports).count() < record.ports.count()
    }

    /// Whether the row has the text of the record, if that has one: in the same cell, or as one of
    /// its pieces where the cells are not record.
    fn has(&self, record: &Comparable<'_>, text: usize) -> bool {
        let (cell, wanted) = (&self.texts[text], &record.texts[text]);
        if cell.is_empty() {
            return !wanted.is_empty() && self.pieces.contains(wanted);
        }
        cell == wanted
    }

    fn has_name(&self, record: &Comparable<'_>) -> bool {
        self.has(record, NAME)
    }

    fn has_title(&self, record: &Comparable<'_>) -> bool {
        self.has(record, TITLE)
    }

    fn has_users(&self, record: &Comparable<'_>) -> bool {
        let (row, facts) = (&self.row.products, record.facts);
        let has_products = !row.is_empty()
            && row.len() == facts.products.len()
            && row.iter().all(|product| facts.products.contains(product));
        has_products || self.has(record, USERS)
    }

    /// Whether the row has every text that the record has, and the record at least one.
    pub(super) fn has_all_texts(&self, record: &Comparable<'_>) -> bool {
        let has = |text: usize| match text {
            USERS => self.has_users(record),
            _ => self.has(record, text),
        };
        let mut texts = (0..record.texts.len()).filter(|text| !record.texts[*text].is_empty());
        !record.has_no_text() && texts.all(has)
    }

    /// Whether row and record have the same texts, or neither has any.
    pub(super) fn has_same_texts(&self, record: &Comparable<'_>) -> bool {
        if !record.has_no_text() {
            return self.has_all_texts(record);
        }
        self.has_no_text
    }

    /// Whether everything but the port cell speaks for the record.
    pub(crate) fn may_be(&self, record: &Comparable<'_>) -> bool {
        self.has_same_texts(record) && self.meets(record)
    }

    /// Whether nothing speaks against the record, but for texts that another language has as well:
    /// the row shows no port, and neither has a name.
    pub(super) fn may_be_any(&self, record: &Comparable<'_>) -> bool {
        let is_nameless = self.row.service_name.is_empty() && record.facts.service_name.is_empty();
        self.ports.ranges().is_empty()
            && is_nameless
            && !self.row.transports.is_empty()
            && self.has_same_transports(record)
    }

    /// Whether the row gives the record's ports and no others.
    pub(crate) fn gives_ports_of(&self, record: &Comparable<'_>) -> bool {
        self.ports == record.ports
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
pub(crate) const STEPS: [fn(&Comparable<'_>, &Evident<'_>) -> bool; 8] = [
    |record, row| row.has_ports(record) && row.has_all_texts(record),
    |record, row| row.has_all_texts(record) && row.has_same_transports(record),
    |record, row| row.has_ports(record),
    |record, row| row.has_all_texts(record) && row.meets(record),
    |record, row| row.has_name(record) && row.meets(record),
    |record, row| row.has_title(record) && row.meets(record),
    |record, row| row.shares_ports(record),
    |record, row| {
        row.has_users(record) && row.has_same_transports(record) || row.may_be_any(record)
    },
];
