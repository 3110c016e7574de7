//! SARIF 2.1.0.

use super::terminal::line;

/// The text as the `text` of a message, in which brackets are links unless they are escaped
/// (section 3.11.6), and braces are placeholders unless they are doubled (section 3.11.5). Viewers decode the escapes of JSON, so hidden characters are made visible as
/// on a terminal.
pub fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '[' | ']' | '\\' => out.push('\\'),
            '{' | '}' => out.push(c),
            _ => {}
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
            r"\[Click\](https://evil.example) \\\[a\] {{0}}"
        );
    }

    #[test]
    fn hidden_characters_are_visible_once_json_is_decoded() {
        assert_eq!(
            super::message("a\u{202e}b\u{ad}c\u{e0067}\u{1b}[2J\u{7}"),
            r"a\\u{{202e}}b\\u{{ad}}c\\u{{e0067}}\\u{{1b}}\[2J\\u{{7}}"
        );
    }
}
