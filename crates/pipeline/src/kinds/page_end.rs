//! Whether a page has its end.

use appleports_ingest::to_utf8;

/// Whether a page ends as a page does: with `</html>`, after the end of its last table. Space and
/// comments may follow.
pub(super) fn has_end(page: &[u8]) -> bool {
    let page = to_utf8(page).to_ascii_lowercase();
    let find = |what: &[u8]| page.windows(what.len()).rposition(|own| own == what);
    let is_closed =
        find(b"<table").is_none_or(|start| find(b"</table").is_some_and(|end| start < end));
    is_closed && without_comments(&page).ends_with(b"</html>")
}

/// A text without the space and the comments at its end.
fn without_comments(text: &[u8]) -> &[u8] {
    let mut text = text.trim_ascii_end();
    while let Some(inner) = text.strip_suffix(b"-->") {
        let Some(start) = inner.windows(4).rposition(|own| own == b"<!--") else {
            return text;
        };
        text = inner[..start].trim_ascii_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::has_end;

    #[test]
    fn only_a_page_with_its_end_is_whole() {
        let whole = b"<html><table><tr><td>1</table><p>x</HTML>\n<!-- made by x -->\n<!-- -->\n";
        assert!(has_end(whole));
        assert!(has_end(b"<p>x</html>"));
        let end = whole.windows(7).position(|own| own == b"</HTML>").unwrap();
        for length in 0..end + 7 - 1 {
            assert!(!has_end(&whole[..length]), "{length}");
        }
        for cut in [
            "<html><table><tr></html>",
            "</table><table></html>",
            "</html>-->",
            "</html> x",
        ] {
            assert!(!has_end(cut.as_bytes()), "{cut}");
        }
    }
}
