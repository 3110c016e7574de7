//! firewalld: `<port protocol="tcp" port="80"/>` in services, zones and policies.

use std::ops::Range;

use crate::expression::{Reader, group};
use crate::list::Repeat;
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "firewalld",
    is_in,
    read,
    is_comment: |line| line.starts_with("<!--") && line.ends_with("-->"),
};

/// The longest element in bytes.
const MAX_TAG: usize = 500;

fn is_in(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
        && !elements(text).is_empty()
}

/// Where the value of an attribute is.
fn attribute(tag: &str, name: &str) -> Option<(usize, usize)> {
    let mut places = tag.match_indices(name);
    places.find_map(|(at, _)| {
        let rest = &tag[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let is_whole = tag[..at].ends_with(char::is_whitespace);
        let start = tag.len() - value.len() + 1;
        let length = tag[start..].find(quote)?;
        is_whole.then_some((start, start + length))
    })
}

/// Whether an element is a line of its own, with nothing but a few spaces before it.
fn is_line(text: &str, span: Range<usize>) -> bool {
    let before = &text.as_bytes()[span.start.saturating_sub(MAX_TAG)..span.start];
    let mut before = before.iter().rev();
    let starts = before.find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'\n');
    let element = &text[span.clone()];
    let ends = text[span.end..].starts_with(['\n', '\r']);
    starts && ends && element.ends_with("/>") && !element.contains('\n')
}

/// Where the `<port` elements begin, those in comments left out.
fn elements(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        let rest = &text[start..];
        at = if let Some(comment) = rest.strip_prefix("<!--") {
            comment
                .find("-->")
                .map_or(text.len(), |end| start + 4 + end)
        } else {
            let name = rest.strip_prefix("<port");
            if name.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace())) {
                found.push(start);
            }
            start + 1
        };
    }
    found
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    for at in elements(text) {
        let rest = &text.as_bytes()[at..text.len().min(at + MAX_TAG)];
        let Some(end) = rest.iter().position(|byte| *byte == b'>') else {
            continue;
        };
        let tag = &text[at..at + end];
        let transports = attribute(tag, "protocol")
            .and_then(|(start, end)| Transports::of_stated(&tag[start..end]));
        if let (Some((start, end)), Some(transports)) = (attribute(tag, "port"), transports) {
            let mut own = group("-", None);
            if is_line(text, at..at + tag.len() + 1) {
                own.repeat = Repeat::Line;
            }
            reader.expression(at + start..at + end, transports, own)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn reads_the_ports_of_a_service() {
        let text = "<service>\n<short>9</short>\n  <port port=\"3478-3497\" protocol='udp'/>\n</service>\n";
        assert_eq!(
            shown(text),
            ("firewalld", vec!["3478-3497/udp@3:15".to_owned()])
        );
    }

    #[test]
    fn comments_open_nothing() {
        let text = "<zone>\n<!-- <port port=\"9\" protocol=\"tcp\"/> -->\n<port\n port=\"80\" protocol=\"tcp\"/>\n<!-- <port port=\"7\"";
        assert_eq!(shown(text), ("firewalld", vec!["80/tcp@4:8".to_owned()]));
    }
}
