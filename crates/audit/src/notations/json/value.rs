//! JSON as values with their places.

use std::ops::Range;

use serde::de::IgnoredAny;

/// The deepest that values are nested; each level is a call.
pub(super) const MAX_DEPTH: usize = 128;

/// How deep the values of a text are nested.
pub(super) fn depth(text: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            b'"' if !is_escaped => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
        most = most.max(depth);
    }
    most
}

/// A value with its places; the text is known to be JSON that is not too deep.
pub(super) enum Value {
    /// A number or a text; a text without its quotes.
    Scalar(Range<usize>),
    /// An array or an object with nothing in it, with its brackets.
    Empty(Range<usize>),
    Array(Vec<Self>),
    Object(Vec<(Range<usize>, Self)>),
}

impl Value {
    pub(super) fn is_null(&self, text: &str) -> bool {
        matches!(self, Self::Scalar(span) if text[span.clone()] == *"null")
    }
}

/// Why a text is no JSON.
pub(super) fn reason(error: &serde_json::Error) -> String {
    format!("{error}; JSON takes no comments and no comma before a bracket")
}

/// Whether a text begins as only JSON does, and its first value has a fault: a comma before a
/// bracket, a comment.
pub(super) fn is_broken(text: &str) -> bool {
    let mut rest = text;
    while rest.starts_with("//") {
        rest = rest
            .split_once('\n')
            .map_or("", |(_, rest)| rest.trim_start());
    }
    let inner = rest.strip_prefix('[').unwrap_or(rest).trim_start();
    let key = inner.strip_prefix('{').unwrap_or_default().trim_start();
    let is_key = key
        .strip_prefix('"')
        .and_then(|name| name.split_once('"'))
        .is_some_and(|(_, behind)| behind.trim_start().starts_with(':'));
    // JSON may also be a value a line.
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    is_key && !matches!(values.next(), Some(Ok(_)))
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Parser<'_> {
    fn skip(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | ':'))
                .len();
    }

    fn string(&mut self) -> Range<usize> {
        let start = self.at + 1;
        let mut is_escaped = false;
        let bytes = self.text.as_bytes();
        self.at = start;
        while let Some(byte) = bytes.get(self.at) {
            if !is_escaped && *byte == b'"' {
                break;
            }
            is_escaped = !is_escaped && *byte == b'\\';
            self.at += 1;
        }
        let end = self.at;
        self.at = (self.at + 1).min(self.text.len());
        start..end
    }

    pub(super) fn value(&mut self) -> Option<Value> {
        self.skip();
        let bytes = self.text.as_bytes();
        let start = self.at;
        match bytes.get(start)? {
            b'"' => Some(Value::Scalar(self.string())),
            b'[' => {
                self.at += 1;
                let mut values = Vec::new();
                while let Some(value) = self.value() {
                    values.push(value);
                }
                self.at += 1;
                // Most arrays of a large file are short.
                values.shrink_to_fit();
                Some(match values.as_slice() {
                    [] => Value::Empty(start..self.at),
                    _ => Value::Array(values),
                })
            }
            b'{' => {
                self.at += 1;
                let mut members = Vec::new();
                loop {
                    self.skip();
                    if bytes.get(self.at) != Some(&b'"') {
                        break;
                    }
                    let key = self.string();
                    members.push((key, self.value()?));
                }
                self.at += 1;
                members.shrink_to_fit();
                Some(match members.as_slice() {
                    [] => Value::Empty(start..self.at),
                    _ => Value::Object(members),
                })
            }
            b']' | b'}' => None,
            _ => {
                let rest = &self.text[start..];
                let length =
                    rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | ']' | '}'));
                self.at += length.unwrap_or(rest.len());
                Some(Value::Scalar(start..self.at))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::ports;
    use crate::read::read;

    #[test]
    fn damaged_json_is_refused_with_the_reason() {
        for (text, reason) in [
            (
                "{\"tcp\": [80, 443,], \"udp\": [\"53\"]}\n",
                "line 1 column 18; JSON takes no comments and no comma before",
            ),
            (
                "{\"tcp\": [80, 443], \"udp\": [\"53\"],}\n",
                "key must be a string at line 1 column 34",
            ),
            ("// mine\n{\"tcp\": [80]}\n", "expected value at line 1"),
            ("{\n  \"tcp\": [80, // web\n 443]\n}\n", "line 2 column 15"),
            ("[{\"port\": 80, \"protocol\": \"tcp\"}", "EOF"),
        ] {
            let refused = read(text.as_bytes(), None).unwrap_err().to_string();
            assert!(refused.starts_with("cannot be read as json: "), "{refused}");
            assert!(refused.contains(reason), "{refused}");
        }
        let lines =
            "{\"port\": 80, \"protocol\": \"tcp\"}\n{\"port\": 53, \"protocol\": \"udp\"}\n";
        assert_eq!(ports(lines), "80/tcp 53/udp");
    }

    #[test]
    fn arrays_without_ports_take_no_groups() {
        let text = format!("{{\"tcp\": [80{}]}}", ", [\"\"]".repeat(1_000));
        let list = read(text.as_bytes(), None).unwrap();
        assert_eq!((list.entries.len(), list.groups.len()), (1, 1));
    }
}
