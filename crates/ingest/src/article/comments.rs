//! Comments in Markdown, which are those of HTML (`CommonMark` 0.31, sections 4.6 and 6.6).

use std::borrow::Cow;

/// The text without its comments, in as many lines. One that is not closed is text.
pub(crate) fn without(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut shown = String::new();
    while let Some(start) = rest.find("<!--") {
        let Some(length) = rest[start..].find("-->") else {
            break;
        };
        let end = start + length + "-->".len();
        shown.push_str(&rest[..start]);
        shown.extend(rest[start..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_where_they_are() {
        assert_eq!(without("a <!-- b\n c -->d\n<!---->e"), "a \nd\ne");
        assert_eq!(without("a <!-- b"), "a <!-- b");
        assert_eq!(without("<!-- a --> b <!--"), " b <!--");
    }
}
