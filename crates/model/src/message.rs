//! What a finding says: a text for people, and the values from which it is made.

use std::fmt::{self, Display};

use crate::text::{collapse_whitespace, cut, cut_bytes, joined};

/// The most bytes of a message, and of a value: those of the article have 200, and a capture may
/// have thousands of findings.
pub(crate) const MAX_BYTES: usize = 500;

/// The most characters of a quoted text in a message.
const MAX_QUOTED_CHARS: usize = 60;

/// A message and its values; [`message!`](crate::message!) makes one from the other.
///
/// The values are names, numbers and published text. Lines and editions may stand in the
/// text alone, and so do our own words: a reworded message keeps its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// The values, in the order in which the sentence has them.
    pub values: Vec<String>,
}

/// A [`Message`], written as for `format!`. The arguments after the text are its values;
/// names inside the braces, such as `{line}`, are shown and are no values.
#[macro_export]
macro_rules! message {
    ($text:literal $(, $value:expr)* $(,)?) => {
        $crate::Message {
            text: format!($text $(, $value)*),
            values: Vec::from([$($crate::Message::value(&$value)),*]),
        }
    };
}

impl Message {
    /// An argument of [`message!`](crate::message!) as a value.
    #[doc(hidden)]
    pub fn value(argument: &dyn Display) -> String {
        format!("{argument:#}")
    }

    /// The same message, known by a name of ours that is never reworded, such as
    /// `no-transport`: for a rule with several reasons that have no values of their own.
    #[must_use]
    pub fn known_as(mut self, reason: &'static str) -> Self {
        self.values.push(reason.to_owned());
        self
    }

    /// Quoted texts in backticks, with commas between; each is a value.
    pub fn quoting(texts: &[impl AsRef<str>]) -> Self {
        let quoted = texts.iter().map(|text| format!("`{}`", text.as_ref()));
        Self {
            text: joined(quoted, ", "),
            values: texts.iter().map(|text| text.as_ref().to_owned()).collect(),
        }
    }

    /// This message and the next one behind it.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.text.push_str(&next.text);
        self.values.extend(next.values);
        self
    }
}

/// A message whose values are given to the finding.
impl From<String> for Message {
    fn from(text: String) -> Self {
        Self {
            text,
            values: Vec::new(),
        }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// A text that a message quotes: its start, on one line; whole as a value.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'t>(pub &'t str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.write_str(&cut_bytes(self.0, MAX_BYTES));
        }
        let head: String = self.0.chars().take(400).collect();
        let line = collapse_whitespace(&head);
        f.write_str(&cut(&line, MAX_QUOTED_CHARS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_arguments_as_values() {
        let (line, long) = (12, "a  b\n".repeat(40));
        let message = message!("`{}` of {} is on line {line}", Quoted(&long), 25);
        assert!(message.text.starts_with("`a b a b a b"), "{}", message.text);
        assert!(message.text.ends_with("...` of 25 is on line 12"));
        assert_eq!(message.values, [long.as_str(), "25"]);
    }

    #[test]
    fn a_message_can_have_parts() {
        let reason = message!("it has no transport").known_as("no-transport");
        let message = message!("row of port {}: ", 25).then(reason);
        assert_eq!(message.text, "row of port 25: it has no transport");
        assert_eq!(message.values, ["25", "no-transport"]);
        let list = message!("no entry for ").then(Message::quoting(&["a", "b"]));
        assert_eq!(list.text, "no entry for `a`, `b`");
        assert_eq!(list.values, ["a", "b"]);
    }
}
