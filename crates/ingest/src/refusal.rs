//! Why one of the other files is refused, before it is known which file it is.

use crate::lines::LineCounter;

/// Why a file is refused, and where.
pub(crate) struct Refusal {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// Refuses a file with a NUL: it is no text, nor XML.
pub(crate) fn check_text(bytes: &[u8]) -> Result<(), Refusal> {
    if !bytes.contains(&0) {
        return Ok(());
    }
    let before = bytes.iter().take_while(|byte| **byte != 0).count();
    Err(Refusal {
        line: LineCounter::new(bytes).at(before),
        reason: "this is binary data, not text".to_owned(),
    })
}

/// The most bytes of a file of facts: twelve times as many as the longest has. Each byte may take 300
/// of memory while the TOML is read.
const MAX_FACTS: usize = 64 * 1024;

/// Refuses a file of facts with more bytes than such a file can have.
pub(crate) fn check_length(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() <= MAX_FACTS {
        return Ok(());
    }
    Err(Refusal {
        line: 1,
        reason: format!(
            "{} bytes are more than a file of facts can have (limit {MAX_FACTS})",
            bytes.len()
        ),
    })
}
