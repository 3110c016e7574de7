//! Which sources there are, and which files are none.

use appleports_model::{SourceId, SourceKind, is_date};

use crate::error::StoreError;
use crate::layout::Location;
use crate::sources::SourceFolder;

impl SourceFolder {
    /// The ids of all sources of a kind, oldest first, locales in alphabetical order.
    ///
    /// # Errors
    /// [`StoreError::OddFolder`] when the folder of a capture is not named after its
    /// locale and day; [`StoreError::Io`] when a folder cannot be listed.
    pub fn list(&self, kind: SourceKind) -> Result<Vec<SourceId>, StoreError> {
        let mut ids = Vec::new();
        for location in self.locations(kind)? {
            if !self.has(&location.manifest())? {
                continue;
            }
            let name = if kind.has_locales() {
                location.folder.clone()
            } else {
                format!("{}/{}", location.folder, location.stem)
            };
            ids.push(name.parse().map_err(|_| StoreError::OddFolder {
                path: self.root().join(&location.folder).display().to_string(),
            })?);
        }
        ids.sort();
        Ok(ids)
    }

    /// The files of a kind, by their endings, that have no manifest beside them, and so are no
    /// sources. One that was fetched and refused is kept as evidence and is not among them.
    ///
    /// # Errors
    /// [`StoreError::Io`] when a folder cannot be listed.
    pub fn without_manifest(
        &self,
        kind: SourceKind,
        endings: &[&str],
    ) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for location in self.locations(kind)? {
            for ending in endings {
                let file = location.file(ending);
                let is_odd = self.has(&file)?
                    && !self.has(&location.manifest())?
                    && !self.has(&format!("{file}.refused.txt"))?;
                found.extend(is_odd.then_some(file));
            }
        }
        Ok(found)
    }

    /// Every place where files of a kind lie, whether they are a source or not.
    fn locations(&self, kind: SourceKind) -> Result<Vec<Location>, StoreError> {
        let list = |folder: &str| self.storage().list(&self.root().join(folder));
        let top = kind.folder();
        let mut locations = Vec::new();
        if kind.has_locales() {
            for locale in list(top)? {
                let of_locale = format!("{top}/{locale}");
                let days = list(&of_locale)?.into_iter();
                locations.extend(days.map(|day| Location::capture(format!("{of_locale}/{day}"))));
            }
        } else {
            let names = list(top)?;
            let days = names.iter().filter_map(|name| name.split('.').next());
            locations.extend(
                days.filter(|day| is_date(day))
                    .map(|day| Location::edition(top, day)),
            );
            locations.dedup();
        }
        Ok(locations)
    }

    /// Whether a file is there, by its path below the sources folder.
    fn has(&self, file: &str) -> Result<bool, StoreError> {
        self.storage().is_there(&self.root().join(file))
    }
}
