//! The commands as a user runs them: exit codes, streams, files.

use std::fs;

use crate::run::{appleports, complaint, program, scratch, stderr, stdout};
use crate::seed::repository;
use crate::tree::files;

#[test]
fn two_builds_give_the_same_bytes_whatever_the_surroundings() {
    let folder = scratch();
    program()
        .current_dir(folder.path())
        .args(["build", "--output", "a", "--sources"])
        .arg(repository().join("sources"))
        .assert()
        .success();
    let mut command = program();
    command
        .current_dir(folder.path())
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .args(["build", "--output", "b", "--sources"])
        .arg(repository().join("sources"))
        .assert()
        .success();
    let names = files(&folder.path().join("a"));
    assert_eq!(names.len(), 12);
    for name in names {
        let read = |side: &str| fs::read(folder.path().join(side).join(&name)).unwrap();
        assert!(read("a") == read("b"), "{name} differs between the builds");
        let committed = fs::read(repository().join("output").join(&name)).unwrap();
        assert!(
            read("a") == committed,
            "output/{name} is not fresh; run cargo xtask regenerate"
        );
    }
}

#[test]
fn verify_notices_evidence_that_no_build_uses() {
    let folder = scratch();
    let sources = folder.path().join("sources");
    crate::tree::copy(&repository().join("sources"), &sources);
    let ask = |command: &str| appleports(folder.path(), &[command, "--sources", "sources"]);
    ask("build").success();
    ask("verify").code(0);
    let edition = sources.join("iana/2015-07-30.csv");
    let text = fs::read_to_string(&edition).unwrap();
    fs::write(&edition, text.replace("http", "htpp")).unwrap();
    let refused = stderr(&ask("verify").code(1));
    assert!(refused.contains("2015-07-30"), "{refused}");
}

#[test]
fn verify_notices_a_mixed_set_and_the_next_build_mends_it() {
    let folder = scratch();
    appleports(folder.path(), &["build"]).success();
    appleports(folder.path(), &["verify"]).code(0);
    for file in ["services", "ports.json", "datapackage.json"] {
        let path = folder.path().join("output").join(file);
        fs::write(&path, "{}").unwrap();
        let refused = appleports(folder.path(), &["verify"]);
        assert_ne!(refused.get_output().status.code(), Some(0), "{file}");
        appleports(folder.path(), &["build"]).success();
        appleports(folder.path(), &["verify"]).code(0);
    }
    let manifest = folder.path().join("output/datapackage.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("\"path\": \"services\"", "\"path\": \"ports.csv\""),
    )
    .unwrap();
    let refused = appleports(folder.path(), &["verify"]).code(1);
    assert!(
        stderr(&refused).contains("`ports.csv` is listed more than once"),
        "{}",
        stderr(&refused)
    );
    fs::write(&manifest, text).unwrap();
    fs::remove_file(folder.path().join("output/services")).unwrap();
    let refused = appleports(folder.path(), &["verify"]).code(1);
    assert!(
        stderr(&refused).contains("services: missing; run `appleports build`"),
        "{}",
        stderr(&refused)
    );
    fs::remove_dir_all(folder.path().join("output")).unwrap();
    let missing = appleports(folder.path(), &["verify"]).code(2);
    assert_eq!(
        complaint(&missing),
        "error: output/datapackage.json: no such manifest, so there is nothing to verify; run \
         `appleports build --output output`, or name another folder with `--output DIR`\n"
    );
}

#[test]
fn bad_input_gets_one_clear_error_and_writes_nothing() {
    let folder = scratch();
    fs::create_dir(folder.path().join("folder")).unwrap();
    let large = fs::File::create(folder.path().join("large.md")).unwrap();
    large.set_len(200 * 1024 * 1024).unwrap();
    for (name, bytes, code, expected) in [
        ("empty.md", &b""[..], 2, "empty.md: the file is empty"),
        (
            "binary.md",
            b"\x7fELF\x02\x00\x01",
            2,
            "binary.md:1: this is binary data",
        ),
        (
            "latin1.md",
            b"# T\n\nf\xfcr\n",
            2,
            "latin1.md:3: the text is not UTF-8 (byte 6, 0xfc)",
        ),
        (
            "other.md",
            b"# About the security content of Safari\n",
            3,
            "other.md:1: this is another article, `About the security content of Safari`",
        ),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let refused = appleports(folder.path(), &["ingest", "--dry-run", name]).code(code);
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
        assert_eq!(stdout(&refused), "");
    }
    for (name, expected) in [
        ("folder", "folder: cannot read the file: Is a directory"),
        (
            "missing.md",
            "missing.md: cannot open the file: No such file",
        ),
        ("large.md", "large.md: more than 33554432 bytes"),
    ] {
        let refused = appleports(folder.path(), &["ingest", "--dry-run", name]).code(2);
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
}
#[test]
fn find_answers_and_says_no() {
    let folder = scratch();
    let found = appleports(
        folder.path(),
        &["find", "--product", "facetime", "--transport", "tcp"],
    )
    .success();
    insta::assert_snapshot!("find_facetime_tcp", stdout(&found));
    let none = appleports(folder.path(), &["find", "--port", "1"]).code(1);
    assert_eq!(stdout(&none), "");
    assert!(stderr(&none).contains("nothing found"));
    let usage = appleports(folder.path(), &["find", "--port", "90-80"]).code(2);
    assert!(
        stderr(&usage).contains("range 90-80 runs backwards"),
        "{}",
        stderr(&usage)
    );
}

#[test]
fn explain_knows_every_code() {
    let folder = scratch();
    let shown = appleports(folder.path(), &["explain", "a002"]).success();
    assert!(stdout(&shown).starts_with("A002 (warning): a row has lost a cell"));
    let all = stdout(&appleports(folder.path(), &["explain"]).success());
    assert_eq!(all.lines().count(), appleports_pipeline::rules().len());
    assert!(
        all.contains("A002  warning  a row has lost a cell\n"),
        "{all}"
    );
    let unknown = appleports(folder.path(), &["explain", "X999"]).code(2);
    let says = "`X999` is not a finding's code; codes are like A002 and begin with A, ";
    assert!(stderr(&unknown).contains(says), "{}", stderr(&unknown));
    let near = appleports(folder.path(), &["explain", "i099"]).code(2);
    let said = stderr(&near);
    assert!(said.contains("near it are I0"), "{said}");
    assert!(said.contains("`appleports explain` lists all"), "{said}");
    assert_eq!(said.matches(", I0").count(), 4, "{said}");
}

#[test]
fn find_understands_what_a_person_types() {
    let folder = scratch();
    let lines = |what: &str| {
        let found = appleports(folder.path(), &["find", what]).success();
        let lines: Vec<String> = stdout(&found)
            .lines()
            .skip(1)
            .take_while(|line| !line.is_empty())
            .map(|line| line.split("  ").next().unwrap().to_owned())
            .collect();
        lines
    };
    assert_eq!(lines("5223"), ["5223/tcp"]);
    assert_eq!(
        lines("16384-16390/udp"),
        ["16384-16403/udp", "16384-16387/udp"]
    );
    assert_eq!(
        lines("kerberos").first().map(String::as_str),
        Some("88/tcp")
    );
    assert_eq!(
        lines("facetime"),
        [
            "53/tcp",
            "53/udp",
            "443/tcp",
            "3478-3497/udp",
            "5223/tcp",
            "16384-16387/udp",
            "16393-16402/udp"
        ]
    );
    assert_eq!(lines("Zugang zu meinem Mac"), lines("back to my mac"));
    let typo = appleports(folder.path(), &["find", "facetmie"]).code(1);
    assert!(
        stderr(&typo).contains("did you mean: FaceTime"),
        "{}",
        stderr(&typo)
    );
    let wrong = appleports(folder.path(), &["find", "53/tpc"]).code(2);
    assert!(stderr(&wrong).contains("`tpc` is not a transport"));
}

#[test]
fn why_tells_all_that_is_known_about_a_port() {
    let folder = scratch();
    for port in ["5900", "9418", "80"] {
        let shown = appleports(folder.path(), &["why", port]).success();
        insta::assert_snapshot!(format!("why_{port}"), stdout(&shown));
    }
    let none = appleports(folder.path(), &["why", "4"]).code(1);
    assert!(stdout(&none).contains("0 rows cover 4"));
    appleports(folder.path(), &["why", "0"]).code(2);
}

#[test]
fn completions_and_manual_name_every_command() {
    let folder = scratch();
    let help = stdout(&appleports(folder.path(), &["--help"]).success());
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 14, "{commands:?}");
    let manual = stdout(&appleports(folder.path(), &["man"]).success());
    let plain = manual.replace("\\-", "-").replace("\\*(Aq", "'");
    for shell in ["bash", "zsh", "fish"] {
        let text = stdout(&appleports(folder.path(), &["completions", shell]).success());
        for command in &commands {
            assert!(text.contains(command), "{shell} lacks {command}");
        }
    }
    for command in &commands {
        let heading = format!(".SH \"APPLEPORTS {}\"", command.to_uppercase());
        assert!(manual.contains(&heading), "{heading}");
        let help = stdout(&appleports(folder.path(), &[command, "--help"]).success());
        let examples = help.lines().skip_while(|line| !line.starts_with("Example"));
        for line in examples.skip(1) {
            assert!(plain.contains(&format!("\n{line}\n")), "{line}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    for words in [&["--help"][..], &["find", "--help"], &["--version"]] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let program = assert_cmd::cargo::cargo_bin!("appleports");
        let output = std::process::Command::new(program)
            .args(words)
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("standard output: cannot write"), "{said}");
    }
}
