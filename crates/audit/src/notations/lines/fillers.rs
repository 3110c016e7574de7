//! Words between ports that say nothing of their own.

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

/// Takes such words out of a line.
pub(super) fn take_before_ranges(text: &str, tokens: &mut Vec<Token>) {
    let is_range =
        |token: Option<&Token>| matches!(token, Some(Token::Item(Item { last: Some(_), .. })));
    let is_before = |word: &str| {
        BEFORE_RANGE
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
    };
    let kept: Vec<bool> = tokens
        .iter()
        .enumerate()
        .map(|(at, token)| match token {
            Token::Word(span) => !is_before(&text[span.clone()]) || !is_range(tokens.get(at + 1)),
            _ => true,
        })
        .collect();
    let mut kept = kept.into_iter();
    tokens.retain(|_| kept.next().unwrap_or(true));
}

/// Whether a word is one of them, or only signs.
pub(in crate::notations) fn is_filler(word: &str) -> bool {
    let word = word.trim_matches([':', '=', '.']);
    word.is_empty() || FILLERS.iter().any(|own| word.eq_ignore_ascii_case(own))
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
            "3478 t/m 3497/udp\n16384 t/m 16387/udp\n80/tcp\n",
            // Where no range follows, what follows is no port.
            "UDP 3478-3497, 16384-16387\nTCP 80 from 22 hosts\n",
        ] {
            assert_eq!(audit(&rows, list), [""; 0], "{list}");
        }
    }
}
