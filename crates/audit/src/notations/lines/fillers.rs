//! Words between ports that say nothing of their own.

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

/// Whether a word is one of them, or only signs.
pub(in crate::notations) fn is_filler(word: &str) -> bool {
    let word = word.trim_matches([':', '=', '.']);
    word.is_empty() || FILLERS.iter().any(|own| word.eq_ignore_ascii_case(own))
}
