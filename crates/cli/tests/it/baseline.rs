//! `check --baseline`: findings are known by what they say, not by where and how.

use std::fs;
use std::path::Path;

use appleports_model::sha256_hex;
use assert_cmd::assert::Assert;
use serde_json::Value;

use crate::run::{alone, appleports, scratch, stderr, stdout};
use crate::seed::sources;
use crate::tree;

/// Only what `known.json` does not have is shown, and fails.
const AGAINST: [&str; 5] = ["check", "--deny", "note", "--baseline", "known.json"];

const NOTHING: &str = "0 errors, 0 warnings, 0 notes;";

/// Holds that nothing is new, and nothing gone.
fn assert_nothing_new(run: &Assert) {
    assert!(stdout(run).starts_with(NOTHING), "{}", stdout(run));
    assert!(!stderr(run).contains("gone: "), "{}", stderr(run));
}

/// Writes what `check` finds with these options to `known.json`.
fn know(folder: &Path, options: &[&str]) {
    let arguments = [&["check", "--format", "json"], options].concat();
    fs::write(
        folder.join("known.json"),
        stdout(&appleports(folder, &arguments)),
    )
    .unwrap();
}

/// The registry with one more row on top.
fn moved_registry() -> String {
    let text = fs::read_to_string(sources().join("iana/2015-07-30.csv")).unwrap();
    let (heading, rows) = text.split_once('\n').unwrap();
    let row = "one-more,1,tcp,A row on top,,,,,,,,";
    format!("{heading}\n{row}\n{rows}")
}

/// Sources whose RFC facts are of another day, on other lines.
fn with_other_facts(folder: &Path) -> String {
    let to = folder.join("other");
    tree::copy(sources(), &to);
    let (facts, manifest) = ("rfc/2024-08-26.facts.toml", "rfc/2024-08-26.toml");
    let text = fs::read_to_string(to.join(facts)).unwrap();
    let text = text.replacen("\n[[rfc]]", "\n# one more line\n[[rfc]]", 1);
    let text = text.replace("2024-08-26", "2024-09-30");
    let old = sha256_hex(&fs::read(to.join(facts)).unwrap());
    let about = fs::read_to_string(to.join(manifest)).unwrap();
    let about = about.replace("2024-08-26", "2024-09-30");
    let about = about.replace(&old, &sha256_hex(text.as_bytes()));
    fs::remove_file(to.join(facts)).unwrap();
    fs::remove_file(to.join(manifest)).unwrap();
    fs::write(to.join("rfc/2024-09-30.facts.toml"), text).unwrap();
    fs::write(to.join("rfc/2024-09-30.toml"), about).unwrap();
    to.display().to_string()
}

#[test]
fn other_lines_and_dates_of_registry_and_index_are_nothing_new() {
    let folder = scratch();
    know(folder.path(), &[]);
    fs::write(folder.path().join("2016-01-01.csv"), moved_registry()).unwrap();
    let other = with_other_facts(folder.path());
    let sources = ["--sources", &other, "--iana", "2016-01-01.csv"];
    let all = ["check", "--format", "json"];
    let all = stdout(&alone(folder.path(), &[&all[..], &sources].concat()).success());
    assert!(
        all.contains("iana/2016-01-01") && all.contains("rfc/2024-09-30"),
        "{all}"
    );
    let run = alone(folder.path(), &[&AGAINST[..], &sources].concat());
    assert_nothing_new(&run);
    run.success();
}

#[test]
fn a_capture_whose_lines_moved_has_nothing_new() {
    let folder = scratch();
    know(folder.path(), &[]);
    let known = fs::read_to_string(folder.path().join("known.json")).unwrap();
    let mut findings: Vec<Value> = serde_json::from_str(&known).unwrap();
    for finding in &mut findings {
        finding["line"] = Value::from(finding["line"].as_u64().unwrap() + 7);
        finding["source"] = Value::from("apple/de-de/2014-01-01");
    }
    let moved = serde_json::to_string(&findings).unwrap();
    fs::write(folder.path().join("known.json"), moved).unwrap();
    let run = appleports(folder.path(), &AGAINST).success();
    assert_nothing_new(&run);
}

#[test]
fn a_baseline_counts() {
    let folder = scratch();
    know(folder.path(), &[]);
    let path = folder.path().join("known.json");
    let mut findings: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let twice = findings[0].clone();
    findings.push(twice);
    fs::write(&path, serde_json::to_string(&findings).unwrap()).unwrap();
    let run = appleports(folder.path(), &AGAINST).success();
    assert_eq!(stderr(&run).matches("gone: ").count(), 1);
    findings.pop();
    findings.remove(0);
    fs::write(&path, serde_json::to_string(&findings).unwrap()).unwrap();
    let run = appleports(folder.path(), &AGAINST).code(1);
    assert!(!stderr(&run).contains("gone: "));
}

/// Makes the file one of an earlier version.
fn age(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let mut findings: Vec<Value> = serde_json::from_str(&text).unwrap();
    for finding in &mut findings {
        let object = finding.as_object_mut().unwrap();
        object.remove("rows").unwrap();
        object.remove("values").unwrap();
    }
    fs::write(path, serde_json::to_string(&findings).unwrap()).unwrap();
    findings
}

#[test]
fn lines_and_days_in_messages_of_an_earlier_version_are_nothing_new() {
    let folder = scratch();
    know(folder.path(), &[]);
    age(&folder.path().join("known.json"));
    fs::write(folder.path().join("2016-01-01.csv"), moved_registry()).unwrap();
    let other = with_other_facts(folder.path());
    let sources = ["--sources", &other, "--iana", "2016-01-01.csv"];
    let run = alone(folder.path(), &[&AGAINST[..], &sources].concat()).success();
    assert_nothing_new(&run);
}

#[test]
fn another_capture_does_not_spoil_a_baseline_of_an_earlier_version() {
    let folder = scratch();
    know(folder.path(), &[]);
    age(&folder.path().join("known.json"));
    let other = fs::read_to_string(sources().join("iana/2015-07-30.csv")).unwrap();
    let other: Vec<&str> = other
        .lines()
        .filter(|line| !line.contains(",443,"))
        .collect();
    fs::write(
        folder.path().join("2016-01-01.csv"),
        other.join("\n") + "\n",
    )
    .unwrap();
    appleports(
        folder.path(),
        &[&AGAINST[..], &["--iana", "2016-01-01.csv"]].concat(),
    )
    .code(1);
    let run = appleports(folder.path(), &AGAINST).success();
    assert_nothing_new(&run);
}

#[test]
fn the_order_of_a_registry_is_nothing_new() {
    let folder = scratch();
    know(folder.path(), &[]);
    let text = fs::read_to_string(sources().join("iana/2015-07-30.csv")).unwrap();
    let (heading, rows) = text.split_once('\n').unwrap();
    // Rows of one line alone; the few others keep their places.
    let mut rows: Vec<&str> = rows.lines().collect();
    let mut at = 1;
    while at < rows.len() {
        let port = |row: &str| row.split(',').nth(1).map(str::to_owned);
        if rows[at].matches('"').count() == 0
            && rows[at - 1].matches('"').count() == 0
            && port(rows[at]) == port(rows[at - 1])
        {
            rows.swap(at - 1, at);
            at += 1;
        }
        at += 1;
    }
    fs::write(
        folder.path().join("2015-07-30.csv"),
        format!("{heading}\n{}\n", rows.join("\n")),
    )
    .unwrap();
    let run = appleports(
        folder.path(),
        &[&AGAINST[..], &["--iana", "2015-07-30.csv"]].concat(),
    );
    assert_nothing_new(&run);
}

#[test]
fn order_and_path_of_a_services_file_are_nothing_new() {
    let folder = scratch();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let lines = [
        "foo 500/udp",
        "bar 500/udp",
        "ssh2 22/tcp ssh",
        "sshd 22/tcp ssh",
        "b 16080/tcp",
        "a 16080/tcp",
    ];
    write("one", &lines.join("\n"));
    let mut turned = lines;
    turned.reverse();
    write("two", &turned.join("\n"));
    know(folder.path(), &["--services", "one"]);
    let known = fs::read_to_string(folder.path().join("known.json")).unwrap();
    for code in ["S020", "S021", "S024"] {
        assert!(known.contains(code), "{code}");
    }
    let run = appleports(
        folder.path(),
        &[&AGAINST[..], &["--services", "./two"]].concat(),
    );
    assert_nothing_new(&run);
}

#[test]
fn a_baseline_of_an_earlier_version_is_read_once_and_rewritten() {
    let folder = scratch();
    know(folder.path(), &[]);
    let path = folder.path().join("known.json");
    let new = fs::read_to_string(&path).unwrap();
    age(&path);
    let said = "baseline: known.json: an earlier version wrote it; it has been rewritten, with the values by which findings are known now\n";
    let run = appleports(folder.path(), &AGAINST).success();
    assert!(stderr(&run).contains(said), "{}", stderr(&run));
    assert_eq!(fs::read_to_string(&path).unwrap(), new);
    let run = appleports(folder.path(), &AGAINST).success();
    assert!(!stderr(&run).contains("baseline:"), "{}", stderr(&run));
}

#[test]
fn rewriting_a_baseline_loses_nothing_and_leaves_an_output_folder_alone() {
    let folder = scratch();
    know(folder.path(), &[]);
    let path = folder.path().join("known.json");
    let mut findings = age(&path);
    findings[0]["message"] = "of another capture".into();
    // What people write beside a finding stays with it.
    findings[1]["reason"] = "known since May".into();
    let old = serde_json::to_string(&findings).unwrap();
    fs::write(&path, &old).unwrap();
    fs::write(folder.path().join("datapackage.json"), "{}").unwrap();
    let run = appleports(folder.path(), &AGAINST).code(1);
    assert!(
        stderr(&run).contains("build that again"),
        "{}",
        stderr(&run)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), old);
    fs::remove_file(folder.path().join("datapackage.json")).unwrap();
    // Another name would keep the old text.
    #[cfg(unix)]
    {
        fs::hard_link(&path, folder.path().join("other.json")).unwrap();
        let run = appleports(folder.path(), &AGAINST).code(1);
        let said = stderr(&run);
        assert!(
            said.contains("it was not rewritten: known.json: has 2 names (hard links)"),
            "{said}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), old);
        fs::remove_file(folder.path().join("other.json")).unwrap();
    }
    appleports(folder.path(), &AGAINST).code(1);
    let new: Vec<Value> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(new.len(), findings.len());
    assert!(
        new.iter()
            .any(|finding| finding["message"] == "of another capture")
    );
    assert_eq!(new[1]["reason"], "known since May");
    assert!(new[1]["values"].is_array());
}

#[cfg(unix)]
#[test]
fn a_baseline_in_an_open_file_or_a_pipe_is_not_rewritten() {
    let folder = scratch();
    know(folder.path(), &[]);
    let path = folder.path().join("known.json");
    age(&path);
    let old = fs::read(&path).unwrap();
    let said = "is compared by its messages; it was not rewritten: ";
    let not_rewritten = |shell: &str| {
        let mut command = std::process::Command::new("sh");
        command.current_dir(folder.path()).args(["-c", shell]);
        command.env("RUN", assert_cmd::cargo::cargo_bin!("appleports"));
        command.env("SOURCES", sources());
        let run = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(stderr.contains(said), "{stderr}");
        assert_eq!(fs::read(&path).unwrap(), old);
    };
    let run = "\"$RUN\" --sources \"$SOURCES\" check --deny note --baseline /dev/stdin";
    not_rewritten(&format!("{run} <known.json"));
    not_rewritten(&format!("{run} <>known.json"));
    not_rewritten(&format!("cat known.json | {run}"));
}
