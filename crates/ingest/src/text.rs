//! Small helpers for texts in messages.

/// The start of a text, on one line, for messages.
pub(crate) fn short(text: &str) -> String {
    let head: String = text.chars().take(400).collect();
    let line = appleports_model::collapse_whitespace(&head);
    if line.chars().count() <= 60 {
        line
    } else {
        line.chars().take(57).chain("...".chars()).collect()
    }
}
