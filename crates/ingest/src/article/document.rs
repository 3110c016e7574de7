//! A capture as text: checked bytes and numbered lines.

use appleports_model::Quoted;

use crate::article::encoding;
use crate::error::{ReadError, ReadErrorKind};
use crate::lines::LineCounter;

/// The most bytes that a capture may have: 4 MiB. The article has under 20 KiB of text; a saved
/// page with all its scripts stays far below this. Every later command reads each stored capture,
/// so none may take long.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A capture as text, with the id and path that findings and errors name.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The id of the capture.
    pub source: &'a str,
    /// The path for error messages.
    pub path: &'a str,
    /// The text, without a byte order mark.
    pub text: &'a str,
}

impl<'a> Document<'a> {
    /// Checks that the bytes are text.
    ///
    /// # Errors
    /// [`ReadError`] when they are empty, too many, binary, not UTF-8, in a character set that
    /// cannot be decoded, or with line ends of CR alone.
    pub fn new(source: &'a str, path: &'a str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let length = bytes.len() as u64;
        if length > MAX_BYTES {
            let kind = ReadErrorKind::TooLarge {
                bytes: length,
                limit: MAX_BYTES,
            };
            return Err(ReadError::new(path, kind));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
            let line = LineCounter::new(bytes).at(offset);
            return Err(ReadError::at(path, line, ReadErrorKind::Binary));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            let kind = ReadErrorKind::NotUtf8 {
                offset,
                byte: bytes.get(offset).copied().unwrap_or_default(),
            };
            ReadError::at(path, LineCounter::new(bytes).at(offset), kind)
        })?;
        if let Some(label) = encoding::unreadable(bytes) {
            let kind = ReadErrorKind::CharacterSet {
                label: Quoted(&label).to_string(),
            };
            return Err(ReadError::new(path, kind));
        }
        if text.trim().is_empty() {
            return Err(ReadError::new(path, ReadErrorKind::Empty));
        }
        if !text.contains('\n') && text.trim_end().contains('\r') {
            return Err(ReadError::new(path, ReadErrorKind::OldLineEnds));
        }
        Ok(Self { source, path, text })
    }

    /// The lines with their 1-based numbers, without their line ends.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &'a str)> + use<'a> {
        (1..).zip(self.text.lines())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        Document::new("s", "page.md", bytes)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn bad_bytes_are_named_with_their_line() {
        assert_eq!(
            error(b" \n"),
            "page.md: the file is empty; save the article again"
        );
        assert_eq!(
            error(b"a\nb\0"),
            "page.md:2: this is binary data, not text; save the article as Markdown, text or HTML"
        );
        assert_eq!(
            error(b"a\n\nf\xfcr"),
            "page.md:3: the text is not UTF-8 (byte 4, 0xfc); convert it, for example with iconv -t UTF-8"
        );
    }
}
