//! HTML and XML.

use crate::hidden::is_hidden;
use crate::text::joined;

/// The text as the content of an element or a quoted attribute, on one line: a line that begins
/// with foreign text could be a command in a log. A line break is a reference; other
/// [hidden](is_hidden) characters, some of which XML does not allow, are written out.
pub fn text(text: &str) -> String {
    escaped(text, true)
}

/// The text as the content of an element alone, where quotes are no markup.
pub fn content(text: &str) -> String {
    escaped(text, false)
}

fn escaped(text: &str, with_quotes: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if with_quotes => out.push_str("&quot;"),
            '\'' if with_quotes => out.push_str("&#39;"),
            '\t' => out.push(' '),
            '\n' => out.push_str("&#10;"),
            // `##[` is a command in a log of GitHub.
            '[' if out.ends_with("##") => out.push_str("&#91;"),
            _ if is_hidden(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// Markup of ours as the [`text`] of an element. Its line breaks stay: no foreign text has any.
pub fn markup(markup: &str) -> String {
    joined(markup.split('\n').map(text), "\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_is_markup_or_hidden() {
        assert_eq!(
            super::text("##[<a b=\"c\" d='e'>&\n\tü\u{202e}\u{ffff}\0"),
            "##&#91;&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#10; ü\\u{202e}\\u{ffff}\\u{0}"
        );
        assert_eq!(super::content("<a b=\"c\">\n'"), "&lt;a b=\"c\"&gt;&#10;'");
        assert_eq!(super::markup("<p>\n</p>\n"), "&lt;p&gt;\n&lt;/p&gt;\n");
    }
}
