//! How much a page may have in it, looked at while it is parsed.
//!
//! The tree of a page takes hundreds of times the bytes of its tags, and a tag that is closed in
//! the wrong place becomes several elements (HTML, section 13.2.6.4.7). Each start tag makes the
//! tree builder look through the open elements, and each attribute is compared with all others of
//! its tag. So all of these are counted where they are made, and parsing stops.

use std::cell::{Cell, OnceCell};

use crate::error::ReadErrorKind;

/// The most elements and comments of a page. That of the article has some thousands.
const MAX_ELEMENTS: usize = 50_000;
/// The most attributes, those of elements that the parser repeats included.
const MAX_ATTRIBUTES: usize = 200_000;
/// The most attributes of one tag, which are compared with each other.
const MAX_TAG_ATTRIBUTES: usize = 256;
/// The deepest that elements are nested.
const MAX_DEPTH: u32 = 512;
/// The most attributes that later tags add to `html` and `body`, each in its place among the others.
const MAX_ADDED: usize = 1_000;
/// The most words in a tag.
const MAX_WORDS: usize = 20_000;

/// What a page has so far, and the first limit that it passed.
#[derive(Default)]
pub(super) struct PageLimits {
    elements: Cell<usize>,
    attributes: Cell<usize>,
    added: Cell<usize>,
    passed: OnceCell<(u32, ReadErrorKind)>,
}

impl PageLimits {
    /// Counts an element, or a comment, that is made on a line.
    pub(super) fn element(&self, attributes: usize, line: u32) {
        let most = "elements and comments";
        self.add(&self.elements, (1, MAX_ELEMENTS, most), line);
        let most = "attributes";
        self.add(&self.attributes, (attributes, MAX_ATTRIBUTES, most), line);
    }

    /// Counts attributes that a tag adds to an element that is there.
    pub(super) fn added(&self, attributes: usize, line: u32) {
        let most = "attributes added to an element";
        self.add(&self.added, (attributes, MAX_ADDED, most), line);
    }

    /// Looks at a tag that has come to its end.
    pub(super) fn tag(&self, attributes: usize, line: u64) {
        if attributes > MAX_TAG_ATTRIBUTES {
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            self.pass(MAX_TAG_ATTRIBUTES, "attributes in a tag", line);
        }
    }

    /// Looks at the depth of an element.
    pub(super) fn depth(&self, depth: u32, line: u32) {
        if depth > MAX_DEPTH {
            self.pass(MAX_DEPTH as usize, "levels of nested elements", line);
        }
    }

    /// Looks at the words of a tag that has no end yet.
    pub(super) fn words(&self, words: usize, line: u32) {
        if words > MAX_WORDS {
            self.pass(MAX_WORDS, "words in a tag", line);
        }
    }

    /// Whether nothing more of the page is worth keeping.
    pub(super) fn are_passed(&self) -> bool {
        self.passed.get().is_some()
    }

    /// The line and the limit that was passed there first.
    pub(super) fn into_passed(self) -> Option<(u32, ReadErrorKind)> {
        self.passed.into_inner()
    }

    fn add(&self, count: &Cell<usize>, (more, limit, of): (usize, usize, &'static str), line: u32) {
        count.set(count.get() + more);
        if count.get() > limit {
            self.pass(limit, of, line);
        }
    }

    fn pass(&self, limit: usize, of: &'static str, line: u32) {
        // What was passed first is said.
        let _ = self
            .passed
            .set((line, ReadErrorKind::TooMany { limit, of }));
    }
}
