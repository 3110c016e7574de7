//! `audit`: verdicts, exit codes, formats for machines, corrections in place.

use std::fs;

use crate::run::{appleports, program, scratch, stderr, stdout};
use crate::seed::sources;

/// A right list in the evidence that tests count on, with a slip.
const DAMAGED: &str = "80/tcp\n443/tcp\n5223/tcp\n478–3497/udp\n";

/// The list as `export` writes it.
fn right(folder: &std::path::Path) -> String {
    let shown = appleports(
        folder,
        &["export", "--format", "list", "--product", "FaceTime"],
    );
    stdout(&shown.success())
}

#[test]
fn the_verdict_ends_what_people_read() {
    let folder = scratch();
    fs::write(folder.path().join("right.txt"), right(folder.path())).unwrap();
    let clean = appleports(
        folder.path(),
        &[
            "audit",
            "--product",
            "facetime",
            "--deny",
            "note",
            "right.txt",
        ],
    )
    .code(0);
    let shown = stdout(&clean);
    assert!(
        shown.ends_with(" ports of FaceTime; nothing to correct\n"),
        "{shown}"
    );
    fs::write(folder.path().join("ports.txt"), DAMAGED).unwrap();
    let found = appleports(
        folder.path(),
        &["audit", "--product", "FaceTime", "ports.txt"],
    )
    .code(1);
    let shown = stdout(&found);
    assert!(
        shown.contains("error[L005]: `478–3497`: a digit is lost"),
        "{shown}"
    );
    assert!(shown.contains(" --> ports.txt:4:1\n"), "{shown}");
    assert!(
        shown.lines().last().unwrap().contains("1 damaged"),
        "{shown}"
    );
}

#[test]
fn machines_get_the_formats_of_check() {
    let folder = scratch();
    fs::write(folder.path().join("ports.txt"), DAMAGED).unwrap();
    let asked = ["audit", "--product", "FaceTime", "ports.txt", "--format"];
    let json = appleports(folder.path(), &[&asked[..], &["json"]].concat()).code(1);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&stdout(&json)).unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding["code"] == "L005" && finding["line"] == 4)
    );
    assert!(
        stderr(&json).contains("audited: ports.txt: "),
        "{}",
        stderr(&json)
    );
    let sarif = stdout(&appleports(folder.path(), &[&asked[..], &["sarif"]].concat()).code(1));
    assert!(sarif.contains("\"ruleId\": \"L005\""), "{sarif}");
    let github = stdout(&appleports(folder.path(), &[&asked[..], &["github"]].concat()).code(1));
    assert!(
        github.contains("::error file=ports.txt,line=4,col=1,title=L005::"),
        "{github}"
    );
    fs::write(folder.path().join("known.json"), stdout(&json)).unwrap();
    let known = [
        "audit",
        "--product",
        "FaceTime",
        "ports.txt",
        "--deny",
        "note",
        "--baseline",
        "known.json",
    ];
    appleports(folder.path(), &known).code(0);
}

#[test]
fn what_is_missing_is_on_no_line() {
    let folder = scratch();
    fs::write(folder.path().join("ports.txt"), "80/tcp\n443/tcp\n").unwrap();
    let asked = ["audit", "--product", "apns", "ports.txt", "--format"];
    let shown =
        |format| stdout(&appleports(folder.path(), &[&asked[..], &[format]].concat()).code(1));
    let human = shown("human");
    let expected = "\n --> ports.txt\n  = record: 5223-tcp\n  = help: add `5223/tcp`\n";
    assert!(human.contains(expected), "{human}");
    let github = shown("github");
    assert!(
        github.contains("::error file=ports.txt,title=L001::5223/tcp"),
        "{github}"
    );
    let sarif: serde_json::Value = serde_json::from_str(&shown("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let missing = results
        .iter()
        .find(|result| result["ruleId"] == "L001")
        .unwrap();
    let place = &missing["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "ports.txt");
    assert!(place.get("region").is_none(), "{place}");
    let json: serde_json::Value = serde_json::from_str(&shown("json")).unwrap();
    assert!(
        json.as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["code"] == "L001" && finding["line"] == 0)
    );
}

#[test]
fn every_finding_is_counted_though_not_all_are_listed() {
    let folder = scratch();
    let ports = (20_001..=20_250).map(|port| format!("{port}/tcp\n"));
    let text = right(folder.path()) + &ports.collect::<String>();
    fs::write(folder.path().join("ports.txt"), &text).unwrap();
    let asked = ["audit", "--product", "FaceTime", "ports.txt"];
    let shown = stdout(&appleports(folder.path(), &asked).code(0));
    assert!(
        shown.contains("\n0 errors, 250 warnings, 0 notes;"),
        "{shown}"
    );
    assert!(shown.ends_with("; 250 to look at\n"), "{shown}");
    let json = appleports(folder.path(), &[&asked[..], &["--format", "json"]].concat());
    fs::write(folder.path().join("known.json"), stdout(&json.success())).unwrap();
    let known = [&asked[..], &["--baseline", "known.json"]].concat();
    let shown = stdout(&appleports(folder.path(), &known).code(0));
    assert!(shown.contains("0 errors, 0 warnings, 0 notes;"), "{shown}");
}

#[test]
fn corrections_are_shown_and_written() {
    let folder = scratch();
    let path = folder.path().join("ports.txt");
    let list = right(folder.path());
    let damaged = list.replace("3478-3497", "478–3497");
    assert_ne!(list, damaged);
    fs::write(&path, &damaged).unwrap();
    let asked = ["audit", "--product", "FaceTime", "ports.txt"];
    let diff = appleports(folder.path(), &[&asked[..], &["--fix"]].concat()).code(1);
    assert!(
        stdout(&diff).contains("\n-478–3497/udp\n+3478-3497/udp\n"),
        "{}",
        stdout(&diff)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
    appleports(
        folder.path(),
        &[&asked[..], &["--write", "--deny", "note"]].concat(),
    )
    .code(0);
    assert_eq!(fs::read_to_string(&path).unwrap(), list);
}

#[cfg(unix)]
#[test]
fn a_file_with_another_name_is_not_replaced() {
    let folder = scratch();
    let (path, other) = (folder.path().join("ports.txt"), folder.path().join("other"));
    fs::write(&path, DAMAGED).unwrap();
    fs::hard_link(&path, &other).unwrap();
    let asked = ["audit", "--product", "FaceTime", "ports.txt", "--write"];
    let refused = appleports(folder.path(), &asked).code(2);
    let said = stderr(&refused);
    assert!(
        said.contains("ports.txt: has 2 names (hard links)"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), DAMAGED);
    fs::remove_file(&other).unwrap();
    appleports(folder.path(), &asked).code(0);
    assert_ne!(fs::read_to_string(&path).unwrap(), DAMAGED);
}

#[test]
fn no_name_of_a_file_is_a_command_of_a_pipeline() {
    let folder = scratch();
    for name in ["::add-mask::x", "##[group]x"] {
        fs::write(folder.path().join(name), "80/tcp\n").unwrap();
        let asked = ["audit", "--product", "FaceTime", "--lines", "--", name];
        let shown = appleports(folder.path(), &asked).code(1);
        let all = [stdout(&shown), stderr(&shown)].concat();
        let is_command = |line: &str| line.starts_with("::") || line.starts_with("##[");
        assert!(!all.lines().any(is_command), "{all}");
    }
}

#[test]
fn what_a_name_may_stand_for_is_not_known() {
    let folder = scratch();
    let text =
        "tcp dport $web accept\nudp dport { 53, 3478-3497, 16384-16387, 16393-16402 } accept\n";
    fs::write(folder.path().join("list"), text).unwrap();
    let shown = appleports(folder.path(), &["audit", "--product", "FaceTime", "list"]).code(0);
    let verdict = "35 of 38 ports of FaceTime; 1 to look at, 3 unknown, because some names or lines could not be read";
    assert!(stdout(&shown).contains(verdict), "{}", stdout(&shown));
}

#[test]
fn a_list_may_have_names_alone() {
    let folder = scratch();
    fs::write(folder.path().join("list"), "ufw allow https/tcp\n").unwrap();
    let rows = ["--port", "443", "--transport", "tcp", "--deny", "note"];
    let audit = [&["audit"][..], &rows, &["list"]].concat();
    let shown = stdout(&appleports(folder.path(), &audit).code(0));
    assert!(shown.contains("nothing to correct"), "{shown}");
}

#[test]
fn an_export_without_a_named_service_is_an_empty_list() {
    let folder = scratch();
    for format in ["services", "wireshark"] {
        let rows = ["--port", "5223", "--transport", "tcp"];
        let export = [&["export", "--format", format][..], &rows].concat();
        let text = stdout(&appleports(folder.path(), &export).success());
        fs::write(folder.path().join("list"), &text).unwrap();
        let audit = [&["audit", "--deny", "note"][..], &rows, &["list"]].concat();
        let shown = stdout(&appleports(folder.path(), &audit).code(0));
        assert!(shown.contains("nothing to correct"), "{shown}");
    }
}

#[test]
fn what_is_no_list_is_an_error() {
    let folder = scratch();
    for (bytes, expected) in [
        (&b"nothing here\n"[..], "no ports in 1 line, read as lines"),
        (b"80\n\0", "is not text: it has a NUL on line 2"),
        (
            b"\xff\xfe8\x000\x00\n\x00",
            "list: is UTF-16; convert it with `iconv -f UTF-16 -t UTF-8`",
        ),
        (
            b"8\x000\x00\n\x00",
            "list: is UTF-16; convert it with `iconv -f UTF-16LE -t UTF-8`",
        ),
        (
            b"\x008\x000\x00\n",
            "list: is UTF-16; convert it with `iconv -f UTF-16BE -t UTF-8`",
        ),
        (
            b"{\"5223\": \"Apple Push\"}\n",
            "no ports in 1 line, read as json; line 1 was not read: its keys may be ports",
        ),
        (b"", "no ports in 0 lines"),
        (
            b"ufw deny 80/tcp\n",
            "no open ports in 1 line, read as ufw; its rules open nothing",
        ),
    ] {
        fs::write(folder.path().join("list"), bytes).unwrap();
        let refused = appleports(folder.path(), &["audit", "list"]).code(2);
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
    appleports(folder.path(), &["audit", "missing"]).code(2);
}

#[test]
fn a_list_that_cannot_be_read_does_not_keep_the_others_from_their_audit() {
    let folder = scratch();
    fs::write(folder.path().join("words"), "nothing here\n").unwrap();
    fs::write(folder.path().join("ports.txt"), DAMAGED).unwrap();
    let asked = ["audit", "--product", "FaceTime", "words", "ports.txt"];
    let human = appleports(folder.path(), &[&asked[..], &["missing"]].concat()).code(2);
    assert!(stdout(&human).contains("error[L005]"), "{}", stdout(&human));
    let reported = stderr(&human);
    for expected in ["error: words: no ports in 1 line", "error: missing: "] {
        assert!(reported.contains(expected), "{reported}");
    }
    let json = appleports(folder.path(), &[&asked[..], &["--format", "json"]].concat()).code(2);
    let findings: Vec<serde_json::Value> = serde_json::from_str(&stdout(&json)).unwrap();
    assert!(
        findings
            .iter()
            .all(|finding| finding["source"] == "ports.txt")
    );
    assert!(!findings.is_empty());
    // The corrections of the others are written.
    appleports(folder.path(), &[&asked[..], &["--write"]].concat()).code(2);
    let written = fs::read_to_string(folder.path().join("ports.txt")).unwrap();
    assert!(written.contains("\n3478-3497/udp\n"), "{written}");
}

#[test]
fn standard_input_is_read_and_never_written() {
    let run = |further: &[&str]| {
        let mut command = program();
        let command =
            command
                .arg("--sources")
                .arg(sources())
                .args(["audit", "-", "--product", "FaceTime"]);
        command.args(further).write_stdin(DAMAGED).assert()
    };
    assert!(stdout(&run(&[]).code(1)).contains(" --> <stdin>:4:1\n"));
    assert!(stderr(&run(&["--write"]).code(2)).contains("cannot write to standard input"));
}

#[cfg(unix)]
#[test]
fn text_of_a_list_commands_no_terminal() {
    let folder = scratch();
    let hostile =
        "80*/tcp \u{1b}[2J\n::error::x 443/tcp\n8\u{202e}0–90/tcp ##[group]\n5223-\u{1b}[31m/tcp\n";
    fs::write(folder.path().join("list"), hostile).unwrap();
    for format in ["human", "github", "json", "sarif"] {
        let shown = appleports(
            folder.path(),
            &["audit", "list", "--lines", "--format", format],
        );
        for text in [stdout(&shown), stderr(&shown)] {
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format}: {text}");
            let is_ours = format == "github";
            assert!(
                is_ours || !text.lines().any(|line| line.starts_with("::")),
                "{format}: {text}"
            );
        }
    }
}

#[test]
fn the_same_damage_twice_is_known_where_it_was() {
    let folder = scratch();
    let audit = |text: &str, options: &[&str]| {
        fs::write(folder.path().join("ports.txt"), text).unwrap();
        let start = ["audit", "--product", "FaceTime", "--format", "json"];
        let arguments = [&start[..], options, &["ports.txt"]].concat();
        stdout(&appleports(folder.path(), &arguments))
    };
    let known = audit("80/tcp\n443/tcp\n5223*/tcp\n", &[]);
    fs::write(folder.path().join("known.json"), known).unwrap();
    let against = ["--baseline", "known.json"];
    assert_eq!(audit("80/tcp\n443/tcp\n5223*/tcp\n", &against), "[]\n");
    let new = audit("80/tcp\n5223*/tcp\n5223*/tcp\n443/tcp\n", &against);
    assert_eq!(new.matches("\"L008\"").count(), 1, "{new}");
    assert!(new.contains("\"line\": 2,"), "{new}");
}
