//! The brackets and quotes that ports are in: of an array, or of the value of a variable.

use crate::list::Entry;
use crate::notations::comment_at;

/// Signs behind which a bracket or a quote opens a value: elsewhere it is one of a sentence.
const BEFORE: [char; 6] = ['=', ':', '(', '[', '{', ','];

/// Where the comment of a line begins.
pub(super) fn code_end(line: &str) -> usize {
    let slashes = line.find(" //").unwrap_or(line.len());
    comment_at(line).min(slashes)
}

/// What is open of a text, while its lines are read.
#[derive(Default)]
pub(super) struct Within {
    open: Vec<char>,
}

impl Within {
    /// Tells the entries of a line, which begins at a place of the text, what they are in. Its comment
    /// is no part of it.
    pub(super) fn line(&mut self, line: &str, start: usize, entries: &mut [Entry]) {
        let mut is_of_lines = !self.open.is_empty();
        let mut entries = entries.iter_mut().peekable();
        let mut ends = Vec::new();
        // The characters before: the last one, and the last one that is no space.
        let (mut last, mut sign) = ('\n', '=');
        for (at, c) in line[..code_end(line)].char_indices() {
            while let Some(entry) = entries.next_if(|entry| entry.span.start <= start + at) {
                entry.within = self.open.last().copied();
                ends.push(entry);
            }
            self.take(c, last, sign);
            last = c;
            if !c.is_whitespace() {
                sign = c;
            }
        }
        is_of_lines |= !self.open.is_empty();
        for entry in ends {
            entry.is_spread = is_of_lines;
        }
    }

    /// Takes a character, behind another one and a sign.
    fn take(&mut self, c: char, last: char, sign: char) {
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
    }
}

#[cfg(test)]
mod tests {
    use crate::read::read;

    /// What each entry is in, and whether that is of several lines.
    fn within(text: &str) -> String {
        let list = read(text.as_bytes(), None).unwrap();
        let signs = list.entries.iter().map(|entry| {
            let sign = entry.within.map_or("-".to_owned(), String::from);
            sign + if entry.is_spread { "+" } else { "" }
        });
        signs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn brackets_of_values_are_open_and_those_of_sentences_are_not() {
        for (text, signs) in [
            ("tcp = [80, 443]\n53/udp\n", "[ [ -"),
            ("tcp = [\"80\", 443]\n", "\" ["),
            ("TCP_PORTS=(80 443)\n", "( ("),
            ("TCP_PORTS=\"80 443\" # [\n53/udp\n", "\" \" -"),
            ("tcp: ['80', '443']\n", "' '"),
            ("TCP (80, 443)\n", "- -"),
            ("it's 80/tcp, 443/tcp\nmain() {\n53/udp\n", "- - -"),
            ("TCP_PORTS=(\n 80\n 443)\n53/udp\n", "(+ (+ -"),
            ("TCP_PORTS=\"80\n443\"\n53/udp\n", "\"+ \"+ -"),
        ] {
            assert_eq!(within(text), signs, "{text}");
        }
    }
}
