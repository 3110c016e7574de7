//! What is certain only in part about a changed record.

use std::collections::BTreeSet;

use crate::detail::Detail;
use crate::facts::Entry;
use crate::records::Rivals;
use crate::word::Word;

/// The remarks in one text; empty where all is certain.
pub(super) fn of(old: &Entry, new: &Entry, details: &[Detail], rivals: &Rivals) -> String {
    let candidates: Vec<&str> = rivals
        .old
        .iter()
        .chain(&rivals.new)
        .map(String::as_str)
        .collect();
    let mut remarks = Vec::new();
    if !candidates.is_empty() {
        remarks.push(format!(
            "ambiguous: could as well be {}",
            candidates.join(", ")
        ));
    }
    for detail in details {
        if let Detail::Products(members) = detail {
            remarks.extend(perhaps_there(&members.lost, &new.facts.words, "still"));
            remarks.extend(perhaps_there(
                &members.gained,
                &old.facts.words,
                "already before",
            ));
        }
    }
    remarks.join("; ")
}

/// A product that one side does not list may be among its unknown words.
fn perhaps_there(
    products: &BTreeSet<String>,
    words: &BTreeSet<Word>,
    when: &str,
) -> Option<String> {
    if products.is_empty() || words.is_empty() {
        return None;
    }
    let products: Vec<&str> = products.iter().map(String::as_str).collect();
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Some(format!(
        "{} perhaps {when} there, among the words not in the vocabulary: {}",
        products.join(", "),
        words.join(", ")
    ))
}
