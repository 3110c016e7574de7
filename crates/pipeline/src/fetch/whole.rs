//! Whether what came is the whole of it.

use anyhow::bail;
use appleports_fetch::Body;
use appleports_ingest::{Document, has_end};

/// Refuses a body that may be cut off, since it ended with the connection.
///
/// # Errors
/// Why it is not taken for whole.
pub(super) fn check_body(path: &str, body: &Body) -> anyhow::Result<()> {
    if !body.has_end {
        bail!(
            "{path}: the server does not say where the file ends, so the end may be missing; fetch it again"
        );
    }
    Ok(())
}

/// Refuses a page that may be cut off, since it has no end.
///
/// # Errors
/// Why it is not taken for whole.
pub(super) fn check_page(document: &Document<'_>) -> anyhow::Result<()> {
    if !has_end(document) {
        bail!(
            "{}: the page is cut off: it does not end with </html>, or a table in it has no end; fetch it again",
            document.path
        );
    }
    Ok(())
}
