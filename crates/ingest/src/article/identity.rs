//! Which article this is: by its address, its id and its title.

use crate::article::origin::CaptureFacts;

/// The ids that Apple has given the article, the newest first.
const IDS: [&str; 4] = ["103229", "HT202944", "TS1629", "106439"];

/// The fewest words of a title that says what its page is about; a shorter one may be
/// an editor's own.
const MIN_TITLE_WORDS: usize = 4;

/// The fewest letters of such a title in a script without spaces.
const MIN_TITLE_LETTERS: usize = 24;

/// As many more has a title that names TCP and UDP and says whose ports they are.
const MORE_WORDS: usize = 2;
const MORE_LETTERS: usize = 8;

/// What follows the name Apple in titles of articles on one of its products or services.
const PRODUCTS: [&str; 13] = [
    "Remote",
    "TV",
    "Music",
    "Watch",
    "Pay",
    "Push",
    "School",
    "Business",
    "Configurator",
    "Vision",
    "Wallet",
    "Xsan",
    "Classroom",
];

/// Whether an article's id is one of this article's.
pub(crate) fn is_own_id(id: &str) -> bool {
    IDS.iter().any(|known_id| known_id.eq_ignore_ascii_case(id))
}

/// Whether a title is that of the article: it names TCP, UDP and Apple in all languages, and
/// none of Apple's products.
pub(crate) fn is_own_title(title: &str) -> bool {
    let title = without_site(title);
    names_transports(title)
        && title.match_indices("Apple").any(|(at, name)| {
            let after = title[at + name.len()..].trim_start_matches([' ', '\u{a0}', '-']);
            let word = after.split(|c: char| !c.is_alphanumeric()).next();
            word.is_none_or(|word| !PRODUCTS.contains(&word))
        })
}

/// Whether a title can be that of the article, as far as it goes.
pub(crate) fn may_be_own_title(title: &str) -> bool {
    names_transports(title) && !is_another_title(title)
}

/// Whether a title says that its page is about something else.
pub(crate) fn is_another_title(title: &str) -> bool {
    let (words, letters) = if names_transports(title) {
        (
            MIN_TITLE_WORDS + MORE_WORDS,
            MIN_TITLE_LETTERS + MORE_LETTERS,
        )
    } else {
        (MIN_TITLE_WORDS, MIN_TITLE_LETTERS)
    };
    let says_enough = title.split_whitespace().count() >= words
        || title.chars().filter(|c| c.is_alphabetic()).count() >= letters;
    says_enough && !is_own_title(title)
}

fn names_transports(title: &str) -> bool {
    let title = title.to_ascii_uppercase();
    title.contains("TCP") && title.contains("UDP")
}

/// The title without the name of the site behind it, such as ` - Apple Support`.
fn without_site(title: &str) -> &str {
    let parts = [" - ", " – ", " — ", " | "];
    let cut = parts.iter().filter_map(|sign| title.rfind(sign)).max();
    match cut.map(|at| &title[..at]) {
        Some(before) if names_transports(before) => before,
        _ => title,
    }
}

/// Whether a capture says of itself that it is another article: by its id, or else by an
/// address elsewhere, or else by its title.
pub(crate) fn is_another(facts: &CaptureFacts) -> bool {
    match &facts.article_id {
        Some(id) => !is_own_id(id),
        None => facts.elsewhere.is_some() || facts.title.as_deref().is_some_and(is_another_title),
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
    fn a_title_says_whose_ports_they_are() {
        for title in [
            "TCP and UDP ports used by Apple software products - Apple Support",
            "Von Apple-Softwareprodukten verwendete TCP- und UDP-Ports",
            "Apple 软件产品使用的 TCP 和 UDP 端口",
            "Learn about TCP and UDP ports used by Apple products such as Apple Remote Desktop",
        ] {
            assert!(is_own_title(title), "{title}");
        }
        for other in [
            "TCP and UDP ports used by Apple Remote Desktop",
            "Von Apple Remote Desktop verwendete TCP- und UDP-Ports",
            "TCP and UDP ports used by Microsoft products - Apple Support",
            "About TCP and UDP ports used by Xsan",
            "List of TCP and UDP port numbers",
        ] {
            assert!(is_another_title(other), "{other}");
        }
        for short in ["TCP and UDP ports", "TCP/UDP", "יציאות TCP ו-UDP"] {
            assert!(may_be_own_title(short), "{short}");
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
