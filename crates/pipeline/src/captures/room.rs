//! How much all captures of a sources folder may hold together: every command reads each of them.

use appleports_model::{SourceId, claims};
use appleports_normalise::Normalised;
use appleports_store::Stored;

use super::{Capture, Captures};
use crate::failure::CaptureError;

/// The most captures: a few a year and locale are two hundred in decades.
const MAX_CAPTURES: usize = 200;

/// The most rows of all captures together, those that cannot be read included: those of three
/// editions in all forty languages of the article.
const MAX_ROWS: usize = 20_000;

/// The most [claims](claims) of these rows: three for two of them, as the
/// article has.
const MAX_CLAIMS: usize = 30_000;

/// The most bytes of text in the cells of these rows: a hundred for each, where the article has 70.
const MAX_TEXT: usize = 2_000_000;

/// The most findings and pairs of rows that share ports, of all captures together: a hundred and fifty
/// for each of two hundred, and some more. The article has fewer, and one capture may have most of them.
const MAX_TOLD: usize = 40_000;

/// The most bytes of the files: a page of the article has some hundred kilobytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// What captures hold together.
#[derive(Default)]
pub(super) struct Room {
    captures: usize,
    rows: usize,
    claims: usize,
    text: usize,
    told: usize,
    bytes: usize,
}

impl Room {
    /// Adds a file that is about to be read, or refuses it with what is too much.
    pub(super) fn add_file(&mut self, stored: &Stored) -> Result<(), TooMany> {
        self.captures += 1;
        self.bytes += stored.bytes.len();
        check(self.captures, MAX_CAPTURES, "captures")?;
        check(self.bytes, MAX_BYTES, "bytes")
    }

    /// Adds what was read of it, or refuses it with what is too much.
    pub(super) fn add_rows(&mut self, capture: &Capture) -> Result<(), TooMany> {
        let Some(normalised) = &capture.normalised else {
            return Ok(());
        };
        self.rows += usize::try_from(normalised.totals.rows_read).unwrap_or(usize::MAX);
        self.claims += claims(&normalised.records, &normalised.unread);
        self.text += capture.text;
        self.told += normalised.findings.len() + normalised.overlaps.len();
        check(self.rows, MAX_ROWS, "rows")?;
        check(self.claims, MAX_CLAIMS, "ports of products")?;
        check(self.text, MAX_TEXT, "bytes of text in the cells")?;
        check(
            self.told,
            MAX_TOLD,
            "findings and pairs of rows that share ports",
        )
    }
}

/// The bytes of text in the cells of a capture.
pub(super) fn text_of(normalised: &Normalised) -> usize {
    let read = normalised
        .records
        .iter()
        .map(|record| &record.provenance.cells);
    let unread = normalised.unread.iter().map(|row| &row.cells);
    read.chain(unread).flatten().map(String::len).sum()
}

/// More of something than all captures together may have.
pub(super) struct TooMany {
    limit: usize,
    of: &'static str,
}

impl TooMany {
    /// It as an error: where, and which capture is the first to remove.
    pub(super) fn at(self, place: String, oldest: &SourceId) -> CaptureError {
        CaptureError::TooMany {
            place,
            limit: self.limit,
            of: self.of,
            oldest: oldest.to_string(),
        }
    }
}

fn check(count: usize, limit: usize, of: &'static str) -> Result<(), TooMany> {
    if count > limit {
        return Err(TooMany { limit, of });
    }
    Ok(())
}

impl Captures {
    /// Refuses a capture with which the folder would have more than every command reads.
    pub(super) fn check_room(&self, path: &str, capture: &Capture) -> Result<(), CaptureError> {
        let others = self.all.iter().filter(|other| other.id != capture.id);
        let oldest = self.all.first().map_or(&capture.id, |first| &first.id);
        let mut room = Room::default();
        for held in others.chain([capture]) {
            let added = room.add_file(&held.stored);
            added
                .and_then(|()| room.add_rows(held))
                .map_err(|more| more.at(path.to_owned(), oldest))?;
        }
        Ok(())
    }
}
