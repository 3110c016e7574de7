//! A range whose ends have a key each, and where new ports of a mapping may be written.

use std::ops::Range;

use super::Mapping;
use crate::expression::{Reader, group};
use crate::list::Group;
use crate::read::ReadError;
use crate::scan::Item;

/// A key that stands further to the right takes no second one below it: each port has its own text of
/// white space.
const MAX_INDENT: usize = 200;

impl Mapping {
    /// Adds the range whose ends have a key each.
    pub(super) fn range(
        &self,
        reader: &mut Reader<'_>,
        first: Range<usize>,
        last: Range<usize>,
        is_kubernetes: bool,
    ) -> Result<(), ReadError> {
        let text = reader.text;
        let group = self.place(text, &first, is_kubernetes);
        let (first, last) = (unquoted(text, first), unquoted(text, last));
        // The end of a range is one number: `16,384`.
        let item = Item::of_cell(text, &first);
        let mut item = item.filter(|item| item.last.is_none());
        let is_range = item.as_mut().is_some_and(|item| item.end_at(text, &last));
        let Some(item) = item.filter(|_| is_range) else {
            let reason = "it is not the end of a range".to_owned();
            reader.unknown(last, self.transports, reason);
            return Ok(());
        };
        let place = reader.new_group(Group { slots: 2, ..group });
        if reader.add(item, self.transports, place)?
            && let Some(entry) = reader.entries.last_mut()
        {
            entry.last_span = Some(last);
        }
        Ok(())
    }

    /// The place of a port. In Kubernetes it takes one port, and the end of a range has a key of its
    /// own; a text in quotes has no room for that.
    pub(super) fn place(&self, text: &str, first: &Range<usize>, is_kubernetes: bool) -> Group {
        let is_quoted = text[first.clone()].starts_with(['"', '\'']);
        let has_room = !is_quoted && self.column <= MAX_INDENT;
        let sign = || match (self.is_flow, text[first.end..].starts_with("\r\n")) {
            (true, _) => ", endPort: ".to_owned(),
            (false, true) => format!("\r\n{}endPort: ", " ".repeat(self.column)),
            (false, false) => format!("\n{}endPort: ", " ".repeat(self.column)),
        };
        let is_list = text[first.clone()].starts_with('[');
        let plain = Group {
            has_octal: !is_quoted,
            quote: self.quote,
            ..group("-", is_list.then_some(", "))
        };
        match (is_kubernetes && self.is_single && !is_list, has_room) {
            (false, _) => plain,
            (true, false) => Group { slots: 1, ..plain },
            (true, true) => Group {
                range_sign: sign().into(),
                slots: 1,
                ..plain
            },
        }
    }
}

/// A value without its quotes.
pub(super) fn unquoted(text: &str, value: Range<usize>) -> Range<usize> {
    let written = &text[value.clone()];
    let inner = written.trim_matches(['"', '\'']);
    let start = value.start + written.find(inner).unwrap_or_default();
    start..start + inner.len()
}
