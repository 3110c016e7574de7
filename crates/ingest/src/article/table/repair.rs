//! Damage inside a cell that can be put right for certain.

use std::fmt::Write;

use appleports_model::{Message, Place, Quoted, RawCell, Rule, message};

use crate::article::rules;

/// Makes the repairs of this file, and tells of each.
pub(crate) fn mend(cell: &mut RawCell, mut tell: impl FnMut(&Rule, Place, Message)) {
    if let Some(text) = mojibake(&cell.text) {
        let message = message!("`{}` was read as `{}`", Quoted(&cell.text), Quoted(&text));
        tell(&rules::MOJIBAKE, cell.place, message);
        cell.text = text;
    }
    if let Some((text, marks)) = raised_digits(&cell.text) {
        let message = message!(
            "the superscript `{}` was removed from `{}`",
            marks,
            Quoted(&cell.text)
        );
        tell(&rules::FOOTNOTE_MARK, cell.place, message);
        cell.text = text;
    }
}

/// What windows-1252 has at 0x80 to 0x9f; a space where it has nothing.
const HIGH_1252: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The byte that was read as `c` in windows-1252, and as Greek beta in windows-1253.
fn byte(c: char, first: bool) -> Option<u8> {
    if first && c == 'β' {
        return Some(0xe2);
    }
    if let Some(at) = HIGH_1252.iter().position(|other| *other == c && c != ' ') {
        return u8::try_from(0x80 + at).ok();
    }
    u8::try_from(u32::from(c)).ok().filter(|byte| *byte >= 0x80)
}

/// A character whose bytes were read as several: itself, and how many it became.
fn broken(rest: &[char]) -> Option<(char, usize)> {
    let lead = byte(*rest.first()?, true)?;
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => return None,
    };
    let mut bytes = vec![lead];
    for c in rest.get(1..length)? {
        bytes.push(byte(*c, false).filter(|byte| (0x80..0xc0).contains(byte))?);
    }
    let mended = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    // `β€”` is certain only for the signs that begin with the same two bytes.
    let is_certain = rest[0] != 'β' || ('\u{2010}'..='\u{203f}').contains(&mended);
    is_certain.then_some((mended, length))
}

/// Puts characters right whose UTF-8 bytes were read in windows-1252 or -1253
/// (`â€”` for a dash); `None` where there are none.
pub(crate) fn mojibake(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut mended) = (0, false);
    while at < chars.len() {
        if let Some((c, length)) = broken(&chars[at..]) {
            out.push(c);
            at += length;
            mended = true;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    mended.then_some(out)
}

/// Whether `c` is a raised, lowered or circled digit, or a bracket of such: in a cell nothing
/// but the mark of a footnote. Its plain form would be glued to the number before it.
pub(crate) fn is_raised_digit(c: char) -> bool {
    matches!(
        c,
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁽' | '⁾' | '₀'..='₉' | '₍' | '₎'
            | '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓' | '㉑'..='㉟' | '㊱'..='㊿'
    )
}

/// Takes raised digits off; what they were, for the message; `None` where there are none.
pub(crate) fn raised_digits(text: &str) -> Option<(String, String)> {
    if text.is_ascii() || !text.contains(is_raised_digit) {
        return None;
    }
    let kept: String = text.chars().filter(|c| !is_raised_digit(*c)).collect();
    let mut marks = String::new();
    for c in text.chars().filter(|c| is_raised_digit(*c)) {
        // Writing to a String cannot fail.
        let _ = write!(marks, "{c}");
    }
    Some((kept.trim().to_owned(), marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_characters_are_put_right_only_where_certain() {
        for (broken, right) in [
            ("â€”", "—"),
            ("β€”", "—"),
            ("16384â€“16403", "16384–16403"),
            ("fÃ¼r", "für"),
        ] {
            assert_eq!(mojibake(broken).as_deref(), Some(right));
        }
        for fine in ["—", "für", "β-Test", "Ã", "âge", "日本語", "€ 5"] {
            assert_eq!(mojibake(fine), None, "{fine}");
        }
    }

    #[test]
    fn raised_digits_are_marks() {
        for marked in ["5223①", "5223₁", "5223⁽¹⁾", "①5223", "5223⑴", "5223⒈"] {
            assert_eq!(raised_digits(marked).unwrap().0, "5223", "{marked}");
        }
        assert_eq!(raised_digits("123¹"), Some(("123".into(), "¹".into())));
        assert_eq!(raised_digits("1231"), None);
    }
}
