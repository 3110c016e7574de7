//! Words between ports that say nothing of their own.

use std::ops::Range;

use crate::scan::{Item, Token};

/// Words that may stand beside ports and say nothing else.
const FILLERS: [&str; 22] = [
    "and",
    "und",
    "sowie",
    "et",
    "y",
    "e",
    "en",
    "och",
    "og",
    "ou",
    "--add-port",
    "or",
    "port",
    "ports",
    "proto",
    "protocol",
    "transport",
    "-",
    "*",
    "•",
    "both",
    "via",
];

/// Words before the first end of a range: `from 3478 to 3497`.
const BEFORE_RANGE: [&str; 8] = ["from", "von", "vom", "de", "da", "van", "från", "fra"];

/// Words before the ends of a range that `and` joins: `between 3478 and 3497`.
const BEFORE_ENDS: [&str; 4] = ["between", "zwischen", "entre", "tussen"];
const AND: [&str; 5] = ["and", "und", "et", "y", "en"];

/// Reads the words of ranges: those before one are taken out, and ends that a word joins are one
/// range.
pub(super) fn read_ranges_in_words(text: &str, tokens: &mut Vec<Token>) {
    let is = |span: &Range<usize>, known: &[&str]| {
        let word = &text[span.clone()];
        known
            .iter()
            .any(|expected| word.eq_ignore_ascii_case(expected))
    };
    let mut left = Vec::with_capacity(tokens.len());
    let mut rest = std::mem::take(tokens).into_iter().peekable();
    while let Some(token) = rest.next() {
        match (&token, rest.peek()) {
            (Token::Word(span), Some(Token::Item(Item { last: Some(_), .. })))
                if is(span, &BEFORE_RANGE) => {}
            _ => left.push(token),
        }
        let [
            ..,
            Token::Word(before),
            Token::Item(first),
            Token::Word(and),
            Token::Item(last),
        ] = left.as_slice()
        else {
            continue;
        };
        let is_range = first.last.is_none() && last.last.is_none();
        if is_range && is(before, &BEFORE_ENDS) && is(and, &AND) {
            let range = Item {
                first: first.first.clone(),
                last: Some(last.first.clone()),
                span: first.span.start..last.span.end,
                suffix: last.suffix.clone().or(first.suffix.clone()),
                oddity: first.oddity.max(last.oddity),
            };
            left.truncate(left.len() - 4);
            left.push(Token::Item(range));
        }
    }
    *tokens = left;
}

/// Whether a word is one of them, or only signs.
pub(in crate::notations) fn is_filler(word: &str) -> bool {
    let word = word.trim_matches([':', '=', '.']);
    word.is_empty()
        || FILLERS
            .iter()
            .any(|filler| word.eq_ignore_ascii_case(filler))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::audit;

    #[test]
    fn a_range_may_begin_with_a_word() {
        let rows = ["80/tcp", "3478-3497/udp", "16384-16387/udp"];
        for list in [
            "UDP from 3478 to 3497, from 16384 to 16387\nTCP 80\n",
            "UDP von 3478 bis 3497 und von 16384 bis 16387\nTCP 80\n",
            "* UDP de 3478 à 3497 et de 16384 à 16387\n* TCP 80\n",
            "UDP between 3478 and 3497 and 16384-16387\nTCP 80\n",
            "UDP zwischen 3478 und 3497, zwischen 16384 und 16387\nTCP 80\n",
            "3478 t/m 3497/udp\n16384 t/m 16387/udp\n80/tcp\n",
            // Where no range follows, what follows is no port.
            "UDP 3478-3497, 16384-16387\nTCP 80 from 22 hosts\n",
        ] {
            assert_eq!(audit(&rows, list), [""; 0], "{list}");
        }
    }
}
