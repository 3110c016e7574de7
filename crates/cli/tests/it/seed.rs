//! The committed evidence that tests count on: the capture of 2015-10-23 with the
//! editions beside it, whatever else the sources hold by now.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::run::program;

/// The repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A sources folder with this evidence alone.
pub(crate) fn sources() -> &'static Path {
    static SOURCES: LazyLock<PathBuf> = LazyLock::new(|| {
        let from = repository().join("sources");
        let to = folder("sources");
        for name in ["apple/de-de/2015-10-23", "vocabulary", "vocabulary/phrases"] {
            copy_files(&from.join(name), &to.join(name));
        }
        for name in [
            "corrections.toml",
            "iana/2015-07-30.csv",
            "iana/2015-07-30.toml",
            "rfc/2024-08-26.facts.toml",
            "rfc/2024-08-26.toml",
        ] {
            fs::create_dir_all(to.join(name).parent().unwrap()).unwrap();
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
        to
    });
    &SOURCES
}

/// What `build` makes of it.
pub(crate) fn output() -> &'static Path {
    static OUTPUT: LazyLock<PathBuf> = LazyLock::new(|| {
        let to = folder("output");
        program()
            .arg("build")
            .args(["--sources".as_ref(), sources().as_os_str()])
            .args(["--output".as_ref(), to.as_os_str()])
            .assert()
            .success();
        to
    });
    &OUTPUT
}

/// An empty folder of this test program's own.
fn folder(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let stem = program.file_stem().unwrap().to_string_lossy().into_owned();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{stem}-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
