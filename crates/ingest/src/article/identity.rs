//! Which article this is: by its address, its id and its title.

use crate::article::origin::CaptureFacts;

/// The ids that Apple has given the article, the newest first.
const IDS: [&str; 4] = ["103229", "HT202944", "TS1629", "106439"];

/// The fewest words of a title that says what its page is about; a shorter one may be
/// an editor's own.
const MIN_TITLE_WORDS: usize = 4;

/// The fewest letters of such a title in a script without spaces.
const MIN_TITLE_LETTERS: usize = 24;

/// Whether an article's id is one of this article's.
pub(crate) fn is_own_id(id: &str) -> bool {
    IDS.iter().any(|own| own.eq_ignore_ascii_case(id))
}

/// Whether a title is that of the article: it names TCP and UDP in all languages.
pub(crate) fn is_own_title(title: &str) -> bool {
    let title = title.to_ascii_uppercase();
    title.contains("TCP") && title.contains("UDP")
}

/// Whether a title says that its page is about something else.
pub(crate) fn is_another_title(title: &str) -> bool {
    let says_enough = title.split_whitespace().count() >= MIN_TITLE_WORDS
        || title.chars().filter(|c| c.is_alphabetic()).count() >= MIN_TITLE_LETTERS;
    says_enough && !is_own_title(title)
}

/// Whether a capture says of itself that it is another article: by its id, or else by
/// its title.
pub(crate) fn is_another(facts: &CaptureFacts) -> bool {
    match &facts.article_id {
        Some(id) => !is_own_id(id),
        None => facts.title.as_deref().is_some_and(is_another_title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(id: Option<&str>, title: &str) -> CaptureFacts {
        CaptureFacts {
            article_id: id.map(str::to_owned),
            title: Some(title.to_owned()),
            ..CaptureFacts::default()
        }
    }

    #[test]
    fn the_id_decides_and_else_the_title() {
        assert!(is_another(&facts(Some("HT202048"), "TCP and UDP ports")));
        assert!(!is_another(&facts(Some("ht202944"), "Support")));
        assert!(is_another(&facts(None, "Ports used by Profile Manager")));
        assert!(!is_another(&facts(
            None,
            "Portas TCP e UDP usadas pela Apple"
        )));
        assert!(!is_another(&facts(None, "Von Apple")));
    }
}
