//! Links, names that lead elsewhere, two builds at once.

use std::fs;
use std::path::Path;
use std::thread;

use crate::run::{appleports, program, scratch, stderr};
use crate::{seed, tree};

fn in_folder(folder: &Path, arguments: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = program();
    command.current_dir(folder).args(arguments).assert()
}

#[cfg(unix)]
#[test]
fn no_output_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let folder = scratch();
    let victim = folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    fs::create_dir_all(folder.path().join("output")).unwrap();
    for name in ["ports.csv", "datapackage.json"] {
        symlink("../victim", folder.path().join("output").join(name)).unwrap();
    }
    appleports(folder.path(), &["build"]).success();
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    let kind = fs::symlink_metadata(folder.path().join("output/ports.csv")).unwrap();
    assert!(kind.is_file(), "the link is replaced");
    appleports(folder.path(), &["verify"]).success();
    // A link to the very bytes is replaced as well: what it points to may change.
    let csv = folder.path().join("output/ports.csv");
    fs::rename(&csv, folder.path().join("same")).unwrap();
    symlink("../same", &csv).unwrap();
    appleports(folder.path(), &["build"]).success();
    let manifest = folder.path().join("output/datapackage.json");
    fs::rename(&manifest, folder.path().join("same")).unwrap();
    symlink("../same", &manifest).unwrap();
    let refused = appleports(folder.path(), &["verify"]).code(1);
    assert!(stderr(&refused).contains("datapackage.json: a link, "));
    appleports(folder.path(), &["build"]).success();
    appleports(folder.path(), &["verify"]).success();
    assert!(fs::symlink_metadata(&csv).unwrap().is_file());
    // A sub-folder that is a link is refused by name, and nothing is written there.
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::remove_dir_all(folder.path().join("output/explorer")).unwrap();
    symlink("../elsewhere", folder.path().join("output/explorer")).unwrap();
    let refused = appleports(folder.path(), &["build"]).code(2);
    assert!(
        stderr(&refused).contains("explorer: not a folder"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
}

/// A folder of the output may be a link as well as a file, and the same file has a name by each.
#[cfg(unix)]
#[test]
fn a_file_below_a_link_is_none_of_the_set() {
    use std::os::unix::fs::symlink;
    let folder = scratch();
    appleports(folder.path(), &["build"]).success();
    let output = folder.path().join("output");
    symlink(".", output.join("again")).unwrap();
    let manifest = output.join("datapackage.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resources = document["resources"].as_array_mut().unwrap();
    let mut services = resources
        .iter()
        .find(|file| file["path"] == "services")
        .unwrap()
        .clone();
    let mut count = 0..;
    resources.resize_with(100, || {
        services["path"] = format!("{}services", "again/".repeat(1 + count.next().unwrap())).into();
        services.clone()
    });
    let verified = |document: &serde_json::Value| {
        fs::write(&manifest, document.to_string()).unwrap();
        stderr(&appleports(folder.path(), &["verify"]).code(1))
    };
    let refused = verified(&document);
    let link = "again/again/services: a link, and not a file of this set";
    assert!(refused.contains(link), "{refused}");
    assert!(!refused.contains("files; not all of them"), "{refused}");
    let resources = document["resources"].as_array_mut().unwrap();
    resources.push(resources[0].clone());
    let refused = verified(&document);
    assert!(
        refused.contains("lists more than 100 files; not all of them are read"),
        "{refused}"
    );
}

#[test]
fn a_manifest_cannot_name_a_file_outside_its_folder() {
    for name in [
        "../../../../secret",
        "/etc/hostname",
        "..",
        "a/../../capture.md",
        "",
    ] {
        let folder = scratch();
        tree::copy(seed::sources(), &folder.path().join("sources"));
        fs::write(folder.path().join("secret"), "secret").unwrap();
        let path = folder
            .path()
            .join("sources/apple/de-de/2015-10-23/capture.toml");
        let manifest = fs::read_to_string(&path).unwrap();
        let changed = manifest.replace("\"capture.md\"", &format!("\"{name}\""));
        assert_ne!(changed, manifest);
        fs::write(&path, changed).unwrap();
        let refused = in_folder(folder.path(), &["build"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains("capture.toml"), "`{name}`: {said}");
        assert!(!said.contains("secret\n"), "{said}");
        assert!(!folder.path().join("output").exists());
    }
}

#[test]
fn ids_and_revisions_lead_nowhere_else() {
    let folder = scratch();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    for id in [
        "apple/../../secret",
        "../x",
        "/etc",
        "apple/de-de/..",
        "apple/de-de/2015-10-23/../2015-10-23",
        "apple/DE-DE/2015-10-23",
        "rfc/2024-08-26.facts",
        "rfc/2024-08-26",
        "iana/2015-07-30",
    ] {
        let refused = in_folder(folder.path(), &["build", "--capture", id]).code(2);
        assert!(
            stderr(&refused).contains("known are: "),
            "{}",
            stderr(&refused)
        );
    }
    let side = fs::read(seed::output().join("ports.json")).unwrap();
    fs::write(folder.path().join("ports.json"), side).unwrap();
    for revision in [
        "git:--upload-pack=touch pwned",
        "git:-h",
        "git:--output=pwned",
        "git:HEAD:../../secret",
        "git:HEAD\nx",
        "git:",
        "git:@{-1}",
    ] {
        in_folder(folder.path(), &["diff", revision, "ports.json"]).code(2);
        assert!(!folder.path().join("pwned").exists(), "{revision}");
    }
    for (option, value) in [
        ("--locale", "../../x"),
        ("--captured", "../../x"),
        ("--locale", "/tmp"),
        ("--captured", "2031-13-45"),
    ] {
        let page = "sources/apple/de-de/2015-10-23/capture.md";
        let before = tree::files(folder.path());
        in_folder(folder.path(), &["ingest", page, option, value]).code(2);
        assert_eq!(tree::files(folder.path()), before, "{option} {value}");
    }
}

#[test]
fn two_builds_at_once_end_with_one_whole_set() {
    let folder = scratch();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let registry = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\nhttp,80,tcp,World Wide Web HTTP,,,,,,,,\n";
    fs::write(folder.path().join("other.csv"), registry).unwrap();
    for _ in 0..5 {
        thread::scope(|scope| {
            for arguments in [&["build"][..], &["build", "--iana", "other.csv"]] {
                scope.spawn(|| in_folder(folder.path(), arguments).success());
            }
        });
        // One of the two was the last, and all files are its own.
        let plain = program()
            .current_dir(folder.path())
            .arg("verify")
            .output()
            .unwrap();
        let other = program()
            .current_dir(folder.path())
            .args(["verify", "--iana", "other.csv"])
            .output()
            .unwrap();
        assert!(plain.status.success() != other.status.success());
    }
    let left: Vec<String> = tree::files(&folder.path().join("output"));
    assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
}

/// A system may refuse threads: here none has room for its stack.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_build_needs_no_second_thread() {
    const NO_ROOM: &str = "140737488355328";
    let folder = scratch();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let run = |arguments: &[&str]| {
        let mut command = program();
        command.current_dir(folder.path());
        command
            .env("RUST_MIN_STACK", NO_ROOM)
            .env("APPLEPORTS_TODAY", "2015-10-24");
        command.args(arguments).assert()
    };
    run(&["build"]).success();
    appleports(folder.path(), &["verify"]).success();
    // Wherever there is a repository, git is asked first.
    let refused = run(&["diff", "git:HEAD", "output"]).code(2);
    assert!(
        stderr(&refused).contains("cannot run git: "),
        "{}",
        stderr(&refused)
    );
}
