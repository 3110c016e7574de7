//! Products that a title names.

use crate::brackets::split_qualifier;
use crate::catalogue::Catalogue;
use appleports_model::fold;

/// The canonical products that a title names.
///
/// Any spelling of a product counts if it is the whole title, the title before its last
/// bracket, or an acronym in that bracket. Spellings of products marked `in_titles`
/// count anywhere as whole words; the longest wins.
pub(crate) fn products_in_title(title: &str, catalogue: &Catalogue) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |products: Option<&[String]>| {
        for product in products.unwrap_or_default() {
            if !found.contains(product) {
                found.push(product.clone());
            }
        }
    };
    add(catalogue.meaning_of_name(title));
    if let Some((before, inner)) = split_qualifier(title) {
        add(catalogue.meaning_of_name(before));
        if is_acronym(inner) {
            add(catalogue.meaning_of_name(inner));
        }
    }
    for spelling in marked_spellings(&fold(title), catalogue) {
        add(catalogue.meaning_of_name(spelling));
    }
    found
}

/// One word with at least two capitals, such as `APNs`.
fn is_acronym(text: &str) -> bool {
    let mut capitals = text.chars().filter(|c| c.is_uppercase());
    !text.contains(char::is_whitespace) && capitals.nth(1).is_some()
}

/// The spellings marked `in_titles` in a folded title, from left to right.
fn marked_spellings<'c>(title: &str, catalogue: &'c Catalogue) -> Vec<&'c str> {
    let mut places: Vec<(usize, &str)> = word_starts(title)
        .flat_map(|at| {
            let text = &title[at..];
            let words = catalogue.in_titles(text);
            let words = words.filter(|word| !goes_on(&text[word.len()..]));
            words.map(move |word| (at, word)).collect::<Vec<_>>()
        })
        .collect();
    places.sort_by_key(|(at, spelling)| (*at, std::cmp::Reverse(spelling.len())));
    let mut end = 0;
    places.retain(|(at, spelling)| {
        let is_free = *at >= end;
        if is_free {
            end = at + spelling.len();
        }
        is_free
    });
    places.into_iter().map(|(_, spelling)| spelling).collect()
}

/// The places that neither a letter nor a digit stands before.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let is_start = !before.is_alphanumeric();
        before = c;
        is_start.then_some(at)
    })
}

/// Whether a letter or a digit comes next.
fn goes_on(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str) -> Vec<String> {
        let mut catalogue = Catalogue::default();
        let text = r#"
            [[product]]
            name = "Mail"
            [[product]]
            name = "Push service"
            en = ["APNs", "Push"]
            de = ["Push-Dienst"]
            [[product]]
            name = "Xsan"
            in_titles = true
            [[product]]
            name = "Xsan Admin"
            in_titles = true
            [[product]]
            name = "Macs"
            [[product]]
            name = "Passwords"
            part_of = "Macs"
            [[phrase]]
            products = ["Mail"]
            en = ["Letters"]
        "#;
        catalogue.add("products.toml", text).unwrap();
        products_in_title(title, &catalogue)
    }

    #[test]
    fn a_whole_title_or_its_acronym_names_any_product() {
        assert_eq!(named("mail"), ["Mail"]);
        assert_eq!(named("Mail (over TLS)"), ["Mail"]);
        assert_eq!(named("Something else (APNS)"), ["Push service"]);
        assert_eq!(named("PUSH-DIENST (APNS)"), ["Push service"]);
        assert_eq!(named("Passwords"), ["Passwords", "Macs"]);
    }

    #[test]
    fn a_generic_name_within_a_title_names_nothing() {
        for title in [
            "",
            "Message Submission for Mail",
            "Mail IMAP SSL",
            "HTTP (Push)",
            "HTTP (Mail)",
            "Letters",
        ] {
            assert_eq!(named(title), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn a_marked_name_counts_as_a_whole_word_anywhere() {
        assert_eq!(named("The Xsan-Verwaltung"), ["Xsan"]);
        assert_eq!(named("XSAN admin, then xsan"), ["Xsan Admin", "Xsan"]);
        assert_eq!(named("Xsan Administration"), ["Xsan"]);
        assert_eq!(named("Xsans or MyXsan or Xsan2"), Vec::<String>::new());
    }
}
