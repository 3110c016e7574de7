//! Captures in other character sets than UTF-8, as UTF-8.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use scraper::Selector;

use crate::article::tree;

/// How much of a page may stand before its character set is named (HTML, section 13.2.3.2).
const MAX_PRESCAN: usize = 1024;

static META: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("meta").ok());

/// The capture in UTF-8: UTF-16 with a byte order mark is decoded, and a page by the character
/// set that it names. Bytes that cannot be decoded come back as they are, for
/// [`Document::new`](crate::Document::new) to refuse.
///
/// A decoded page names UTF-8 from then on, so that it is not decoded again.
pub fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (encoding, start, label) = match bytes {
        [0xff, 0xfe, ..] => (UTF_16LE, 2, None),
        [0xfe, 0xff, ..] => (UTF_16BE, 2, None),
        _ => match named(bytes) {
            Some((Some(encoding), label)) if may_be_in(bytes, encoding) => {
                (encoding, 0, Some(label))
            }
            _ => return Cow::Borrowed(bytes),
        },
    };
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[start..]) {
        Some(text) if text.as_bytes() != bytes => {
            let text =
                label.map_or_else(|| text.clone().into_owned(), |label| renamed(&text, &label));
            Cow::Owned(text.into_bytes())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// The character set that a page names, if it is one that cannot be decoded though its bytes may
/// be UTF-8 as well: those of seven bits, in which other letters are written as ASCII.
pub(super) fn unreadable(bytes: &[u8]) -> Option<String> {
    if ISO_2022.iter().any(|sign| find(bytes, sign)) {
        return Some("ISO 2022, by its escape sequences".to_owned());
    }
    let (encoding, label) = named(bytes)?;
    encoding.is_none().then_some(label)
}

/// What calls other letters than those of ASCII in the character sets of ISO 2022.
const ISO_2022: [&[u8]; 2] = [b"\x1b$", b"\x1b("];

fn find(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Whether bytes may be in a character set that a page names. What is UTF-8 is hardly in another,
/// for its letters would have to form pairs and triples; but in sets of two bytes a letter, pairs
/// are what they form.
fn may_be_in(bytes: &[u8], encoding: &'static Encoding) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(text) => !encoding.is_single_byte() && text.chars().all(|c| c.len_utf8() <= 2),
        Err(_) => true,
    }
}

/// The character set that a page names in its `meta` elements, with the name; none that can be
/// decoded where it is one of seven bits.
fn named(bytes: &[u8]) -> Option<(Option<&'static Encoding>, String)> {
    let start = &bytes[..bytes.len().min(MAX_PRESCAN)];
    if !start
        .windows(CHARSET.len())
        .any(|window| window.eq_ignore_ascii_case(CHARSET.as_bytes()))
    {
        return None;
    }
    let page = tree::parse(&String::from_utf8_lossy(start)).ok()?;
    page.html
        .select(META.as_ref()?)
        .find_map(|meta| {
            let content = || {
                let (_, label) = meta.attr("content")?.split_once("charset=")?;
                label.split(';').next()
            };
            let label = meta.attr("charset").or_else(content)?;
            let label = label.trim_matches(['"', '\'', ' ']).to_owned();
            let encoding = match Encoding::for_label(label.as_bytes()) {
                // As browsers read a page that names it (HTML, section 13.2.3.2).
                Some(encoding) if encoding == X_USER_DEFINED => Some(WINDOWS_1252),
                other => other,
            };
            match encoding {
                Some(encoding) if encoding == REPLACEMENT => Some((None, label)),
                None if label.to_ascii_lowercase().contains("utf-7") => Some((None, label)),
                None => None,
                encoding => Some((encoding, label)),
            }
        })
        // A page in which this could be read is in none of these.
        .filter(|(encoding, _)| {
            encoding.is_none_or(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding))
        })
}

const CHARSET: &str = "charset";

/// The decoded page, with UTF-8 in the place of the character set that it named.
fn renamed(text: &str, label: &str) -> String {
    let (head, rest) = text.split_at(text.floor_char_boundary(MAX_PRESCAN));
    let mut named = String::with_capacity(text.len());
    let mut after = head;
    while let Some(at) = after.to_ascii_lowercase().find(CHARSET) {
        let (before, behind) = after.split_at(at + CHARSET.len());
        let value = behind.trim_start_matches([' ', '=', '"', '\'']);
        named.push_str(before);
        named.push_str(&behind[..behind.len() - value.len()]);
        let is_label = value
            .get(..label.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(label));
        after = if is_label {
            named.push_str("utf-8");
            &value[label.len()..]
        } else {
            value
        };
    }
    named + after + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_character_sets_are_decoded() {
        let text = "Größe 日本";
        let units = |to: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
            mark.into_iter()
                .chain(text.encode_utf16().flat_map(to))
                .collect()
        };
        assert_eq!(
            *to_utf8(&units(u16::to_le_bytes, [0xff, 0xfe])),
            *text.as_bytes()
        );
        assert_eq!(
            *to_utf8(&units(u16::to_be_bytes, [0xfe, 0xff])),
            *text.as_bytes()
        );
        for meta in [
            "<meta charset=windows-1252>",
            "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>",
        ] {
            let page = [meta.as_bytes(), b"Gr\xf6\xdfe"].concat();
            assert!(to_utf8(&page).ends_with("Größe".as_bytes()), "{meta}");
        }
        let page = b"<meta charset=shift_jis>\x93\xfa\x96\x7b";
        assert!(to_utf8(page).ends_with("日本".as_bytes()));
    }

    #[test]
    fn what_cannot_be_decoded_is_left_to_be_refused() {
        for bytes in [
            &b"Gr\xf6"[..],
            b"<!-- <meta charset=koi8-r> -->\xf6",
            b"<meta charset=utf-8><meta charset=koi8-r>\xf6",
            b"<meta charset=utf-16>\xf6",
            b"\xff\xfe\x00\xd8",
        ] {
            assert_eq!(*to_utf8(bytes), *bytes);
        }
        assert!(matches!(to_utf8("Größe".as_bytes()), Cow::Borrowed(_)));
    }

    #[test]
    fn bytes_that_are_utf8_as_well_are_decoded_by_the_named_set() {
        for (label, bytes, text) in [
            ("iso-2022-jp", &b"\x1b$BF|K\\\x1b(B"[..], "日本"),
            ("gbk", b"\xd2\xbb", "一"),
            ("euc-kr", b"\xc7\xb4", "풔"),
        ] {
            let page = [format!("<meta charset=\"{label}\">").as_bytes(), bytes].concat();
            assert!(std::str::from_utf8(&page).is_ok());
            let decoded = to_utf8(&page);
            let expected = format!("<meta charset=\"utf-8\">{text}");
            assert_eq!(String::from_utf8_lossy(&decoded), expected);
            assert!(
                matches!(to_utf8(&decoded), Cow::Borrowed(_)),
                "decoded once"
            );
        }
        let page = "<meta charset=iso-8859-1>Größe".as_bytes();
        assert!(
            matches!(to_utf8(page), Cow::Borrowed(_)),
            "no text of one byte a letter"
        );
        let page = "<meta charset=gbk>日本".as_bytes();
        assert!(
            matches!(to_utf8(page), Cow::Borrowed(_)),
            "three bytes a letter"
        );
        let page = b"<meta charset=gbk>ASCII";
        assert!(matches!(to_utf8(page), Cow::Borrowed(_)));
    }

    #[test]
    fn a_set_is_named_where_browsers_look_for_it() {
        let page = |before: usize| {
            let start = "a".repeat(before);
            [start.as_bytes(), b"<meta charset=gbk>\xd2\xbb"].concat()
        };
        assert!(matches!(to_utf8(&page(MAX_PRESCAN - 18)), Cow::Owned(_)));
        assert!(matches!(to_utf8(&page(MAX_PRESCAN)), Cow::Borrowed(_)));
    }

    #[test]
    fn sets_of_seven_bits_without_a_decoder_are_refused() {
        for label in ["hz-gb-2312", "iso-2022-kr", "iso-2022-cn", "UTF-7"] {
            let page = format!("<meta charset={label}><p>~{{VP~}}");
            assert_eq!(unreadable(page.as_bytes()).as_deref(), Some(label));
            let error = crate::Document::new("s", "page", page.as_bytes()).unwrap_err();
            assert!(error.to_string().contains(label), "{error}");
        }
        for page in [
            &b"<p>\x1b$BF|K\\\x1b(B"[..],
            b"<meta charset=utf-8><p>\x1b$)C",
        ] {
            let label = unreadable(page);
            assert!(label.is_some_and(|label| label.starts_with("ISO 2022")));
        }
        assert_eq!(unreadable(b"<meta charset=utf-8>"), None);
        assert_eq!(unreadable(b"<meta charset=x-unknown>"), None);
    }
}
