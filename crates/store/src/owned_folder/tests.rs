//! What is written, what is refused, and what is left alone.

use super::*;

const WRITER: &str = "a test";

fn names(folder: &Path) -> Vec<String> {
    files_below(folder).unwrap()
}

#[test]
fn a_folder_is_replaced_as_a_whole() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("deep/site");
    replace_folder(&folder, &[("a/b/index.html", b"1"), ("c", b"2")], WRITER).unwrap();
    assert_eq!(names(&folder), ["a/b/index.html", "c", FILES]);
    replace_folder(&folder, &[("c", b"3")], WRITER).unwrap();
    assert_eq!(names(&folder), ["c", FILES]);
    assert_eq!(fs::read(folder.join("c")).unwrap(), b"3");
    assert!(!folder.join("a").exists());
    let left = fs::read_dir(root.path().join("deep")).unwrap();
    assert_eq!(left.count(), 1, "no temporary folder is left");
}

#[test]
fn what_is_not_on_the_list_is_never_removed() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let refused = |path: PathBuf| {
        let error = replace_folder(&folder, &[("x", b"1")], WRITER).unwrap_err();
        assert!(matches!(error, StoreError::NotOurs { .. }), "{error}");
        let path = path.canonicalize().unwrap();
        assert!(
            error
                .to_string()
                .starts_with(&format!("{}: ", path.display())),
            "{error}"
        );
    };
    fs::create_dir(&folder).unwrap();
    replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
    fs::write(folder.join("CNAME"), "mine").unwrap();
    refused(folder.join("CNAME"));
    fs::remove_file(folder.join("CNAME")).unwrap();
    fs::write(folder.join(FILES), "a\n").unwrap();
    refused(folder.join(FILES));
    fs::remove_file(folder.join(FILES)).unwrap();
    refused(folder.join("a"));
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "a file").unwrap();
    refused(folder.clone());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let root = tempfile::tempdir().unwrap();
    let (folder, link) = (root.path().join("site"), root.path().join("link"));
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink("site", &link).unwrap();
    replace_folder(&link, &[("a", b"1")], WRITER).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names(&folder), ["a", FILES]);
}

/// A folder beside `site`, as a run leaves it that is interrupted; `rest` is the end of its name.
fn left_over(root: &Path, rest: &str) -> PathBuf {
    let path = root.join(format!(".appleports-tmp-site-{rest}"));
    write_new(&path, &[("a/half", b"old")]);
    path
}

fn write_new(path: &Path, files: &[(&str, &[u8])]) {
    fs::create_dir(path).unwrap();
    write(path, files, WRITER).unwrap();
}

#[test]
fn what_an_interrupted_run_left_is_removed() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let unfinished = left_over(root.path(), "a1B2c3");
    fs::remove_file(unfinished.join("a/half")).unwrap();
    let old = left_over(root.path(), "a1B2c3.old");
    let without_list = root.path().join(".appleports-tmp-site-d4E5f6");
    fs::create_dir(&without_list).unwrap();
    let with_half_a_list = left_over(root.path(), "g7H8i9");
    fs::remove_dir_all(with_half_a_list.join("a")).unwrap();
    fs::write(with_half_a_list.join(FILES), "# Written").unwrap();
    write_new(&folder, &[("x", b"1")]);
    replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
    assert_eq!(names(&folder), ["a", FILES]);
    for path in [unfinished, old, without_list, with_half_a_list] {
        assert!(!path.exists(), "{}", path.display());
    }
}

/// Killed after each of the steps in which an old folder is removed.
#[test]
fn what_a_killed_removal_left_is_removed() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let make = || {
        let path = root.path().join(".appleports-tmp-site-a1B2c3");
        write_new(&path, &[("a/b/c", b"1"), ("a/d", b"2"), ("e", b"3")]);
        path
    };
    let steps = beside::removal_order(&make()).unwrap();
    fs::remove_dir_all(root.path().join(".appleports-tmp-site-a1B2c3")).unwrap();
    assert_eq!(steps.len(), 3);
    for done in 0..=steps.len() {
        let left = make();
        for path in &steps[..done] {
            fs::remove_file(path)
                .or_else(|_| fs::remove_dir_all(path))
                .unwrap();
        }
        // In the middle of a folder, too.
        let _ = fs::remove_file(left.join("a/d"));
        replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
        assert!(!left.exists(), "after {done} steps");
    }
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_replaced_keeps_its_mode_and_owner() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let files: [(&str, &[u8]); 3] = [("a/b/c", b"1"), ("a/d", b"2"), ("e", b"3")];
    replace_folder(&folder, &files, WRITER).unwrap();
    let usual = fs::metadata(folder.join("e")).unwrap().mode();
    let modes = [("", 0o2750), ("a", 0o700), ("a/b", 0o770), ("a/d", 0o600)];
    let mut is_given = true;
    for (name, mode) in modes {
        let path = folder.join(name);
        // Only root can give a file away.
        is_given &= chown(&path, Some(1234), Some(1235)).is_ok();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    for _ in 0..2 {
        replace_folder(&folder, &files, WRITER).unwrap();
        for (name, mode) in modes {
            let metadata = fs::metadata(folder.join(name)).unwrap();
            assert_eq!(metadata.mode() & 0o7777, mode, "{name}");
            if is_given {
                assert_eq!((metadata.uid(), metadata.gid()), (1234, 1235), "{name}");
            }
        }
        assert_eq!(fs::metadata(folder.join("e")).unwrap().mode(), usual);
    }
}

#[test]
fn an_old_folder_is_put_back_where_no_other_is() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let old = left_over(root.path(), "a1B2c3.old");
    // That of another folder, `site-x`, is not.
    let other = left_over(root.path(), "x-d4E5f6.old");
    recover(&folder, WRITER);
    assert_eq!(names(&folder), ["a/half", FILES]);
    assert!(!old.exists() && other.exists());
}

#[test]
fn what_somebody_else_made_beside_the_folder_stays() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("site");
    let others = ["", "-a1B2c3", "-a1B2c3.old", ".old"]
        .map(|rest| root.path().join(format!(".appleports-tmp-site{rest}")));
    for path in &others {
        fs::create_dir(path).unwrap();
        fs::write(path.join("thesis"), "x").unwrap();
    }
    for _ in 0..2 {
        replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
        assert_eq!(names(&folder), ["a", FILES]);
    }
    for path in others {
        assert_eq!(names(&path), ["thesis"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_beside_the_folder_is_not_followed() {
    let root = tempfile::tempdir().unwrap();
    let (folder, home) = (root.path().join("site"), root.path().join("home"));
    // Even where everything in it is on a list.
    write_new(&home, &[("thesis", b"x")]);
    for rest in ["", ".old", "-a1B2c3", "-a1B2c3.old"] {
        let link = root.path().join(format!(".appleports-tmp-site{rest}"));
        std::os::unix::fs::symlink("home", link).unwrap();
    }
    for _ in 0..2 {
        replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
        assert!(fs::symlink_metadata(&folder).unwrap().is_dir());
        assert_eq!(names(&folder), ["a", FILES]);
    }
    assert_eq!(names(&home), [FILES, "thesis"]);
}
