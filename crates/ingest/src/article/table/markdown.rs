//! The text that Markdown stands for: entities, backslash escapes, emphasis and code spans
//! resolved (`CommonMark` 0.31, sections 2.4, 2.5, 6.1 to 6.3).

use appleports_model::is_invisible;
use html5ever::data::NAMED_ENTITIES;

use super::footnote::{is_link_mark, leads_to_page, would_be_one_number};

/// A character, and whether it is certainly text and no part of the markup.
#[derive(Clone, Copy)]
struct Sign {
    c: char,
    is_text: bool,
}

/// The longest entity, `&CounterClockwiseContourIntegral;`, with its ends.
const MAX_ENTITY: usize = 34;

/// The longest link with its target.
const MAX_LINK: usize = 4096;

/// The text without its markup; links stay, for the stage that reads them.
pub(crate) fn plain(text: &str) -> String {
    if !text.contains(['&', '\\', '*', '_', '`', '~']) {
        return text.to_owned();
    }
    let signs = signs(text);
    let is_marker = markers(&signs);
    kept(&signs, is_marker)
}

/// A cell without its markup.
pub(crate) struct Plain {
    pub(crate) text: String,
    /// The marks of footnotes that were taken off.
    pub(crate) marks: String,
}

/// The text of a cell without its markup, and the texts of its links without their targets.
/// A short link to a place on the page itself is the mark of a footnote.
pub(crate) fn plain_cell(text: &str) -> Plain {
    let mut marks = String::new();
    if !text.contains("](") {
        let text = plain(text);
        return Plain { text, marks };
    }
    let signs = signs(text);
    let mut is_marker = markers(&signs);
    // The markers at which a link begins or ends.
    let mut is_border = vec![false; signs.len()];
    let is_sign = |at: usize, c: char| {
        let sign = signs.get(at);
        sign.is_some_and(|sign| sign.c == c && !sign.is_text)
    };
    // Where the next bracket closes; looked for once, however many links begin before it.
    let mut closing = 0;
    // Where a link may begin, and what is seen before it.
    let mut open: Option<(usize, Option<char>)> = None;
    let (mut seen, mut has_link) = (None, false);
    let mut at = 0;
    while at < signs.len() {
        if is_sign(at, '[') {
            open = Some((at, seen));
        } else if is_sign(at, ']') && is_sign(at + 1, '(') {
            if closing < at {
                let end = (at..signs.len()).find(|end| is_sign(*end, ')'));
                closing = end.unwrap_or(usize::MAX);
            }
            if let Some((start, before)) = open
                .take()
                .filter(|_| closing < at.saturating_add(MAX_LINK))
            {
                let label = start + 1..at;
                let texts = signs[label.clone()].iter().zip(&is_marker[label]);
                let shown: String = texts
                    .filter(|(_, is_marker)| !**is_marker)
                    .map(|(sign, _)| sign.c)
                    .collect();
                let target: String = signs[at + 2..closing].iter().map(|sign| sign.c).collect();
                let is_own = leads_to_page(target.trim_matches(['<', '>']), "");
                if is_own && !has_link && is_link_mark(&shown, before) {
                    is_marker[start..at].fill(true);
                    marks.push_str(&shown);
                    seen = before;
                } else {
                    has_link |= is_own;
                }
                is_border[start] = true;
                is_marker[start] = true;
                is_border[at] = true;
                is_marker[at..=closing].fill(true);
                at = closing;
            }
        }
        if !is_marker[at] && !signs[at].c.is_whitespace() {
            seen = Some(signs[at].c);
        }
        at += 1;
    }
    let text = apart(&signs, &is_marker, &is_border);
    Plain { text, marks }
}

/// The signs that are no markers; digits on both sides of a link's border are two numbers.
fn apart(signs: &[Sign], is_marker: &[bool], is_border: &[bool]) -> String {
    let mut text = String::with_capacity(signs.len());
    let mut is_apart = false;
    for ((sign, is_marker), is_border) in signs.iter().zip(is_marker).zip(is_border) {
        is_apart |= is_border;
        if *is_marker {
            continue;
        }
        if is_apart && would_be_one_number(&text, sign.c.encode_utf8(&mut [0; 4])) {
            text.push(' ');
        }
        is_apart &= is_invisible(sign.c);
        text.push(sign.c);
    }
    text
}

fn kept(signs: &[Sign], is_marker: Vec<bool>) -> String {
    signs
        .iter()
        .zip(is_marker)
        .filter(|(_, is_marker)| !is_marker)
        .map(|(sign, _)| sign.c)
        .collect()
}

/// The characters, entities and escapes resolved.
fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((decoded, length)) = entity(rest) {
            signs.extend(
                decoded
                    .into_iter()
                    .flatten()
                    .map(|c| Sign { c, is_text: true }),
            );
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match rest.chars().next().filter(char::is_ascii_punctuation) {
            Some(escaped) if c == '\\' => {
                signs.push(Sign {
                    c: escaped,
                    is_text: true,
                });
                rest = &rest[escaped.len_utf8()..];
            }
            _ => signs.push(Sign { c, is_text: false }),
        }
    }
    signs
}

/// The characters of the entity with which a text begins, and its length.
fn entity(text: &str) -> Option<([Option<char>; 2], usize)> {
    let name = text.strip_prefix('&')?;
    let end = name
        .bytes()
        .take(MAX_ENTITY)
        .position(|byte| byte == b';')?;
    let length = end + 2;
    if let Some(number) = name[..end].strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let c = char::from_u32(code).filter(|c| !c.is_control() || *c == '\n')?;
        return Some(([Some(c), None], length));
    }
    let (first, second) = *NAMED_ENTITIES.get(&name[..=end])?;
    let char_of = |code: u32| char::from_u32(code).filter(|c| *c != '\0');
    Some(([Some(char_of(first)?), char_of(second)], length))
}

/// Which characters open or close emphasis, strong emphasis, a code span or deleted text.
fn markers(signs: &[Sign]) -> Vec<bool> {
    let mut is_marker = vec![false; signs.len()];
    // The runs that may open, by their sign and length; the latest last.
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        let is_run = !sign.is_text && "*_`~".contains(sign.c);
        let length = if is_run {
            let same = |other: &&Sign| !other.is_text && other.c == sign.c;
            signs[at..].iter().take_while(same).count()
        } else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).map(|at| signs[at].c);
        let after = signs.get(at + length).map(|sign| sign.c);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_inside = sign.c == '_' && is_letter(before) && is_letter(after);
        let opens = !is_inside && after.is_some_and(|c| !c.is_whitespace());
        let closes = !is_inside && before.is_some_and(|c| !c.is_whitespace());
        let is_long = sign.c == '~' && length != 2;
        let opener = open
            .iter()
            .rev()
            .take(8)
            .position(|(c, _, open_length)| *c == sign.c && *open_length == length)
            .map(|back| open.len() - 1 - back);
        match opener {
            Some(opener) if closes && !is_long => {
                let (_, from, _) = open[opener];
                is_marker[from..from + length].fill(true);
                is_marker[at..at + length].fill(true);
                open.truncate(opener);
            }
            _ if opens && !is_long => open.push((sign.c, at, length)),
            _ => {}
        }
        at += length;
    }
    is_marker
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_no_text() {
        for (markdown, text) in [
            ("\\-", "-"),
            ("dec\\_dlm", "dec_dlm"),
            ("dec_dlm", "dec_dlm"),
            ("**22**", "22"),
            ("__22__, *23*", "22, 23"),
            ("`8080`", "8080"),
            ("~~5~~", "5"),
            ("5~~6", "5~~6"),
            ("A &amp; B", "A & B"),
            ("3478&ndash;3497 &#8212; &#x2014;", "3478–3497 — —"),
            ("&nbsp;", "\u{a0}"),
            ("AT&T; &unknown;", "AT&T; &unknown;"),
            ("\\*\\*x\\*\\*", "**x**"),
            ("&#42;x&#42;", "*x*"),
            ("** Note:** x", "** Note:** x"),
            ("smtp*", "smtp*"),
            ("***both***", "both"),
        ] {
            assert_eq!(plain(markdown), text, "{markdown}");
        }
    }

    #[test]
    fn a_link_of_a_cell_is_its_text() {
        for (markdown, text) in [
            ("[2818](https://x.example/rfc1234)", "2818"),
            ("[**443**](https://x/8080), [80](<a b>)", "443, 80"),
            ("[a](b_c) [d](e_f)", "a d"),
            ("\\[x\\](y)", "[x](y)"),
            ("[x] (y)", "[x] (y)"),
            ("a](b", "a](b"),
            ("540[1](#fn1)", "540"),
            ("540[**1**](#a)[2](#b)", "540"),
            ("[81](#p), [82](#q)", "81, 82"),
            ("540[1](/x#fn1)", "540 1"),
            ("[540](/x)1", "540 1"),
        ] {
            assert_eq!(plain_cell(markdown).text, text, "{markdown}");
        }
    }
}
