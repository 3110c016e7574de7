//! Text for people, parts of it in a style.

use std::fmt;

use anstyle::{AnsiColor, Style};
use appleports_model::escape::terminal;

/// Heads of tables and sections.
pub(crate) const BOLD: Style = Style::new().bold();
/// What agrees.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// What somebody should look at.
pub(crate) const CAUTION: Style = AnsiColor::Yellow.on_default();
/// What there is nothing to say about.
pub(crate) const DIM: Style = Style::new().dimmed();
/// The words that were looked for.
pub(super) const MARK: Style = AnsiColor::Red.on_default().bold();

/// A text with styles. Hidden characters of what is written to it are made visible, so only
/// the styles themselves can steer a terminal. A line ends where a written part ends with a
/// line break: one inside of a part is foreign, and a space.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    ansi: String,
}

impl Text {
    /// Adds a text in a style.
    pub(crate) fn styled(&mut self, style: Style, text: &str) {
        if !text.is_empty() {
            let text = terminal::line(text);
            let styled = format!("{style}{text}{style:#}");
            self.ansi.push_str(&styled);
        }
    }

    /// Adds a text as it is.
    pub(crate) fn plain(&mut self, text: &str) {
        let (start, rest) = split_start(text);
        let (inner, end) = match rest.strip_suffix('\n') {
            Some(inner) => (inner, "\n"),
            None => (rest, ""),
        };
        for part in [start, &terminal::line(inner), end] {
            self.ansi.push_str(part);
        }
    }

    /// The text with ANSI escape sequences for the styles.
    pub(crate) fn as_ansi(&self) -> &str {
        &self.ansi
    }
}

/// The line breaks with which a text begins, and the rest.
fn split_start(text: &str) -> (&str, &str) {
    text.split_at(text.len() - text.trim_start_matches('\n').len())
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.plain(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn only_styles_can_steer_a_terminal() {
        let mut text = Text::default();
        text.styled(GOOD, "a\u{1b}[2J");
        writeln!(text, "b\u{9b}").unwrap();
        assert_eq!(text.as_ansi(), "\u{1b}[32ma\\u{1b}[2J\u{1b}[0mb\\u{9b}\n");
        let mut text = Text::default();
        let foreign = "a\n::error::";
        write!(text, "\nsays {foreign}\n").unwrap();
        text.styled(GOOD, "##");
        text.plain("[group]");
        assert_eq!(
            text.as_ansi(),
            "\nsays a ::error::\n\u{1b}[32m##\u{1b}[0m[group]"
        );
    }
}
