//! What a folder of sources answered, so that the same questions can be put to it again.

use std::collections::BTreeMap;
use std::path::Path;

use appleports_model::sha256_hex;
use serde::{Deserialize, Serialize};

use crate::files::{self, MAX_STORED};

/// Every question that was put to a folder of sources, by the path in it, with the answer. Where all
/// answers are still the same, so is whatever was made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// SHA-256 of the names in each folder that was listed.
    folders: BTreeMap<String, String>,
    /// Each file that was looked for, or read.
    files: BTreeMap<String, FileAnswer>,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileAnswer {
    /// It is not there.
    Missing,
    /// It is there; nobody read it.
    There,
    /// It was read, and this is the SHA-256 of its bytes.
    Read(String),
}

impl Answers {
    /// Of folders with the names in them, and of files.
    pub(crate) fn of<'a>(
        folders: impl Iterator<Item = (&'a String, &'a Vec<String>)>,
        files: BTreeMap<String, FileAnswer>,
    ) -> Self {
        let folders = folders.map(|(path, names)| (path.clone(), digest(names)));
        Self {
            folders: folders.collect(),
            files,
        }
    }

    /// Whether the folder at `root` answers every question as it did then.
    pub fn still_hold(&self, root: &Path) -> bool {
        let is_same_folder = |(path, then): (&String, &String)| {
            files::list(&root.join(path)).is_ok_and(|names| digest(&names) == *then)
        };
        let is_same_file = |(path, then): (&String, &FileAnswer)| then.holds(&root.join(path));
        self.folders.iter().all(is_same_folder) && self.files.iter().all(is_same_file)
    }
}

impl FileAnswer {
    fn holds(&self, path: &Path) -> bool {
        match self {
            Self::Missing => files::is_there(path).is_ok_and(|is_there| !is_there),
            Self::There => files::is_there(path).is_ok_and(|is_there| is_there),
            Self::Read(digest) => {
                files::read_own(path, MAX_STORED).is_ok_and(|bytes| sha256_hex(&bytes) == *digest)
            }
        }
    }
}

/// No name has the byte that parts them.
fn digest(names: &[String]) -> String {
    sha256_hex(names.join("\0").as_bytes())
}
