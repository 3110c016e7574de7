//! The "used by" cell: parts, qualifiers, canonical products.

use appleports_model::{UsedByPart, collapse_whitespace, has_blank_text};

use crate::vocabulary::Vocabulary;

/// Cuts a "used by" cell (plain text, line breaks kept) into parts, each looked up
/// in the vocabulary: the whole cell first, then its sentences and lines, then the
/// items between commas. Nothing inside round brackets is a separator.
pub(crate) fn read_parts(text: &str, vocabulary: &Vocabulary) -> Vec<UsedByPart> {
    if has_blank_text(text) {
        return Vec::new();
    }
    if let Some(part) = known(text, vocabulary) {
        return vec![part];
    }
    let mut parts = Vec::new();
    for piece in split_outside_brackets(text, is_piece_end) {
        match known(piece, vocabulary) {
            Some(part) => parts.push(part),
            None => parts.extend(
                split_outside_brackets(piece, |c, _, _| matches!(c, ',' | '、' | '，'))
                    .into_iter()
                    .filter(|item| !has_blank_text(item))
                    .map(|item| known(item, vocabulary).unwrap_or_else(|| unknown(item))),
            ),
        }
    }
    parts
}

/// The canonical products of the parts, each once, in published order.
pub(crate) fn canonical(parts: &[UsedByPart]) -> Vec<String> {
    let mut products: Vec<String> = Vec::new();
    for product in parts.iter().flat_map(|part| &part.products) {
        if !products.contains(product) {
            products.push(product.clone());
        }
    }
    products
}

fn tidy(text: &str) -> &str {
    let text = text.trim();
    text.strip_suffix('.').unwrap_or(text).trim_end()
}

fn known(text: &str, vocabulary: &Vocabulary) -> Option<UsedByPart> {
    let text = tidy(text);
    let make = |text: &str, qualifier: &str, products: &[String]| UsedByPart {
        text: collapse_whitespace(text),
        qualifier: collapse_whitespace(qualifier),
        products: products.to_vec(),
        known: true,
    };
    if let Some(products) = vocabulary.products(text) {
        return Some(make(text, "", products));
    }
    let (before, qualifier) = split_qualifier(text)?;
    vocabulary
        .products(before)
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

/// `Mail (sending)` is `Mail` and `sending`.
fn split_qualifier(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 1_u32;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let before = text[..at].trim_end();
            return (!before.is_empty()).then(|| (before, inner[at + c.len_utf8()..].trim()));
        }
    }
    None
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

fn split_outside_brackets(text: &str, is_end: impl Fn(char, &str, &str) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is_end(c, &text[..at], &text[at + c.len_utf8()..]) => {
                pieces.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        let text = r#"
            [[product]]
            name = "Mail"
            [[product]]
            name = "Back to My Mac"
            de = ["Zugang zu meinem Mac"]
            [[phrase]]
            products = ["Mail"]
            de = ["für Mail, auch von fern"]
        "#;
        vocabulary.add_products("products.toml", text).unwrap();
        vocabulary
    }

    #[test]
    fn commas_in_brackets_do_not_split() {
        let parts = read_parts(
            "Mail (a, b; c), Zugang zu meinem Mac. Neues (x)",
            &vocabulary(),
        );
        let shown: Vec<_> = parts
            .iter()
            .map(|p| (p.text.as_str(), p.qualifier.as_str(), p.known))
            .collect();
        assert_eq!(
            shown,
            [
                ("Mail", "a, b; c", true),
                ("Zugang zu meinem Mac", "", true),
                ("Neues", "x", false)
            ]
        );
        assert_eq!(canonical(&parts), ["Mail", "Back to My Mac"]);
    }

    #[test]
    fn a_known_sentence_is_not_cut() {
        let parts = read_parts("fur Mail, auch von fern.", &vocabulary());
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].products, ["Mail"]);
    }
}
