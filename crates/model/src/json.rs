//! JSON for others: indented, with a final line break, safe to look at.

use std::io::{Error, ErrorKind, Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

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
    value.serialize(&mut Serializer::with_formatter(
        &mut out,
        Indented::default(),
    ))?;
    out.write_all(b"\n")?;
    out.pass_on()
}

/// What is before an item: a comma behind another one, a line break, and two spaces for each level.
const BEFORE_ITEM: &str = ",\n                                                                ";

/// JSON as [`serde_json::ser::PrettyFormatter`] lays it out, which writes the spaces of each level by
/// themselves: `ports.json` takes a quarter less so (`cargo bench -p appleports-pipeline`, `json`).
#[derive(Default)]
struct Indented {
    level: usize,
    has_items: bool,
}

impl Indented {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, sign: &[u8]) -> Result<()> {
        self.level += 1;
        self.has_items = false;
        out.write_all(sign)
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, sign: &[u8]) -> Result<()> {
        self.level -= 1;
        if self.has_items {
            self.before_item(out, true)?;
        }
        out.write_all(sign)
    }

    fn before_item<W: Write + ?Sized>(&self, out: &mut W, is_first: bool) -> Result<()> {
        let (start, end) = (usize::from(is_first), 2 + 2 * self.level);
        out.write_all(&BEFORE_ITEM.as_bytes()[start..end.min(BEFORE_ITEM.len())])?;
        for _ in BEFORE_ITEM.len()..end {
            out.write_all(b" ")?;
        }
        Ok(())
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.before_item(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> Result<()> {
        self.has_items = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.before_item(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> Result<()> {
        self.has_items = true;
        Ok(())
    }
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
        self.write_all(part)?;
        Ok(part.len())
    }

    fn write_all(&mut self, part: &[u8]) -> Result<()> {
        self.pending.extend_from_slice(part);
        if self.pending.len() >= BLOCK {
            self.pass_on()?;
        }
        Ok(())
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
    fn it_is_laid_out_as_others_do() {
        let mut deep = serde_json::json!({"a": [], "b": {}, "c": [1, {"d": null}], "e": "f"});
        for _ in 0..50 {
            deep = serde_json::json!([deep, {"x": [], "y": 1}]);
            let expected = serde_json::to_string_pretty(&deep).unwrap();
            assert_eq!(to_json(&deep), format!("{expected}\n"));
        }
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
