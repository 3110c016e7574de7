//! Captures in other character sets than UTF-8, as UTF-8.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use scraper::Selector;

use crate::article::tree;

/// How much of a page may stand before its character set is named (HTML, section 13.2.3.2).
const MAX_PRESCAN: usize = 1024;

static META: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("meta").ok());

/// The capture in UTF-8: UTF-16 with a byte order mark is decoded, and a page that is no
/// UTF-8 by the character set that it names. Bytes that cannot be decoded come back as
/// they are, for [`Document::new`](crate::Document::new) to refuse.
pub fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => Some((UTF_16LE, 2)),
        [0xfe, 0xff, ..] => Some((UTF_16BE, 2)),
        _ if std::str::from_utf8(bytes).is_ok() => None,
        _ => named(bytes).map(|encoding| (encoding, 0)),
    };
    let decoded = encoding.and_then(|(encoding, mark)| {
        encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])
    });
    match decoded {
        Some(text) => Cow::Owned(text.into_owned().into_bytes()),
        None => Cow::Borrowed(bytes),
    }
}

/// The character set that a page names in its `meta` elements.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_PRESCAN)]);
    let page = tree::parse(&start).ok()?;
    page.html
        .select(META.as_ref()?)
        .find_map(|meta| {
            let content = || {
                let (_, label) = meta.attr("content")?.split_once("charset=")?;
                label.split(';').next()
            };
            let label = meta.attr("charset").or_else(content)?;
            Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes())
        })
        // A page in which this could be read is in none of these.
        .filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
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
}
