//! What a rule says of an entry, before it is a finding.

use std::ops::Range;

use appleports_model::{Finding, Message, PortRange, Rule, Transport};

use super::{Edit, Suggested};
use crate::article::Row;
use crate::list::Entry;
use crate::transports::Transports;

/// What a rule says.
pub(crate) struct Found {
    pub(crate) rule: &'static Rule,
    /// The line; 0 where it is about the file as a whole.
    pub(crate) line: u32,
    /// The column; 0 where it is about the line as a whole.
    pub(crate) column: u32,
    message: Message,
    rows: Vec<(PortRange, Option<Transport>)>,
    record: Option<String>,
    pub(crate) edit: Option<Edit>,
    /// What to do where there is no edit and the rule's help is too general.
    help: Option<String>,
    /// The ports that the entry is meant to have, so that none of them is missing as well.
    pub(crate) claims: Vec<(PortRange, Transports)>,
    /// How many further entries it explains.
    pub(crate) further: usize,
    /// How many of its kind it stands for.
    pub(crate) count: usize,
}

impl Found {
    /// At an entry.
    pub(crate) fn at(rule: &'static Rule, entry: &Entry, message: Message) -> Self {
        Self::placed(rule, entry.line, entry.column, message)
    }

    /// At a part of the text, by its line and column.
    pub(crate) fn placed(rule: &'static Rule, line: u32, column: u32, message: Message) -> Self {
        Self {
            line,
            column,
            ..Self::on_file(rule, message)
        }
    }

    /// It for so many of its kind, this being the last one.
    pub(crate) fn for_all(self, count: usize) -> Self {
        Self { count, ..self }
    }

    /// At another place of its entry: that of the last port, in tables with a cell for each end.
    pub(crate) fn pointing_at(mut self, text: &str, entry: &Entry, place: &Range<usize>) -> Self {
        let start = entry.span.start;
        let (from, to) = (start.min(place.start), start.max(place.start));
        let between = text.get(from..to).unwrap_or_default();
        let lines = between.bytes().filter(|byte| *byte == b'\n').count();
        let (lines, is_behind) = (
            u32::try_from(lines).unwrap_or_default(),
            place.start > start,
        );
        let count = |part: &str| u32::try_from(part.chars().count()).unwrap_or(u32::MAX);
        if lines == 0 {
            self.column = if is_behind {
                self.column.saturating_add(count(between))
            } else {
                self.column.saturating_sub(count(between))
            };
            return self;
        }
        self.line = if is_behind {
            self.line.saturating_add(lines)
        } else {
            self.line.saturating_sub(lines)
        };
        let start = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
        self.column = count(&text[start..place.start]).saturating_add(1);
        self
    }

    /// About the file as a whole, so at no line.
    pub(crate) fn on_file(rule: &'static Rule, message: Message) -> Self {
        Self {
            rule,
            line: 0,
            column: 0,
            message,
            rows: Vec::new(),
            record: None,
            edit: None,
            help: None,
            claims: Vec::new(),
            further: 0,
            count: 1,
        }
    }

    /// With a row of the article as evidence, where there is one.
    pub(crate) fn row<'r>(mut self, row: impl Into<Option<&'r Row<'r>>>) -> Self {
        if let Some(row) = row.into() {
            self.rows.push(row.key());
            self.record = Some(row.record.id.clone());
        }
        self
    }

    pub(crate) fn edit(mut self, edit: Option<Edit>) -> Self {
        self.edit = edit;
        self
    }

    pub(crate) fn help(mut self, help: String) -> Self {
        self.help = Some(help);
        self
    }

    pub(crate) fn claim(mut self, ports: PortRange, transports: Transports) -> Self {
        self.claims.push((ports, transports));
        self
    }

    pub(super) fn suggested(self, path: &str) -> Suggested {
        let mut finding = Finding::new(self.rule, path, self.line, self.message);
        finding.column = Some(self.column).filter(|column| *column > 0);
        finding.record = self.record;
        finding.rows = self.rows;
        if let Some(edit) = &self.edit {
            finding.help = edit.what().into();
        } else if let Some(help) = self.help {
            finding.help = help.into();
        }
        Suggested {
            finding,
            edit: self.edit,
            count: 1,
        }
    }
}
