//! Where the files of a source lie below the sources folder.

use appleports_model::SourceId;

/// The folder and the beginning of the names of a source's files. A source of a kind with locales
/// has a folder of its own; the others of a kind share one, and their files begin with their day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// `apple/de-de/2015-10-23`, or `iana`.
    pub(crate) folder: String,
    /// `capture`, or `2015-07-30`.
    pub(crate) stem: String,
}

impl Location {
    /// Where the files of a source lie, or would.
    pub(crate) fn of(id: &SourceId) -> Self {
        if id.kind().has_locales() {
            Self::capture(id.to_string())
        } else {
            let folder = id.series().to_string();
            Self::edition(&folder, &id.date().to_string())
        }
    }

    pub(crate) fn capture(folder: String) -> Self {
        let stem = "capture".to_owned();
        Self { folder, stem }
    }

    pub(crate) fn edition(folder: &str, day: &str) -> Self {
        let (folder, stem) = (folder.to_owned(), day.to_owned());
        Self { folder, stem }
    }

    /// The path of its file with this ending: `iana/2015-07-30.toml`.
    pub(crate) fn file(&self, ending: &str) -> String {
        format!("{}/{}.{ending}", self.folder, self.stem)
    }

    /// The path of its manifest.
    pub(crate) fn manifest(&self) -> String {
        self.file("toml")
    }
}

/// The path of what a person accepted: within the folder of a capture, and named after the day of
/// an edition.
pub(crate) fn acceptance(id: &SourceId) -> String {
    if id.kind().has_locales() {
        format!("{id}/accepted.toml")
    } else {
        format!("{id}.accepted.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_has_a_folder_and_an_edition_a_name() {
        for (id, manifest, accepted) in [
            (
                "apple/de-de/2015-10-23",
                "apple/de-de/2015-10-23/capture.toml",
                "apple/de-de/2015-10-23/accepted.toml",
            ),
            (
                "iana/2015-07-30",
                "iana/2015-07-30.toml",
                "iana/2015-07-30.accepted.toml",
            ),
        ] {
            let id = id.parse().unwrap();
            assert_eq!(Location::of(&id).manifest(), manifest);
            assert_eq!(acceptance(&id), accepted);
        }
    }
}
