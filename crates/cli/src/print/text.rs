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
/// the styles themselves can steer a terminal. A line ends where [`Self::end_line`] or
/// [`Self::line`] says so: a line break in what is written is foreign, and a space.
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
        self.ansi.push_str(&terminal::line(text));
    }

    /// Adds the parts of a line.
    pub(crate) fn add(&mut self, parts: fmt::Arguments<'_>) {
        self.plain(&parts.to_string());
    }

    /// Adds the parts of a line, or of the rest of one, and ends it.
    pub(crate) fn line(&mut self, parts: fmt::Arguments<'_>) {
        self.add(parts);
        self.end_line();
    }

    /// Ends the line.
    pub(crate) fn end_line(&mut self) {
        self.ansi.push('\n');
    }

    /// The text with ANSI escape sequences for the styles.
    pub(crate) fn as_ansi(&self) -> &str {
        &self.ansi
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_styles_can_steer_a_terminal() {
        let mut text = Text::default();
        text.styled(GOOD, "a\u{1b}[2J");
        text.line(format_args!("b\u{9b}"));
        assert_eq!(text.as_ansi(), "\u{1b}[32ma\\u{1b}[2J\u{1b}[0mb\\u{9b}\n");
        let mut text = Text::default();
        for foreign in ["a\n::error::", "\n::error::", "\n", "error: a\n", "\n\n##"] {
            text.line(format_args!("says {foreign}"));
            text.line(format_args!("{foreign} says {foreign}"));
            text.add(format_args!("{foreign}"));
            text.plain(foreign);
            text.styled(GOOD, foreign);
            text.end_line();
        }
        assert_eq!(text.as_ansi().lines().count(), 15);
        let mut text = Text::default();
        text.styled(GOOD, "##");
        text.plain("[group]");
        assert_eq!(text.as_ansi(), "\u{1b}[32m##\u{1b}[0m[group]");
    }
}
