//! Looking for files and reading them, within limits.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::temporary::is_being_written;

/// No stored source, and no file that a command names, is larger: 64 MiB.
pub const MAX_STORED: u64 = 64 * 1024 * 1024;

/// The most bytes of a text of TOML among the sources. The largest one has 20 KB; while it is read,
/// each byte may take 300.
pub(crate) const MAX_TOML: u64 = 256 * 1024;

/// No file of an output folder is larger: 1 GiB. A capture of 60,000 rows makes a `ports.json`
/// of 92 MB.
pub const MAX_OUTPUT: u64 = 1024 * 1024 * 1024;

/// The names in a folder, sorted; none where the folder does not exist.
pub(crate) fn list(folder: &Path) -> Result<Vec<String>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(StoreError::io(folder, "cannot list the folder")(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(StoreError::io(folder, "cannot list the folder"))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// What is below a folder, by its path in it with `/`, sorted: files, links and all else that is no
/// folder. Links are not followed; what another run is writing is not listed.
///
/// # Errors
/// [`StoreError`] when a folder cannot be listed.
pub fn files_below(folder: &Path) -> Result<Vec<String>, StoreError> {
    Ok(below(folder)?.0)
}

/// A folder and the folders below it, by their whole paths, each before those in it.
pub(crate) fn folders_below(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    Ok(below(folder)?.1)
}

/// The files below a folder, and its folders.
fn below(folder: &Path) -> Result<(Vec<String>, Vec<PathBuf>), StoreError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        let at = if below.is_empty() {
            folder.to_owned()
        } else {
            folder.join(&below)
        };
        for entry in fs::read_dir(&at).map_err(StoreError::io(&at, "cannot list the folder"))? {
            let entry = entry.map_err(StoreError::io(&at, "cannot list the folder"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_being_written(&entry) {
                continue;
            }
            let path = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder { &mut open } else { &mut files }.push(path);
        }
        folders.push(at);
    }
    files.sort();
    folders.sort();
    Ok((files, folders))
}

/// Whether a file is there. One that cannot be looked at is not taken for missing: then
/// an older source would quietly stand for it.
///
/// # Errors
/// [`StoreError`] where it cannot be looked at, or is a folder, a pipe or a device.
pub(crate) fn is_there(path: &Path) -> Result<bool, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(true),
        Ok(_) => Err(no_file(path)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(false)
        }
        Err(error) => Err(StoreError::io(path, "cannot look at the file")(error)),
    }
}

fn no_file(path: &Path) -> StoreError {
    StoreError::NoFile {
        path: path.display().to_string(),
    }
}

/// Reads a whole file of the project's own folders, of at most `limit` bytes. A pipe or a
/// device there has no business, and would be waited for without end.
///
/// # Errors
/// [`StoreError`] when the path is no plain file, is too large, or cannot be read.
pub fn read_own(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let file = open_plain(path).map_err(StoreError::io(path, "cannot open the file"))?;
    read_whole(file.ok_or_else(|| no_file(path))?, path, limit)
}

/// Opens a file, and waits for nobody where a pipe has taken its place meanwhile. None where it is no
/// plain file.
///
/// # Errors
/// When it cannot be opened.
pub fn open_plain(path: &Path) -> io::Result<Option<File>> {
    if !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// The first link on the way from a folder to a name below it, the name itself included: what it leads
/// to is not of the folder.
pub fn link_below(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    Path::new(name).components().find_map(|part| {
        path.push(part);
        path.is_symlink().then(|| path.clone())
    })
}

/// Reads a whole file that a command names, of at most `limit` bytes; a pipe may be named.
///
/// # Errors
/// [`StoreError`] when the path is a folder, is too large, or cannot be read.
pub fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let file = File::open(path).map_err(StoreError::io(path, "cannot open the file"))?;
    read_whole(file, path, limit)
}

fn read_whole(file: File, path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(limit)).unwrap_or(0) + 1);
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(StoreError::io(path, "cannot read the file"))?;
    if bytes.len() as u64 > limit {
        return Err(StoreError::TooLarge {
            path: path.display().to_string(),
            limit,
        });
    }
    Ok(bytes)
}
