//! What is certain only in part about a changed record.

use std::collections::BTreeSet;

use super::listed;
use super::unread::MAX_IDS;
use crate::detail::Detail;
use crate::facts::Entry;
use crate::records::Rivals;
use crate::word::Word;

/// The remarks in one text; empty where all is certain.
pub(crate) fn remarks<'a>(
    old: &Entry,
    new: &Entry,
    details: impl IntoIterator<Item = &'a Detail>,
    rivals: &Rivals,
) -> String {
    let candidates = [&*rivals.old, &*rivals.new].concat();
    let mut remarks = Vec::new();
    if !candidates.is_empty() {
        remarks.push(format!(
            "ambiguous: could as well be {}",
            listed(&candidates, ", ", MAX_IDS)
        ));
    }
    for detail in details {
        if let Detail::Products(members) = detail {
            let (before, after) = (&old.facts.words, &new.facts.words);
            for (products, what, words) in [
                (&members.perhaps_lost, "may still be listed", after),
                (
                    &members.perhaps_gained,
                    "may have been listed before",
                    before,
                ),
            ] {
                remarks.extend(doubt(products, what, words));
            }
        }
    }
    remarks.join("; ")
}

/// A product that one side does not list may be among its unknown words.
fn doubt(products: &BTreeSet<String>, what: &str, words: &BTreeSet<Word>) -> Option<String> {
    if products.is_empty() {
        return None;
    }
    let products: Vec<&str> = products.iter().map(String::as_str).collect();
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Some(format!(
        "{} {what}: the vocabulary does not know {}",
        products.join(", "),
        words.join(", ")
    ))
}
