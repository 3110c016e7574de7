//! Whether somebody may have written the files of a source since they were read.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

use appleports_model::SourceId;
use serde::{Deserialize, Serialize};

use crate::files;
use crate::layout::Location;
use crate::sources::SourceFolder;
use crate::storage::Storage;

/// What the file system says of the folder that holds a source: its files by name, with size, time
/// and place on the disk. A source whose stamp is still the same has not been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(Vec<(String, FileStamp)>);

/// What the file system says of a file. One whose stamp is still the same has not been written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    bytes: u64,
    modified: SystemTime,
    /// The inode, and when it was changed, which no program can set.
    #[cfg(unix)]
    inode: (u64, i64, i64),
}

impl FileStamp {
    /// The stamp of the file at `path`; none where the file system does not say enough.
    pub fn at(path: &Path) -> Option<Self> {
        Self::of(&fs::metadata(path).ok()?)
    }

    fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;

        Some(Self {
            bytes: metadata.len(),
            modified: metadata.modified().ok()?,
            #[cfg(unix)]
            inode: (metadata.ino(), metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}

impl SourceFolder {
    /// The stamp of a source, to be taken before it is read; none where the file system does not
    /// say enough, and the source has to be read to know whether it has changed.
    pub fn stamp(&self, id: &SourceId) -> Option<Stamp> {
        let Storage::Folder = self.storage() else {
            return None;
        };
        let folder = self.root().join(Location::of(id).folder);
        let names = files::list(&folder).ok()?.into_iter();
        let stamps = names.map(|name| {
            let stamp = FileStamp::at(&folder.join(&name))?;
            Some((name, stamp))
        });
        stamps.collect::<Option<_>>().map(Stamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Manifest;

    #[test]
    fn a_stamp_is_another_once_a_file_is_written_added_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let sources = SourceFolder::new(folder.path());
        let id = "apple/en-us/2020-01-01".parse().unwrap();
        let manifest = Manifest::of(&id, "capture.csv", "text/csv", b"x");
        sources.add(&id, &manifest, b"x").unwrap();
        let place = folder.path().join(id.to_string());
        let mut last = sources.stamp(&id);
        assert!(last.is_some());
        assert_eq!(sources.stamp(&id), last);
        let steps: [&dyn Fn(); 3] = [
            &|| fs::write(place.join("capture.csv"), "other").unwrap(),
            &|| fs::write(place.join("accepted.toml"), "").unwrap(),
            &|| fs::remove_file(place.join("accepted.toml")).unwrap(),
        ];
        for step in steps {
            step();
            let now = sources.stamp(&id);
            assert!(now.is_some() && now != last);
            last = now;
        }
        // The old time on other bytes of the same length deceives nobody.
        let path = place.join("capture.csv");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::write(&path, "OTHER").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        assert_eq!(sources.stamp(&id) == last, cfg!(not(unix)));
    }
}
