//! Hostile cells all the way through: every command and format, from one capture.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use scraper::{Html, Selector};
use tempfile::TempDir;

mod seed;
mod tree;

/// What a cell may hold, for each of the fields of a row but the port. A file with a NUL
/// is no text, and refused as a whole.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(1)",
        "|",
        "a|b|c",
        "two\nlines",
        "carriage\rreturn",
        "tab\there",
        "\u{1b}[31mred\u{1b}]0;title\u{7}",
        "\u{9b}31mred",
        "\u{202e}right\u{2066}to left",
        "line\u{2028}separator",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "`touch pwned` $(touch pwned)",
        "'; drop table ports; --",
        "\"quoted, with comma\"",
        "&amp;&lt;b&gt;",
        "]]><!--",
        "@everyone #1 [link](javascript:alert(1)) ![](x)",
        "```\nfence",
        "} ; flush ruleset ; table x {",
        "COMMIT",
        "# END appleports",
        "::error file=x::",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("x".repeat(200_000));
    texts
}

/// Sources whose newest capture has these texts in its cells.
fn sources() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let cells = |cells: [&str; 6]| {
        cells
            .map(|cell| format!("<td>{}</td>", escape(cell)))
            .concat()
    };
    let mut rows = Vec::new();
    for (at, text) in hostile().iter().enumerate() {
        let port = (7_000 + at).to_string();
        let name = format!("name-{at}");
        rows.push(cells([&port, "TCP", text, "-", &name, text]));
        let port = (8_000 + at).to_string();
        rows.push(cells([&port, "UDP", "title", "-", text, "Mail"]));
    }
    // Enough of what stands in such a table otherwise, so that it is one.
    for at in 0..120 {
        let (port, name) = (format!("{}", 9_000 + at), format!("plain-{at}"));
        rows.push(cells([
            &port,
            "TCP",
            "Plain Service",
            "1234",
            &name,
            "Mail",
        ]));
    }
    let heads = [
        "Port",
        "TCP or UDP",
        "Service or protocol name",
        "RFC",
        "Service name",
        "Used by",
    ];
    let page = format!(
        "<!doctype html><html lang=\"en\"><title>TCP and UDP ports used by Apple software products</title><body><h1>TCP and UDP ports used by Apple software products</h1><table><tr>{}</tr>\n<tr>{}</tr></table></body></html>",
        heads.map(|head| format!("<th>{head}</th>")).concat(),
        rows.join("</tr>\n<tr>"),
    );
    fs::write(folder.path().join("page.html"), page).unwrap();
    let ingest = [
        "ingest",
        "page.html",
        "--locale",
        "en-us",
        "--captured",
        "2031-01-01",
    ];
    run(folder.path(), &ingest, &[0]);
    run(folder.path(), &["build", "--accept", "a test"], &[0]);
    folder
}

fn run(folder: &Path, arguments: &[&str], codes: &[i32]) -> Vec<u8> {
    let output = Command::cargo_bin("appleports")
        .unwrap()
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

/// No character that moves a cursor, hides text or turns it round.
fn harmless(text: &str, arguments: &[&str]) {
    let is_bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(at) = text.find(is_bad) {
        let around: String = text[at..].chars().take(20).collect();
        panic!("{arguments:?}: {around:?}");
    }
}

#[test]
fn no_cell_harms_a_terminal_a_report_or_a_rule() {
    let folder = sources();
    let folder = folder.path();
    let csv = "--format csv";
    for line in [
        "ingest page.html --dry-run --locale en-us",
        "ingest page.html --dry-run --format json --locale en-us",
        "find 7000-9000",
        "find --port 7000-9000 --format json",
        "why 7010",
        "why 8010",
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
            "iptables" => {
                assert_eq!(starts("COMMIT"), 1);
                assert!(
                    text.lines().all(|line| [
                        "#",
                        "*filter",
                        ":APPLEPORTS",
                        "-A APPLEPORTS -p ",
                        "COMMIT"
                    ]
                    .iter()
                    .any(|start| line.starts_with(start))),
                    "{text}"
                );
            }
            "nftables" => assert_eq!((starts("table"), starts("flush")), (1, 0)),
            "github" => assert!(
                text.lines().all(|line| line.starts_with("::")) && starts("::error file=x") == 0,
                "{text}"
            ),
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
fn data_formats_give_the_cells_back() {
    let folder = sources();
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("output/ports.json")).unwrap())
            .unwrap();
    let text = fs::read(folder.path().join("output/ports.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_slice());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let records = json["records"].as_array().unwrap();
    assert!(records.len() >= hostile().len(), "{}", records.len());
    assert_eq!(records.len(), rows.len());
    for record in records {
        let row = rows
            .iter()
            .find(|row| row[0] == *record["id"].as_str().unwrap())
            .unwrap();
        assert_eq!(
            (&row[4], &row[5], &row[9]),
            (
                record["service_name"].as_str().unwrap(),
                record["title"].as_str().unwrap(),
                record["used_by"].as_str().unwrap()
            )
        );
    }
    // What a services file cannot carry is no name in it.
    let services = fs::read_to_string(folder.path().join("output/services")).unwrap();
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
