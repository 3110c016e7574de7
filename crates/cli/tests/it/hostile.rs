//! Hostile cells all the way through: every command and format, from one capture.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use appleports_model::is_hidden;
use scraper::{Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

use crate::page::{self, Field};
use crate::run::program;
use crate::{seed, tree};

/// Sources whose newest capture has these rows, and the output of them.
fn sources(texts: &[String]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let page = page::page(&page::rows(texts));
    fs::write(folder.path().join("page.html"), page).unwrap();
    let shown = run(folder.path(), &page::INGEST, &[0]);
    assert!(shown.len() < 500_000, "{} bytes are shown", shown.len());
    run(folder.path(), &["build", "--accept", "a test"], &[0]);
    folder
}

fn run(folder: &Path, arguments: &[&str], codes: &[i32]) -> Vec<u8> {
    let output = program()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        codes.contains(&output.status.code().unwrap()),
        "{arguments:?}: {said}"
    );
    harmless(&said, arguments);
    assert!(!folder.join("pwned").exists());
    output.stdout
}

/// No character that moves a cursor, hides text or turns it round; no command to the runner
/// that reads a log.
fn harmless(text: &str, arguments: &[&str]) {
    let is_bad = |c: char| is_hidden(c) && c != '\n' && c != '\t';
    let is_annotation = arguments.contains(&"github");
    let command = text.find("##[").or_else(|| {
        let mut lines = text.lines().filter(|_| !is_annotation);
        let line = lines.find(|line| line.trim_start().starts_with("::"))?;
        text.find(line)
    });
    if let Some(at) = text.find(is_bad).or(command) {
        let around: String = text[at..].chars().take(20).collect();
        panic!("{arguments:?}: {around:?}");
    }
}

/// `script` of util-linux gives a command a terminal.
#[cfg(target_os = "linux")]
#[test]
#[allow(clippy::print_stdout, reason = "tests say why they are left out")]
fn csv_is_the_very_bytes_in_a_pipe_and_steers_no_terminal() {
    let folder = sources(&page::short());
    let is_bad = |c: char| is_hidden(c) && !matches!(c, '\n' | '\r' | '\t');
    let piped = run(folder.path(), &["export", "--format", "csv"], &[0]);
    assert!(String::from_utf8(piped).unwrap().contains(is_bad));
    let program = assert_cmd::cargo::cargo_bin!("appleports");
    let line = format!("{} export --format csv 2>/dev/null", program.display());
    let shown = std::process::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(folder.path())
        .output();
    let Ok(shown) = shown else {
        println!("left out: no script that opens a terminal");
        return;
    };
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("http"), "{shown}");
    assert!(!shown.contains(is_bad), "{shown:?}");
}

#[test]
fn no_cell_harms_a_terminal_a_report_or_a_rule() {
    let folder = sources(&page::short());
    let folder = folder.path();
    let csv = "--format csv";
    for line in [
        "ingest page.html --dry-run --locale en-us",
        "ingest page.html --dry-run --format json --locale en-us",
        "find 10000-11000",
        "find --port 10000-11000 --format json",
        "why 10010",
        "why 10200",
        "history",
        "history --format json",
        "history --format svg",
        "check",
        "check --format json",
        "check --format sarif",
        "check --format github",
        "diff apple/de-de/2015-10-23 output",
        "diff apple/de-de/2015-10-23 output --format json",
        "diff apple/de-de/2015-10-23 output --overflow rest.md --format markdown",
        "diff apple/de-de/2015-10-23 output --format html",
        "export --format nftables",
        "export --format iptables",
        "export --format pf",
        "export --format firewalld",
        "export --format ufw",
        "export --format nmap",
        "export --format list",
        "export --format wireshark",
        "export --format markdown",
        "export --format services",
        "export --format report",
        "export --format explorer",
        "export --format timeline",
        "export --format findings",
        "export --format csv",
        "export --format json",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let shown = run(folder, &words, &[0, 1]);
        let text = String::from_utf8(shown).unwrap();
        if !line.ends_with(csv) {
            harmless(&text, &words);
        }
        let starts = |start: &str| {
            text.lines()
                .filter(|line| line.trim_start().starts_with(start))
                .count()
        };
        match line.rsplit(' ').next().unwrap() {
            "nftables" | "iptables" | "pf" => {
                let usual = run(folder, &[&words, USUAL].concat(), &[0]);
                let usual = rule_lines(std::str::from_utf8(&usual).unwrap());
                let more: Vec<_> = rule_lines(&text).difference(&usual).cloned().collect();
                assert!(more.is_empty(), "{line}: {more:?}");
            }
            "github" => assert!(
                text.lines().all(|line| line.starts_with("::")) && starts("::error file=x") == 0,
                "{text}"
            ),
            "sarif" => {
                let log: Value = serde_json::from_str(&text).unwrap();
                for result in log["runs"][0]["results"].as_array().unwrap() {
                    let message = result["message"]["text"].as_str().unwrap();
                    assert!(!message.contains(is_hidden), "{message:?}");
                    let message = message.replace(r"\\", "");
                    let is_open = |(at, _): (usize, &str)| !message[..at].ends_with('\\');
                    assert!(!message.match_indices('[').any(is_open), "{message}");
                }
            }
            "html" | "explorer" => {
                let page = Html::parse_document(&text);
                let count =
                    |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
                assert_eq!(count("img"), 0);
                assert!(count("script") <= 2);
            }
            _ => {}
        }
    }
}

#[test]
fn no_cell_harms_a_page_of_the_site() {
    let folder = sources(&page::short());
    let folder = folder.path();
    run(folder, &["site", "--out", "site"], &[0]);
    for path in tree::files(&folder.join("site")) {
        let text = fs::read_to_string(folder.join("site").join(&path)).unwrap();
        if tree::is_kind(&path, "csv") {
            // Data for programs: the very bytes.
            continue;
        }
        harmless(&text, &[&path]);
        if tree::is_kind(&path, "html") {
            let page = Html::parse_document(&text);
            let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
            assert_eq!(
                count("img, b, [onerror], a[href^='javascript']"),
                0,
                "{path}"
            );
            assert!(count("script") <= 2, "{path}");
        }
    }
}

/// Rules for rows that nobody has tampered with.
const USUAL: &[&str] = &["--capture", "apple/de-de/2015-10-23"];

/// What a firewall reads of its rules, without the ports.
fn rule_lines(text: &str) -> BTreeSet<String> {
    let is_read = |line: &&str| !line.starts_with('#') && !line.is_empty();
    let is_of_ports = |c: char| c.is_ascii_digit() || ", :-".contains(c);
    let lines = text.lines().filter(is_read);
    lines.map(|line| line.replace(is_of_ports, "")).collect()
}

/// What a reading of the page says: each row is a record or rejected with a finding, and
/// the accounts balance. Returns the fields and texts of the rejected rows.
fn rejected(texts: &[String]) -> Vec<(Option<Field>, String)> {
    let rows = page::rows(texts);
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    fs::write(folder.path().join("page.html"), page::page(&rows)).unwrap();
    let words = [&page::INGEST[..], &["--dry-run", "--format", "json"]].concat();
    let shown: Value = serde_json::from_slice(&run(folder.path(), &words, &[0])).unwrap();
    let lines_of = |name: &str, at: fn(&Value) -> Option<u64>| -> Vec<u64> {
        let list = shown[name].as_array().unwrap();
        list.iter().filter_map(at).collect()
    };
    let emitted = lines_of("records", |record| {
        record["provenance"]["line_first"].as_u64()
    });
    let errors = lines_of("findings", |finding| {
        (finding["level"] == "error").then(|| finding["line"].as_u64())?
    });
    let total = |name: &str| shown["totals"][name].as_u64().unwrap();
    assert_eq!(total("rows_read"), rows.len() as u64);
    assert_eq!(total("rows_emitted"), emitted.len() as u64);
    assert_eq!(total("rows_merged"), 0);
    let rejected: Vec<_> = rows
        .into_iter()
        .filter(|row| !emitted.contains(&row.line))
        .collect();
    assert_eq!(total("rows_rejected"), rejected.len() as u64);
    for row in &rejected {
        let field = row.field.unwrap();
        let start: String = row.text.chars().take(20).collect();
        assert!(errors.contains(&row.line), "{field:?} {start:?}");
    }
    rejected
        .into_iter()
        .map(|row| (row.field, row.text))
        .collect()
}

#[test]
fn each_row_is_read_or_rejected_with_a_finding() {
    let texts = [page::short(), page::long()].concat();
    let rejected = rejected(&texts);
    for text in texts {
        let start: String = text.chars().take(20).collect();
        let key = |field: Field| (Some(field), field.fitting(&text).to_owned());
        let is_rejected = |field| rejected.contains(&key(field));
        assert!(is_rejected(Field::Port), "{start:?}");
        assert!(is_rejected(Field::Transport), "{start:?}");
        // Any text may stand in these.
        for field in [Field::Title, Field::UsedBy, Field::Note, Field::Heading] {
            assert!(!is_rejected(field), "{field:?} {start:?}");
        }
    }
    // A longer one holds something else as well.
    let longer = ["x".repeat(2_001)];
    let rejected = self::rejected(&longer);
    for field in [Field::Title, Field::UsedBy] {
        let key = (Some(field), field.fitting(&longer[0]).to_owned());
        assert!(rejected.contains(&key), "{field:?}");
    }
}

#[test]
fn a_long_cell_is_cut_where_people_read_and_whole_in_the_data() {
    let folder = sources(&page::long());
    let shown = |arguments: &[&str]| run(folder.path(), arguments, &[0, 1]).len();
    assert!(shown(&["find", "10000-10300"]) < 200_000);
    assert!(shown(&["check"]) < 500_000);
    assert!(
        fs::metadata(folder.path().join("output/report.md"))
            .unwrap()
            .len()
            < 100_000
    );
    gives_cells_back(folder.path());
}

#[test]
fn data_formats_give_the_cells_back() {
    let folder = sources(&page::short());
    gives_cells_back(folder.path());
}

fn gives_cells_back(folder: &Path) {
    let bytes = fs::read(folder.join("output/ports.json")).unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = fs::read(folder.join("output/ports.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    jsonschema::validate(&schema, &json).expect("ports.json fits its schema");
    let text = fs::read(folder.join("output/ports.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_slice());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let records = json["records"].as_array().unwrap();
    assert!(records.len() > 200, "{}", records.len());
    assert_eq!(records.len(), rows.len());
    for record in records {
        let row = rows
            .iter()
            .find(|row| row[0] == *record["id"].as_str().unwrap())
            .unwrap();
        assert_eq!(
            (&row[4], &row[5], &row[9], &row[11]),
            (
                record["service_name"].as_str().unwrap(),
                record["title"].as_str().unwrap(),
                record["used_by"].as_str().unwrap(),
                record["note"].as_str().unwrap()
            )
        );
    }
    // What a services file cannot carry is no name in it.
    let services = fs::read_to_string(folder.join("output/services")).unwrap();
    for line in services.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once('\t').unwrap();
        assert!(
            name.bytes()
                .all(|c| c.is_ascii_alphanumeric() || b"-_.+/".contains(&c)),
            "{line}"
        );
        assert!(
            rest.split_once('/')
                .is_some_and(|(port, _)| port.parse::<u16>().is_ok()),
            "{line}"
        );
        assert!(line.len() <= 127);
    }
}
