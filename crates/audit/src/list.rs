//! What was read: entries with their places, and an account of every line.

use std::borrow::Cow;
use std::ops::Range;

use appleports_model::PortRange;

use crate::read::Notation;
use crate::transports::Transports;

/// What is odd about the way in which an entry is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// A leading zero, for a program that reads the number as octal then: `0443`.
    Octal,
    /// A sign between the ends of a range that programs of this notation do not take: `80:90` for
    /// nftables.
    Sign,
    /// A dash that programs do not take for a hyphen.
    Dash,
    /// A number as a spreadsheet writes it: `5223.0`.
    Decimal,
    /// The hyphen between the ends is lost: `34783497/udp`.
    Joined,
    /// Characters that nobody sees: a zero-width space, a soft hyphen.
    Unseen,
    /// Signs beside it that its program does not read: `**5223**`, `5223.`.
    Mark,
    /// A footnote mark of the page that it was copied from.
    Footnote,
    /// A sign between groups of three digits.
    Thousands,
    /// No slash between a port and its transport: `5223tcp`.
    Glued,
    /// Digits of another script.
    Script,
    /// Letters that look like digits: `8O`.
    Letters,
}

/// One port or range of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The ports; none where the numbers make no range, such as `16384-1638`.
    pub ports: Option<PortRange>,
    /// The digits of the first and of the last port, in ASCII.
    pub numbers: (String, String),
    /// The transports that the list gives.
    pub transports: Transports,
    /// Whether it spells them wrong: `utp`.
    pub is_misspelt: bool,
    /// Where the numbers are in the text, in bytes.
    pub span: Range<usize>,
    /// Where the last port is, in tables that have it in a cell of its own.
    pub last_span: Option<Range<usize>>,
    /// Where the transport beside this entry alone is.
    pub transport_span: Option<Range<usize>>,
    /// The 1-based line.
    pub line: u32,
    /// The 1-based column, in characters.
    pub column: u32,
    /// The [`Group`] that the entry belongs to.
    pub group: usize,
    /// What it is listed for, as a number: a site, an interface. Entries for different ones may share
    /// ports.
    pub scope: usize,
    /// The innermost bracket or quote of a value that it is in, in a plain list.
    pub within: Option<char>,
    /// Whether that value, or the row of a table, has several lines.
    pub is_spread: bool,
    /// What is odd about its signs, the worst.
    pub oddity: Option<Oddity>,
}

/// How several ranges are written where the place takes one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Not at all, as far as we know.
    Never,
    /// By writing the line once for each of them: a rule, or a row of a table.
    Line,
    /// In braces, with this between them.
    Braces(&'static str),
}

/// What may be written for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// One entry or several, or none.
    Any,
    /// One entry: it is the key of a map, or has a comment of its own.
    One,
}

impl Rewrite {
    /// One entry where this is so.
    pub(crate) const fn one_if(is_one: bool) -> Self {
        if is_one { Self::One } else { Self::Any }
    }
}

/// Entries that one expression has: a set, the ports of a rule, a whole plain list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What the notation has between the ends of a range.
    pub range_sign: Cow<'static, str>,
    /// All that its program takes there; empty where people read the list, or another check has it.
    pub signs: &'static [&'static str],
    /// Whether it takes spaces around them.
    pub takes_spaces: bool,
    /// Whether it reads a number with a leading zero as octal.
    pub has_octal: bool,
    /// What is between two entries; none where the place takes one entry alone.
    pub separator: Option<String>,
    /// How several are written where there is no separator.
    pub repeat: Repeat,
    /// The most ports that the place takes, a range counting as two.
    pub slots: usize,
    /// How many of them are used.
    pub used: usize,
    /// Whether each number may have quotes of its own: JSON.
    pub quote: &'static str,
    /// Whether the transport is written behind each entry: `80/tcp`.
    pub has_suffix: bool,
    /// What may be written for one of its entries.
    pub rewrite: Rewrite,
}

/// A row of a table: an object, a mapping, a service, a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it is, in bytes.
    pub span: Range<usize>,
    /// The list or table that it belongs to.
    pub section: usize,
    /// What it says, in one form: rows with the same are there twice.
    pub content: String,
}

/// A part of the text that may have ports and was not read as some, or that its program does not
/// read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it is, in bytes.
    pub span: Range<usize>,
    /// The 1-based line.
    pub line: u32,
    /// The 1-based column, in characters.
    pub column: u32,
    /// Why it was not read.
    pub reason: String,
    /// Whether its ports are entries all the same, because what was meant is clear.
    pub is_read: bool,
    /// The name that it is, which is that of a service if the article or a usual list has it.
    pub name: Option<String>,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The 1-based line.
    pub line: u32,
    /// How many entries were read from it.
    pub entries: u32,
    /// Why nothing was read; empty where something was.
    pub reason: &'static str,
}

/// The lines by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The lines of the text, counted in the text itself.
    pub lines: u32,
    /// The entries of the list, counted in the list.
    pub entries: usize,
    /// The entries that the lines account for.
    pub accounted: usize,
    /// Lines with ports.
    pub read: u32,
    /// Blank lines and comments.
    pub blank: u32,
    /// Lines that were left alone.
    pub left: u32,
}

impl Totals {
    /// Whether every line and every entry is accounted for, once.
    pub const fn balance(self) -> bool {
        let lines = self.read as u64 + self.blank as u64 + self.left as u64;
        self.lines as u64 == lines && self.entries == self.accounted
    }
}

/// A list of ports, as a person keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// How it is written.
    pub notation: &'static Notation,
    /// Whether its rows are services, each with ports of its own, so that ports may repeat.
    pub is_table: bool,
    /// Whether it names services: those without a name have no place in it, and the first port
    /// may stand for a range.
    pub is_names: bool,
    /// Names of services, and of sets and variables that were not resolved, which stand for
    /// ports: nothing is missing that they may have.
    pub names: Vec<(String, Transports)>,
    /// The entries in the order of the text.
    pub entries: Vec<Entry>,
    /// The expressions that have them.
    pub groups: Vec<Group>,
    /// The rows of tables that are no lines.
    pub rows: Vec<Row>,
    /// What may be ports and was not read.
    pub unread: Vec<Unread>,
    /// Every line.
    pub account: Vec<Account>,
}

/// The reason of a line without a word in it.
pub(crate) const BLANK: &str = "blank or a comment";

impl List {
    /// Moves all places behind what precedes the text that was read.
    pub(crate) fn shift(&mut self, by: usize) {
        if by == 0 {
            return;
        }
        let entries = self.entries.iter_mut().flat_map(|entry| {
            let parts = [&mut entry.last_span, &mut entry.transport_span];
            let parts = parts.into_iter().flatten();
            parts.chain(std::iter::once(&mut entry.span))
        });
        let unread = self.unread.iter_mut().map(|part| &mut part.span);
        let rows = self.rows.iter_mut().map(|row| &mut row.span);
        for span in entries.chain(unread).chain(rows) {
            *span = span.start + by..span.end + by;
        }
    }

    /// The lines of the text that was read, counted.
    pub fn totals(&self, text: &str) -> Totals {
        let lines = text.split_inclusive('\n').count();
        let mut totals = Totals {
            lines: u32::try_from(lines).unwrap_or(u32::MAX),
            entries: self.entries.len(),
            ..Totals::default()
        };
        for line in &self.account {
            totals.accounted += usize::try_from(line.entries).unwrap_or(usize::MAX);
            match line.reason {
                "" => totals.read += 1,
                BLANK => totals.blank += 1,
                _ => totals.left += 1,
            }
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_account_without_a_line_or_an_entry_does_not_balance() {
        let text = "80\n\nmine\n443, 53\n";
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        let totals = list.totals(text);
        assert_eq!((totals.read, totals.blank, totals.left), (2, 1, 1));
        assert!(totals.balance());
        assert!(!list.totals("80\n").balance());
        let mut broken = list.clone();
        broken.account.pop();
        assert!(!broken.totals(text).balance());
        let mut broken = list;
        broken.entries.pop();
        assert!(!broken.totals(text).balance());
    }
}
