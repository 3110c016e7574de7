//! Rows whose cells are joined by spaces.
//!
//! ```text
//! 22 TCP Secure Shell (SSH) 4253 ssh Xcode Server (hosted Git+SSH)
//! ```
//!
//! Only a row with exactly one number between title and name can be cut without
//! guessing: the number is the RFC, the word after it the name, and the rest
//! "used by". Every other row is rejected.

use appleports_model::{Column, Message, Quoted, RawCell, RawRow, RawTable, is_dash, message};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::draft::Draft;
use crate::article::table::shape::{
    ends_in_transport, is_name_word, is_port_text, is_rfc_cell, is_transport_cell,
};

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "joined-rows",
    file: "capture.txt",
    media_type: "text/plain",
    read: |document| Ok(table(document)),
};

/// The words of a line and how many of them are the port and the transport.
fn start(line: &str) -> Option<(usize, usize)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().take(8).collect();
    let ports = (1..=words.len().min(4))
        .rev()
        .find(|count| is_port_text(&words[..*count].join(" ")))?;
    let transports = (ports + 1..=words.len().min(ports + 3)).rev().find(|end| {
        ends_in_transport(words[end - 1]) && is_transport_cell(&words[ports..*end].join(" "))
    })?;
    Some((ports, transports))
}

/// Whether a line below a row may be a row itself: its port cannot be read, or nothing tells
/// that it lacks a transport.
fn may_start(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let mut next = words.take(3).peekable();
    line.starts_with(|c: char| c.is_ascii_digit())
        && next.peek().is_some()
        && (is_port_text(first) || next.any(is_transport_cell))
}

fn table(document: &Document<'_>) -> Option<RawTable> {
    let lines: Vec<(u32, &str)> = document.lines().collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|at| start(lines[*at].1).is_some())
        .collect();
    let first = *starts.first()?;
    let mut reader = Reader {
        draft: Draft::new(document, &LAYOUT, Column::ALL.to_vec()),
    };
    reader.draft.note(
        &rules::CUT_BY_CONTENT,
        lines[first].0,
        message!("the cells of each row are joined by spaces").known_as(LAYOUT.name),
    );
    // A text that is cut off right behind a port has begun another row.
    let begun = lines
        .iter()
        .rposition(|(_, line)| !line.trim().is_empty())
        .filter(|last| !starts.contains(last) && is_port_text(lines[*last].1.trim()));
    for (line, text) in lines[..first].iter().filter(|(_, text)| may_start(text)) {
        let why = message!("its port cannot be read").known_as("port-unreadable");
        reader.reject_unread(*line, text, why);
    }
    for (at, begin) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().or(begun);
        reader.row(&lines[*begin..end.unwrap_or(lines.len())], end.is_none());
    }
    if let Some((line, port)) = begun.map(|at| lines[at]) {
        let why = message!("the text ends after its port").known_as("ends-after-port");
        reader.draft.reject(&rules::CUT_OFF, line, port.trim(), why);
    }
    reader.draft.finish_if_any()
}

struct Reader {
    draft: Draft,
}

/// A word and its line.
type Word<'t> = (u32, &'t str);

impl Reader {
    /// Rejects the row of a line, of which only the first word is certain.
    fn reject_unread(&mut self, line: u32, text: &str, why: Message) {
        let port = text.split_whitespace().next().unwrap_or_default();
        self.draft.reject(&rules::UNALIGNED_ROW, line, port, why);
    }

    fn row(&mut self, lines: &[(u32, &str)], is_last: bool) {
        let (line, text) = lines[0];
        let Some((ports, transports)) = start(text) else {
            return;
        };
        let end = if is_last {
            let blank = lines.iter().position(|(_, text)| text.trim().is_empty());
            blank.unwrap_or(lines.len())
        } else {
            lines.len()
        };
        let below = lines[1..end].iter().filter(|(_, text)| may_start(text));
        if below.clone().next().is_some() {
            let why = message!("its texts and those of the rows below it cannot be told apart")
                .known_as("rows-mixed");
            self.reject_unread(line, text, why.clone());
            below.for_each(|(line, text)| self.reject_unread(*line, text, why.clone()));
            return;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let port = words[..ports].join(" ");
        let lines = if is_last {
            end_of_last(lines)
        } else {
            Ok(lines)
        };
        let done = lines
            .map_err(|why| (&rules::CUT_OFF, why))
            .and_then(|lines| cut(lines, transports).map_err(|why| (&rules::UNALIGNED_ROW, why)));
        match done {
            Ok((title, rfc, name, used_by)) => {
                let cell = |words: &[&str]| {
                    Some(RawCell {
                        text: words.join(" "),
                        place: line.into(),
                    })
                };
                let line_last = used_by.as_ref().map_or(line, |cell| {
                    let breaks = cell.text.matches('\n').count();
                    cell.place.line + u32::try_from(breaks).unwrap_or_default()
                });
                let cells = [
                    cell(&words[..ports]),
                    cell(&words[ports..transports]),
                    Some(title),
                    Some(rfc),
                    Some(name),
                    used_by,
                ];
                let captured = cells
                    .iter()
                    .flatten()
                    .map(|cell| cell.text.clone())
                    .collect();
                let mut row = RawRow {
                    confirmed: None,
                    cells,
                    captured,
                    place: line.into(),
                    line_last,
                };
                for cell in row.cells.iter_mut().flatten() {
                    self.draft.mend(&port, cell);
                }
                self.draft.accept(row);
            }
            Err((rule, why)) => self.draft.reject(rule, line, &port, why),
        }
    }
}

/// The lines of the last row: its own one, if that is certainly whole.
fn end_of_last<'l, 't>(lines: &'l [(u32, &'t str)]) -> Result<&'l [(u32, &'t str)], Message> {
    let has_blank = lines.get(1).is_some_and(|(_, text)| text.trim().is_empty());
    let has_more = lines
        .iter()
        .skip(1)
        .any(|(_, text)| !text.trim().is_empty());
    if has_blank && has_more {
        Ok(&lines[..1])
    } else {
        Err(
            message!("the text ends in this row, so its last cell may be cut off")
                .known_as("text-ends"),
        )
    }
}

/// Title, RFC, name, and used by if there is one.
type Cut = (RawCell, RawCell, RawCell, Option<RawCell>);

/// Cuts the words after the transport where there is one way to do it: the RFC cell is a
/// list of numbers or a lone dash, and the word after it the name.
fn cut(lines: &[(u32, &str)], skip: usize) -> Result<Cut, Message> {
    let words: Vec<Word<'_>> = lines
        .iter()
        .flat_map(|(line, text)| text.split_whitespace().map(|word| (*line, word)))
        .skip(skip)
        .collect();
    let port = lines
        .first()
        .and_then(|(_, text)| text.split_whitespace().next());
    let mut ways = Vec::new();
    let (mut reason, mut in_doubt) = (None, false);
    let mut at = 0;
    while at < words.len() && ways.len() < 2 {
        let end = rfc_end(&words, at, port.unwrap_or_default());
        if end > at {
            match way(&words, at, end) {
                Ok(()) => ways.push((at, end)),
                Err(why) => {
                    reason = reason.or(Some(why));
                    // A number that a name follows may be the RFC, whatever comes then.
                    let name = words.get(end).map_or("", |word| word.1);
                    in_doubt |= !is_lone_dash(words[at].1)
                        && words[at].1.len() > 2
                        && is_name_word(name)
                        && !is_rfc_cell(name);
                }
            }
        }
        at = end.max(at + 1);
    }
    let (from, end) = match ways.as_slice() {
        [way] if !in_doubt => *way,
        [] => {
            return Err(reason.unwrap_or_else(|| {
                message!("it has no RFC number to tell the title from the name by")
                    .known_as("no-rfc")
            }));
        }
        _ => {
            let why = message!("it has several numbers, each of which may be the RFC");
            return Err(why.known_as("several-numbers"));
        }
    };
    let used = &words[end + 1..];
    let used_by = used.first().map(|first| RawCell {
        text: join(used),
        place: first.0.into(),
    });
    Ok((
        one(&words[..from]),
        one(&words[from..end]),
        one(&words[end..=end]),
        used_by,
    ))
}

fn is_lone_dash(word: &str) -> bool {
    word.chars().all(is_dash)
}

/// Where the RFC cell that begins at a word ends: behind the last of the numbers with
/// commas between, or behind a dash; the same place where none begins. The number of the
/// row's own port, and one behind the word "port", is no RFC.
fn rfc_end(words: &[Word<'_>], at: usize, port: &str) -> usize {
    if is_lone_dash(words[at].1) {
        return at + 1;
    }
    let is_port = |word: &str| word.trim_end_matches([',', ';']) == port;
    let is_behind_port = at
        .checked_sub(1)
        .is_some_and(|before| words[before].1.to_lowercase().trim_end_matches('s') == "port");
    let mut end = at;
    while let Some((_, word)) = words.get(end) {
        let number = word.trim_end_matches([',', ';']);
        if !is_rfc_cell(number) || is_port(word) || is_behind_port {
            break;
        }
        end += 1;
        if number.len() == word.len() {
            return end;
        }
    }
    // A comma behind the last number is one of a sentence.
    at
}

/// Whether a row can be cut with its RFC cell at these words.
fn way(words: &[Word<'_>], from: usize, end: usize) -> Result<(), Message> {
    let rfc = join(&words[from..end]);
    let is_dash = is_lone_dash(&rfc);
    let before = from.checked_sub(1).map_or("", |before| words[before].1);
    let may_go_before = !is_dash && is_rfc_cell(before);
    let is_short = !is_dash
        && rfc
            .split(|c: char| !c.is_ascii_digit())
            .any(|own| own.len() == 1 || own.len() == 2);
    if from == 0 || is_short || may_go_before {
        let why = message!("`{}` may be part of the title or the RFC number", rfc);
        return Err(why.known_as("title-or-rfc"));
    }
    let [name, used_by @ ..] = &words[end..] else {
        return Err(message!("nothing follows the RFC number").known_as("no-name"));
    };
    let next = used_by.first().map_or("", |word| word.1);
    let is_end = used_by.len() == 1 && is_lone_dash(next);
    let goes_on = !is_end
        && (next.starts_with(|c: char| !c.is_alphanumeric())
            || !next.is_empty() && next.chars().all(|c| !c.is_uppercase()));
    let is_name = is_name_word(name.1) || is_lone_dash(name.1) && !next.is_empty();
    if !is_name || goes_on && !next.chars().any(is_ideograph) {
        let next = format!("{} {next}", name.1);
        let why = message!(
            "`{}` after the RFC number may be the name or \"used by\"",
            Quoted(&next)
        );
        return Err(why.known_as("name-or-used-by"));
    }
    Ok(())
}

/// Letters without upper and lower case say nothing about names.
fn is_ideograph(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

fn one(words: &[Word<'_>]) -> RawCell {
    RawCell {
        text: join(words),
        place: words.first().map_or(1, |word| word.0).into(),
    }
}

/// The words with spaces between, and with line breaks where a line ended.
fn join(words: &[Word<'_>]) -> String {
    let mut text = String::new();
    let mut line = words.first().map_or(1, |word| word.0);
    for (own, word) in words {
        if !text.is_empty() {
            text.push(if *own == line { ' ' } else { '\n' });
        }
        line = *own;
        text.push_str(word);
    }
    text
}
