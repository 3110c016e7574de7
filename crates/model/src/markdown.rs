//! Texts of others in Markdown.

use crate::text::one_line;

/// The text on one line, with everything escaped that Markdown or HTML could take for
/// markup, a link, a formula or a mention; for the cells of a table.
pub fn markdown_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '$' => out.push_str("&#36;"),
            // An address is a link even without brackets.
            '/' if out.ends_with(':') => {
                out.pop();
                out.push_str("&#58;/");
            }
            '.' if out.ends_with(['w', 'W']) => out.push_str("&#46;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '#' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::markdown_cell;

    #[test]
    fn nothing_in_a_cell_is_markup() {
        assert_eq!(
            markdown_cell("a|b <i> ~~x~~ $y$ @z #1\n\u{ffff}"),
            "a\\|b &lt;i&gt; \\~\\~x\\~\\~ &#36;y&#36; &#64;z \\#1  "
        );
        assert_eq!(
            markdown_cell("https://evil.example www.evil.example"),
            "https&#58;//evil.example www&#46;evil.example"
        );
    }
}
