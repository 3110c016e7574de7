//! Text for people, parts of it in a style.

use std::fmt;

use anstyle::{AnsiColor, Style};

use super::visible;

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

/// A text with styles. What is written to it is made [`visible`], so only the styles
/// themselves can steer a terminal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    ansi: String,
}

impl Text {
    /// Adds a text in a style.
    pub(crate) fn styled(&mut self, style: Style, text: &str) {
        if !text.is_empty() {
            let text = visible(text);
            let styled = format!("{style}{text}{style:#}");
            self.ansi.push_str(&styled);
        }
    }

    /// Adds a text as it is.
    pub(crate) fn plain(&mut self, text: &str) {
        self.ansi.push_str(&visible(text));
    }

    /// The text with ANSI escape sequences for the styles.
    pub(crate) fn as_ansi(&self) -> &str {
        &self.ansi
    }
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
    }
}
