//! The commands as a user runs them: exit codes, streams, files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

mod run;
mod seed;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use run::{appleports, scratch, stderr, stdout};
use seed::repository;
use tree::files;

#[test]
fn two_builds_give_the_same_bytes_whatever_the_surroundings() {
    let folder = scratch();
    Command::cargo_bin("appleports")
        .unwrap()
        .current_dir(folder.path())
        .args(["build", "--output", "a", "--sources"])
        .arg(repository().join("sources"))
        .assert()
        .success();
    let mut command = Command::cargo_bin("appleports").unwrap();
    command
        .current_dir(folder.path())
        .env("TZ", "Pacific/Kiritimati")
        .env("LC_ALL", "tr_TR.UTF-8")
        .args(["build", "--output", "b", "--sources"])
        .arg(repository().join("sources"))
        .assert()
        .success();
    let names = files(&folder.path().join("a"));
    assert_eq!(names.len(), 9);
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
        stderr(&missing),
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

const PAGE: &str = "# Ports\n\n_Captured: 2020-02-03 from [x](https://support.apple.com/en-us/HT202944)_\n\n**Port** **TCP or UDP** **Service** **RFC** **Name** **Used by**\n\n";

fn page(rows: usize, port: &str) -> String {
    let row = |port: &str, title: &str, rfc: &str, name: &str| {
        format!("**{port}**\nTCP\n{title}\n{rfc}\n{name}\nMail\n\n")
    };
    let mut rows: Vec<String> = (1..=rows)
        .map(|at| {
            row(
                &at.to_string(),
                &format!("Service {at}"),
                "-",
                &format!("name-{at}"),
            )
        })
        .collect();
    rows.push(row(port, "Last", "791", "last"));
    format!("{PAGE}{}", rows.concat())
}

/// A copy of the committed sources, with the page as its newest capture.
fn sources_with(folder: &Path, text: &str, date: &str) -> PathBuf {
    let sources = folder.join("sources");
    for file in [
        "apple/de-de/2015-10-23/capture.md",
        "apple/de-de/2015-10-23/capture.toml",
        "iana/2015-07-30.csv",
        "iana/2015-07-30.toml",
        "vocabulary/products.toml",
        "vocabulary/phrases/de.toml",
        "vocabulary/phrases/en.toml",
    ] {
        let target = sources.join(file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(repository().join("sources").join(file), target).unwrap();
    }
    fs::write(folder.join("page.md"), text).unwrap();
    let mut command = Command::cargo_bin("appleports").unwrap();
    command
        .current_dir(folder)
        .args(["ingest", "page.md", "--captured", date])
        .assert()
        .success();
    sources
}

#[test]
fn a_bad_port_is_a_finding_with_file_line_and_text() {
    let folder = scratch();
    for (port, expected) in [
        (
            "8O80",
            "page.md:14: error N001: row `8O80` rejected: `8O80` is not a port number",
        ),
        (
            "70000",
            "page.md:14: error N002: row `70000` rejected: port 70000 is out of range",
        ),
        (
            "90-80",
            "page.md:14: error N003: row `90-80` rejected: range 90-80 runs backwards",
        ),
        (
            "0",
            "page.md:14: error N004: row `0` rejected: port 0 is reserved",
        ),
    ] {
        fs::write(folder.path().join("page.md"), page(1, port)).unwrap();
        let shown = appleports(folder.path(), &["ingest", "--dry-run", "page.md"]).success();
        assert!(stdout(&shown).contains(expected), "{}", stdout(&shown));
        assert!(stdout(&shown).contains("2 rows read = 1 emitted + 0 merged + 1 rejected"));
    }
}

#[test]
fn ingest_stores_once_and_never_changes_what_is_stored() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    let stored = sources.join("apple/en-us/2020-02-03/capture.md");
    assert_eq!(fs::read_to_string(&stored).unwrap(), page(3, "4"));
    let again = |text: &str| {
        fs::write(folder.path().join("page.md"), text).unwrap();
        Command::cargo_bin("appleports")
            .unwrap()
            .current_dir(folder.path())
            .args(["ingest", "page.md"])
            .assert()
    };
    again(&page(3, "4")).success();
    let refused = again(&page(3, "5")).code(2);
    assert!(
        stderr(&refused).contains("another capture is stored here"),
        "{}",
        stderr(&refused)
    );
    assert_eq!(fs::read_to_string(&stored).unwrap(), page(3, "4"));
}

#[test]
fn a_capture_is_stored_under_the_name_of_its_kind() {
    let cells = ["7", "TCP", "echo", "792", "echo", "-"];
    let html = format!(
        "<html><table><tr><td>{}</table></html>\n",
        cells.join("<td>")
    );
    let pipes = format!("{}\n\nEnd.\n", cells.join(" | "));
    let csv = format!("{}\n", cells.join(","));
    for (text, file, media_type) in [
        (html, "capture.html", "text/html"),
        (pipes, "capture.md", "text/markdown"),
        (csv, "capture.txt", "text/csv"),
    ] {
        let folder = scratch();
        let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-01");
        fs::write(folder.path().join("page"), &text).unwrap();
        Command::cargo_bin("appleports")
            .unwrap()
            .current_dir(folder.path())
            .args(["ingest", "page", "--locale", "en-us"])
            .args(["--captured", "2020-02-03"])
            .assert()
            .success();
        let stored = sources.join("apple/en-us/2020-02-03");
        assert_eq!(fs::read_to_string(stored.join(file)).unwrap(), text);
        let manifest = fs::read_to_string(stored.join("capture.toml")).unwrap();
        assert!(
            manifest.contains(&format!("media_type = \"{media_type}\"")),
            "{manifest}"
        );
    }
}

#[test]
fn a_source_that_changed_on_disk_is_refused() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    fs::write(
        sources.join("apple/en-us/2020-02-03/capture.md"),
        page(3, "5"),
    )
    .unwrap();
    let refused = Command::cargo_bin("appleports")
        .unwrap()
        .current_dir(folder.path())
        .arg("build")
        .assert()
        .code(2);
    assert!(
        stderr(&refused).contains("the bytes have changed since they were stored"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn a_source_that_shrank_is_refused_unless_accepted() {
    let folder = scratch();
    sources_with(folder.path(), &page(100, "101"), "2016-02-03");
    let run = |arguments: &[&str]| {
        Command::cargo_bin("appleports")
            .unwrap()
            .current_dir(folder.path())
            .args(arguments)
            .assert()
    };
    run(&["build"]).success();
    let before = fs::read(folder.path().join("output/ports.json")).unwrap();
    for (rows, last, code) in [(60, "61", "G002: 61 rows, 101 before"), (100, "8O80", "")] {
        fs::write(folder.path().join("page.md"), page(rows, last)).unwrap();
        run(&[
            "ingest",
            "page.md",
            "--captured",
            &format!("2017-02-{:02}", rows.min(28)),
        ])
        .success();
        if code.is_empty() {
            let refused = run(&["build"]).code(3);
            let expected = "G004: no row has the RFC any more, 1 had it before";
            assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
            continue;
        }
        let refused = run(&["build"]).code(3);
        assert!(stderr(&refused).contains(code), "{}", stderr(&refused));
        assert_eq!(
            fs::read(folder.path().join("output/ports.json")).unwrap(),
            before,
            "nothing was overwritten"
        );
        // Without the previous dataset, its manifest still says how many rows there were.
        fs::remove_file(folder.path().join("output/ports.json")).unwrap();
        let refused = run(&["build"]).code(3);
        assert!(stderr(&refused).contains(code), "{}", stderr(&refused));
        fs::write(folder.path().join("output/ports.json"), &before).unwrap();
        fs::remove_dir_all(folder.path().join("sources/apple/en-us/2017-02-28")).unwrap();
    }
    let blank = run(&["build", "--accept", " "]).code(2);
    assert!(stderr(&blank).contains("--accept needs a reason"));
    run(&[
        "build",
        "--accept",
        "Apple moved the macOS Server rows away",
    ])
    .success();
    let manifest = fs::read_to_string(folder.path().join("output/datapackage.json")).unwrap();
    assert!(manifest.contains("Apple moved the macOS Server rows away"));
    run(&["verify"]).code(0);
    // The reason stays for as long as the output is built from this capture.
    let again = stdout(&run(&["build"]).success());
    let accepted = "accepted  Apple moved the macOS Server rows away (G004: no row has the RFC any more, 1 had it before)\n";
    assert!(again.contains(accepted), "{again}");
    run(&["verify"]).code(0);
    let same = fs::read_to_string(folder.path().join("output/datapackage.json")).unwrap();
    assert_eq!(same, manifest);
    fs::write(folder.path().join("page.md"), page(100, "101")).unwrap();
    run(&["ingest", "page.md", "--captured", "2018-01-01"]).success();
    let next = stdout(&run(&["build"]).success());
    assert!(!next.contains("accepted"), "{next}");
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
fn escape_sequences_in_a_capture_do_not_reach_the_terminal() {
    let folder = scratch();
    fs::write(
        folder.path().join("page.md"),
        page(1, "2").replace("Last", "La\u{1b}[31mst\u{202e}"),
    )
    .unwrap();
    let shown = appleports(folder.path(), &["ingest", "--dry-run", "page.md"]).success();
    assert!(
        // Direction marks are gone from the data itself.
        stdout(&shown).contains("La\\u{1b}[31mst  "),
        "{}",
        stdout(&shown)
    );
}

const NEWER_REGISTRY: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\nnfsd,2049,tcp,Made up,,,,,,,,\n";

#[test]
fn check_fails_at_the_level_that_is_denied() {
    let folder = scratch();
    appleports(folder.path(), &["check"]).code(0);
    appleports(folder.path(), &["check", "--deny", "note"]).code(1);
    let denied = appleports(folder.path(), &["check", "--deny", "warning"]).code(1);
    let shown = stdout(&denied);
    let excerpt = "sources/apple/de-de/2015-10-23/capture.md:483\n    |\n483 | nfsd\n    | ^^^^\n";
    assert!(shown.contains(excerpt), "{shown}");
    assert!(shown.ends_with("notes; `appleports explain CODE` tells more\n"));
}

#[test]
fn a_baseline_leaves_only_what_is_new_and_tells_what_is_gone() {
    let folder = scratch();
    let all = stdout(&appleports(folder.path(), &["check", "--format", "json"]).code(0));
    let mut findings: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    let path = folder.path().join("baseline.json");
    fs::write(&path, &all).unwrap();
    let known = ["check", "--deny", "note", "--baseline", "baseline.json"];
    appleports(folder.path(), &known).code(0);

    findings[0]["message"] = "something that was mended".into();
    fs::write(&path, serde_json::to_string(&findings).unwrap()).unwrap();
    let changed = appleports(folder.path(), &known).code(1);
    assert!(
        stdout(&changed).contains("0 errors, 1 warnings, 0 notes"),
        "{}",
        stdout(&changed)
    );
    assert!(stderr(&changed).contains("something that was mended; take it out of baseline.json"));

    fs::write(&path, "[1]").unwrap();
    let refused = appleports(folder.path(), &known).code(2);
    assert!(
        stderr(&refused).contains("baseline.json: not a list of findings"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn check_takes_another_edition_and_says_what_changed() {
    let folder = scratch();
    fs::write(
        folder.path().join("registry.2024-01-02.csv"),
        NEWER_REGISTRY,
    )
    .unwrap();
    let shown = stdout(
        &appleports(
            folder.path(),
            &["check", "--iana", "registry.2024-01-02.csv"],
        )
        .code(0),
    );
    let expected = "I010]: 2049/tcp: match with `nfsd` (iana/2024-01-02 line 2), other-name with `shilp` and `nfs` (iana/2015-07-30 lines 3835, 3837)";
    assert!(shown.contains(expected), "{shown}");
    // A build with it can be verified with it alone.
    let iana = ["--iana", "registry.2024-01-02.csv"];
    let built = appleports(folder.path(), &[&["build"][..], &iana].concat()).success();
    assert!(stdout(&built).contains("+ iana/2024-01-02"));
    appleports(folder.path(), &[&["verify"][..], &iana].concat()).code(0);
    let without = appleports(folder.path(), &["verify"]).code(1);
    assert!(stderr(&without).contains("built with another edition of the registry"));
    fs::write(folder.path().join("page.csv"), "<!DOCTYPE html>\n").unwrap();
    let refused = appleports(folder.path(), &["check", "--iana", "page.csv"]).code(2);
    assert!(stderr(&refused).contains("page.csv:1: this is an HTML page, not the registry"));
}

#[test]
fn sarif_and_github_name_every_finding() {
    let folder = scratch();
    let findings: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(seed::output().join("findings.json")).unwrap()).unwrap();
    let sarif = stdout(&appleports(folder.path(), &["check", "--format", "sarif"]).code(0));
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let schema = include_str!("schemas/sarif-2.1.0.json");
    // The published pattern has a stray bracket, which strict regular expressions refuse.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})));
    let problems: Vec<String> = validator
        .iter_errors(&sarif)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(
        (sarif["version"].as_str(), results.len()),
        (Some("2.1.0"), findings.len())
    );
    for (result, finding) in results.iter().zip(&findings) {
        let rule = &run["tool"]["driver"]["rules"]
            [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(
            (&result["ruleId"], &rule["id"]),
            (&finding["code"], &finding["code"])
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["region"]["startLine"], finding["line"]);
        assert!(
            place["artifactLocation"]["uri"]
                .as_str()
                .unwrap()
                .ends_with("/capture.md")
        );
    }
    let github = stdout(&appleports(folder.path(), &["check", "--format", "github"]).code(0));
    assert_eq!(github.lines().count(), findings.len());
    assert!(
        github
            .lines()
            .all(|line| line.starts_with("::warning file=") || line.starts_with("::notice file="))
    );
}

#[test]
fn all_captures_tell_the_history_of_a_record() {
    let folder = scratch();
    let sources = sources_with(folder.path(), &page(3, "4"), "2020-02-03");
    fs::write(folder.path().join("page.md"), page(4, "5")).unwrap();
    let own = |arguments: &[&str]| {
        Command::cargo_bin("appleports")
            .unwrap()
            .current_dir(folder.path())
            .args(arguments)
            .assert()
    };
    own(&["ingest", "page.md", "--captured", "2021-02-03"]).success();
    let built = stdout(&own(&["build"]).success());
    assert!(
        built.contains("apple/en-us/2021-02-03 (2 more captures) + iana/"),
        "{built}"
    );
    assert!(built.contains("A032 x1"), "{built}");
    let ports = fs::read(folder.path().join("output/ports.json")).unwrap();
    let ports: serde_json::Value = serde_json::from_slice(&ports).unwrap();
    let history = |id: &str| {
        let all = ports["records"].as_array().unwrap();
        let record = all.iter().find(|record| record["id"] == id).unwrap();
        record["history"].clone()
    };
    let seen = |first: &str| serde_json::json!([{"locale": "en-us", "first": first, "last": "2021-02-03"}]);
    assert_eq!(history("1-tcp-name-1"), seen("2020-02-03"));
    assert_eq!(history("4-tcp-name-4"), seen("2021-02-03"));
    let table = stdout(&own(&["history", "--port", "4"]).success());
    assert!(!table.contains("4-tcp-last"), "gone: {table}");
    assert!(
        table.contains("4-tcp-name-4  en-us   2021-02-03  2021-02-03"),
        "{table}"
    );
    let svg = stdout(&own(&["history", "--format", "svg"]).success());
    assert_eq!(svg.matches("<rect ").count(), 5, "{svg}");
    assert_eq!(svg.matches(">2020-02-03</text>").count(), 1, "{svg}");
    assert_eq!(svg.matches(">2021-02-03</text>").count(), 1, "{svg}");
    let day = stdout(&own(&["history", "--format", "svg", "--port", "5"]).success());
    assert_eq!(day.matches(">2021-02-03</text>").count(), 1, "{day}");
    assert!(!day.contains(" to "), "one day is no span: {day}");
    own(&["verify"]).code(0);
    fs::remove_dir_all(sources.join("apple/en-us/2020-02-03")).unwrap();
    own(&["verify"]).code(1);
}

#[test]
fn two_services_files_are_compared_by_name_port_and_transport() {
    let folder = scratch();
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
    let shown = stdout(&appleports(folder.path(), &["diff", "old", "new"]).code(1));
    insta::assert_snapshot!("diff_services", shown);
    fs::write(
        folder.path().join("new"),
        "zip 6/ddp\nnfs   2049/tcp # x\nhttp 80/tcp  www\n",
    )
    .unwrap();
    appleports(folder.path(), &["diff", "old", "new"]).code(0);
    let mixed = appleports(folder.path(), &["diff", "old", "apple/de-de/2015-10-23"]).code(2);
    assert!(stderr(&mixed).contains("are not of one kind"));
}

#[test]
fn find_understands_what_a_person_types() {
    let folder = scratch();
    let lines = |what: &str| {
        let found = appleports(folder.path(), &["find", what]).success();
        let lines: Vec<String> = stdout(&found)
            .lines()
            .skip(1)
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
