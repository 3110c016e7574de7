//! JSON for others: indented, with a final line break, safe to look at.

use std::io::{Error, ErrorKind, Result, Write};

use serde::Serialize;

use crate::text::escape_hidden;

/// How many bytes are looked through at once: the parts that `serde_json` writes are short.
const BLOCK: usize = 16 << 10;

/// The value as JSON, [safe to look at](escape_hidden). Every JSON that the program writes for
/// others is made here or by [`write_json`].
pub fn to_json(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    // The types written have string keys and no fallible serialisers.
    let _ = write_json(&mut json, value);
    String::from_utf8(json).unwrap_or_default()
}

/// Writes [`to_json`] as it is made.
///
/// # Errors
/// That of the writer.
pub fn write_json(out: impl Write, value: &impl Serialize) -> Result<()> {
    let mut out = Escaped {
        out,
        pending: Vec::new(),
    };
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.pass_on()
}

/// Escapes what is written to it, block by block. Each part must be whole characters, and hold the
/// whole of what is escaped, as `serde_json`'s do.
struct Escaped<W> {
    out: W,
    /// What is not escaped yet.
    pending: Vec<u8>,
}

impl<W: Write> Escaped<W> {
    fn pass_on(&mut self) -> Result<()> {
        let text = std::str::from_utf8(&self.pending);
        let text = text.map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        self.out.write_all(escape_hidden(text).as_bytes())?;
        self.pending.clear();
        Ok(())
    }
}

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, part: &[u8]) -> Result<usize> {
        self.pending.extend_from_slice(part);
        if self.pending.len() >= BLOCK {
            self.pass_on()?;
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::to_json;

    #[test]
    fn json_shows_what_hides() {
        let json = to_json(&["a\u{202e}b\u{9b}\u{e0041}", "plain\nü"]);
        assert!(json.contains(r"a\u202eb\u009b\udb40\udc41"), "{json}");
        assert!(json.ends_with("\"plain\\nü\"\n]\n"), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, ["a\u{202e}b\u{9b}\u{e0041}", "plain\nü"]);
    }

    #[test]
    fn long_json_is_escaped_across_its_blocks() {
        for length in [super::BLOCK - 4, super::BLOCK - 1, 3 * super::BLOCK] {
            let text = format!("{}\u{202e}##[ü", "a".repeat(length));
            let json = to_json(&[&text, &text]);
            assert_eq!(json.matches(r"\u202e##\u005bü").count(), 2, "{length}");
            let back: [String; 2] = serde_json::from_str(&json).unwrap();
            assert_eq!(back, [text.clone(), text]);
        }
    }
}
