//! The lines around rows whose cells spaces join: which are rows, which go on with one.

use appleports_model::{RawCell, is_dash};

use crate::article::table::marks::{joined_start, names_both_transports};
use crate::article::table::shape::{ends_in_transport, is_port_text, is_transport_cell};

/// A line with its number.
pub(super) type Line<'t> = (u32, &'t str);

/// Whether a line may be a row of which the port or the transport cannot be read.
pub(super) fn may_start(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    let Some((first, next)) = words.split_first() else {
        return false;
    };
    if line.starts_with(|c: char| c.is_ascii_digit()) {
        return is_port_text(first)
            || ends_in_transport(first)
            || next.iter().any(|word| is_transport_cell(word));
    }
    words.iter().take(3).any(|word| ends_in_transport(word))
}

/// Whether a line is the table's heading. `RFC` is the same in all languages; a title may
/// name the transports as well.
pub(super) fn is_heading(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let names_both = |from: usize| {
        let ends = from + 1..=words.len().min(from + 3);
        ends.rev()
            .any(|end| names_both_transports(&words[from..end].join(" ")))
    };
    let has_transports = (1..=2).any(|from| from < words.len() && names_both(from));
    has_transports && words.iter().any(|word| word.starts_with("RFC"))
}

/// Whether a line right below the heading is a row: no other text stands there.
pub(super) fn has_cells(line: &str) -> bool {
    let is_cell =
        |word: &str| is_port_text(word) || ends_in_transport(word) || word.chars().all(is_dash);
    may_start(line) || line.split_whitespace().any(is_cell)
}

/// Whether blank lines part most rows.
pub(super) fn are_parted(lines: &[Line<'_>], starts: &[usize]) -> bool {
    let below_blank = |at: &&usize| lines[**at - 1].1.trim().is_empty();
    let others = starts.get(1..).unwrap_or_default();
    others.iter().filter(below_blank).count() * 2 > others.len()
}

/// The lines of a row and those that stand below it without being part of it: below a blank
/// line, a heading of Markdown, or that of the table.
pub(super) fn part<'l, 't>(lines: &'l [Line<'t>]) -> (&'l [Line<'t>], &'l [Line<'t>]) {
    let is_end =
        |(_, line): &Line<'t>| line.trim().is_empty() || line.starts_with('#') || is_heading(line);
    let below = lines.get(1..).unwrap_or_default();
    let end = below.iter().position(is_end);
    lines.split_at(end.map_or(lines.len(), |end| end + 1))
}

/// The ports of further rows in the lines of one, each with a transport behind it.
pub(super) fn further_starts(lines: &[Line<'_>]) -> Vec<RawCell> {
    let words = |line: &Line<'_>| -> Vec<(u32, String)> {
        let skipped = joined_start(line.1).map_or(0, |(_, transports)| transports);
        let words = line.1.split_whitespace().skip(skipped);
        words.map(|word| (line.0, word.to_owned())).collect()
    };
    let words: Vec<(u32, String)> = lines.iter().flat_map(words).collect();
    let pairs = words.windows(2);
    pairs
        .filter(|pair| is_port_text(&pair[0].1) && is_transport_cell(&pair[1].1))
        .map(|pair| RawCell {
            text: pair[0].1.clone(),
            place: pair[0].0.into(),
        })
        .collect()
}
