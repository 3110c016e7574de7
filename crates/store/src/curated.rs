//! What people keep beside the sources: the vocabulary, and corrections.

use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::sources::SourceFolder;

/// The product names, below a sources folder: without them a folder is none of sources.
pub(crate) const PRODUCTS: &str = "vocabulary/products.toml";

/// The files of the vocabulary, each as its path and its text.
#[derive(Clone, Debug)]
pub struct VocabularyFiles {
    /// The product names.
    pub products: (String, String),
    /// The fixed phrases, one file a language.
    pub phrases: Vec<(String, String)>,
}

impl SourceFolder {
    /// The vocabulary, with the paths for error messages.
    ///
    /// # Errors
    /// [`StoreError::Io`] when a file cannot be read.
    pub fn vocabulary(&self) -> Result<VocabularyFiles, StoreError> {
        let folder = self.root().join("vocabulary");
        let read = |path: PathBuf| -> Result<(String, String), StoreError> {
            let text = self.storage().read_text(&path)?;
            Ok((path.display().to_string(), text))
        };
        let products = read(self.root().join(PRODUCTS))?;
        let phrases = self.storage().list(&folder.join("phrases"))?;
        let phrases = phrases
            .iter()
            .filter(|name| {
                Path::new(name)
                    .extension()
                    .is_some_and(|extension| extension == "toml")
            })
            .map(|name| read(folder.join("phrases").join(name)))
            .collect::<Result<_, _>>()?;
        Ok(VocabularyFiles { products, phrases })
    }

    /// The curated corrections: path and text; an empty text where there is no file.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file cannot be read.
    pub fn corrections(&self) -> Result<(String, String), StoreError> {
        let path = self.root().join("corrections.toml");
        let text = match self.storage().read_text(&path) {
            Err(error) if error.is_not_found() => String::new(),
            other => other?,
        };
        Ok((path.display().to_string(), text))
    }
}
