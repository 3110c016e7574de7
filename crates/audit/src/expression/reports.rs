//! Parts of a list that are not read, while it is read.

use std::ops::Range;

use appleports_model::cut;

use super::Reader;
use super::rows::MAX_LEVELS;
use crate::list::Unread;
use crate::read::MAX_ENTRIES;

/// The most characters of a reason.
const MAX_REASON: usize = 400;

/// The most bytes of a part where the text is in parts often enough.
const MAX_PART: usize = 200;

/// The parts, and how much of the text they have.
#[derive(Default)]
pub(super) struct Reports {
    all: Vec<Unread>,
    bytes: usize,
}

impl Reports {
    /// The parts by place.
    pub(super) fn sorted(mut self) -> Vec<Unread> {
        self.all.sort_by_key(|part| part.span.start);
        self.all
    }

    /// How many there are.
    pub(super) const fn count(&self) -> usize {
        self.all.len()
    }

    /// The part at an index, if it was kept.
    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut Unread> {
        self.all.get_mut(at)
    }
}

impl Reader<'_> {
    /// Reports a part of the text that may have ports, and is not read. A reason is told of each part,
    /// so that names in it are cut.
    pub(crate) fn unread(&mut self, mut span: Range<usize>, reason: String) {
        let line = self.line_of(span.start);
        self.leave(line, "not read; a finding has the reason");
        // No more are shown than entries.
        if self.reports.count() == MAX_ENTRIES {
            return;
        }
        if self.reports.bytes + span.len() > MAX_LEVELS * self.text.len() {
            let most = self.text.floor_char_boundary(span.start + MAX_PART);
            span.end = span.end.min(most);
        }
        self.reports.bytes += span.len();
        let column = self.column(line, span.start);
        self.reports.all.push(Unread {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column,
            span,
            reason: if reason.len() > MAX_REASON {
                cut(&reason, MAX_REASON).into_owned()
            } else {
                reason
            },
            is_read: false,
            name: None,
        });
    }

    /// Reports a part of the text that the program does not read; its ports are entries.
    pub(crate) fn refused(&mut self, span: Range<usize>, reason: &str) {
        let before = self.reports.count();
        self.unread(span, reason.to_owned());
        if let Some(refused) = self.reports.get_mut(before) {
            refused.is_read = true;
        }
    }
}
