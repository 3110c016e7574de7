//! Bytes to a list.

use std::fmt;

use thiserror::Error;

use crate::expression::Reader;
use crate::list::List;
use crate::notations::NOTATIONS;
use crate::notations::comments::{Codes, Comments};

/// The most bytes of a list. The longest one that this program writes itself, each port of each
/// range by itself with all that is known about it, has less.
pub const MAX_FILE: u64 = 16 << 20;

/// The most bytes of one line.
pub const MAX_LINE: usize = 1 << 20;

/// The most ports and ranges of a list: an edition of the article, each port of each range by itself,
/// has 40,000, which `export --expand` writes. Each takes two kilobytes of memory at most.
pub const MAX_ENTRIES: usize = 42_000;

/// How many more a correction may add: the rows of an article that a list lacks.
pub(crate) const MAX_ADDED: usize = 5_000;

/// The most words, ports and ranges of one line: as many as a list may have ports.
pub(crate) const MAX_WORDS: usize = MAX_ENTRIES + MAX_ADDED;

/// The most uses of variables for ports, and the most values of these.
pub(crate) const MAX_VARIABLES: usize = 20_000;

/// The most lines of a list. Each is accounted for.
pub(crate) const MAX_LINES: usize = 250_000;

/// Why a file is not read as a list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is too long.
    #[error("has more than {} MiB, and no list of ports is that long", MAX_FILE >> 20)]
    TooLarge,
    /// It has a line that is too long.
    #[error("line {line} has more than {} MiB", MAX_LINE >> 20)]
    LongLine {
        /// The 1-based line.
        line: usize,
    },
    /// It has too many lines.
    #[error("has more than {MAX_LINES} lines, and no list of ports is that long")]
    TooManyLines,
    /// It has a line with too many words.
    #[error(
        "line {line} has more than {MAX_WORDS} words and numbers, and no line of a list is that long; \
         break it into several lines"
    )]
    TooManyWords {
        /// The 1-based line.
        line: usize,
    },
    /// It has too many entries.
    #[error("lists more than {MAX_ENTRIES} ports and ranges")]
    TooManyEntries,
    /// It has too many variables for ports.
    #[error("uses more than {MAX_VARIABLES} variables for ports, and no script has as many")]
    TooManyVariables,
    /// It is not text.
    #[error("is not text: invalid UTF-8 at byte {0}")]
    NotText(usize),
    /// It is text with one byte for each character.
    #[error(
        "is not UTF-8: line {line} has the byte 0x{byte:02X}; convert it with \
         `iconv -f WINDOWS-1252 -t UTF-8`"
    )]
    Windows1252 {
        /// The 1-based line.
        line: usize,
        /// The first byte that is no UTF-8.
        byte: u8,
    },
    /// It has two bytes for each character.
    #[error("is UTF-16; convert it with `iconv -f {0} -t UTF-8`")]
    Utf16(&'static str),
    /// It has a NUL.
    #[error("is not text: it has a NUL on line {0}")]
    Nul(usize),
    /// The notation was given, and the text is none of it.
    #[error("cannot be read as {0}: {1}")]
    Malformed(&'static str, String),
}

/// Where the ports of a notation stand, which says how a list is corrected and what repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// In plain text: any line may have some, and each may have its transport beside it.
    Plain,
    /// In one list, to which another port can be added.
    List,
    /// In rules or rows, a line each, so that the same line again adds nothing. Only their owner
    /// knows whether another port belongs into one.
    Rows,
    /// In blocks of several lines, or in rows that may repeat.
    Blocks,
}

/// A way to write lists of ports.
#[derive(Debug)]
pub struct Notation {
    /// The name for `--notation`.
    pub name: &'static str,
    pub(crate) shape: Shape,
    /// Whether a port without a transport is one of TCP, and no fault.
    pub(crate) is_tcp_by_default: bool,
    /// Whether the text is in this notation.
    pub(crate) is_in: fn(&str) -> bool,
    /// Reads the ports.
    pub(crate) read: fn(&mut Reader<'_>) -> Result<(), ReadError>,
    /// Whether a trimmed line is a comment.
    pub(crate) is_comment: fn(&str) -> bool,
    /// Which comments are read as spaces.
    pub(crate) comments: Comments,
}

/// No two have the same name.
impl PartialEq for Notation {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Notation {}

impl fmt::Display for Notation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

/// The name that iconv has for the UTF-16 that a text is in, by its mark or its first two characters.
const fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        [1..=255, 0, 1..=255, 0, ..] => Some("UTF-16LE"),
        [0, 1..=255, 0, 1..=255, ..] => Some("UTF-16BE"),
        _ => None,
    }
}

/// Why bytes with invalid UTF-8 at a place are refused: text of Windows has no control characters.
fn not_utf8(bytes: &[u8], at: usize) -> ReadError {
    let is_text = |byte: &u8| !byte.is_ascii_control() || byte.is_ascii_whitespace();
    // What Windows-1252 does not use.
    let is_used = |byte: &u8| ![0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(byte);
    match bytes.get(at) {
        Some(byte) if bytes.iter().all(|b| is_text(b) && is_used(b)) => {
            let before = bytes[..at].split(|b| *b == b'\n');
            ReadError::Windows1252 {
                line: before.count(),
                byte: *byte,
            }
        }
        _ => ReadError::NotText(at),
    }
}

/// Reads a list in the notation of this name, or in the one that its contents show.
///
/// # Errors
/// [`ReadError`] where it is no text, or has more than any list.
pub fn read(bytes: &[u8], notation: Option<&'static Notation>) -> Result<List, ReadError> {
    let list = read_corrected(bytes, notation)?;
    if list.entries.len() > MAX_ENTRIES {
        return Err(ReadError::TooManyEntries);
    }
    Ok(list)
}

/// The mark that may begin a text in UTF-8; it is no part of the list.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Reads a list after its correction, as [`read`] does: it may have [`MAX_ADDED`] entries more.
pub(crate) fn read_corrected(
    bytes: &[u8],
    notation: Option<&'static Notation>,
) -> Result<List, ReadError> {
    if bytes.len() as u64 > MAX_FILE {
        return Err(ReadError::TooLarge);
    }
    if let Some(encoding) = utf16(bytes) {
        return Err(ReadError::Utf16(encoding));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    for (at, line) in text.split('\n').enumerate() {
        if at == MAX_LINES {
            return Err(ReadError::TooManyLines);
        }
        if line.len() > MAX_LINE {
            return Err(ReadError::LongLine { line: at + 1 });
        }
        if line.contains('\0') {
            return Err(ReadError::Nul(at + 1));
        }
    }
    let without_mark = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mark = text.len() - without_mark.len();
    let text = without_mark;
    let codes = Codes::new(text);
    let is_in = |one: &&Notation| (one.is_in)(codes.of(one.comments));
    let detected = || NOTATIONS.iter().find(is_in);
    let Some(notation) = notation.or_else(detected).or(NOTATIONS.last()) else {
        return Err(ReadError::TooLarge);
    };
    let mut reader = Reader::of_code(codes.of(notation.comments), text);
    (notation.read)(&mut reader)?;
    reader.variables()?;
    let mut list = reader.finish(notation);
    list.shift(mark);
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::notations::testing::shown;
    use crate::rules::testing::fixed;

    #[test]
    fn text_of_windows_is_refused_with_the_command_that_converts_it() {
        let refused = |bytes: &[u8]| read(bytes, None).unwrap_err().to_string();
        assert_eq!(
            refused(b"80/tcp\r\n3478\x963497/udp\r\n"),
            "is not UTF-8: line 2 has the byte 0x96; convert it with `iconv -f WINDOWS-1252 -t UTF-8`"
        );
        assert_eq!(
            refused(b"80\x01\xff\n"),
            "is not text: invalid UTF-8 at byte 3"
        );
    }

    #[test]
    fn the_mark_at_the_start_is_no_part_of_any_list() {
        for text in [
            "TCP_PORTS=80,443\n",
            "# TCP\n80/tcp\n",
            "1. 80/tcp\n2. 443/tcp\n",
            "T:80,443\n",
            "ufw allow 80/tcp\n",
            "permit tcp any any eq 80\n",
            "pass out proto tcp to port 80\n",
            "- port: 80\n  protocol: TCP\n- port: 443\n  protocol: TCP\n",
            "$p = 80, 443\nNew-NetFirewallRule -Direction Outbound -Protocol TCP -RemotePort $p\n",
            "define p = { 80, 443 }\ntcp dport $p accept\n",
            "iptables -A O -p tcp --dport 80 -j ACCEPT # web\n",
            "port,proto\n80,tcp\n443,tcp\n",
            "{\"tcp\": [80, 443]}\n",
            "<zone>\n<port port=\"80\" protocol=\"tcp\"/>\n</zone>\n",
        ] {
            let entries = shown(text);
            assert!(!entries.1.is_empty(), "{text}");
            assert_eq!(shown(&format!("\u{feff}{text}")), entries, "{text}");
        }
        let rows = ["80/tcp", "16384-16387/udp", "16393-16402/udp"];
        for text in [
            "16384-16402/udp\n",
            "iptables -A O -p udp --dport 16384:16402 -j ACCEPT\niptables -A O -p tcp --dport 80 -j ACCEPT\n",
            "80/tcp\r\n",
        ] {
            let right = fixed(&rows, text);
            assert_ne!(right, text);
            assert_eq!(
                fixed(&rows, &format!("\u{feff}{text}")),
                format!("\u{feff}{right}")
            );
        }
    }
}
