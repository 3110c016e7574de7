//! What the XML readers share.

use roxmltree::{Document, Error, Node};

use crate::lines::LineCounter;
use crate::refusal::Refusal;

/// The parser compares each name space with all others, and each attribute with all of its
/// tag; files that these readers are for have three name spaces and five attributes.
const MAX_NAME_SPACES: usize = 100;

/// The most attributes of a tag.
const MAX_ATTRIBUTES: usize = 50;

/// The most bytes from one tag to the next.
const MAX_BYTES_BETWEEN_TAGS: usize = 10_000;

/// The most tags: the RFC index, which has the most, has half as many.
const MAX_TAGS: usize = 2_000_000;

/// Refuses a file that would take the parser long.
fn check_harmless(text: &str) -> Result<(), Refusal> {
    let refuse = |at: usize, reason: &str| Refusal {
        line: LineCounter::new(text.as_bytes()).at(at),
        reason: reason.to_owned(),
    };
    if let Some((at, _)) = text.match_indices("xmlns").nth(MAX_NAME_SPACES) {
        return Err(refuse(
            at,
            "the XML has more name spaces than any such file",
        ));
    }
    let mut at = 0;
    for (count, part) in text.split('<').enumerate() {
        if count > MAX_TAGS {
            return Err(refuse(at, "the XML has more tags than any such file"));
        }
        if part.len() > MAX_BYTES_BETWEEN_TAGS && !part.starts_with('!') {
            return Err(refuse(at, "a tag or text is longer than in any such file"));
        }
        if attributes(part) > MAX_ATTRIBUTES && !part.starts_with('!') {
            return Err(refuse(at, "a tag has more attributes than any such file"));
        }
        at += part.len() + 1;
    }
    Ok(())
}

/// The attributes of the tag that a text begins with: the equals signs up to its end, or more. A `>`
/// in quotes ends no tag.
fn attributes(text: &str) -> usize {
    let (mut quote, mut count) = (None, 0);
    for byte in text.bytes() {
        match (quote, byte) {
            (_, b'=') => count += 1,
            (None, b'>') => break,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    count
}

/// The tree of a whole file. A document type is refused, and with it all entities that a
/// file declares itself.
pub(crate) fn parse(bytes: &[u8]) -> Result<Document<'_>, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refusal {
        line: LineCounter::new(bytes).at(error.valid_up_to()),
        reason: "the text is not UTF-8".to_owned(),
    })?;
    check_harmless(text)?;
    Document::parse(text).map_err(|error| match error {
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => Refusal {
            line: LineCounter::new(bytes).at(bytes.len()),
            reason: "the file ends before its last element does".to_owned(),
        },
        Error::DtdDetected => Refusal {
            line: LineCounter::new(bytes).at(text.find("<!DOCTYPE").unwrap_or(0)),
            reason: "the XML declares a document type, which no such file does".to_owned(),
        },
        Error::NoRootNode => Refusal {
            line: 1,
            reason: "this XML has no element".to_owned(),
        },
        error => Refusal {
            line: u64::from(error.pos().row),
            reason: format!("damaged XML: {error}"),
        },
    })
}

/// The elements right within another.
pub(crate) fn elements<'t>(node: Node<'t, 't>) -> impl Iterator<Item = (&'t str, Node<'t, 't>)> {
    let elements = node.children().filter(Node::is_element);
    elements.map(|node| (node.tag_name().name(), node))
}

/// All texts within an element.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|node| node.text()).collect()
}
