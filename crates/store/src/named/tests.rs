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

/// Whoever may write in the folder above may exchange two folders at any moment.
#[cfg(target_os = "linux")]
#[test]
fn a_file_is_replaced_in_the_folder_that_was_looked_at() {
    use std::os::unix::fs::PermissionsExt;

    use rustix::fs::{CWD, RenameFlags, renameat_with};

    let root = tempfile::tempdir().unwrap();
    let [open, secret] = ["open", "secret"].map(|name| root.path().join(name));
    for (folder, mode) in [(&open, 0o666), (&secret, 0o600)] {
        let file = folder.join("list");
        fs::create_dir(folder).unwrap();
        fs::write(&file, folder.to_str().unwrap()).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    }
    let lock = Lock::exactly(&fs::canonicalize(&secret).unwrap()).unwrap();
    let exchange = |a: &Path, b: &Path| renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE);
    exchange(&open, &secret).unwrap();
    let old = plain_file(lock.place(), Path::new("list"))
        .unwrap()
        .unwrap();
    // What takes the place of the file itself is another one.
    exchange(&open.join("list"), &secret.join("list")).unwrap();
    assert_eq!(
        fs::read_to_string(&old.at).unwrap(),
        secret.to_str().unwrap()
    );
    replace(&lock, Path::new("list"), b"secret", Some(&old)).unwrap();
    let state = |folder: &Path| {
        let file = folder.join("list");
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        (fs::read_to_string(&file).unwrap(), mode)
    };
    assert_eq!(state(&open), ("secret".to_owned(), 0o600));
    assert_eq!(state(&secret), (secret.display().to_string(), 0o600));
}
