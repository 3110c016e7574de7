//! The sources folder: captures, registry editions, vocabulary.

use std::fs;
use std::path::{Path, PathBuf};

use appleports_model::{SourceInfo, SourceKind, is_date, sha256_hex};

use crate::error::StoreError;
use crate::lock::Lock;
use crate::manifest::{Manifest, parse_manifest};
use crate::place::Place;
use crate::publish::publish_locked;

/// A stored source with its verified bytes.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What the dataset says about it.
    pub info: SourceInfo,
    /// The raw bytes.
    pub bytes: Vec<u8>,
}

/// The files of the vocabulary, each as its path and its text.
#[derive(Clone, Debug)]
pub struct VocabularyFiles {
    /// The product names.
    pub products: (String, String),
    /// The fixed phrases, one file a language.
    pub phrases: Vec<(String, String)>,
}

/// The sources: a folder, or an archive of one.
#[derive(Clone, Debug)]
pub struct SourceFolder {
    root: PathBuf,
    place: Place,
}

impl SourceFolder {
    /// The folder at `root`; nothing is read yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self::of(root.into(), Place::Folder)
    }

    pub(crate) fn of(root: PathBuf, place: Place) -> Self {
        Self { root, place }
    }

    /// The folder's path; of an archive, the name that stands for it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The folder's path, where something is to be written there.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] for an archive.
    pub fn writable(&self) -> Result<&Path, StoreError> {
        match self.place {
            Place::Folder => Ok(&self.root),
            Place::Archive(_) => Err(StoreError::ReadOnly {
                path: self.root.display().to_string(),
            }),
        }
    }

    /// The ids of all captures, oldest first, locales in alphabetical order.
    ///
    /// # Errors
    /// [`StoreError::OddFolder`] when the folder of a capture is not named after its
    /// locale and day; [`StoreError::Io`] when a folder cannot be listed.
    pub fn captures(&self) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        for locale in self.place.list(&self.root.join("apple"))? {
            for date in self.place.list(&self.root.join("apple").join(&locale))? {
                let folder = self.root.join("apple").join(&locale).join(&date);
                if !self.place.is_there(&folder.join("capture.toml"))? {
                    continue;
                }
                if !is_name(&locale) || !is_date(&date) {
                    let path = folder.display().to_string();
                    return Err(StoreError::OddFolder { path });
                }
                ids.push((date, locale.clone()));
            }
        }
        ids.sort();
        Ok(ids
            .into_iter()
            .map(|(date, locale)| format!("apple/{locale}/{date}"))
            .collect())
    }

    /// The tables and editions that have no manifest beside them, and so are no sources; a page
    /// may wait for one, or be kept as evidence.
    ///
    /// # Errors
    /// [`StoreError::Io`] when a folder cannot be listed.
    pub fn without_manifest(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        let apple = SourceKind::Article.folder();
        for locale in self.place.list(&self.root.join(apple))? {
            for date in self.place.list(&self.root.join(apple).join(&locale))? {
                let folder = format!("{apple}/{locale}/{date}");
                for name in ["capture.csv", "capture.md", "capture.txt"] {
                    let is_file = |name| self.place.is_there(&self.root.join(&folder).join(name));
                    if is_file(name)? && !is_file("capture.toml")? {
                        found.push(format!("{folder}/{name}"));
                    }
                }
            }
        }
        for kind in [SourceKind::Iana, SourceKind::Rfc, SourceKind::Siblings] {
            let folder = kind.folder();
            let names = self.place.list(&self.root.join(folder))?;
            for name in &names {
                let day = name.split('.').next().unwrap_or_default();
                let rest = name.strip_prefix(day).unwrap_or_default();
                let is_data = is_date(day) && matches!(rest, ".csv" | ".xml" | ".facts.toml");
                let has = |other: String| names.contains(&other);
                if is_data && !has(format!("{day}.toml")) && !has(format!("{name}.refused.txt")) {
                    found.push(format!("{folder}/{name}"));
                }
            }
        }
        Ok(found)
    }

    /// The ids of all sources of a kind, oldest first.
    ///
    /// # Errors
    /// As [`SourceFolder::captures`].
    pub fn list(&self, kind: SourceKind) -> Result<Vec<String>, StoreError> {
        match kind {
            SourceKind::Article => self.captures(),
            SourceKind::Iana | SourceKind::Rfc | SourceKind::Siblings => self.editions(kind),
        }
    }

    /// The manifests named after a day; other files beside them are no editions.
    fn editions(&self, kind: SourceKind) -> Result<Vec<String>, StoreError> {
        let folder = kind.folder();
        let names = self.place.list(&self.root.join(folder))?;
        let days = names.iter().filter_map(|name| name.strip_suffix(".toml"));
        Ok(days
            .filter(|day| is_date(day))
            .map(|day| format!("{folder}/{day}"))
            .collect())
    }

    /// Reads a source by its id and verifies its bytes.
    ///
    /// # Errors
    /// [`StoreError`] when the id is unknown, or the bytes are not those that were stored.
    pub fn load(&self, id: &str) -> Result<Stored, StoreError> {
        let kind = SourceKind::of(id).unwrap_or(SourceKind::Article);
        let parts: Vec<&str> = id.split('/').collect();
        let is_well_formed = match (kind, parts.as_slice()) {
            (SourceKind::Article, [folder, locale, date]) => {
                *folder == kind.folder() && is_name(locale) && is_date(date)
            }
            (SourceKind::Article, _) => false,
            (_, [_, date]) => is_date(date),
            _ => false,
        };
        if !is_well_formed || !self.place.is_there(&self.manifest_path(id))? {
            let known = self.list(kind)?;
            return Err(StoreError::Missing {
                path: self.root.display().to_string(),
                what: format!("source `{id}`"),
                hint: format!("known are: {}", known.join(", ")),
            });
        }
        let path = self.manifest_path(id);
        let manifest = self.read_manifest(&path)?;
        let file = path.with_file_name(&manifest.file);
        let bytes = self.place.read(&file)?;
        let actual = sha256_hex(&bytes);
        if actual != manifest.sha256 {
            let path = file.display().to_string();
            if has_other_line_ends(&bytes, &manifest.sha256) {
                return Err(StoreError::LineEnds { path });
            }
            return Err(StoreError::Changed {
                path,
                expected: manifest.sha256,
                actual,
            });
        }
        let own = [manifest.locale.as_str(), manifest.captured.as_str()];
        let (folder, place) = match parts.as_slice() {
            [_, locale, date] => (id, [*locale, *date]),
            [kind, date] => (*kind, ["", *date]),
            _ => (id, [""; 2]),
        };
        if own != place {
            return Err(StoreError::Manifest {
                path: path.display().to_string(),
                reason: format!(
                    "locale and date are `{}`, its place says `{}`; correct one of them",
                    own.join("/").trim_start_matches('/'),
                    place.join("/").trim_start_matches('/')
                ),
            });
        }
        let info = SourceInfo {
            id: id.to_owned(),
            kind,
            date: manifest.captured,
            url: manifest.url,
            article_id: manifest.article_id,
            locale: manifest.locale,
            form: manifest.form,
            path: format!("{folder}/{}", manifest.file),
            sha256: actual,
            bytes: bytes.len() as u64,
        };
        Ok(Stored { info, bytes })
    }

    /// The manifest of a source.
    ///
    /// # Errors
    /// [`StoreError`] when there is none or it cannot be read.
    pub fn manifest(&self, id: &str) -> Result<Manifest, StoreError> {
        self.read_manifest(&self.manifest_path(id))
    }

    pub(crate) fn read_manifest(&self, path: &Path) -> Result<Manifest, StoreError> {
        parse_manifest(path, &self.place.read_text(path)?)
    }

    fn manifest_path(&self, id: &str) -> PathBuf {
        if SourceKind::of(id) == Some(SourceKind::Article) {
            self.root.join(id).join("capture.toml")
        } else {
            self.root.join(format!("{id}.toml"))
        }
    }

    /// The vocabulary, with the paths for error messages.
    ///
    /// # Errors
    /// [`StoreError::Io`] when a file cannot be read.
    pub fn vocabulary(&self) -> Result<VocabularyFiles, StoreError> {
        let folder = self.root.join("vocabulary");
        let read = |path: PathBuf| -> Result<(String, String), StoreError> {
            let text = self.place.read_text(&path)?;
            Ok((path.display().to_string(), text))
        };
        let products = read(folder.join("products.toml"))?;
        let phrases = self.place.list(&folder.join("phrases"))?;
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
        let path = self.root.join("corrections.toml");
        let text = match self.place.read_text(&path) {
            Err(error) if error.is_not_found() => String::new(),
            other => other?,
        };
        Ok((path.display().to_string(), text))
    }

    /// Stores a capture; the bytes first, the manifest last. Returns its id.
    ///
    /// Storing the same bytes again is no error and changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes are stored there, or an I/O error.
    pub fn add_capture(&self, manifest: &Manifest, bytes: &[u8]) -> Result<String, StoreError> {
        check_name(&manifest.locale, &manifest.captured)?;
        let id = format!("apple/{}/{}", manifest.locale, manifest.captured);
        let folder = self.writable()?.join(&id);
        // What is looked at stays so until it is written.
        let lock = Lock::of(&folder)?;
        let path = folder.join("capture.toml");
        if self.place.is_there(&path)? {
            let stored = self.read_manifest(&path)?;
            return if stored.sha256 == manifest.sha256 {
                Ok(id)
            } else {
                Err(StoreError::Occupied {
                    path: folder.join(stored.file).display().to_string(),
                })
            };
        }
        let text = manifest.to_toml()?;
        let files = [
            (manifest.file.as_str(), bytes),
            ("capture.toml", text.as_bytes()),
        ];
        publish_locked(&lock, &folder, &files).inspect_err(|_| {
            // Folders that hold nothing are not left behind; others stay as they are.
            for folder in [Some(folder.as_path()), folder.parent()]
                .into_iter()
                .flatten()
            {
                let _ = fs::remove_dir(folder);
            }
        })?;
        Ok(id)
    }
}

/// Refuses a locale and a day that would name another folder than one of theirs.
pub(crate) fn check_name(locale: &str, date: &str) -> Result<(), StoreError> {
    if is_name(locale) && is_date(date) {
        return Ok(());
    }
    Err(StoreError::OddName {
        name: format!("{locale}/{date}"),
    })
}

/// Whether a locale is one that names a single folder on every system:
/// no dots, and no upper case that some systems do not tell from lower.
fn is_name(part: &str) -> bool {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !part.is_empty() && part.bytes().all(is_allowed)
}

/// Whether the bytes with one of the two usual line ends in place of the other have the digest.
fn has_other_line_ends(bytes: &[u8], digest: &str) -> bool {
    let mut unix = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            unix.push(byte);
        }
    }
    let lines: Vec<&[u8]> = unix.split(|byte| *byte == b'\n').collect();
    let dos = lines.join(b"\r\n".as_slice());
    [unix, dos].iter().any(|text| sha256_hex(text) == digest)
}
