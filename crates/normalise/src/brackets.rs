//! Round brackets: cutting outside of them, and taking the last one off.

/// `Mail (sending)` is `Mail` and `sending`.
pub(crate) fn split_qualifier(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 1_u32;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let before = text[..at].trim_end();
            return (!before.is_empty()).then(|| (before, inner[at + c.len_utf8()..].trim()));
        }
    }
    None
}

/// Cuts at every character outside brackets for which `is_end` holds. It is given the
/// character, the text before it and the text after it. Blank pieces are left out.
pub(crate) fn split_outside_brackets(
    text: &str,
    is_end: impl Fn(char, &str, &str) -> bool,
) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_end(c, &text[..at], &text[at + c.len_utf8()..]) => {
                pieces.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bracket_is_taken_off_whole() {
        assert_eq!(split_qualifier("Mail (sending)"), Some(("Mail", "sending")));
        assert_eq!(split_qualifier("A (b) (c (d))"), Some(("A (b)", "c (d)")));
        for text in ["Mail", "(sending)", "Mail (a) b", "a)"] {
            assert_eq!(split_qualifier(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_protect_separators() {
        let cut = |text| split_outside_brackets(text, |c, _, _| c == ',');
        assert_eq!(cut("a, b (c, d), , e"), ["a", " b (c, d)", " e"]);
        assert_eq!(cut("a), b"), ["a)", " b"]);
        assert_eq!(cut("a (b, c"), ["a (b, c"]);
    }
}
