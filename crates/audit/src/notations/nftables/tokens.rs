//! A text as words and braces, and where rules end in it.

use std::ops::Range;

use crate::notations::is_remark;
use crate::notations::value::is_footnote;
use crate::scan::{braced, is_between};

/// The longest name of a set or chain, in bytes (`NFT_NAME_MAXLEN`), and some more. Words are compared
/// with each other, and those of a stranger may have a megabyte.
const MAX_WORD: usize = 512;

/// The words and braces of a text with their places, of long words the beginning.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for code in text.split_inclusive('\n') {
        let is_command = is_command(code);
        let code_end = code.trim_end().len();
        let mut word: Option<usize> = None;
        let (mut quoted, mut braces) = (0, 0);
        for (at, c) in code.char_indices() {
            // A comment in quotes has no rules.
            if at < quoted {
                continue;
            }
            // `${ports}` of a shell.
            if let Some(length) = braced(&code[at..]) {
                braces = at + length;
            }
            // Those around a command, or around braces, are of the shell.
            let is_of_shell = is_command && is_of_shell(code, at, code_end);
            if matches!(c, '"' | '\'')
                && word.is_none()
                && (c == '"' || is_command)
                && !is_of_shell
                && let Some(length) = code[at + 1..].find(c)
            {
                quoted = at + 1 + length;
            }
            let is_sign = is_of_shell || matches!(c, '{' | '}' | ';' | ',');
            let is_word = at < braces || !(c.is_ascii_whitespace() || is_sign);
            if !is_word && let Some(from) = word.take() {
                found.push(start + from..start + at);
            }
            if is_word {
                word.get_or_insert(at);
            } else if !c.is_ascii_whitespace() && !is_of_shell {
                found.push(start + at..start + at + 1);
            }
        }
        if let Some(from) = word {
            found.push(start + from..start + code.len());
        }
        start += code.len();
    }
    for word in &mut found {
        word.end = text.floor_char_boundary(word.end.min(word.start + MAX_WORD));
    }
    found
}

/// Whether a line is a command of a shell: `sudo nft add rule ...`.
fn is_command(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    words.find(|word| *word != "sudo") == Some("nft")
}

/// Whether the character at a place of a command is a quote or a backslash that the shell takes away,
/// and no quote of a remark. `code_end` is where the line ends without spaces.
fn is_of_shell(line: &str, at: usize, code_end: usize) -> bool {
    match line.as_bytes()[at] {
        b'"' | b'\'' => !is_remark(line[..at].trim_end_matches('\\')),
        b'\\' => at + 1 < code_end,
        _ => false,
    }
}

/// The index behind what is in the braces that open at an index, or behind the one word there.
pub(super) fn behind(text: &str, tokens: &[Range<usize>], at: usize) -> usize {
    if tokens.get(at).map(|token| &text[token.clone()]) != Some("{") {
        let mut end = (at + 1).min(tokens.len());
        // Without braces, a comma is part of a number: `5,223`.
        while let Some([before, comma, next]) = tokens.get(end - 1..end + 2)
            && text[before.start..next.end].starts_with(|c: char| c.is_ascii_digit())
            && (&text[comma.clone()], before.end, comma.end) == (",", comma.start, next.start)
        {
            end += 2;
        }
        let end = behind_range(text, tokens, end);
        let has_mark = tokens
            .get(end)
            .is_some_and(|token| is_footnote(&text[token.clone()]));
        return end + usize::from(has_mark);
    }
    // Sets of ports have no braces within; where one is not closed, the next one ends it.
    let ends = |token: &&Range<usize>| matches!(&text[(*token).clone()], "{" | "}");
    let inner = &tokens[at + 1..];
    let length = inner.iter().take_while(|token| !ends(token)).count();
    (at + 1 + length + usize::from(length < inner.len())).min(tokens.len())
}

/// The index behind a range with spaces around its sign, of which the first words end at an index:
/// `3478 - 3497`.
fn behind_range(text: &str, tokens: &[Range<usize>], end: usize) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let is_number = |written: &str| written.starts_with(|c: char| c.is_ascii_digit());
    let first = end.checked_sub(1).map_or("", word);
    if !is_number(first) {
        return end;
    }
    let behind_sign = word(end).strip_prefix('-');
    match behind_sign {
        Some("") if is_number(word(end + 1)) => end + 2,
        None if is_between(word(end)) && is_number(word(end + 1)) => end + 2,
        Some(last) if is_number(last) => end + 1,
        None if first.ends_with('-') && is_number(word(end)) => end + 1,
        _ => end,
    }
}

/// Whether a rule ends between two neighbouring words.
pub(super) fn ends_between(text: &str, before: &Range<usize>, next: &Range<usize>) -> bool {
    let is_continued = &text[before.clone()] == "\\";
    matches!(&text[next.clone()], ";" | "}")
        || !is_continued && text[before.end..next.start].contains('\n')
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    #[test]
    fn the_quotes_of_a_shell_are_no_part_of_a_command() {
        let entries = "80/tcp 443/tcp";
        for command in [
            "nft 'add rule inet f i tcp dport { 80, 443 } accept'",
            "nft \"add rule inet f i tcp dport { 80, 443 } accept\"",
            "sudo nft add rule inet f i tcp dport '{ 80, 443 }' accept",
            "nft add rule inet f i tcp dport \"{ 80, 443 }\" accept",
            "nft add rule inet f i tcp dport \\{ 80, 443 \\} accept",
            "nft 'add rule inet f i tcp dport { 80, 443 } accept comment \"tcp dport 25 accept\"'",
            "nft \"add rule inet f i tcp dport { 80, 443 } accept comment \\\"tcp dport 25 accept\\\"\"",
            "nft add rule inet f i tcp dport '{80,443}' accept comment 'tcp dport 25 accept'",
        ] {
            let text = format!("{command}\nnft 'add rule inet f i udp dport 53 drop'\n");
            assert_eq!(ports(&text), entries, "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
    }
}
