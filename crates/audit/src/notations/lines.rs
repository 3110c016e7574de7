//! Plain lists: a port or a range a line, or several with commas or spaces between.

mod assignment;
mod bold;
mod bound;
mod broken;
mod compose;
mod fillers;
mod line;
mod scope;
mod separator;
mod tables;
mod titles;
mod whole;
mod within;
mod words;

use std::ops::Range;

pub(super) use assignment::assignment;
use assignment::{Assignment, left_open};
use bold::Bold;
use compose::{is_compose, published};
pub(super) use fillers::is_filler;
use line::{Reading, reading};
use scope::Scopes;
use separator::{between, has_colons};
use tables::tables;
use titles::{denied, heading, numbered};
use whole::Whole;
use within::{Within, code_end};

use super::closed::closed_lines;
use super::comments::Comments;
use super::{CLOSED, is_not_open};
use crate::expression::{Reader, group};
use crate::read::{MAX_WORDS, Notation, ReadError, Shape};
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "lines",
    shape: Shape::Plain,
    is_tcp_by_default: false,
    is_in: |_| true,
    read,
    is_comment: |line| ["#", ";", "//"].iter().any(|sign| line.starts_with(sign)),
    comments: Comments::Kept,
};

/// Why a line is not read in which a transport may be for the ports on either side.
const UNCLEAR: &str = "it has different transports for the same port";

/// What the lines before say of a line.
struct Above {
    /// The transport of a section.
    section: Transports,
    /// Whether a line of it says so, `protocol = udp`, which holds up to the next one.
    is_of_table: bool,
    /// Whether its ports are not open.
    is_closed: bool,
    /// A variable whose value goes on, and the sign that ends it.
    variable: Option<(Assignment, char)>,
    whole: Whole,
    /// The column of a mapping of YAML whose action opens nothing.
    denied: Option<usize>,
    /// Whether it is a file of Docker Compose, where a colon is between the port of the host and that
    /// of the container.
    is_compose: bool,
}

/// A line, or the part of it that may have ports.
struct Part {
    /// The index of the line.
    at: usize,
    span: Range<usize>,
    tokens: Vec<Token>,
    variable: Option<Assignment>,
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let is_compose = is_compose(reader.text);
    let group = reader.new_group(group("-", (!is_compose).then_some("\n")));
    let mut above = Above {
        section: Transports::NONE,
        is_of_table: false,
        is_closed: false,
        variable: None,
        whole: Whole::of(reader),
        denied: None,
        is_compose,
    };
    let (mut number, mut separator) = (1, None);
    let (mut scopes, mut within) = (Scopes::default(), Within::default());
    let closed = closed_lines(reader.text);
    let tables = tables(reader.text);
    for (at, mut span) in reader.lines() {
        let (line, start) = (&reader.text[span.clone()], span.start);
        if closed[at] {
            within.line(line, start, &mut []);
            reader.leave(at, CLOSED);
            continue;
        }
        if let Some(stated) = tables.get(&at) {
            if !stated.is_empty() || above.is_of_table {
                above.section = *stated;
            }
            above.is_of_table = !stated.is_empty();
        }
        // Each list of a file begins with 1.
        let numbered = numbered(&reader.text[span.clone()]);
        if let Some((stated, length)) = numbered.filter(|(stated, _)| [number, 1].contains(stated))
        {
            number = stated + 1;
            span.start += length;
        }
        let first = reader.entries.len();
        if let Some(part) = open_part(reader, &mut above, at, span.clone())? {
            ports(reader, group, &above, part)?;
        }
        within.line(line, start, &mut reader.entries[first..]);
        scopes.line(reader.text, span, &mut reader.entries[first..]);
        if separator.is_none() {
            separator = between(reader.text, &reader.entries[first..]);
        }
    }
    broken::report_comments(reader);
    if let Some(sign) = separator.filter(|_| !is_compose) {
        reader.groups[group].separator = Some(sign);
    }
    if has_colons(reader) {
        reader.groups[group].range_sign = ":".into();
    }
    Ok(())
}

/// The part of a line that may have open ports; titles say what is below them.
fn open_part(
    reader: &mut Reader<'_>,
    above: &mut Above,
    at: usize,
    mut span: Range<usize>,
) -> Result<Option<Part>, ReadError> {
    let text = reader.text;
    let line = &text[span.clone()];
    let is_comment = (NOTATION.is_comment)(line.trim_start());
    if !is_comment {
        span.end = span.start + code_end(line);
    }
    let tokens: Vec<Token> = Scanner::new(text, span.clone()).take(MAX_WORDS).collect();
    if tokens.len() == MAX_WORDS {
        return Err(ReadError::TooManyWords { line: at + 1 });
    }
    if broken::report_sign(reader, line, &span, &tokens) {
        return Ok(None);
    }
    let is_closing = tokens.iter().any(|token| match token {
        Token::Word(span) => is_not_open(text[span.clone()].trim_matches([':', '.'])),
        _ => false,
    });
    if is_comment && above.variable.is_some() {
        return Ok(None);
    }
    let variable = if let Some((variable, close)) = above.variable.take() {
        let is_open = !text[span.clone()].contains(close);
        above.variable = is_open.then_some((variable, close));
        Some(variable)
    } else {
        if let Some(set) = heading(text, &tokens, line).filter(|_| !is_closing) {
            above.section = set;
            reader.leave(at, "the transport of the lines below");
            return Ok(None);
        }
        let assigned = assignment(&text[span.clone()], above.section);
        if let Some(assigned) = assigned {
            span.start += assigned.value;
            let close = left_open(&text[span.clone()]);
            above.variable = close.map(|close| (assigned, close));
        }
        assigned
    };
    if is_comment {
        return Ok(None);
    }
    let tokens = match variable {
        Some(_) => Scanner::new(text, span.clone()).collect(),
        None => tokens,
    };
    if line.trim_start().starts_with('|') {
        reader.leave(at, "a row of a table among other text");
        return Ok(None);
    }
    if line.trim_end().ends_with(':') && !tokens.iter().any(|token| matches!(token, Token::Item(_)))
    {
        above.is_closed = is_closing;
    }
    above.denied = denied(line, above.denied);
    if is_closing
        || above.is_closed
        || above.denied.is_some()
        || variable.is_some_and(|variable| variable.is_closed)
    {
        reader.leave(at, CLOSED);
        return Ok(None);
    }
    if let Some(variable) = variable.filter(|_| tokens.is_empty()) {
        if above.variable.is_none() {
            above.section = variable.transports;
        }
        reader.leave(at, "the transport of the lines below");
        return Ok(None);
    }
    Ok(Some(Part {
        at,
        span,
        tokens,
        variable,
    }))
}

/// Adds the ports of a part of a line.
fn ports(
    reader: &mut Reader<'_>,
    group: usize,
    above: &Above,
    mut part: Part,
) -> Result<(), ReadError> {
    let text = reader.text;
    let stated = part
        .variable
        .map_or(above.section, |variable| variable.transports);
    let is_one_end = part.variable.is_some_and(|variable| variable.is_one_end);
    if part.variable.is_some() && !is_one_end {
        for name in assignment::other_words(text, &mut part.tokens) {
            reader.unread(name.clone(), "this is no port".to_owned());
            reader.name(text[name].to_owned(), stated)?;
        }
    }
    if broken::report_pairs(reader, &part.span, stated) {
        return Ok(());
    }
    if words::take(reader, (part.at, group), &mut part.tokens, stated)? {
        return Ok(());
    }
    let bold = if stated.is_empty() {
        above.whole.bold
    } else {
        Bold::All
    };
    let ports = match reading(text, &part.tokens, above.whole.is_of_names, bold) {
        Reading::Ports(ports) if !is_one_end => ports,
        Reading::Unclear if !is_one_end => {
            reader.unread(part.span, UNCLEAR.to_owned());
            return Ok(());
        }
        _ => {
            let has_port = part
                .tokens
                .iter()
                .any(|token| matches!(token, Token::Item(_)));
            let is_set = has_port || text[..part.span.start].ends_with('=');
            match part.variable.filter(|_| is_set) {
                Some(variable) => reader.unread(part.span, variable.reason(text, &part.tokens)),
                None if broken::report(reader, &part.tokens, stated) => {}
                None => reader.leave(part.at, "words, or numbers that are no ports"),
            }
            return Ok(());
        }
    };
    if part.variable.is_none() {
        broken::report_open(reader, &part.tokens, true);
    }
    for mut port in ports {
        if above.is_compose {
            published(text, &mut port);
        }
        let is_added = reader.add(port.item, port.transports.unwrap_or(stated), group)?;
        if let Some(entry) = reader.entries.last_mut().filter(|_| is_added) {
            let suffix = entry.transport_span.take();
            entry.transport_span = suffix.or(port.word);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
