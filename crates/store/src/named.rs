//! A file that a person named for a result: it may be a link, a device, or somebody else's.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::curated::PRODUCTS;
use crate::error::StoreError;
use crate::files::read_own;
use crate::lock::Lock;
use crate::manifest::parse_manifest;
use crate::place::Place;
use crate::rights::OtherOwner;
use crate::temporary::{folder_of, sweep, write_beside, write_like};

/// No manifest is longer.
const MAX_MANIFEST: u64 = 64 * 1024;

/// Writes one file that a person named: whole if it is a file, through the link if it is a
/// symbolic link, and straight into it if it is a device, a pipe, or an open file of this process
/// such as `/dev/stdout`. A file that is replaced keeps its mode and its owner, and its folder is locked
/// meanwhile. Temporary files that an interrupted run left beside it are removed.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let old = metadata(path)?;
    match followed(path) {
        Some(target) if old.as_ref().is_none_or(Metadata::is_file) => {
            let folder = folder_of(&target);
            // One that is missing is not made.
            Place::at(folder)?;
            let whole = fs::canonicalize(folder);
            let whole = whole.map_err(StoreError::io(path, "cannot write"))?;
            let lock = Lock::exactly(&whole)?;
            replace(
                &whole.join(target.file_name().unwrap_or_default()),
                bytes,
                &lock,
            )
        }
        _ => write_into(path, bytes),
    }
}

/// What is there, if anything is.
fn metadata(path: &Path) -> Result<Option<Metadata>, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, "cannot write")(error)),
    }
}

/// Writes a whole file into its folder, which is locked.
fn replace(path: &Path, bytes: &[u8], lock: &Lock) -> Result<(), StoreError> {
    check_not_stored(path)?;
    sweep(folder_of(path));
    write_whole(lock.place(), path, bytes, metadata(path)?.as_ref())
}

/// Replaces the contents of a file that was read before, as [`write_file`] does, under the lock of
/// its folder; refuses where it does not hold `read` any more, where it has other names, which would
/// keep the old contents, and where it is no file: what is written into a pipe or an open file comes
/// behind what was read.
///
/// # Errors
/// [`StoreError::Rewritten`] where somebody else has written it since; [`StoreError`] with the path.
pub fn rewrite_file(path: &Path, read: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
    let Some(place) = followed(path).filter(|place| place.is_file()) else {
        return Err(StoreError::OpenFile {
            path: path.display().to_string(),
        });
    };
    let place = fs::canonicalize(place).map_err(StoreError::io(path, "cannot write"))?;
    let names = names(&place).map_err(StoreError::io(path, "cannot read"))?;
    if names > 1 {
        return Err(StoreError::HardLinks {
            path: path.display().to_string(),
            names,
        });
    }
    let lock = Lock::exactly(folder_of(&place))?;
    let now = fs::read(&place).map_err(StoreError::io(path, "cannot read"))?;
    if now != read {
        return Err(StoreError::Rewritten {
            path: path.display().to_string(),
        });
    }
    replace(&place, bytes, &lock)
}

/// How many names a file has.
#[cfg(unix)]
fn names(file: &Path) -> std::io::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(file)?.nlink())
}

/// How many names a file has; elsewhere they are not counted.
#[cfg(not(unix))]
fn names(_: &Path) -> std::io::Result<u64> {
    Ok(1)
}

/// Refuses to replace a file of a sources folder, or one in a folder with the manifest of a source:
/// nothing that is stored changes, neither a source nor its evidence nor what people keep beside it.
fn check_not_stored(path: &Path) -> Result<(), StoreError> {
    if path.exists() && (is_below_sources(path) || has_manifest(folder_of(path))) {
        return Err(StoreError::Stored {
            path: path.display().to_string(),
        });
    }
    Ok(())
}

/// Refuses a folder for outputs that is a sources folder or below one, or in which a source is
/// stored: its manifest may give its file the name of an output.
///
/// # Errors
/// [`StoreError::HoldsSource`] with the folder.
pub fn check_holds_no_source(folder: &Path) -> Result<(), StoreError> {
    // It may not be there yet.
    let mut all = folder
        .ancestors()
        .map(|ancestor| Path::new(".").join(ancestor));
    let there = all.find_map(|path| fs::canonicalize(path).ok());
    if has_manifest(folder) || there.is_some_and(|path| is_within_sources(&path)) {
        return Err(StoreError::HoldsSource {
            path: folder.display().to_string(),
        });
    }
    Ok(())
}

fn is_below_sources(path: &Path) -> bool {
    let whole = fs::canonicalize(path).unwrap_or_default();
    is_within_sources(folder_of(&whole))
}

/// Whether a folder, by its whole path, is a sources folder or below one.
fn is_within_sources(folder: &Path) -> bool {
    let mut all = folder.ancestors();
    all.any(|ancestor| ancestor.join(PRODUCTS).is_file())
}

/// Whether the manifest of a source is in a folder.
fn has_manifest(folder: &Path) -> bool {
    let is_manifest = |path: &Path| {
        let text = read_own(path, MAX_MANIFEST).ok();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        text.is_some_and(|text| parse_manifest(path, &text).is_ok())
    };
    let beside = fs::read_dir(folder).into_iter().flatten();
    let mut manifests = beside
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"));
    manifests.any(|path| is_manifest(&path))
}

/// Where a link leads, also where nothing is there yet; none where it leads to an open file of a
/// process. Such a file is written to and not replaced: others write there as well.
fn followed(path: &Path) -> Option<PathBuf> {
    let mut path = path.to_owned();
    loop {
        let folder = fs::canonicalize(folder_of(&path)).unwrap_or_default();
        let is_of_process = folder.starts_with("/proc") && folder.ends_with("fd");
        if is_of_process || folder == Path::new("/dev/fd") {
            return None;
        }
        let Ok(target) = fs::read_link(&path) else {
            return Some(path);
        };
        path = folder_of(&path).join(target);
    }
}

/// Where a result for `path` would be written, by its whole path, also where nothing is there yet;
/// none for an open file of a process, and where no such folder is.
pub fn final_path(path: &Path) -> Option<PathBuf> {
    let is_writable = match fs::metadata(path) {
        Ok(_) => true,
        // Not where links lead in a circle.
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let target = is_writable.then(|| followed(path))??;
    let folder = fs::canonicalize(folder_of(&target)).ok()?;
    Some(folder.join(target.file_name()?))
}

/// Writes at the end of what is there: a log that is open already keeps its lines.
fn write_into(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = OpenOptions::new().append(true).open(path);
    file.and_then(|mut file| file.write_all(bytes))
        .map_err(StoreError::io(path, "cannot write"))
}

/// Writes one file as a whole: beside its place, flushed, then renamed.
fn write_whole(
    place: &Place,
    path: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
) -> Result<(), StoreError> {
    let file = match old {
        None => write_beside(place, path, bytes)?,
        Some(old) => write_like(place, path, bytes, old, OtherOwner::Refused)?,
    };
    let name = path.file_name().unwrap_or_default();
    file.rename(name)
        .map_err(StoreError::io(path, "cannot replace the file"))?;
    place.sync();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through_and_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink("target", &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        // Also where there is nothing yet, and over several links.
        let (second, third) = (folder.path().join("second"), folder.path().join("third"));
        std::os::unix::fs::symlink("third", &second).unwrap();
        std::os::unix::fs::symlink("./fourth", &third).unwrap();
        write_file(&second, b"far").unwrap();
        assert_eq!(fs::read(folder.path().join("fourth")).unwrap(), b"far");
        assert!(fs::symlink_metadata(&third).unwrap().is_symlink());
        let missing = write_file(&folder.path().join("no/x"), b"x").unwrap_err();
        assert!(
            missing
                .to_string()
                .ends_with("/no: no such folder; make it, or name another place")
        );
        write_file(&folder.path().join("fresh"), b"x").unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("fresh")).unwrap(),
            "x"
        );
    }

    #[test]
    fn what_another_wrote_since_is_not_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        rewrite_file(&path, b"old", b"new").unwrap();
        let refused = rewrite_file(&path, b"old", b"newer").unwrap_err();
        assert!(matches!(refused, StoreError::Rewritten { .. }));
        assert_eq!(fs::read(&path).unwrap(), b"new");
        let refused = rewrite_file(folder.path(), b"", b"x").unwrap_err();
        assert!(matches!(refused, StoreError::OpenFile { .. }));
    }

    #[test]
    fn nothing_beside_a_manifest_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let id = "iana/2026-01-01".parse().unwrap();
        let manifest = crate::Manifest::of(&id, "2026-01-01.csv", "text/csv", b"x");
        let manifest = manifest.to_toml().unwrap();
        fs::write(folder.path().join("2026-01-01.toml"), manifest).unwrap();
        for name in [
            "2026-01-01.csv",
            "2026-01-01.toml",
            "x.facts.toml",
            "2026-01-01-0a1b.csv.refused.txt",
        ] {
            let path = folder.path().join(name);
            if !path.exists() {
                fs::write(&path, "evidence").unwrap();
            }
            assert!(
                matches!(write_file(&path, b"x"), Err(StoreError::Stored { .. })),
                "{name}"
            );
        }
        write_file(&folder.path().join("report.csv"), b"x").unwrap();
    }

    #[test]
    fn no_file_of_the_sources_is_replaced() {
        let root = tempfile::tempdir().unwrap();
        let sources = root.path().join("sources");
        for name in [
            PRODUCTS,
            "vocabulary/phrases/de.toml",
            "corrections.toml",
            "apple/en-us/2026-01-01/capture.html",
            "apple/en-us/2026-01-01/capture.html.refused.txt",
        ] {
            let path = sources.join(name);
            fs::create_dir_all(folder_of(&path)).unwrap();
            fs::write(&path, "mine").unwrap();
            let refused = write_file(&path, b"x");
            assert!(
                matches!(refused, Err(StoreError::Stored { .. })),
                "{name}: {refused:?}"
            );
            assert_eq!(fs::read(&path).unwrap(), b"mine", "{name}");
        }
        // New files, and those beside the sources, are a person's own.
        for path in ["sources/new.json", "old.json"].map(|name| root.path().join(name)) {
            fs::write(root.path().join("old.json"), "old").unwrap();
            write_file(&path, b"x").unwrap();
        }
    }

    #[test]
    fn no_outputs_go_among_the_sources() {
        let root = tempfile::tempdir().unwrap();
        let products = root.path().join("sources").join(PRODUCTS);
        fs::create_dir_all(folder_of(&products)).unwrap();
        fs::write(products, "").unwrap();
        for name in ["sources", "sources/vocabulary", "sources/apple/new/.."] {
            let refused = check_holds_no_source(&root.path().join(name));
            assert!(
                matches!(refused, Err(StoreError::HoldsSource { .. })),
                "{name}: {refused:?}"
            );
        }
        for name in ["", "output", "sources.old/new"] {
            check_holds_no_source(&root.path().join(name)).unwrap();
        }
    }

    #[test]
    fn what_somebody_else_wrote_since_stays() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        fs::write(&list, "80\n443\n").unwrap();
        let refused = rewrite_file(&list, b"80\n", b"81\n").unwrap_err();
        assert!(refused.to_string().contains("changed while"), "{refused}");
        assert_eq!(fs::read(&list).unwrap(), b"80\n443\n");
        rewrite_file(&list, b"80\n443\n", b"81\n").unwrap();
        assert_eq!(fs::read(&list).unwrap(), b"81\n");
    }

    #[cfg(unix)]
    #[test]
    fn an_open_file_keeps_what_is_in_it() {
        use std::os::fd::AsRawFd;

        let folder = tempfile::tempdir().unwrap();
        let (log, link) = (folder.path().join("log"), folder.path().join("link"));
        fs::write(&log, "old\n").unwrap();
        let open = OpenOptions::new().append(true).open(&log).unwrap();
        let device = format!("/dev/fd/{}", open.as_raw_fd());
        std::os::unix::fs::symlink(&device, &link).unwrap();
        for path in [Path::new(&device), &link] {
            write_file(path, b"new\n").unwrap();
        }
        assert_eq!(fs::read_to_string(&log).unwrap(), "old\nnew\nnew\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_mode_and_owner() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        for mode in [0o600, 0o664, 0o777] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            // Only root can give a file away.
            let is_given = chown(&path, Some(1234), Some(1235)).is_ok();
            write_file(&path, b"new").unwrap();
            let metadata = fs::metadata(&path).unwrap();
            assert_eq!(metadata.mode() & 0o7777, mode);
            if is_given {
                assert_eq!((metadata.uid(), metadata.gid()), (1234, 1235));
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        }
    }
}
