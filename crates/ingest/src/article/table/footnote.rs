//! Marks of footnotes, as links and as raised text, and numbers that they would become part of.

use appleports_model::is_invisible;

use crate::article::identity;

/// Whether a link leads to a place on the page itself, which is at `address`; an empty one is
/// not known.
pub(crate) fn leads_to_page(href: &str, address: &str) -> bool {
    let Some((page, _)) = href.split_once('#') else {
        return false;
    };
    let page = page.split('?').next().unwrap_or_default();
    let is_own = || {
        let last = page.rsplit('/').next().unwrap_or_default();
        identity::is_own_id(last)
    };
    matches!(page, "" | "." | "./") || !address.is_empty() && page == address || is_own()
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || "*†‡§,[]()".contains(c)
}

/// Whether the text of a link to the page itself is a mark: a short one, behind a word.
pub(crate) fn is_link_mark(text: &str, before: Option<char>) -> bool {
    let core = text.trim_matches(is_sign);
    let is_short = core.len() <= MAX_MARK_DIGITS && core.bytes().all(|byte| byte.is_ascii_digit())
        || core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_short && before.is_some_and(|c| c.is_alphanumeric() || ")）\"”»".contains(c))
}

/// Whether a raised or lowered text is a mark: short numbers and signs. A longer number is a part of
/// the text.
pub(crate) fn is_raised_mark(text: &str) -> bool {
    text.chars().count() <= 8
        && text.chars().all(|c| c.is_ascii_digit() || is_sign(c))
        && text
            .split(|c: char| !c.is_ascii_digit())
            .all(|number| number.len() <= MAX_MARK_DIGITS)
}

/// No article has more footnotes.
const MAX_MARK_DIGITS: usize = 2;

/// The most invisible characters that are looked through for a digit.
const MAX_INVISIBLE: usize = 16;

/// Whether two texts that the page sets apart, by a link or by raised text, would become one
/// number if they were written together.
pub(crate) fn would_be_one_number(before: &str, after: &str) -> bool {
    let is_seen = |c: &char| !is_invisible(*c);
    let left = before.chars().rev().take(MAX_INVISIBLE).find(is_seen);
    let right = after.chars().take(MAX_INVISIBLE).find(is_seen);
    left.zip(right)
        .is_some_and(|(left, right)| left.is_numeric() && right.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_page_are_known_by_their_address() {
        for href in [
            "#fn1",
            "#",
            "./#fn1",
            "?x#fn1",
            "/en-us/103229#fn1",
            "https://support.apple.com/en-us/HT202944?x=1#fn1",
        ] {
            assert!(leads_to_page(href, ""), "{href}");
        }
        for href in ["", "./", "/x#fn1", "page.html#fn1", "/en-us/103229"] {
            assert!(!leads_to_page(href, ""), "{href}");
        }
        assert!(leads_to_page("page.html#fn1", "page.html"));
    }

    #[test]
    fn a_long_number_is_no_mark() {
        assert!(is_raised_mark("1, 2") && is_link_mark("[1]", Some('0')));
        assert!(!is_raised_mark("223") && !is_link_mark("223", Some('5')));
        assert!(!is_link_mark("1", None));
    }
}
