//! Texts of others, made harmless.

/// Whether a character could steer a terminal, reorder a line or hide.
pub(super) use appleports_model::is_hidden as is_dangerous;

/// The text on one line, with dangerous characters written as `\u{…}`.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            _ if is_dangerous(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// [`visible`] as HTML text or attribute.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A text of somebody else as a Markdown code span, in which nothing is markup,
/// mention or link; control and direction characters are made visible.
pub fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return "*(empty)*".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}
