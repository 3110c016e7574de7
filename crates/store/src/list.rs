//! Which sources there are, and which files are none.

use appleports_model::{SourceId, SourceKind, is_date};

use crate::error::StoreError;
use crate::layout::Shelf;
use crate::sources::SourceFolder;

impl SourceFolder {
    /// The ids of all sources of a kind, oldest first, locales in alphabetical order.
    ///
    /// # Errors
    /// [`StoreError::OddFolder`] when the folder of a capture is not named after its
    /// locale and day; [`StoreError::Io`] when a folder cannot be listed.
    pub fn list(&self, kind: SourceKind) -> Result<Vec<SourceId>, StoreError> {
        let mut ids = Vec::new();
        for shelf in self.shelves(kind)? {
            if !self.has(&shelf.manifest())? {
                continue;
            }
            let name = if kind.has_locales() {
                shelf.folder.clone()
            } else {
                format!("{}/{}", shelf.folder, shelf.stem)
            };
            ids.push(name.parse().map_err(|_| StoreError::OddFolder {
                path: self.root().join(&shelf.folder).display().to_string(),
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
        for shelf in self.shelves(kind)? {
            for ending in endings {
                let file = shelf.file(ending);
                let is_odd = self.has(&file)?
                    && !self.has(&shelf.manifest())?
                    && !self.has(&format!("{file}.refused.txt"))?;
                found.extend(is_odd.then_some(file));
            }
        }
        Ok(found)
    }

    /// Every place where files of a kind lie, whether they are a source or not.
    fn shelves(&self, kind: SourceKind) -> Result<Vec<Shelf>, StoreError> {
        let list = |folder: &str| self.place().list(&self.root().join(folder));
        let top = kind.folder();
        let mut shelves = Vec::new();
        if kind.has_locales() {
            for locale in list(top)? {
                let of_locale = format!("{top}/{locale}");
                let days = list(&of_locale)?.into_iter();
                shelves.extend(days.map(|day| Shelf::capture(format!("{of_locale}/{day}"))));
            }
        } else {
            let names = list(top)?;
            let days = names.iter().filter_map(|name| name.split('.').next());
            shelves.extend(
                days.filter(|day| is_date(day))
                    .map(|day| Shelf::edition(top, day)),
            );
            shelves.dedup();
        }
        Ok(shelves)
    }

    /// Whether a file is there, by its path below the sources folder.
    fn has(&self, file: &str) -> Result<bool, StoreError> {
        self.place().is_there(&self.root().join(file))
    }
}
