//! The brackets and quotes that ports are in: of an array, or of the value of a variable.

use crate::notations::comment_at;

/// Signs behind which a bracket or a quote opens a value: elsewhere it is one of a sentence.
const BEFORE: [char; 6] = ['=', ':', '(', '[', '{', ','];

/// Where the comment of a line begins.
pub(super) fn code_end(line: &str) -> usize {
    let slashes = line.find(" //").unwrap_or(line.len());
    comment_at(line).min(slashes)
}

/// What is open of a text.
#[derive(Default)]
pub(super) struct Within {
    open: Vec<char>,
}

impl Within {
    /// Takes a line into account, without its comment: the innermost bracket or quote of more lines
    /// than this one that it is in.
    pub(super) fn line(&mut self, line: &str) -> Option<char> {
        let before = self.open.last().copied();
        self.text(&line[..code_end(line)]);
        before.or(self.open.last().copied())
    }

    fn text(&mut self, text: &str) {
        // The characters before: the last one, and the last one that is no space.
        let (mut last, mut sign) = ('\n', '=');
        for c in text.chars() {
            match (self.open.last(), c) {
                (Some(quote @ ('"' | '\'')), _) if *quote != c => {}
                (Some('"' | '\''), _) | (Some(_), ')' | ']' | '}') => {
                    self.open.pop();
                }
                (_, '"' | '\'') if BEFORE.contains(&sign) || last.is_whitespace() && c == '"' => {
                    self.open.push(c);
                }
                (_, '(' | '[' | '{') => {
                    let is_value = BEFORE.contains(&sign) || last.is_alphanumeric();
                    if is_value || !self.open.is_empty() {
                        self.open.push(c);
                    }
                }
                _ => {}
            }
            last = c;
            if !c.is_whitespace() {
                sign = c;
            }
        }
    }
}

/// The innermost bracket or quote that is open at the end of a text.
pub(crate) fn open_sign(text: &str) -> Option<char> {
    let mut within = Within::default();
    within.text(text);
    within.open.pop()
}

#[cfg(test)]
mod tests {
    use super::{Within, open_sign};

    #[test]
    fn brackets_of_values_are_open_and_those_of_sentences_are_not() {
        for (text, open) in [
            ("tcp = [80, ", Some('[')),
            ("tcp = [\"80", Some('"')),
            ("tcp = [\"80\", ", Some('[')),
            ("ports := []int{80, ", Some('{')),
            ("TCP=(80 ", Some('(')),
            ("TCP=\"80 ", Some('"')),
            ("tcp: ['80', '", Some('\'')),
            ("TCP (80, ", None),
            ("it's 80, ", None),
            ("main() { ", None),
            ("[udp] 80", None),
        ] {
            assert_eq!(open_sign(text), open, "{text}");
        }
        let mut within = Within::default();
        let lines = [
            "a=(",
            " 80",
            " 443)",
            "80",
            "b = [ # a",
            "80 ]",
            "c=\"80",
            "443\"",
            "f {",
        ];
        let open = lines.map(|line| within.line(line).unwrap_or('-'));
        assert_eq!(open.iter().collect::<String>(), "(((-[[\"\"-");
    }
}
