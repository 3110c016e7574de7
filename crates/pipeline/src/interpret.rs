//! One capture: bytes to records.

use appleports_ingest::{ReadError, check_address, read_capture};
use appleports_model::claims;
use appleports_normalise::{Normalised, Vocabulary, confirm, normalise};
use appleports_store::{SourceFolder, Stored};

use crate::failure::{CaptureError, Failure};
use crate::guards;

/// The most [claims](claims) of one capture, which has 2,500 rows at most.
/// Those of the article have 300.
const MAX_CLAIMS: usize = 2_500;

/// What came of reading a capture.
pub(crate) struct Interpreted {
    pub(crate) normalised: Normalised,
    /// The name of the layout that was read.
    pub(crate) layout: &'static str,
    /// Whether the table says when each row was confirmed, as no page does.
    pub(crate) has_confirmations: bool,
}

/// Reads and normalises one capture.
pub(crate) fn interpret(
    capture: &Stored,
    path: &str,
    vocabulary: &Vocabulary,
) -> Result<Interpreted, Failure> {
    // A manifest may be changed by hand, or come from a stranger.
    let mut url = capture.info.url.iter();
    if let Some(error) = url.find_map(|url| check_address(path, url).err()) {
        return Err(refused(&capture.info.id, &error));
    }
    let table = match read_capture(&capture.info.id, path, &capture.bytes) {
        Ok(table) => table,
        Err(error) if error.is_missing_table() => {
            return Err(refused(&capture.info.id, &error));
        }
        Err(error) => return Err(error.into()),
    };
    // `read_capture` has checked that the bytes are UTF-8.
    let text = String::from_utf8_lossy(&capture.bytes);
    let mut normalised = normalise(&table, &text, capture.info.locale_text(), vocabulary);
    if claims(&normalised.records, &normalised.unread) > MAX_CLAIMS {
        return Err(CaptureError::TooManyClaims {
            path: path.to_owned(),
            limit: MAX_CLAIMS,
        }
        .into());
    }
    let confirmed = confirm(&mut normalised.records, &table, &capture.info.day());
    normalised.findings.extend(confirmed);
    Ok(Interpreted {
        normalised,
        layout: table.layout,
        has_confirmations: table.rows.iter().any(|row| row.confirmed.is_some()),
    })
}

/// The refusal of a page that is not the article, or has lost its table.
pub(crate) fn refused(id: &str, error: &ReadError) -> Failure {
    Failure::Refused(vec![guards::missing_table(id, &error.to_string())])
}

/// Loads the vocabulary from the sources folder.
pub(crate) fn vocabulary(sources: &SourceFolder) -> Result<Vocabulary, Failure> {
    let files = sources.vocabulary()?;
    let mut vocabulary = Vocabulary::new();
    for (path, text) in &files.phrases {
        vocabulary.add_phrases(path, text)?;
    }
    vocabulary.add_products(&files.products.0, &files.products.1)?;
    Ok(vocabulary)
}
