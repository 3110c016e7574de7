//! When each source was last asked for; kept apart from the evidence, which never changes.

use std::collections::BTreeMap;

use appleports_model::{Date, Series, parse_date};

use crate::error::StoreError;
use crate::lock::Lock;
use crate::publish::publish_locked;
use crate::sources::SourceFolder;

/// The file below the sources folder; not under version control.
const NAME: &str = ".checked.toml";

impl SourceFolder {
    /// The day on which the server was last asked for each series. What is damaged counts as
    /// none: it only says when to ask again.
    ///
    /// # Errors
    /// [`StoreError::Io`] when the file cannot be read.
    pub fn checked(&self) -> Result<BTreeMap<Series, Date>, StoreError> {
        let path = self.root().join(NAME);
        match self.storage().read_text(&path) {
            Ok(text) => {
                let all: BTreeMap<String, String> = toml::from_str(&text).unwrap_or_default();
                let all = all.iter();
                Ok(all
                    .filter_map(|(series, day)| Some((series.parse().ok()?, parse_date(day)?)))
                    .collect())
            }
            Err(error) if error.is_not_found() => Ok(BTreeMap::new()),
            Err(error) => Err(error),
        }
    }

    /// Notes that the server was asked for a series on this day.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read or written.
    pub fn mark_checked(&self, series: &Series, date: Date) -> Result<(), StoreError> {
        let folder = self.writable()?;
        let lock = Lock::of(folder)?;
        let mut all = self.checked()?;
        all.insert(series.clone(), date);
        let all: BTreeMap<String, String> = all
            .iter()
            .map(|(series, day)| (series.to_string(), day.to_string()))
            .collect();
        let path = folder.join(NAME);
        let text = toml::to_string(&all).map_err(|error| StoreError::Manifest {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        publish_locked(&lock, &[(NAME, text.as_bytes())])
    }
}
