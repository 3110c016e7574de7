//! Ways to make a file hostile, and to make it grow: a fuzzer flips bytes, and finds nothing that
//! only a long list shows.

use fastrand::Rng;

/// The most bytes of a file that was made to grow.
const MAX_SIZE: usize = 1 << 20;

/// Texts that mean something to a terminal, a browser, a runner of pipelines, a firewall, a
/// spreadsheet, git or a reader of numbers. Markup is `<attack`, which [`super::judge`] looks for.
const TEXTS: &[&str] = &[
    "<attack>",
    "</td><attack x=1>",
    "\"><attack>",
    "-->]]><attack>",
    "`<attack>`",
    "[a](javascript:attack)",
    "![](https://attack.invalid/x)",
    "@attack #1 GH-1 attack/attack#1",
    "\n::error::attack",
    "\n##[group]attack",
    "\u{1b}[2J\u{1b}]0;attack\u{7}",
    "\u{9b}31m",
    "\u{202e}kcatta\u{2066}",
    "\u{200b}\u{feff}\u{e0041}",
    "\0",
    "\r",
    "\u{2028}",
    "\"; flush ruleset; #",
    "'$(attack)`attack`",
    "\n*filter\n:INPUT DROP",
    "=cmd|'/c attack'!A1",
    "../../../../etc/passwd",
    "/dev/stdout",
    "0",
    "65535",
    "65536",
    "1-65535",
    "99999999999999999999999",
    "-1",
    "1e308",
    "\u{ff15}\u{ff12}\u{ff12}\u{ff13}",
    "٤٤٣",
    "16384–16403",
    "\\é [é](é) <é> *é* (é",
    ",,,,,,",
    "|||||",
    "\t\t\t\t",
    "\"",
    "\"\"\"",
    "{[{[{[",
    "<td rowspan=65535 colspan=1000>",
    "<table><tr><td>",
    "&#x110000;&#0;&amp;amp;",
    "#",
    "[",
    "null",
    "{}",
];

/// The file, damaged in one to four ways. The same numbers damage it in the same ways.
pub(super) fn damaged(rng: &mut Rng, original: &[u8]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..rng.usize(1..=4) {
        let way = rng.choice(WAYS).unwrap_or(&WAYS[0]);
        way(rng, &mut bytes);
    }
    bytes.truncate(MAX_SIZE);
    bytes
}

type Way = fn(&mut Rng, &mut Vec<u8>);

const WAYS: &[Way] = &[
    flip,
    cut,
    drop,
    insert,
    insert,
    replace_word,
    swap,
    grow,
    grow,
    grow,
];

/// A place in the bytes, and one behind it, at most `most` away.
fn part(rng: &mut Rng, bytes: &[u8], most: usize) -> std::ops::Range<usize> {
    let from = rng.usize(0..=bytes.len());
    let to = rng.usize(from..=bytes.len().min(from + most));
    from..to
}

#[expect(clippy::ptr_arg, reason = "all ways are of one type")]
fn flip(rng: &mut Rng, bytes: &mut Vec<u8>) {
    for _ in 0..rng.usize(1..20) {
        let at = rng.usize(0..=bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = rng.u8(..);
        }
    }
}

fn cut(rng: &mut Rng, bytes: &mut Vec<u8>) {
    bytes.truncate(rng.usize(0..=bytes.len()));
}

fn drop(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let part = part(rng, bytes, 400);
    bytes.drain(part);
}

fn insert(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let text = rng.choice(TEXTS).copied().unwrap_or_default();
    for _ in 0..rng.usize(1..6) {
        let at = rng.usize(0..=bytes.len());
        bytes.splice(at..at, text.bytes());
    }
}

/// Puts a text in the place of a word, so that the shape of the file stays.
fn replace_word(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let text = rng.choice(TEXTS).copied().unwrap_or_default();
    for _ in 0..rng.usize(1..30) {
        let at = rng.usize(0..=bytes.len());
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
        let before = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| is_word(byte))
            .count();
        let after = bytes[at..].iter().take_while(|byte| is_word(byte)).count();
        bytes.splice(at - before..at + after, text.bytes());
    }
}

/// Exchanges two lines.
fn swap(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    let (a, b) = (rng.usize(0..lines.len()), rng.usize(0..lines.len()));
    lines.swap(a, b);
    *bytes = lines.join(&b'\n');
}

/// Repeats a line, a few bytes or a text until the file is large.
fn grow(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let ends: Vec<usize> = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at + 1)
        .collect();
    let (at, unit) = match rng.u8(0..3) {
        0 if ends.len() > 1 => {
            let line = rng.usize(1..ends.len());
            (ends[line], bytes[ends[line - 1]..ends[line]].to_vec())
        }
        1 => {
            let part = part(rng, bytes, 60);
            (part.end, bytes[part].to_vec())
        }
        _ => {
            let text = rng.choice(TEXTS).copied().unwrap_or_default();
            (rng.usize(0..=bytes.len()), text.as_bytes().to_vec())
        }
    };
    let size = rng.usize(1_000..MAX_SIZE);
    let times = size / unit.len().max(1);
    // Each its own, where there is a digit: equal ones may be merged before they can do harm.
    let digit = unit.iter().rposition(u8::is_ascii_digit);
    let digit = digit.filter(|_| rng.bool());
    let mut grown = Vec::with_capacity(size);
    for number in 0..times {
        match digit {
            Some(digit) => {
                grown.extend_from_slice(&unit[..digit]);
                grown.extend((number % 65_000 + 1).to_string().bytes());
                grown.extend_from_slice(&unit[digit + 1..]);
            }
            None => grown.extend_from_slice(&unit),
        }
    }
    bytes.splice(at..at, grown);
}

#[cfg(test)]
mod tests {
    use super::{MAX_SIZE, damaged};
    use fastrand::Rng;

    #[test]
    fn a_seed_makes_the_same_file_again() {
        let original = b"443,TCP,Secure,1,https,Safari\n80,TCP,Web,2,http,Safari\n";
        let made = |seed| damaged(&mut Rng::with_seed(seed), original);
        let sizes: Vec<usize> = (0..200).map(|seed| made(seed).len()).collect();
        assert!(sizes.iter().any(|size| *size > 100_000), "{sizes:?}");
        assert!(sizes.iter().all(|size| *size <= MAX_SIZE));
        assert!((0..200).all(|seed| made(seed) == made(seed)));
        assert!((0..200).all(|seed| made(seed) != original || seed > 0));
    }
}
