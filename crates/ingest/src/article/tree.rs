//! The parser, with the place of every element, and with an end to hostile pages.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use appleports_model::Place;
use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, QualName};
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{Html, HtmlTreeSink};

use crate::error::ReadErrorKind;

use super::end::EndSink;
use super::page_limits::PageLimits;
use super::position::{Position, waiting};

/// A parsed page.
pub(crate) struct Page {
    pub(crate) html: Html,
    /// Where the start tag of each element ends, and how deep it is in the tree.
    places: FxHashMap<NodeId, (Place, u32)>,
    /// The elements that were open where the page ended.
    pub(crate) unclosed: FxHashSet<NodeId>,
    /// Whether `</html>` is the last tag, and no text follows.
    pub(crate) has_end: bool,
}

impl Page {
    /// Where the start tag of an element ends.
    pub(crate) fn place(&self, node: NodeId) -> Place {
        let place = self.places.get(&node);
        place.map_or(Place::from(1), |place| place.0)
    }
}

/// The bytes that the parser gets before the limits are looked at.
const CHUNK: usize = 32 * 1024;

/// Parses a page.
///
/// # Errors
/// The limit that it passes, and the line.
pub(crate) fn parse(text: &str) -> Result<Page, (u32, ReadErrorKind)> {
    let queue = BufferQueue::default();
    let limits = PageLimits::default();
    let page = parse_within(text, &queue, &limits);
    limits.into_passed().map_or(Ok(page), Err)
}

/// Parses a page up to where it passes a limit.
fn parse_within(text: &str, queue: &BufferQueue, limits: &PageLimits) -> Page {
    let sink = LineSink {
        inner: HtmlTreeSink::new(Html::new_document()),
        line: Cell::new(1),
        given: Cell::new(0),
        queue,
        limits,
        position: RefCell::new(Position::new(text)),
        places: RefCell::new(FxHashMap::default()),
        is_over: Cell::new(false),
        unclosed: RefCell::new(FxHashSet::default()),
    };
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let watched = EndSink {
        inner: builder,
        has_end: Cell::new(false),
        limits,
        templates: Cell::new(0),
        tokens: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(watched, TokenizerOpts::default());
    let sink = &tokenizer.sink.inner.sink;
    // The chunks share their bytes with the whole.
    let whole = StrTendril::from(text);
    let mut words = 0;
    while sink.given.get() < text.len() && !limits.are_passed() {
        let start = sink.given.get();
        let end = text.floor_char_boundary((start + CHUNK).min(text.len()));
        let tokens = tokenizer.sink.tokens.get();
        sink.given.set(end);
        queue.push_back(whole.subtendril(offset(start), offset(end - start)));
        while !matches!(tokenizer.feed(queue), TokenizerResult::Done) {}
        words = if tokenizer.sink.tokens.get() == tokens {
            words + words_in(&text[start..end])
        } else {
            0
        };
        limits.words(words, sink.line.get());
    }
    // The last tags may still wait in the tokenizer for their end, as in `</table` alone.
    sink.is_over.set(true);
    tokenizer.end();
    let EndSink { inner, has_end, .. } = tokenizer.sink;
    let mut page = inner.sink.finish();
    page.has_end = has_end.get();
    page
}

/// A place in a text, as the parser counts them; no page that is read is so long.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The most words that a part of a tag can have.
fn words_in(text: &str) -> usize {
    let ends_word = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'".contains(byte);
    text.bytes().filter(ends_word).count()
}

struct LineSink<'t> {
    inner: HtmlTreeSink,
    line: Cell<u32>,
    /// How many bytes of the page the parser was given, and those of them that it has not read.
    given: Cell<usize>,
    queue: &'t BufferQueue,
    position: RefCell<Position<'t>>,
    limits: &'t PageLimits,
    /// Place and depth of each element.
    places: RefCell<FxHashMap<NodeId, (Place, u32)>>,
    /// Whether the parser has read all of the page.
    is_over: Cell<bool>,
    unclosed: RefCell<FxHashSet<NodeId>>,
}

impl LineSink<'_> {
    /// Notes how deep an element stands in the tree.
    fn deepen(&self, child: &NodeOrText<NodeId>, above: NodeId, by: u32) {
        let NodeOrText::AppendNode(child) = child else {
            return;
        };
        let mut places = self.places.borrow_mut();
        let depth = places.get(&above).map_or(0, |place| place.1) + by;
        if let Some(place) = places.get_mut(child) {
            place.1 = depth;
        }
        self.limits.depth(depth, self.line.get());
    }
}

impl TreeSink for LineSink<'_> {
    type Handle = NodeId;
    type Output = Page;
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> Page {
        Page {
            unclosed: self.unclosed.into_inner(),
            html: self.inner.finish(),
            places: self.places.into_inner(),
            has_end: false,
        }
    }

    /// The parser takes all open elements off its stack where the page ends (HTML, section
    /// 13.2.7).
    fn pop(&self, node: &NodeId) {
        if self.is_over.get() {
            self.unclosed.borrow_mut().insert(*node);
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.limits.element(attrs.len(), self.line.get());
        let id = self.inner.create_element(name, attrs, flags);
        let read = self.given.get() - waiting(self.queue);
        let place = Place {
            line: self.line.get(),
            column: self.position.borrow_mut().column(read),
        };
        self.places.borrow_mut().insert(id, (place, 0));
        id
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.deepen(&child, *parent, 1);
        self.inner.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.deepen(&child, *sibling, 0);
        self.inner.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.deepen(&child, *previous, 1);
        self.inner
            .append_based_on_parent_node(element, previous, child);
    }

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.inner.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.limits.element(0, self.line.get());
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.limits.added(attrs.len(), self.line.get());
        self.inner.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }
}
