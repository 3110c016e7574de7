//! One text a line and nothing else: no bold, with or without blank lines.
//!
//! ```text
//! 110
//!
//! TCP
//!
//! Post Office Protocol (POP3),
//!
//! Authenticated Post Office Protocol (APOP)
//!
//! 1939
//! ```
//!
//! A row starts at a port with a transport below it. A cell may have several
//! texts, and some converters leave out cells with only a dash, so the texts are
//! told apart by what they hold; a row that can be cut in two ways is rejected.

mod texts;

use appleports_model::{
    Column, Finding, Message, RawCell, RawRow, RawTable, Rule, has_blank_text, message,
};

use self::texts::{
    Text, habits, heading, starts, starts_below, texts, unreadable_starts, with_empty_cells,
    without_repeated_headings,
};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::draft::Draft;
use crate::article::table::glued::first_number;
use crate::article::table::marks;
use crate::article::table::sequence::{self, Habits};
use crate::article::table::shape::{is_port_text, is_rfc_cell, is_transport_cell};

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "plain-lines",
    file: "capture.txt",
    media_type: "text/plain",
    keeps_comments: false,
    knows_article: false,
    read: |document| Ok(table(document)),
};

fn table(document: &Document<'_>) -> Option<RawTable> {
    let mut findings = Vec::new();
    let mut texts = texts(document, &mut findings);
    let first = *starts(&texts).first()?;
    without_repeated_headings(&mut texts, first);
    let texts = with_empty_cells(texts);
    let mut starts = starts(&texts);
    let (first, last) = (*starts.first()?, *starts.last()?);
    let habits = habits(&texts[first..texts.len().min(last + Column::ALL.len())]);
    findings.retain(|finding: &Finding| finding.line >= texts[first].cell.place.line);
    let mut reader = Reader {
        habits,
        draft: Draft::new(document, &LAYOUT, sequence::columns(habits)),
    };
    reader.draft.notes(findings);
    reader.draft.note(
        &rules::CUT_BY_CONTENT,
        texts[first].cell.place,
        message!("one text a line, and the rows are not marked").known_as(LAYOUT.name),
    );
    let wanted = reader.draft.columns().len();
    let above = heading(&texts, first).map_or(0, |heading| first.min(heading + wanted));
    if (1..first).contains(&above) && is_port_text(&texts[above].cell.text) {
        starts.insert(0, above);
    } else {
        reader.unreadable(&texts[above..=first], above > 0);
    }
    starts.extend(starts_below(&texts, last, wanted, habits.keeps_dashes));
    for (at, start) in starts.iter().enumerate() {
        match starts.get(at + 1) {
            // What stands there may be the rest of the row as well.
            Some(end) if !is_port_text(&texts[*end].cell.text) && end - start < wanted => {
                reader.reject(&rules::CUT_OFF, &texts[*start..*end], no_end());
            }
            Some(end) => reader.block(&texts[*start..*end], Some(&texts[*end])),
            None => reader.last_block(&texts[*start..]),
        }
    }
    reader.draft.finish_if_any()
}

/// Of more rows that may lack their transports, no two ways to part them are tried.
const MAX_POSSIBLE: usize = 4;

/// Port, transport, a title of one text and the number below it.
const MAX_WITH_TITLE: usize = 4;

struct Reader {
    habits: Habits,
    draft: Draft,
}

impl Reader {
    fn reject(&mut self, rule: &Rule, texts: &[Text], why: Message) {
        let port = &texts[0].cell;
        self.draft.reject(rule, port.place, &port.text, why);
    }

    /// Rejects the rows above the first one: those that begin with a digit above a transport,
    /// and, right below a heading, whatever has a cell as rows have it.
    fn unreadable(&mut self, texts: &[Text], is_below_heading: bool) {
        let is_cell =
            |text: &Text| marks::is_value(&text.cell.text) || is_transport_cell(&text.cell.text);
        let (above, _) = texts.split_at(texts.len() - 1);
        let mut starts: Vec<usize> = unreadable_starts(texts).collect();
        if is_below_heading && above.iter().any(is_cell) && !starts.contains(&0) {
            starts.insert(0, 0);
        }
        for at in starts {
            let why = message!("its port cannot be read").known_as("port-unreadable");
            self.reject(&rules::UNALIGNED_ROW, &texts[at..], why);
        }
    }

    /// The texts from one certain start to the next: a row, or several of which all but the
    /// first may lack their transports.
    fn block(&mut self, texts: &[Text], next: Option<&Text>) {
        if self.has_unreadable_start(texts) {
            return;
        }
        let maybe = self.possible_starts(texts, next);
        let mut found = None;
        if maybe.len() <= MAX_POSSIBLE {
            for chosen in 0_usize..1 << maybe.len() {
                let inner = maybe
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| chosen & (1 << bit) != 0);
                let bounds: Vec<usize> = std::iter::once(0)
                    .chain(inner.map(|(_, at)| *at))
                    .chain([texts.len()])
                    .collect();
                let fits = |pair: &[usize]| {
                    let rest = self.texts_of_row(&texts[pair[0]..pair[1]], pair[0] > 0);
                    rest.is_some_and(|(_, rest)| sequence::can_be_cut(&rest, self.habits))
                };
                if bounds.windows(2).all(fits) && found.replace(bounds).is_some() {
                    found = None;
                    break;
                }
            }
        }
        match found {
            Some(bounds) => {
                for pair in bounds.windows(2) {
                    self.row(&texts[pair[0]..pair[1]], pair[0] > 0);
                }
            }
            None if maybe.is_empty() => self.row(texts, false),
            None => self.reject_all(texts, maybe),
        }
    }

    /// Rejects a row and those that begin below it.
    fn reject_all(&mut self, texts: &[Text], below: Vec<usize>) {
        let why = message!("its texts and those of the rows below it cannot be told apart")
            .known_as("rows-mixed");
        for at in std::iter::once(0).chain(below) {
            self.reject(&rules::UNALIGNED_ROW, &texts[at..], why.clone());
        }
    }

    /// Whether rows whose ports cannot be read stand below the first one; all are rejected.
    fn has_unreadable_start(&mut self, texts: &[Text]) -> bool {
        let below: Vec<usize> = unreadable_starts(texts).filter(|at| *at > 0).collect();
        let has_any = !below.is_empty();
        if has_any {
            self.reject_all(texts, below);
        }
        has_any
    }

    /// Where rows without a transport may begin: at ports that are no RFC, at a second
    /// number, where a whole row stands above, and at a number that may be either.
    fn possible_starts(&self, texts: &[Text], next: Option<&Text>) -> Vec<usize> {
        let mut starts = Vec::new();
        let (mut begin, mut has_number) = (0, false);
        for (at, text) in texts.iter().enumerate().skip(2) {
            if !is_port_text(&text.cell.text) {
                continue;
            }
            let is_full = self.habits.keeps_dashes && at - begin >= self.draft.columns().len();
            let is_start = has_number || is_full || !is_rfc_cell(&text.cell.text);
            if is_start || self.may_be_port(&texts[begin..=at], next) {
                starts.push(at);
                (begin, has_number) = (at, !is_start);
            } else {
                has_number = true;
            }
        }
        starts
    }

    /// Whether the last of the texts, a number, may be a port as well as the RFC of the row
    /// that begins with the first: what stands above it may be more than a title, and the
    /// order of the ports does not forbid it.
    fn may_be_port(&self, texts: &[Text], next: Option<&Text>) -> bool {
        let number = |text: &Text| first_number(&text.cell.text);
        let (Some(first), Some(last)) = (texts.first(), texts.last()) else {
            return false;
        };
        let (above, candidate) = (number(first), number(last));
        let next = next.and_then(number).filter(|next| Some(*next) > above);
        let is_in_order = next.is_none_or(|next| candidate > above && candidate < Some(next));
        !self.habits.keeps_dashes && texts.len() > MAX_WITH_TITLE && is_in_order
    }

    /// The transport of a row and the texts below it; `None` where it must have one and has
    /// none.
    fn texts_of_row(
        &self,
        texts: &[Text],
        may_lack_transport: bool,
    ) -> Option<(Option<RawCell>, Vec<RawCell>)> {
        let mut cells = texts
            .iter()
            .skip(1)
            .map(|text| text.cell.clone())
            .peekable();
        let has_transport = cells.peek().is_some_and(|cell| {
            is_transport_cell(&cell.text) || self.habits.keeps_dashes && has_blank_text(&cell.text)
        });
        if !has_transport && (!may_lack_transport || self.habits.keeps_dashes) {
            return None;
        }
        let transport = if has_transport { cells.next() } else { None };
        let mut rest: Vec<RawCell> = cells.collect();
        // One blank line more than the row has cells parts it from the next.
        if self.habits.keeps_dashes
            && rest.len() + 2 > self.draft.columns().len()
            && rest.last().is_some_and(|cell| cell.text.is_empty())
        {
            rest.pop();
        }
        Some((transport, rest))
    }

    fn row(&mut self, texts: &[Text], may_lack_transport: bool) {
        let Some((transport, rest)) = self.texts_of_row(texts, may_lack_transport) else {
            let why = message!("it has no transport").known_as("no-transport");
            self.reject(&rules::UNALIGNED_ROW, texts, why);
            return;
        };
        let has_gap = rest.iter().any(|cell| cell.text.is_empty());
        if has_gap && rest.len() + 2 != self.draft.columns().len() {
            let why =
                message!("a blank line in it may be an empty cell, or none").known_as("blank-line");
            // A port below the blank line may be that of another row.
            let below = (1..texts.len()).filter(|at| {
                texts[at - 1].cell.text.is_empty() && is_port_text(&texts[*at].cell.text)
            });
            for at in std::iter::once(0).chain(below) {
                self.reject(&rules::UNALIGNED_ROW, &texts[at..], why.clone());
            }
            return;
        }
        match sequence::cut(&rest, self.habits) {
            Ok([title, rfc, name, used_by]) => {
                let port = texts[0].cell.clone();
                let all = || std::iter::once(&port).chain(&transport).chain(&rest);
                let captured = all().map(|cell| cell.text.clone()).collect();
                let line_last = all().last().map_or(port.place.line, |cell| cell.place.line);
                self.draft.accept(RawRow {
                    confirmed: None,
                    place: port.place,
                    line_last,
                    captured,
                    cells: [Some(port), transport, title, rfc, name, used_by],
                });
            }
            Err(why) => self.reject(&rules::UNALIGNED_ROW, texts, why),
        }
    }

    /// The texts from the last certain start on, down to the end of the capture.
    fn last_block(&mut self, texts: &[Text]) {
        if self.has_unreadable_start(texts) {
            return;
        }
        let ports = texts
            .iter()
            .enumerate()
            .skip(2)
            .filter(|(_, text)| is_port_text(&text.cell.text) && !is_rfc_cell(&text.cell.text));
        let Some(last) = ports.map(|(at, _)| at).next_back() else {
            self.last_row(texts);
            return;
        };
        self.block(&texts[..last], Some(&texts[last]));
        self.reject(&rules::CUT_OFF, &texts[last..], no_end());
    }

    /// The last row ends where it is certainly complete; what stands below is the
    /// article's closing text.
    fn last_row(&mut self, texts: &[Text]) {
        let wanted = self.draft.columns().len();
        let block = texts
            .iter()
            .skip(1)
            .position(|text| text.after_blank)
            .map_or(texts.len(), |at| at + 1);
        let ends_in_dash = texts
            .get(wanted - 1)
            .is_some_and(|text| has_blank_text(&text.cell.text));
        if self.habits.keeps_dashes && ends_in_dash {
            self.row(&texts[..wanted], false);
        } else if block >= wanted && block < texts.len() {
            self.row(&texts[..block], false);
        } else {
            self.reject(&rules::CUT_OFF, texts, no_end());
        }
    }
}

fn no_end() -> Message {
    message!("nothing shows where the row ends, so its last cell may be cut off").known_as("no-end")
}
