//! Words that are no port and have a transport all the same: `52x3/tcp`, `tcp 52x3`.

use std::ops::Range;

use crate::expression::{NO_PORT, Reader};
use crate::scan::Token;
use crate::transports::Transports;

/// Reports a word in the place of a port; false where there is none.
pub(super) fn report(reader: &mut Reader<'_>, tokens: &[Token]) -> bool {
    let Some((place, set)) = broken(reader.text, tokens) else {
        return false;
    };
    reader.unknown(place, set, NO_PORT.to_owned());
    true
}

/// The first word with a digit in a line of a transport and nothing else, and the transport.
fn broken(text: &str, tokens: &[Token]) -> Option<(Range<usize>, Transports)> {
    let mut broken = None;
    let mut transports = None;
    for token in tokens {
        match token {
            Token::Item(item) => transports = transports.or(item.suffix.as_ref().map(|own| own.0)),
            Token::Transport(set, _) => transports = transports.or(Some(*set)),
            Token::Word(span) if super::is_filler(&text[span.clone()]) => {}
            Token::Word(span) => {
                let (number, word) = split(&text[span.clone()]);
                // A word of a sentence.
                if !number.contains(|c: char| c.is_ascii_digit()) {
                    return None;
                }
                transports = transports.or(word);
                broken.get_or_insert(span.start..span.start + number.len());
            }
        }
    }
    broken.zip(transports)
}

/// A word without the transport behind its slash.
fn split(word: &str) -> (&str, Option<Transports>) {
    let parts = word.rsplit_once('/');
    let parts = parts.and_then(|(number, own)| Some((number, Transports::of_word(own)?)));
    parts.map_or((word, None), |(number, own)| (number, Some(own)))
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    #[test]
    fn a_word_in_the_place_of_a_port_is_reported() {
        let text = "80/tcp\n52x3/tcp\ntcp 5x\nudp 1-2-3, 53\n";
        assert_eq!(shown(text).1, ["80/tcp@1:1"]);
        let reason = "it is not a port";
        assert_eq!(
            unread(text),
            [
                format!("2:1 {reason}"),
                format!("3:5 {reason}"),
                format!("4:5 {reason}")
            ]
        );
        for text in [
            "80/tcp\ntcp is on en0\nsee tcp in RFC793\n",
            "80/tcp\nen0\n17.0.0.0/8\n",
        ] {
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }
}
