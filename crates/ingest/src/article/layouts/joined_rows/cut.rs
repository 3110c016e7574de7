//! Cuts the words of a row that spaces join into cells.

use appleports_model::{Message, Quoted, RawCell, is_dash, message};

use crate::article::table::shape::{is_name_word, is_rfc_cell};

/// A word and its line.
type Word<'t> = (u32, &'t str);

/// Title, RFC, name, and used by if there is one.
pub(super) type Cut = (RawCell, RawCell, RawCell, Option<RawCell>);

/// Cuts the words after the transport where there is one way to do it: the RFC cell is a
/// list of numbers or a lone dash, and the word after it the name.
pub(super) fn cut(lines: &[(u32, &str)], skip: usize, keeps_dashes: bool) -> Result<Cut, Message> {
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
        let (end, is_cell) = rfc_end(&words, at, port.unwrap_or_default());
        // Where empty cells were left out, a dash is one of the text.
        if is_cell && (keeps_dashes || !is_lone_dash(words[at].1)) {
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
                message!("it has no RFC number that separates the title from the name")
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

pub(super) fn is_lone_dash(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_dash)
}

/// Whether the line of a row shows that empty cells are dashes: it ends in one, or two stand
/// side by side.
pub(super) fn shows_empty_cells(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let has_pair = words
        .windows(2)
        .any(|pair| is_lone_dash(pair[0]) && is_lone_dash(pair[1]));
    has_pair || words.last().is_some_and(|word| is_lone_dash(word))
}

/// Where the RFC cell that begins at a word ends: behind the last of the numbers with
/// commas between, or behind a dash. The number of the
/// row's own port, and one behind the word "port", is no RFC.
///
/// Without such a cell, the place before which none begins, either.
fn rfc_end(words: &[Word<'_>], at: usize, port: &str) -> (usize, bool) {
    if is_lone_dash(words[at].1) {
        return (at + 1, true);
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
            return (end, true);
        }
    }
    // A comma behind the last number is one of a sentence.
    (end, false)
}

/// Whether a row can be cut with its RFC cell at these words.
fn way(words: &[Word<'_>], from: usize, end: usize) -> Result<(), Message> {
    let rfc = join(&words[from..end]);
    let is_dash = is_lone_dash(&rfc);
    // A list of RFC numbers may begin with the number of the row's own port.
    let before = from.checked_sub(1).map_or("", |before| words[before].1);
    let before = before.trim_end_matches([',', ';']);
    let may_go_before = is_rfc_cell(before) || is_lone_dash(before) && from > 1;
    // A title that begins with a dash is that dash.
    let is_no_title = from > 1 && is_lone_dash(words[0].1);
    let is_short = !is_dash
        && rfc
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() == 1 || digits.len() == 2);
    if from == 0 || is_short || may_go_before || is_no_title {
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
    for (word_line, word) in words {
        if !text.is_empty() {
            text.push(if *word_line == line { ' ' } else { '\n' });
        }
        line = *word_line;
        text.push_str(word);
    }
    text
}
