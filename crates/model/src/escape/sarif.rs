//! SARIF 2.1.0.

/// The text as the `text` of a message, in which brackets are links unless they are escaped
/// (section 3.11.6).
pub fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn brackets_are_no_links() {
        assert_eq!(
            super::message(r"[Click](https://evil.example) \[a] {0}"),
            r"\[Click\](https://evil.example) \\\[a\] {0}"
        );
    }
}
