//! Terminals, and logs of pipelines: a line that begins with `::`, white space before it left out, or
//! has `##[` anywhere, is a command to GitHub's runner.

use crate::hidden::is_hidden;

/// The text with [hidden](is_hidden) characters made visible; line breaks stay. For what we
/// have composed; foreign parts of it go through [`line`] first.
pub fn text(text: &str) -> String {
    escaped(text, |c, out| match c {
        '\n' => out.push(c),
        _ => out.extend(c.escape_unicode()),
    })
}

/// Data that is shown as it is, such as CSV: as [`text`], and tabs stay as well.
pub fn data(text: &str) -> String {
    escaped(text, |c, out| match c {
        '\n' | '\t' => out.push(c),
        _ => out.extend(c.escape_unicode()),
    })
}

/// The text on one line, with [hidden](is_hidden) characters made visible. It may be the first of a
/// line, so it begins no command.
pub fn line(text: &str) -> String {
    let line = escaped(text, |c, out| match c {
        '\n' | '\t' => out.push(' '),
        _ => out.extend(c.escape_unicode()),
    });
    match line.trim_start().strip_prefix("::") {
        Some(rest) => format!("\\u{{3a}}:{rest}"),
        None => line,
    }
}

fn escaped(text: &str, hidden: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            hidden(c, &mut out);
        } else if c == '[' && out.ends_with("##") {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_a_terminal_or_a_runner() {
        let hostile = "a\u{1b}[2J\r\n::error::\u{202e}\u{e0041} ##[group]";
        assert_eq!(
            line(hostile),
            "a\\u{1b}[2J\\u{d} ::error::\\u{202e}\\u{e0041} ##\\u{5b}group]"
        );
        assert_eq!(line("::error::x"), "\\u{3a}:error::x");
        assert_eq!(line("\t::error::x"), "\\u{3a}:error::x");
        assert_eq!(line("a ::b"), "a ::b");
        assert_eq!(data("a,\u{1b}c\tb\n"), "a,\\u{1b}c\tb\n");
        assert_eq!(text("a\nb\t###[x]"), "a\nb\\u{9}###\\u{5b}x]");
    }
}
