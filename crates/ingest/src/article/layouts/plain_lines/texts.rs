//! The texts of a capture in plain lines, before they are rows.

use appleports_model::{Column, Finding, RawCell, fold, has_blank_text};

use crate::article::document::Document;
use crate::article::table::sequence::{self, Habits};
use crate::article::table::shape::{
    begins_with_digit, is_name_cell, is_port_text, is_rfc_cell, is_transport_cell,
};
use crate::article::table::{markdown, marks, repair};

/// A text with the mark whether a blank line stands before it.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) cell: RawCell,
    pub(super) after_blank: bool,
}

/// Where rows certainly begin: at a port with a transport below it.
pub(super) fn starts(texts: &[Text]) -> Vec<usize> {
    let text = |at: usize| texts.get(at).map_or("", |text| text.cell.text.as_str());
    (0..texts.len())
        .filter(|at| is_port_text(text(*at)) && is_transport_cell(text(at + 1)))
        .collect()
}

/// Rows whose ports cannot be read, such as `164O` or `7 (all)`, with a transport below.
pub(super) fn unreadable_starts(texts: &[Text]) -> impl Iterator<Item = usize> {
    const MAX_PORT: usize = 24;
    let is_unreadable = |text: &str| {
        begins_with_digit(text) && !is_port_text(text) && text.chars().count() <= MAX_PORT
    };
    let pairs = texts.windows(2).enumerate();
    pairs
        .filter(move |(_, pair)| {
            is_unreadable(&pair[0].cell.text) && is_transport_cell(&pair[1].cell.text)
        })
        .map(|(at, _)| at)
}

/// Where the heading above the first row begins, if it is known by its cell of transports.
/// Rows may stand below it of which no port or transport can be read.
pub(super) fn heading(texts: &[Text], first: usize) -> Option<usize> {
    let is_value = |text: &Text| marks::is_value(&text.cell.text);
    let is_heading = |at: &usize| {
        let end = first.min(at + MIN_HEADING);
        marks::names_both_transports(&texts[*at].cell.text)
            && at + 2 < first
            && !texts[at - 1..end].iter().any(is_value)
    };
    let found = (1..first).rev().find(is_heading);
    found.map(|transports| transports - 1)
}

/// The fewest texts of a heading.
const MIN_HEADING: usize = 4;

/// Takes the heading above the first row out wherever it is repeated.
pub(super) fn without_repeated_headings(texts: &mut Vec<Text>, first: usize) {
    let folded = |text: &Text| fold(&text.cell.text);
    let known = heading(texts, first);
    for length in (MIN_HEADING..=Column::ALL.len()).rev() {
        let Some(from) = known.or_else(|| first.checked_sub(length)) else {
            continue;
        };
        let heading: Vec<String> = texts[from..first.min(from + length)]
            .iter()
            .map(folded)
            .collect();
        let mut kept: Vec<Text> = texts[..first].to_vec();
        let mut at = first;
        while at < texts.len() {
            let end = at + length;
            let is_heading = texts
                .get(at..end)
                .is_some_and(|part| part.iter().map(folded).eq(heading.iter().cloned()));
            if is_heading {
                at = end;
            } else {
                kept.push(texts[at].clone());
                at += 1;
            }
        }
        if kept.len() < texts.len() {
            *texts = kept;
            return;
        }
    }
}

/// Where rows may begin below the last certain start: at a port with a dash or, a text
/// further, a transport below it, and where texts with a cell of a row among them stand
/// below a whole row, or in a block. `whole` says how many texts a row has, and `has_dashes`
/// whether all of them are there.
pub(super) fn starts_below(
    texts: &[Text],
    last: usize,
    whole: usize,
    has_dashes: bool,
) -> Vec<usize> {
    let text = |at: usize| texts.get(at).map_or("", |text| text.cell.text.as_str());
    let is_lone_dash = |at: usize| !text(at).is_empty() && has_blank_text(text(at));
    let is_cell =
        |at: usize| is_lone_dash(at) || is_port_text(text(at)) || is_transport_cell(text(at));
    let is_block = |at: usize| {
        let below = texts.get(at + 1..at + MIN_HEADING);
        texts[at].after_blank
            && below.is_some_and(|below| !below.iter().any(|text| text.after_blank))
    };
    let mut above = last;
    let mut found = Vec::new();
    for at in last + 2..texts.len() {
        let is_port = is_port_text(text(at));
        let has_room = !has_dashes || at - above >= whole;
        let is_start = is_port && has_room && is_lone_dash(at + 1)
            || is_port && is_transport_cell(text(at + 2))
            || (at - above == whole || is_block(at)) && (at..at + MIN_HEADING).any(is_cell);
        if is_start {
            found.push(at);
            above = at;
        }
    }
    found
}

/// The texts with an empty one for each blank line in a row, where the rows are otherwise
/// lines without gaps.
pub(super) fn with_empty_cells(texts: Vec<Text>) -> Vec<Text> {
    let starts = starts(&texts);
    let (Some(first), Some(last)) = (starts.first().copied(), starts.last().copied()) else {
        return texts;
    };
    let gaps = |at: &usize| texts[*at].after_blank;
    let before_rows = starts.iter().skip(1).filter(|at| gaps(at)).count();
    let all = (first + 1..=last).filter(gaps).count();
    let are_parted = before_rows * 2 > starts.len().saturating_sub(1);
    let inside = if are_parted { all - before_rows } else { all };
    if inside == 0 || inside * 4 > last - first {
        return texts;
    }
    let mut filled = Vec::with_capacity(texts.len() + inside);
    for (at, text) in texts.into_iter().enumerate() {
        let is_start = are_parted && starts.binary_search(&at).is_ok();
        if at > first && at <= last && text.after_blank && !is_start {
            filled.push(Text {
                cell: RawCell {
                    text: String::new(),
                    place: text.cell.place.line.saturating_sub(1).into(),
                },
                after_blank: false,
            });
        }
        filled.push(text);
    }
    filled
}

/// Whether a line is a rule across the page (`CommonMark`, section 4.1) and no text.
fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    signs.next().is_some_and(|first| {
        "-*_=".contains(first) && signs.clone().count() >= 2 && signs.all(|c| c == first)
    })
}

/// The texts of all lines, repaired where that is certain; rules across the page are no
/// texts.
pub(super) fn texts(document: &Document<'_>, findings: &mut Vec<Finding>) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut after_blank = false;
    for (line, text) in document.lines() {
        if text.trim().is_empty() || is_rule(text) {
            after_blank = true;
            continue;
        }
        let text = markdown::plain(text.trim()).trim().to_owned();
        let mut cell = RawCell {
            text,
            place: line.into(),
        };
        repair::mend(&mut cell, |rule, place, message| {
            findings.push(Finding::new(rule, document.source, place, message));
        });
        texts.push(Text { cell, after_blank });
        after_blank = false;
    }
    texts
}

/// Whether dashes were kept, and whether a name follows most RFC numbers.
///
/// Of the last row, only as many texts are looked at as it has columns: what stands below
/// the table is no habit of it.
pub(super) fn habits(texts: &[Text]) -> Habits {
    let is_dash = |text: &Text| has_blank_text(&text.cell.text);
    let after_rfc = texts.windows(2).filter(|pair| {
        let next = &pair[1].cell.text;
        is_rfc_cell(&pair[0].cell.text) && !is_transport_cell(next) && !has_blank_text(next)
    });
    let (mut count, mut named) = (0_usize, 0_usize);
    for pair in after_rfc {
        count += 1;
        named += usize::from(is_name_cell(&pair[1].cell.text));
    }
    let keeps_dashes = texts.iter().any(is_dash);
    // Where no cell was left out, the rows may show more columns than the RFC numbers do.
    let starts = starts(texts);
    let fitting = |has_names: bool| {
        let habits = Habits {
            keeps_dashes,
            has_names,
        };
        let rows = starts.windows(2).map(|at| &texts[at[0] + 2..at[1]]);
        rows.filter(|row| {
            let cells: Vec<RawCell> = row.iter().map(|text| text.cell.clone()).collect();
            sequence::can_be_cut(&cells, habits)
        })
        .count()
    };
    Habits {
        keeps_dashes,
        has_names: named * 2 >= count || keeps_dashes && fitting(true) >= fitting(false),
    }
}
