//! An installed command answers in any folder, from the sources that it carries.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use assert_cmd::Command;
use assert_cmd::assert::{Assert, OutputAssertExt};

use crate::run::{program, scratch, stderr, stdout};
use crate::seed::repository;
use crate::{seed, tree};

/// What the command says where it answers from what it carries.
pub(crate) const SAID: &str =
    "sources: those built into this command are used; there is no folder ./sources\n";

/// The day of the question.
const TODAY: &str = "2026-10-12";

/// The sources as the command was built with them.
const ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sources.tar.gz"));

/// The dataset that it carries, assembled from them beforehand.
const PORTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ports.json"));
const FINDINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/findings.json"));
const ADDITIONS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/additions.json"));
const REGISTRY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/registry.csv"));

fn command(folder: &Path) -> Command {
    let mut command = program();
    command
        .current_dir(folder)
        .env("APPLEPORTS_TODAY", TODAY)
        .env_remove("APPLEPORTS_SOURCES");
    command
}

fn asked(folder: &Path, arguments: &str) -> Assert {
    command(folder).args(arguments.split(' ')).assert()
}

#[test]
fn an_empty_folder_gives_the_answers_of_a_clone() {
    let (empty, clone) = (scratch(), repository());
    for arguments in [
        "find facetime --capture apple/en-us/2026-10-11",
        "why 5223 7000 --capture apple/en-us/2026-10-11",
        "why 5223 --format json --capture apple/en-us/2026-10-11",
        "products --capture apple/en-us/2026-10-11",
        "history --port 5223 --capture apple/en-us/2026-10-11",
        "find 5223 --capture apple/de-de/2015-10-23",
        "export --format nftables --product FaceTime --capture apple/en-us/2026-10-11",
        "export --format csv --capture apple/en-us/2026-10-11",
        "export --format services --registry iana/2015-07-30",
        "status",
        "diff apple/en-us/2022-08-25 apple/en-us/2026-10-11",
    ] {
        let here = asked(empty.path(), arguments);
        let there = asked(&clone, arguments);
        assert_eq!(stdout(&here), stdout(&there), "{arguments}");
        assert!(!stdout(&here).is_empty(), "{arguments}: {}", stderr(&here));
        assert_eq!(
            stderr(&here),
            format!("{SAID}{}", stderr(&there)),
            "{arguments}"
        );
        let code = |run: &Assert| run.get_output().status.code();
        assert_eq!(code(&here), code(&there), "{arguments}");
    }
    assert_eq!(tree::files(empty.path()), Vec::<String>::new());
}

#[test]
fn what_must_i_open_for_facetime() {
    let folder = scratch();
    let found = asked(
        folder.path(),
        "find facetime --capture apple/en-us/2026-10-11",
    );
    let found = stdout(&found.success());
    for port in [
        "80/tcp",
        "443/tcp",
        "3478-3497/udp",
        "5223/tcp",
        "16384-16387/udp",
    ] {
        assert!(found.contains(&format!("\n{port} ")), "{port}: {found}");
    }
}

#[test]
fn findings_name_the_file_within_the_command() {
    let folder = scratch();
    let checked = asked(
        folder.path(),
        "check --code A002 --capture apple/de-de/2015-10-23",
    );
    let said = stdout(&checked);
    assert!(
        said.contains("built-in/apple/de-de/2015-10-23/capture.md:"),
        "{said}"
    );
}

#[test]
fn a_page_is_looked_at_anywhere() {
    let folder = scratch();
    let page = repository().join("sources/apple/en-us/2022-08-25/capture.csv");
    fs::copy(page, folder.path().join("page.csv")).unwrap();
    let shown = asked(
        folder.path(),
        "ingest --dry-run page.csv --locale en-us --captured 2022-08-25",
    );
    assert!(stdout(&shown.success()).contains("5223"));
}

#[test]
fn a_sources_folder_comes_first_and_a_named_one_before_it() {
    let folder = scratch();
    // Somebody else's folder of that name is none of sources.
    fs::create_dir_all(folder.path().join("sources/apple/en-us")).unwrap();
    let said =
        "sources: those built into this command are used; ./sources is not a sources folder\n";
    assert_eq!(stderr(&asked(folder.path(), "find 5223").success()), said);
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let find = ["find", "5223", "--format", "csv", "--locale", "de-de"];
    let here = command(folder.path()).args(find).assert().success();
    assert!(stdout(&here).contains("apple/de-de/2015-10-23"));
    assert!(!stderr(&here).contains("sources:"));

    let elsewhere = scratch();
    let by_variable = command(elsewhere.path())
        .args(find)
        .env("APPLEPORTS_SOURCES", folder.path().join("sources"))
        .assert()
        .success();
    assert_eq!(stdout(&by_variable), stdout(&here));
    let said = stderr(&by_variable);
    assert!(
        said.contains("/sources`, named by APPLEPORTS_SOURCES\n"),
        "{said}"
    );

    // An option says more than a variable.
    let named = command(elsewhere.path())
        .args(find)
        .env("APPLEPORTS_SOURCES", "nowhere")
        .args([
            "--sources".as_ref(),
            folder.path().join("sources").as_os_str(),
        ])
        .assert()
        .success();
    assert_eq!(stdout(&named), stdout(&here));
    assert!(!stderr(&named).contains("APPLEPORTS_SOURCES"));
}

#[test]
fn a_folder_that_was_named_and_is_not_there_is_an_error() {
    let folder = scratch();
    let expected = "nowhere: no such sources folder; name another one, such as that of a clone of \
                    the repository, or name none to use what is built into the command";
    let by_option = asked(folder.path(), "find 5223 --sources nowhere").code(2);
    assert!(
        stderr(&by_option).contains(expected),
        "{}",
        stderr(&by_option)
    );
    let mut by_variable = command(folder.path());
    by_variable
        .env("APPLEPORTS_SOURCES", "nowhere")
        .args(["find", "5223"]);
    let by_variable = by_variable.assert().code(2);
    assert!(
        stderr(&by_variable).contains(expected),
        "{}",
        stderr(&by_variable)
    );
}

#[test]
fn an_empty_variable_names_nothing_and_a_clone_is_named_with_its_folder() {
    let folder = scratch();
    let ask = |value: &str| {
        let mut command = command(folder.path());
        command.env("APPLEPORTS_SOURCES", value);
        command.args(["find", "5223"]).assert()
    };
    assert_eq!(stderr(&ask("").success()), SAID);
    tree::copy(seed::sources(), &folder.path().join("clone/sources"));
    assert_eq!(
        stderr(&ask("clone").code(2)),
        "error: clone: no sources folder; did you mean clone/sources?\n"
    );
}

#[test]
fn a_command_that_changes_sources_says_what_it_needs() {
    let folder = scratch();
    fs::write(folder.path().join("page.csv"), "Port").unwrap();
    for arguments in ["build", "fetch --iana", "verify", "ingest page.csv"] {
        let said = stderr(&asked(folder.path(), arguments).code(2));
        assert!(
            said.starts_with("error: there is no folder ./sources, and this command works on one: run it where a clone"),
            "{arguments}: {said}"
        );
    }
    assert_eq!(tree::files(folder.path()), ["page.csv"]);
}

/// A copy of the command in the folder, with one of these bytes that it carries changed.
fn damaged(folder: &Path, carried: &[u8]) -> PathBuf {
    let path = assert_cmd::cargo::cargo_bin("appleports");
    let mut program = fs::read(&path).unwrap();
    assert!(!carried.is_empty(), "run `cargo xtask regenerate`");
    let mut places = program.windows(carried.len());
    let at = places.position(|bytes| bytes == carried).unwrap();
    program[at + carried.len() / 2] ^= 0x55;
    let damaged = folder.join("damaged");
    fs::copy(&path, &damaged).unwrap();
    fs::write(&damaged, program).unwrap();
    damaged
}

#[test]
fn a_damaged_command_says_so_and_writes_nothing() {
    let prepared: &[&str] = &["export", "--format", "csv", "-o", "ports.csv"];
    let assembled: &[&str] = &[
        "export",
        "--format",
        "csv",
        "--locale",
        "de-de",
        "-o",
        "ports.csv",
    ];
    for (carried, arguments) in [
        (PORTS, prepared),
        (FINDINGS, prepared),
        (ADDITIONS, prepared),
        (REGISTRY, &["why", "5223"]),
        (ARCHIVE, assembled),
    ] {
        let folder = scratch();
        let mut command = Command::new(damaged(folder.path(), carried));
        command
            .current_dir(folder.path())
            .env_remove("APPLEPORTS_SOURCES")
            .args(arguments);
        // A child that another test is about to start may have the new program open for a moment.
        let output = loop {
            match command.output() {
                Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                    sleep(Duration::from_millis(10));
                }
                output => break output.unwrap(),
            }
        };
        let run = output.assert().code(2);
        let said = stderr(&run);
        let said = said.strip_prefix(SAID).unwrap_or(&said);
        assert!(said.starts_with("error: built-in: damaged ("), "{said}");
        assert!(said.ends_with("; install the command again\n"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(tree::files(folder.path()), ["damaged"]);
    }
}
