//! A services file that nothing can be merged into.

use thiserror::Error;

/// A block of an earlier merge that ends after another one within it.
#[derive(Debug, Error)]
#[error(
    "{path}:{line}: a block of appleports ends here, and another one is within it, so lines of yours may be in it; remove the first or last lines of blocks that are too many"
)]
pub struct MergeError {
    /// The file.
    pub path: String,
    /// The 1-based line.
    pub line: usize,
}
