//! `diff` as a user runs it.

use std::fs;
use std::path::Path;
use std::process::Command as Program;

use assert_cmd::Command;
use assert_cmd::assert::Assert;

use crate::run::{program, stderr, stdout};
use crate::seed;

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program();
    command
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .args(["--sources".as_ref(), seed::sources().as_os_str()])
        .arg("diff")
        .args(arguments);
    command
}

pub(crate) fn diff(folder: &Path, arguments: &[&str]) -> Assert {
    command(folder, arguments).assert()
}

pub(crate) fn ports_json() -> String {
    fs::read_to_string(seed::output().join("ports.json")).unwrap()
}

fn capture() -> String {
    let path = seed::sources().join("apple/de-de/2015-10-23/capture.md");
    fs::read_to_string(path).unwrap()
}

fn git(folder: &Path, arguments: &[&str]) {
    let empty = folder.join(".empty");
    fs::write(&empty, "").unwrap();
    let status = Program::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", &empty)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "a")
        .env("GIT_AUTHOR_EMAIL", "a@example.com")
        .env("GIT_COMMITTER_NAME", "a")
        .env("GIT_COMMITTER_EMAIL", "a@example.com")
        .args(arguments)
        .status()
        .unwrap();
    assert!(status.success(), "git {arguments:?}");
}

#[test]
fn a_capture_with_one_edited_cell_gives_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let edited = capture().replacen("**5900**", "**5900-5902**", 1);
    assert_ne!(edited, capture());
    fs::write(folder.path().join("page.md"), edited).unwrap();
    fs::write(folder.path().join("same.md"), capture()).unwrap();
    diff(folder.path(), &["same.md", "apple/de-de/2015-10-23"]).code(0);
    let found = diff(folder.path(), &["apple/de-de/2015-10-23", "page.md"]).code(1);
    let text = stdout(&found);
    assert!(
        text.contains("changes   0 added, 0 removed, 1 changed\n"),
        "{text}"
    );
    assert!(text.contains("ports 5900 -> 5900-5902, +2 ports"), "{text}");
    assert!(!text.contains('\u{1b}'), "colour only on a terminal");
    let wording = capture().replacen("\nTelnet\n", "\nTelnet remote login\n", 1);
    fs::write(folder.path().join("words.md"), wording).unwrap();
    let found = diff(folder.path(), &["same.md", "words.md"]).code(1);
    assert!(stdout(&found).contains("changes   wording only, in 1 record\n"));
}

#[test]
fn a_revision_is_compared_with_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("ports.json"), ports_json()).unwrap();
    let outside = diff(folder.path(), &["git:main", "output"]).code(2);
    assert!(
        stderr(&outside).contains("in no git repository"),
        "{}",
        stderr(&outside)
    );
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "output"]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    diff(folder.path(), &["git:main", "output"]).code(0);
    let edited = ports_json().replacen("\"last\": 548", "\"last\": 549", 1);
    fs::write(output.join("ports.json"), edited).unwrap();
    let found = diff(folder.path(), &["git:main", "output"]).code(1);
    assert!(
        stdout(&found).contains("exposure  tcp opens 1 port: 549"),
        "{}",
        stdout(&found)
    );
    let below = folder.path().join("output");
    diff(&below, &["git:HEAD", "ports.json"]).code(1);
    for (name, expected) in [
        ("git:nowhere", "the repository has no such revision"),
        ("git:--output=x", "not the name of a revision"),
        ("git:main:../x", "not the name of a revision"),
    ] {
        let refused = diff(folder.path(), &[name, "output"]).code(2);
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
    let mut without = command(folder.path(), &["git:main", "output"]);
    let refused = without.env("PATH", folder.path()).assert().code(2);
    assert!(
        stderr(&refused).contains("needs the program `git`"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn registry_editions_are_compared_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let head = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\n";
    let write = |name: &str, rows: &str| {
        fs::write(folder.path().join(name), format!("{head}{rows}")).unwrap();
    };
    write(
        "old.csv",
        "a,1,tcp,Letter A,,,,,[RFC1],,,\nb,2,tcp,Letter B,,,,,,,,\nc,3,udp,\"Letter  C\",,,,,,,,\n",
    );
    write(
        "new.csv",
        "c,3,udp,Letter C,,,,,,,,\na,1,tcp,The letter A,,,,,[RFC1],,,\nb,2,udp,Letter B,,,,,,,,\n",
    );
    let found = diff(folder.path(), &["old.csv", "new.csv"]).code(1);
    insta::assert_snapshot!(stdout(&found));
    diff(folder.path(), &["old.csv", "old.csv"]).code(0);
    let mixed = diff(folder.path(), &["old.csv", "apple/de-de/2015-10-23"]).code(2);
    assert!(stderr(&mixed).contains("are not of one kind"));
}

#[test]
fn files_are_written_and_bad_sides_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let document: serde_json::Value = serde_json::from_str(&ports_json()).unwrap();
    let mut empty = document.clone();
    empty["records"] = serde_json::json!([]);
    fs::write(folder.path().join("full.json"), document.to_string()).unwrap();
    fs::write(folder.path().join("empty.json"), empty.to_string()).unwrap();
    let sides = ["empty.json", "full.json"];
    for format in ["terminal", "json", "html", "markdown"] {
        let mut arguments = sides.to_vec();
        arguments.extend(["--format", format, "-o", format, "--overflow", "rest.md"]);
        if format != "markdown" {
            diff(folder.path(), &arguments).code(2);
            arguments.truncate(6);
        }
        let written = diff(folder.path(), &arguments).code(1);
        assert_eq!(stdout(&written), "");
        assert!(
            fs::read_to_string(folder.path().join(format))
                .unwrap()
                .contains("135 added")
        );
    }
    assert!(folder.path().join("rest.md").is_file());
    let mut one_place = sides.to_vec();
    one_place.extend(["--format", "markdown", "-o", "x.md", "--overflow", "./x.md"]);
    let refused = diff(folder.path(), &one_place).code(2);
    assert!(stderr(&refused).contains("--overflow and -o both name ./x.md"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("x.md", folder.path().join("link.md")).unwrap();
        one_place.pop();
        one_place.push("link.md");
        let refused = diff(folder.path(), &one_place).code(2);
        assert!(stderr(&refused).contains("--overflow and -o both name link.md"));
    }
    for (name, text, expected) in [
        (
            "missing",
            None,
            "no such file, folder, capture or registry edition",
        ),
        (
            "odd.json",
            Some("{}"),
            "odd.json: not a ports.json that can be read",
        ),
        (
            "old.json",
            Some(&*document.to_string().replace("\"1.1\"", "\"9.0\"")),
            "schema_version is `9.0`",
        ),
    ] {
        if let Some(text) = text {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let refused = diff(folder.path(), &[name, "full.json"]).code(2);
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
}

#[test]
fn two_services_files_are_compared_by_name_port_and_transport() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("old"),
        "http 80/tcp www # a\nnfs 2049/tcp\nzip 6/ddp\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("new"),
        "# new\nzip\t6/ddp\nhttp 80/tcp www-http # b\nnfsd 2049/tcp\n",
    )
    .unwrap();
    let shown = stdout(&diff(folder.path(), &["old", "new"]).code(1));
    insta::assert_snapshot!("diff_services", shown);
    fs::write(
        folder.path().join("new"),
        "zip 6/ddp\nnfs   2049/tcp # x\nhttp 80/tcp  www\n",
    )
    .unwrap();
    diff(folder.path(), &["old", "new"]).code(0);
    let mixed = diff(folder.path(), &["old", "apple/de-de/2015-10-23"]).code(2);
    assert!(stderr(&mixed).contains("are not of one kind"));
}

#[test]
fn a_line_of_a_services_file_that_cannot_be_read_removes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "old",
        "http 80/tcp\nssh 22/tcp\nssh 22/udp\nsmtp 25/tcp\nx y # no entry\n",
    );
    write("new", "http 80/tcp\nssh 2Z/tcp\nssh 22/udp\n25/tcp\nx  y\n");
    let changes = "0 added, 0 removed, 0 changed, 2 unread, 0 in white space only, 2 the same";
    for (sides, who) in [
        (["old", "new"], "the new side"),
        (["new", "old"], "the old side"),
    ] {
        for format in ["terminal", "markdown", "html", "json"] {
            let args = [sides[0], sides[1], "--format", format];
            let shown = stdout(&diff(folder.path(), &args).code(1));
            assert!(shown.contains("ssh 2Z/tcp"), "{shown}");
            if format != "json" {
                assert!(shown.contains(changes), "{shown}");
                for said in [
                    format!("{who} could not read line 2"),
                    "22/tcp ssh".to_owned(),
                ] {
                    assert!(shown.contains(&said), "{shown}");
                }
            }
        }
        let gate = |what| [sides[0], sides[1], "--fail-on", what];
        diff(folder.path(), &gate("exposure")).code(0);
        diff(folder.path(), &gate("ports")).code(1);
    }
    diff(folder.path(), &["new", "new"]).code(0);
}

#[test]
fn the_exit_code_is_that_of_the_differences_that_were_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let seed = "apple/de-de/2015-10-23";
    let write = |name: &str, from: &str, to: &str| {
        let text = capture().replacen(from, to, 1);
        assert_ne!(text, capture());
        fs::write(folder.path().join(name), text).unwrap();
    };
    write("wording.md", "\nTelnet\n", "\nTelnet remote login\n");
    write("unread.md", "**1640**", "**164O**");
    write("opens.md", "**5900**", "**5900-5902**");
    for (page, codes) in [
        (seed, [0, 0, 0]),
        ("wording.md", [0, 0, 1]),
        ("unread.md", [0, 1, 1]),
        ("opens.md", [1, 1, 1]),
    ] {
        for (what, code) in ["exposure", "ports", "any"].into_iter().zip(codes) {
            diff(folder.path(), &[seed, page, "--fail-on", what]).code(code);
        }
    }
}

#[test]
fn another_name_on_a_port_is_no_exposure() {
    let folder = tempfile::tempdir().unwrap();
    let old = "ssh 22/tcp\nsmtp 25/tcp mail\n";
    fs::write(folder.path().join("old"), old).unwrap();
    for (new, codes) in [
        ("smtp 25/tcp mail\nssh 22/tcp\n", [0, 0, 0]),
        ("ssh 22/tcp\nmail 25/tcp smtp\n", [0, 1, 1]),
        ("ssh 22/tcp\nsmtp 25/tcp\nmail 25/tcp\n", [0, 1, 1]),
        ("ssh 22/tcp\n", [1, 1, 1]),
        ("ssh 22/tcp\nsmtp 25/udp mail\n", [1, 1, 1]),
    ] {
        fs::write(folder.path().join("new"), new).unwrap();
        for (what, code) in ["exposure", "ports", "any"].into_iter().zip(codes) {
            diff(folder.path(), &["old", "new", "--fail-on", what]).code(code);
        }
    }
}

#[test]
fn the_guards_have_no_say_in_a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    // As a stored capture, it would make the ports of all later ones new.
    let text = capture().replacen("**49152-65535**", "**49152-6553S**", 1);
    assert_ne!(text, capture());
    fs::write(folder.path().join("page.md"), text).unwrap();
    let done = diff(folder.path(), &["apple/de-de/2015-10-23", "page.md"]).code(1);
    assert!(stdout(&done).contains("1 unread"), "{}", stdout(&done));
}

#[test]
fn a_revision_is_that_of_the_folder_below_the_top() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a/b/output");
    fs::create_dir_all(&output).unwrap();
    fs::create_dir_all(folder.path().join("a/b/c")).unwrap();
    fs::write(output.join("ports.json"), ports_json()).unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "a"]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    diff(&folder.path().join("a/b"), &["git:main", "output"]).code(0);
    diff(&folder.path().join("a/b/c"), &["git:main", "../output"]).code(0);
    let none = diff(folder.path(), &["git:main", "a/b/output"]).code(2);
    assert!(stderr(&none).contains("the revision has no output/ports.json"));
}

#[test]
fn one_side_may_be_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let seed = "apple/de-de/2015-10-23";
    let edited = capture().replacen("**5900**", "**5900-5902**", 1);
    let mut there = command(folder.path(), &[seed, "-"]);
    let there = there.write_stdin(edited.clone()).assert().code(1);
    assert!(stdout(&there).contains("tcp opens 2 ports: 5901-5902"));
    let mut back = command(folder.path(), &["-", seed]);
    let back = back.write_stdin(edited).assert().code(1);
    assert!(stdout(&back).contains("tcp closes 2 ports: 5901-5902"));
    let mut both = command(folder.path(), &["-", "-"]);
    let both = both.write_stdin("").assert().code(2);
    assert!(stderr(&both).contains("only one side can be `-`"));
}
