//! Products: one thing each, whatever people call it.

use serde::{Deserialize, Serialize};

use crate::text::fold;

/// A product of the vocabulary: an app, a service or a feature that has a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// The canonical name, in English.
    pub name: String,
    /// Every spelling in every language, former names and acronyms among them: the
    /// canonical name first, the others sorted.
    pub spellings: Vec<String>,
}

/// The product that a text names: by any of its spellings, whatever the case, accents and
/// typography, or else by one that differs only in spaces and punctuation (`face time`,
/// `wifi calling`), or by the text before brackets at its end, as the article writes it
/// (`Siri (iOS)`). A text that could mean two products means none.
pub fn resolve_product<'p>(products: &'p [Product], text: &str) -> Option<&'p Product> {
    let named = |text: &str| {
        [fold, letters]
            .into_iter()
            .find_map(|form| find_by(products, &form(text), form))
    };
    named(text).or_else(|| named(before_brackets(&fold(text))?))
}

/// The text before the brackets that end it.
fn before_brackets(text: &str) -> Option<&str> {
    let (before, within) = text.strip_suffix(')')?.split_once('(')?;
    (!within.contains(['(', ')'])).then_some(before)
}

/// The one product with a spelling whose form is `wanted`.
fn find_by<'p>(
    products: &'p [Product],
    wanted: &str,
    form: fn(&str) -> String,
) -> Option<&'p Product> {
    if wanted.is_empty() {
        return None;
    }
    let has_it = |product: &&Product| {
        let mut spellings = product.spellings.iter();
        spellings.any(|spelling| form(spelling) == wanted)
    };
    let mut found = products.iter().filter(has_it);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The folded text without spaces and punctuation.
fn letters(text: &str) -> String {
    let folded = fold(text);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(name: &str, others: &[&str]) -> Product {
        Product {
            name: name.to_owned(),
            spellings: [&[name], others]
                .concat()
                .into_iter()
                .map(str::to_owned)
                .collect(),
        }
    }

    fn resolved(text: &str) -> Option<String> {
        let products = [
            product("Wi-Fi Calling", &["Anrufe über WLAN"]),
            product("Back to My Mac", &["BTMM", "Zugang zu meinem Mac"]),
            product("A-B C", &[]),
            product("AB-C", &[]),
        ];
        resolve_product(&products, text).map(|product| product.name.clone())
    }

    #[test]
    fn any_spelling_is_the_product() {
        for (text, name) in [
            ("Wi-Fi Calling", "Wi-Fi Calling"),
            ("wi‑fi  calling", "Wi-Fi Calling"),
            ("wifi calling", "Wi-Fi Calling"),
            ("anrufe uber wlan", "Wi-Fi Calling"),
            ("btmm", "Back to My Mac"),
            ("B.T.M.M.", "Back to My Mac"),
            ("zugangzumeinemmac", "Back to My Mac"),
            ("ab-c", "AB-C"),
            ("Wi-Fi Calling (iPhone, over TLS)", "Wi-Fi Calling"),
            ("BTMM（macOS）", "Back to My Mac"),
        ] {
            assert_eq!(resolved(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_nothing_and_two_products_are_none() {
        for text in [
            "Calling",
            "Back to My",
            "",
            " ",
            "-",
            "abc",
            "Mac",
            "BTMM (a) b",
            "BTMM (a), AB-C (b)",
        ] {
            assert_eq!(resolved(text), None, "{text:?}");
        }
    }
}
