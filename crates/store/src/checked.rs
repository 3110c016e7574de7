//! When each source was last asked for; kept apart from the evidence, which never changes.

use std::collections::BTreeMap;

use crate::error::StoreError;
use crate::lock::Lock;
use crate::publish::publish_locked;
use crate::sources::SourceFolder;

/// The file below the sources folder; not under version control.
const NAME: &str = ".checked.toml";

impl SourceFolder {
    /// The day on which each source was last asked for, by `apple/<locale>`, `iana`
    /// and `rfc`. A damaged file counts as none: it only says when to ask again.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file cannot be read.
    pub fn checked(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let path = self.root().join(NAME);
        match self.place().read_text(&path) {
            Ok(text) => Ok(toml::from_str(&text).unwrap_or_default()),
            Err(error) if error.is_not_found() => Ok(BTreeMap::new()),
            Err(error) => Err(error),
        }
    }

    /// Notes that a source was asked for on this day.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read or written.
    pub fn mark_checked(&self, source: &str, date: &str) -> Result<(), StoreError> {
        let folder = self.writable()?;
        let lock = Lock::of(folder)?;
        let mut all = self.checked()?;
        all.insert(source.to_owned(), date.to_owned());
        let path = folder.join(NAME);
        let text = toml::to_string(&all).map_err(|error| StoreError::Manifest {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        publish_locked(&lock, folder, &[(NAME, text.as_bytes())])
    }
}
