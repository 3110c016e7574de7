//! The list while it is read: entries are added, lines are accounted for.

mod columns;
mod comparison;
mod group;
mod mark;
mod name;
mod pairs;
mod reports;
mod rows;
mod sign;
mod variables;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::{PortRange, Transport};

use crate::list::{Account, BLANK, Entry, Group, List, Oddity};
use crate::notations::comment_at;
use crate::read::{MAX_ADDED, MAX_ENTRIES, Notation, ReadError};
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;
pub(crate) use columns::Columns;
pub(crate) use comparison::Comparison;
pub(crate) use group::{group, octal, program_group, spaced};
pub(crate) use name::{NO_PORT, is_doubled, is_name, may_be_port};
use pairs::Pairs;
use reports::Reports;
use rows::Rows;
pub(crate) use variables::COMMANDS;
use variables::Use;

/// A list while it is read.
pub(crate) struct Reader<'t> {
    pub(crate) text: &'t str,
    /// The text with its comments.
    written: &'t str,
    columns: OnceCell<Columns<'t>>,
    pairs: Pairs<'t>,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) groups: Vec<Group>,
    rows: Rows,
    reports: Reports,
    /// Why nothing was read from lines.
    reasons: BTreeMap<usize, &'static str>,
    pub(crate) is_table: bool,
    pub(crate) is_names: bool,
    /// Names that stand for ports.
    pub(crate) names: Vec<(String, Transports)>,
    /// Where each name first is that the file has to define, and why it stands for unknown ports.
    unresolved: BTreeMap<String, (Range<usize>, String)>,
    /// Where ports are those of a variable.
    uses: Vec<Use>,
}

/// Words behind a port in a set, which say something of it up to the next one.
pub(crate) const STATEMENTS: [&str; 4] = ["timeout", "expires", "comment", "counter"];

/// Whether a port of a container is given with the one outside: `80:80` is of TCP.
fn is_published(written: &str) -> bool {
    let ends = written.split_once(':');
    ends.is_some_and(|(outside, inside)| outside == inside)
}

/// Where the words about a port end that begin at a place: before the next comma.
fn statement_end(text: &str, from: usize) -> usize {
    let mut is_quoted = false;
    let mut signs = text[from..].char_indices();
    let end = signs.find(|(_, c)| {
        is_quoted ^= *c == '"';
        !is_quoted && matches!(c, ',' | '}')
    });
    end.map_or(text.len(), |(at, _)| from + at)
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self::of_code(text, text)
    }

    /// Reads a text without its comments, and the same with them.
    pub(crate) fn of_code(text: &'t str, written: &'t str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        if starts.last() == Some(&text.len()) {
            starts.pop();
        }
        Self {
            text,
            written,
            columns: OnceCell::new(),
            pairs: Pairs::new(text),
            starts,
            entries: Vec::new(),
            groups: Vec::new(),
            rows: Rows::default(),
            reports: Reports::default(),
            reasons: BTreeMap::new(),
            is_table: false,
            is_names: false,
            names: Vec::new(),
            unresolved: BTreeMap::new(),
            uses: Vec::new(),
        }
    }

    /// The lines without their ends, by index, each with its place.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, Range<usize>)> + use<> {
        let text_end = self.text.len();
        let bytes = self.text.as_bytes();
        let mut spans = Vec::with_capacity(self.starts.len());
        for (at, start) in self.starts.iter().enumerate() {
            let mut end = self.starts.get(at + 1).map_or(text_end, |next| next - 1);
            if end == text_end && end > *start && bytes[end - 1] == b'\n' {
                end -= 1;
            }
            if end > *start && bytes[end - 1] == b'\r' {
                end -= 1;
            }
            spans.push((at, *start..end));
        }
        spans.into_iter()
    }

    /// The lines, those that end in a backslash together with the next: by the index of the first.
    /// A comment ends with its line.
    pub(crate) fn logical_lines(&self) -> impl Iterator<Item = (usize, Range<usize>)> + use<> {
        self.continued_lines(&['\\'])
    }

    /// The lines, those that end in one of the signs together with the next.
    pub(crate) fn continued_lines(
        &self,
        signs: &[char],
    ) -> impl Iterator<Item = (usize, Range<usize>)> + use<> {
        let mut joined: Vec<(usize, Range<usize>)> = Vec::new();
        let mut is_open = false;
        for (at, span) in self.lines() {
            let line = self.text[span.clone()].trim_end();
            let continues = line.ends_with(signs) && comment_at(line) == line.len();
            match joined.last_mut().filter(|_| is_open) {
                Some((_, before)) => before.end = span.end,
                None => joined.push((at, span)),
            }
            is_open = continues;
        }
        joined.into_iter()
    }

    /// The index of the line that has the byte.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    /// The column of a place in its line.
    fn column(&self, line: usize, at: usize) -> u32 {
        let columns = self.columns.get_or_init(|| Columns::new(self.written));
        columns.of(self.starts[line], at)
    }

    pub(crate) fn leave(&mut self, line: usize, reason: &'static str) {
        self.reasons.insert(line, reason);
    }

    pub(crate) fn new_group(&mut self, group: Group) -> usize {
        self.groups.push(group);
        self.groups.len() - 1
    }

    /// Adds an entry. A number alone that is no port is one to report, but not among services,
    /// where 0 is what the registry reserves.
    pub(crate) fn add(
        &mut self,
        mut item: Item,
        transports: Transports,
        group: usize,
    ) -> Result<bool, ReadError> {
        let last = item.last.clone().unwrap_or_else(|| item.first.clone());
        let number = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
        let ends = number(&item.first).zip(number(&last));
        let ports = ends.and_then(|(first, last)| PortRange::new(first, last).ok());
        // A number of seven digits beside a transport may be two ports.
        let has_transport = item.suffix.is_some() || !transports.is_empty();
        let most = 6 + usize::from(has_transport);
        let is_long = item.first.len() > most || last.len() > most;
        let is_reserved = self.is_names && last.trim_matches('0').is_empty();
        if ports.is_none() && (is_long || is_reserved) {
            return Ok(false);
        }
        if self.entries.len() == MAX_ENTRIES + MAX_ADDED {
            return Err(ReadError::TooManyEntries);
        }
        let is_of_program = !self.groups[group].signs.is_empty();
        if is_of_program
            && item.oddity.is_none()
            && item.suffix.is_none()
            && let Some(marked) = mark::marked(self.text, &self.pairs, &item.span)
        {
            (item.span, item.oddity) = (marked, Some(Oddity::Mark));
        }
        let line = self.line_of(item.span.start);
        let column = self.column(line, item.span.start);
        let (transports, transport_span) = match item.suffix {
            Some((set, span)) => (set, Some(span)),
            None => (transports, None),
        };
        let (transports, is_misspelt) = transports.without_mark();
        let written = &self.text[item.span.clone()];
        let is_tcp = transports.is_empty() && !is_of_program && is_published(written);
        let transports = if is_tcp {
            Transports::one(Transport::Tcp)
        } else {
            transports
        };
        let oddity = item.oddity.or_else(|| {
            let is_range = item.last.is_some();
            self.groups[group].oddity(written, is_range)
        });
        if transport_span.is_some() {
            self.groups[group].has_suffix = true;
        }
        self.entries.push(Entry {
            ports,
            numbers: (item.first, last),
            transports,
            is_misspelt,
            span: item.span,
            last_span: None,
            transport_span,
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column,
            group,
            scope: 0,
            within: None,
            is_spread: false,
            oddity,
        });
        Ok(true)
    }

    /// Reads an expression: its numbers are entries of a group, its names are kept.
    pub(crate) fn expression(
        &mut self,
        span: Range<usize>,
        transports: Transports,
        group: Group,
    ) -> Result<usize, ReadError> {
        let text = self.text;
        let group_index = self.new_group(group);
        let before = self.entries.len();
        if self.groups[group_index].separator.is_none()
            && let Some(item) = Item::alone(text, &span)
        {
            self.add(item, transports, group_index)?;
            return Ok(1);
        }
        self.scan(span, transports, group_index)?;
        let count = self.entries.len() - before;
        self.report_sign(before, group_index);
        if count == 0 {
            self.groups.pop();
        } else if count > 1 && self.groups[group_index].takes_any_separator() {
            // As the list itself has it.
            let between = self.entries[before].transport_span.clone();
            let from = between.map_or(self.entries[before].span.end, |span| span.end);
            // None where the first one's transport stands behind both.
            if let Some(sign) = text.get(from..self.entries[before + 1].span.start)
                && sign.len() <= 4
                && sign.chars().all(|c| c == ' ' || c == ',')
            {
                self.groups[group_index].separator = Some(sign.to_owned());
            }
        }
        Ok(count)
    }

    /// Reads the numbers and the names of a part of the text; what may be a port and is none is
    /// reported.
    pub(crate) fn scan(
        &mut self,
        span: Range<usize>,
        transports: Transports,
        group: usize,
    ) -> Result<(), ReadError> {
        let text = self.text;
        let mut from = span.start;
        let end = span.end;
        for token in Scanner::new(text, span) {
            match token {
                Token::Item(item) if item.span.start >= from => {
                    let place = item.span.clone();
                    if !self.add(item, transports, group)? {
                        self.unknown(place, transports, NO_PORT.to_owned());
                    }
                }
                // `'8O'`: a quote behind it is no part of a word.
                Token::Word(span) if span.start >= from && text[span.clone()].ends_with('\'') => {
                    let word = text[span.clone()].trim_end_matches('\'');
                    self.scan(span.start..span.start + word.len(), transports, group)?;
                }
                Token::Word(span) if span.start >= from => {
                    let word = &text[span.clone()];
                    if STATEMENTS.contains(&word) {
                        from = statement_end(&text[..end], span.end);
                    } else if is_name(word) {
                        self.used(&span, transports, group);
                        self.named(span, transports)?;
                    } else if may_be_port(word) {
                        self.unknown(span, transports, NO_PORT.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The list.
    pub(crate) fn finish(mut self, notation: &'static Notation) -> List {
        self.report_unresolved();
        self.entries.sort_by_key(|entry| entry.span.start);
        let mut counts = vec![0; self.starts.len()];
        for entry in &self.entries {
            counts[entry.line as usize - 1] += 1;
            let is_single = entry.ports.is_some_and(PortRange::is_single);
            self.groups[entry.group].used += if is_single { 1 } else { 2 };
        }
        let lines = self.lines();
        let account = lines.map(|(at, span)| {
            let line = self.text[span].trim();
            let reason = match counts[at] {
                0 if line.is_empty() || (notation.is_comment)(line) => BLANK,
                0 => self
                    .reasons
                    .get(&at)
                    .copied()
                    .unwrap_or("no ports of this notation"),
                _ => "",
            };
            Account {
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                entries: counts[at],
                reason,
            }
        });
        List {
            notation,
            is_table: self.is_table,
            is_names: self.is_names,
            names: self.names,
            account: account.collect(),
            entries: self.entries,
            groups: self.groups,
            rows: self.rows.sorted(),
            unread: self.reports.sorted(),
        }
    }
}
