//! Small helpers for texts in messages.

/// The start of a text, on one line, for messages.
pub(crate) fn short(text: &str) -> String {
    appleports_model::Quoted(text).to_string()
}
