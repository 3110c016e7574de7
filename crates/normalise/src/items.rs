//! A port or transport cell as tokens, and those as items with joints between.

use appleports_model::{SEPARATORS, is_dash};

use crate::joiners::{Joiner, Joiners};

/// A piece of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    /// Letters and digits of one script without anything between.
    Word(&'t str),
    /// A dash, or a word such as "to".
    Dash,
    /// A sign that parts items, or a word such as "and".
    Separator,
    /// The end of a line.
    Break,
    /// Anything else.
    Sign(char),
}

/// The script of a character, as far as it ends a word: Latin letters and ASCII digits,
/// or any other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Other,
}

fn script(c: char) -> Option<Script> {
    match c {
        _ if c.is_ascii_alphanumeric() => Some(Script::Latin),
        _ if c.is_ascii() || c.is_whitespace() || is_dash(c) || SEPARATORS.contains(&c) => None,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}' => {
            Some(Script::Latin)
        }
        _ => Some(Script::Other),
    }
}

/// The tokens of a cell in plain form. Words end where the script changes; those that
/// join items in the language are dashes and separators.
pub(crate) fn tokens<'t>(text: &'t str, joiners: &Joiners) -> Vec<Token<'t>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match script(c) {
            Some(word_script) => {
                length = rest
                    .find(|c| script(c) != Some(word_script))
                    .unwrap_or(rest.len());
                tokens.push(Token::Word(&rest[..length]));
            }
            None if c == '\n' => tokens.push(Token::Break),
            None if c.is_whitespace() => {}
            None if is_dash(c) => tokens.push(Token::Dash),
            None if SEPARATORS.contains(&c) => tokens.push(Token::Separator),
            None => tokens.push(Token::Sign(c)),
        }
        rest = &rest[length..];
    }
    join(&tokens, joiners)
}

/// The tokens with the words of the language as the signs that they stand for. A dash
/// right behind "and" is its own, as in Hebrew.
fn join<'t>(tokens: &[Token<'t>], joiners: &Joiners) -> Vec<Token<'t>> {
    let mut joined = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let words: Vec<&str> = tokens[at..]
            .iter()
            .map_while(|token| match token {
                Token::Word(word) => Some(*word),
                _ => None,
            })
            .take(4)
            .collect();
        match joiners.at_start(&words) {
            Some((Joiner::List, count)) => {
                joined.push(Token::Separator);
                at += count;
                at += usize::from(tokens.get(at) == Some(&Token::Dash));
            }
            Some((Joiner::Range, count)) => {
                joined.push(Token::Dash);
                at += count;
            }
            None => {
                joined.push(*token);
                at += 1;
            }
        }
    }
    joined
}

/// The items of a list: the tokens between separators and line ends. A line end beside a
/// dash or a separator is none of its own. `None` where an item is empty.
pub(crate) fn items<'t>(tokens: &[Token<'t>]) -> Option<Vec<Vec<Token<'t>>>> {
    let is_joint = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| matches!(token, Token::Dash | Token::Separator | Token::Break))
    };
    let mut items = vec![Vec::new()];
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Break if is_joint(at.checked_sub(1)) || is_joint(Some(at + 1)) => {}
            Token::Break | Token::Separator => items.push(Vec::new()),
            other => {
                if let Some(item) = items.last_mut() {
                    item.push(*other);
                }
            }
        }
    }
    items.iter().all(|item| !item.is_empty()).then_some(items)
}
