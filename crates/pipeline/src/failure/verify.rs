//! Why an output folder cannot be verified.

use thiserror::Error;

/// Why an output folder cannot be verified.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// There is nothing to compare with.
    #[error(
        "{manifest}: no such manifest, so there is nothing to verify; run `appleports build --output {output}`, or name another folder with `--output DIR`"
    )]
    NoManifest {
        /// The manifest.
        manifest: String,
        /// The output folder.
        output: String,
    },
    /// The manifest does not say what the output was built from.
    #[error("datapackage.json: no capture among the sources")]
    NoCapture,
}
