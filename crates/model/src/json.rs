//! JSON for others: indented, with a final line break, safe to look at.

use std::io::{Error, ErrorKind, Result, Write};

use serde::Serialize;

use crate::text::escape_hidden;

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
    let mut out = Escaped(out);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")
}

/// Escapes what is written to it; each part must be whole characters, as `serde_json`'s are.
struct Escaped<W>(W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, part: &[u8]) -> Result<usize> {
        let text = std::str::from_utf8(part);
        let text = text.map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        self.0.write_all(escape_hidden(text).as_bytes())?;
        Ok(part.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.0.flush()
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
}
