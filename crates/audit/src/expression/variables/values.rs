//! The values that a script gives to variables.

use std::ops::Range;

use crate::notations::{comment_at, joined};

/// What may be before the name of a variable that is set.
pub(crate) const COMMANDS: [&str; 6] = ["export", "readonly", "local", "declare", "typeset", "set"];

/// Words behind which a command begins.
pub(in crate::expression) const BEFORE: [&str; 8] =
    ["do", "then", "else", "{", "(", "&&", "||", ";"];

/// A value that a script gives to a variable.
pub(super) struct Value<'t> {
    pub(super) name: &'t str,
    pub(super) start: usize,
    /// Where it is, line by line; nothing where a command makes it.
    pub(super) lines: Vec<Range<usize>>,
    /// Whether a loop takes each word of it by itself.
    pub(super) is_loop: bool,
    /// Whether it is added to the value before it.
    pub(super) is_added: bool,
    /// Where the text goes on.
    pub(super) end: usize,
}

impl<'t> Value<'t> {
    /// The value in a part of the text; comments are no part of it.
    fn new(text: &'t str, name: &'t str, start: usize, (end, span): (usize, Range<usize>)) -> Self {
        let mut lines = Vec::new();
        let mut from = span.start;
        let text_start = text.as_ptr() as usize;
        let code_of = |line: &'t str| &line[..comment_at(line)];
        let mut parts = text[span.clone()].split_inclusive('\n').map(code_of);
        let is_made = parts.any(|code| code.contains(['`', '(']));
        for line in text[span].split_inclusive('\n') {
            let code = code_of(line).trim_end_matches(['\\', '\r', '\n']);
            if !is_made && code.trim_start().starts_with('[') && code.contains("]=") {
                // `[http]=80 [https]=443`.
                for word in code.split_ascii_whitespace() {
                    let number = word.split_once("]=").map_or(word, |(_, number)| number);
                    let start = number.as_ptr() as usize - text_start;
                    lines.push(start..start + number.len());
                }
            } else if !is_made && !code.trim().is_empty() {
                lines.push(from..from + code.len());
            }
            from += line.len();
        }
        Self {
            name,
            start,
            lines,
            is_loop: false,
            is_added: false,
            end,
        }
    }
}

/// The values of a script, in the order of the text.
pub(super) fn values(text: &str) -> Vec<Value<'_>> {
    let mut found: Vec<Value<'_>> = Vec::new();
    let mut until = 0;
    for line in text.split_inclusive('\n') {
        let code = &line[..comment_at(line)];
        let mut is_start = true;
        let mut before = ["", "", ""];
        for word in code.split_ascii_whitespace() {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            if at < until {
                continue;
            }
            before = [before[1], before[2], word];
            let value = match before {
                ["for", name, "in"] => Some(of_loop(text, name, at + word.len())),
                [_, ":local" | ":global" | ":set", name] => of_command(text, name, at),
                ["", name, "="] => of_powershell(text, name, at + 1),
                _ if is_start => of_shell(text, word, at),
                _ => None,
            };
            if let Some(value) = value {
                until = value.end;
                is_start = text[until..].starts_with(';') || is_start;
                found.push(value);
            } else {
                let is_command = COMMANDS.contains(&word) || word.starts_with('-');
                is_start = BEFORE.contains(&word) || word.ends_with(';') || is_start && is_command;
            }
        }
    }
    found
}

/// Where a value that begins at a place ends, and where its text is without quotes or brackets.
fn extent(text: &str, start: usize) -> (usize, Range<usize>) {
    let rest = &text[start..];
    let close = match rest.chars().next() {
        Some('(') => ')',
        Some(quote @ ('"' | '\'')) => quote,
        _ => {
            let length = rest.find(|c: char| c.is_whitespace() || c == ';');
            let end = joined(text, start + length.unwrap_or(rest.len()));
            return (end, start..end);
        }
    };
    let length = match close {
        ')' => bracket_length(&rest[1..]),
        quote => rest[1..].find(quote),
    };
    match length {
        Some(length) => (start + length + 2, start + 1..start + 1 + length),
        // It goes on to the end of the text.
        None => (text.len(), start..start),
    }
}

/// How long a text is up to the bracket that closes it, which is in no comment.
fn bracket_length(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(at) = line[..comment_at(line)].find(')') {
            return Some(start + at);
        }
        start += line.len();
    }
    None
}

/// `TCP_PORTS="80,443"`, `TCP_PORTS+=,5223`.
fn of_shell<'t>(text: &'t str, word: &'t str, at: usize) -> Option<Value<'t>> {
    // `set "TCP=80,443"` of a batch file.
    let quote = usize::from(word.starts_with('"'));
    let (word, at) = (&word[quote..], at + quote);
    let (name, _) = word.split_once('=')?;
    let plain = name.strip_suffix('+').unwrap_or(name);
    // `TCP[0]=80` adds an element.
    let element = plain
        .strip_suffix(']')
        .and_then(|name| name.split_once('['));
    let plain = element.map_or(plain, |(array, _)| array);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = !plain.is_empty() && plain.chars().all(is_part);
    is_name.then(|| Value {
        is_added: plain.len() < name.len(),
        ..Value::new(text, plain, at, extent(text, at + name.len() + 1))
    })
}

/// `for port in 80 443; do`; the words begin at `start`.
fn of_loop<'t>(text: &'t str, name: &'t str, start: usize) -> Value<'t> {
    let mut before = ' ';
    let length = text[start..].find(|c| {
        let is_continued = std::mem::replace(&mut before, c) == '\\';
        c == ';' || c == '\n' && !is_continued
    });
    let end = length.map_or(text.len(), |length| start + length);
    Value {
        is_loop: true,
        ..Value::new(text, name, start, (end, start..end))
    }
}

/// `:local ports "80,443"` of `RouterOS`; the name is at `at`.
fn of_command<'t>(text: &'t str, name: &'t str, at: usize) -> Option<Value<'t>> {
    let rest = &text[at + name.len()..];
    let value = text.len() - rest.trim_start_matches(' ').len();
    (!name.contains('=')).then(|| Value::new(text, name, at, extent(text, value)))
}

/// `$ports = 80, 443` or `$ports = @(80, 443)`; the value is behind `behind`.
fn of_powershell<'t>(text: &'t str, name: &'t str, behind: usize) -> Option<Value<'t>> {
    let name = name.strip_prefix('$')?;
    let line = text[behind..].lines().next().unwrap_or_default();
    let code = line[..comment_at(line)].trim_end();
    let start = behind + code.len() - code.trim_start().len();
    let place = if code.trim_start().starts_with("@(") {
        extent(text, start + 1)
    } else if code.trim_start().starts_with("@{") {
        // Which of the values a rule has is not read: it is reported where the rule is.
        (behind + code.len(), start..start)
    } else {
        let end = behind + code.len();
        (end, start..end)
    };
    Some(Value::new(text, name, behind, place))
}
