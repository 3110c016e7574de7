//! The "used by" cell: parts, qualifiers, canonical products.

use appleports_model::{UsedByPart, collapse_whitespace, has_blank_text};

use crate::brackets::{split_outside_brackets, split_qualifier};
use crate::vocabulary::Vocabulary;

/// Cuts a "used by" cell (plain text, line breaks kept) into parts, each looked up in the
/// vocabulary: the whole cell first, then its sentences and lines, then the items between
/// commas. A bracket is cut only if it lists products.
pub fn read_parts(text: &str, vocabulary: &Vocabulary) -> Vec<UsedByPart> {
    if has_blank_text(text) {
        return Vec::new();
    }
    known_with_bracket(text, vocabulary).unwrap_or_else(|| {
        split_outside_brackets(text, is_piece_end)
            .into_iter()
            .flat_map(|piece| {
                known_with_bracket(piece, vocabulary).unwrap_or_else(|| {
                    items(piece)
                        .flat_map(|item| read_item(item, vocabulary))
                        .collect()
                })
            })
            .collect()
    })
}

/// The canonical products of the parts and those of the title, each once, in published
/// order.
pub(crate) fn canonical(parts: &[UsedByPart], of_title: Vec<String>) -> Vec<String> {
    let mut products: Vec<String> = Vec::new();
    let of_parts = parts.iter().flat_map(|part| &part.products).cloned();
    for product in of_parts.chain(of_title) {
        if !products.contains(&product) {
            products.push(product);
        }
    }
    products
}

/// The items of a list.
fn items(text: &str) -> impl Iterator<Item = &str> {
    split_outside_brackets(text, |c, _, _| {
        matches!(c, ',' | '、' | '，' | ';' | '；' | '\n')
    })
    .into_iter()
    .filter(|item| !has_blank_text(item))
}

/// One item of a list.
fn read_item(text: &str, vocabulary: &Vocabulary) -> Vec<UsedByPart> {
    if let Some(parts) = known_with_bracket(text, vocabulary) {
        return parts;
    }
    if let Some((before, inner)) = split_qualifier(tidy(text))
        && let Some(listed) = products_in_bracket(inner, &[], vocabulary)
    {
        let mut parts = split_joined(before, vocabulary);
        parts.extend(listed);
        return parts;
    }
    split_joined(text, vocabulary)
}

/// As [`known`], with one part more for each item of a bracket that lists products.
fn known_with_bracket(text: &str, vocabulary: &Vocabulary) -> Option<Vec<UsedByPart>> {
    let mut part = known(text, vocabulary)?;
    let listed = products_in_bracket(&part.qualifier, &part.products, vocabulary);
    if listed.is_some() {
        part.qualifier.clear();
    }
    let mut parts = vec![part];
    parts.extend(listed.into_iter().flatten());
    Some(parts)
}

/// The parts of a bracket that lists products: more than half of its items are products,
/// and not only the one before the bracket under another name.
fn products_in_bracket(
    inner: &str,
    before: &[String],
    vocabulary: &Vocabulary,
) -> Option<Vec<UsedByPart>> {
    let read: Vec<Vec<UsedByPart>> = items(inner)
        .map(|item| split_joined(item, vocabulary))
        .collect();
    let has_products =
        |parts: &&Vec<UsedByPart>| parts.iter().any(|part| !part.products.is_empty());
    let is_list = read.iter().filter(has_products).count() * 2 > read.len();
    let parts: Vec<UsedByPart> = read.into_iter().flatten().collect();
    let is_news = parts
        .iter()
        .flat_map(|part| &part.products)
        .any(|product| !before.contains(product));
    (is_list && is_news).then_some(parts)
}

/// An item that may name several products: `A/B` and `A & B` if one of them is known,
/// `A and B` if both are.
fn split_joined(text: &str, vocabulary: &Vocabulary) -> Vec<UsedByPart> {
    if let Some(part) = known(text, vocabulary) {
        return vec![part];
    }
    let read = |piece: &str| {
        known(piece, vocabulary).map_or_else(
            || split_at_words(piece, vocabulary).unwrap_or_else(|| vec![unknown(piece)]),
            |part| vec![part],
        )
    };
    let pieces = split_outside_brackets(tidy(text), |c, _, _| matches!(c, '/' | '&'));
    let parts: Vec<UsedByPart> = pieces.into_iter().flat_map(read).collect();
    if parts.iter().any(|part| !part.products.is_empty()) {
        parts
    } else {
        vec![unknown(text)]
    }
}

/// The products that are joined by "and" or "or", which may also come first, as after the
/// last comma of a list; nothing if one of them is unknown.
fn split_at_words(text: &str, vocabulary: &Vocabulary) -> Option<Vec<UsedByPart>> {
    let joiner = |text: &str| {
        let word = text.split(char::is_whitespace).next().unwrap_or_default();
        vocabulary.is_joiner(word).then_some(word.len())
    };
    split_outside_brackets(text.trim(), |c, _, after| {
        c.is_whitespace() && joiner(after).is_some()
    })
    .into_iter()
    .map(|piece| &piece[joiner(piece).unwrap_or_default()..])
    .map(|piece| known(piece, vocabulary).filter(|part| !part.products.is_empty()))
    .collect()
}

fn tidy(text: &str) -> &str {
    let text = text.trim();
    text.strip_suffix('.').unwrap_or(text).trim_end()
}

/// The text as a part, if the vocabulary knows it with or without its last bracket.
fn known(text: &str, vocabulary: &Vocabulary) -> Option<UsedByPart> {
    let text = tidy(text);
    let make = |text: &str, qualifier: &str, products: &[String]| UsedByPart {
        text: collapse_whitespace(text),
        qualifier: collapse_whitespace(qualifier),
        products: products.to_vec(),
        known: true,
    };
    let catalogue = vocabulary.catalogue();
    if let Some(products) = catalogue.meaning(text) {
        return Some(make(text, "", products));
    }
    let (before, qualifier) = split_qualifier(text)?;
    catalogue
        .meaning(before)
        .map(|products| make(before, qualifier, products))
}

fn unknown(text: &str) -> UsedByPart {
    let text = tidy(text);
    let (text, qualifier) = split_qualifier(text).unwrap_or((text, ""));
    UsedByPart {
        text: collapse_whitespace(text),
        qualifier: collapse_whitespace(qualifier),
        products: Vec::new(),
        known: false,
    }
}

/// A line break, a semicolon, or a full stop before a capital.
fn is_piece_end(c: char, before: &str, after: &str) -> bool {
    match c {
        '\n' | ';' | '；' => true,
        '.' => {
            let next = after.trim_start();
            next.len() < after.len()
                && next.starts_with(char::is_uppercase)
                && before
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphanumeric())
                    .count()
                    > 1
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        let words = include_str!("../../../sources/vocabulary/phrases/de.toml");
        vocabulary.add_phrases("de.toml", words).unwrap();
        let text = r#"
            [[product]]
            name = "Mail"
            [[product]]
            name = "Key Value Store"
            en = ["KVS"]
            [[product]]
            name = "Date & Time"
            [[product]]
            name = "Back to My Mac"
            de = ["Zugang zu meinem Mac"]
            [[phrase]]
            products = []
            en = ["web service"]
            [[phrase]]
            products = ["Mail"]
            de = ["für Mail, auch von fern"]
        "#;
        vocabulary.add_products("products.toml", text).unwrap();
        vocabulary
    }

    /// `text (qualifier): products`, or `?` where the text is unknown.
    fn shown(text: &str) -> Vec<String> {
        read_parts(text, &vocabulary())
            .iter()
            .map(|part| {
                let qualifier = if part.qualifier.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", part.qualifier)
                };
                let meaning = if part.known {
                    part.products.join("+")
                } else {
                    "?".to_owned()
                };
                format!("{}{qualifier}: {meaning}", part.text)
            })
            .collect()
    }

    #[test]
    fn commas_in_brackets_do_not_split() {
        let text = "Mail (a, b; c), Zugang zu meinem Mac. Neues (x)";
        assert_eq!(
            shown(text),
            [
                "Mail (a, b; c): Mail",
                "Zugang zu meinem Mac: Back to My Mac",
                "Neues (x): ?"
            ]
        );
        let of_title = vec!["Mail".to_owned(), "Key Value Store".to_owned()];
        assert_eq!(
            canonical(&read_parts(text, &vocabulary()), of_title),
            ["Mail", "Back to My Mac", "Key Value Store"]
        );
    }

    #[test]
    fn a_known_sentence_is_not_cut() {
        assert_eq!(
            shown("fur Mail, auch von fern."),
            ["fur Mail, auch von fern: Mail"]
        );
    }

    #[test]
    fn a_bracket_that_lists_products_is_split() {
        let parts = ["Mail: Mail", "KVS: Key Value Store", "Neues: ?"];
        assert_eq!(
            shown("Programme (Mail, KVS, Neues)"),
            ["Programme: ?", parts[0], parts[1], parts[2]]
        );
        assert_eq!(
            shown("web service (Mail, Neues und KVS (x), KVS)"),
            ["web service: ", parts[0], "Neues und KVS (x): ?", parts[1]]
        );
        assert_eq!(
            shown("Mail (Zugang zu meinem Mac und KVS)"),
            [parts[0], "Zugang zu meinem Mac: Back to My Mac", parts[1]]
        );
    }

    #[test]
    fn a_bracket_that_qualifies_stays_whole() {
        for text in [
            "Mail (Senden)",
            "Mail (KVS, 10.4)",
            "Mail (web service)",
            "Key Value Store (KVS)",
        ] {
            assert_eq!(shown(text).len(), 1, "{text}");
        }
        assert_eq!(shown("Neues (KVS, 10.4)"), ["Neues (KVS, 10.4): ?"]);
    }

    #[test]
    fn joined_products_are_split() {
        let both = ["Mail: Mail", "KVS: Key Value Store"];
        for text in [
            "Mail, und KVS",
            "Mail/KVS",
            "Mail & KVS.",
            "Mail und KVS",
            "Mail oder KVS",
        ] {
            assert_eq!(shown(text), both, "{text}");
        }
        assert_eq!(shown("Mail/Neues"), [both[0], "Neues: ?"]);
        assert_eq!(
            shown("Date & Time, x"),
            ["Date & Time: Date & Time", "x: ?"]
        );
        for text in [
            "Mail und Neues",
            "Neues/Altes",
            "web service/site",
            "und",
            "Mail und",
        ] {
            assert_eq!(shown(text), [format!("{text}: ?")]);
        }
    }
}
