//! `why`: several ports, ranges, and JSON; what the JSON of other commands looks like.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::run::{alone, appleports, scratch, stderr, stdout};
use crate::seed;

fn shown(arguments: &str) -> String {
    let words: Vec<&str> = arguments.split(' ').collect();
    stdout(&appleports(scratch().path(), &words).success())
}

/// The parts of an answer, one for each question.
fn parts(arguments: &str) -> Vec<String> {
    let text = shown(arguments);
    let parts = text.split("Apple's article of").skip(1);
    parts.map(|part| part.trim_end().to_owned()).collect()
}

#[test]
fn several_ports_are_answered_one_after_the_other() {
    let all = parts("why 80 443 5223/tcp 3478-3497");
    assert_eq!(all.len(), 4);
    for (part, alone) in all.iter().zip(["80", "443", "5223/tcp", "3478-3497"]) {
        assert_eq!(*part, parts(&format!("why {alone}"))[0], "{alone}");
    }
    assert_eq!(parts("why 80 80").len(), 1);
    // One answer is enough for yes.
    let folder = scratch();
    appleports(folder.path(), &["why", "4", "80"]).code(0);
    appleports(folder.path(), &["why", "4", "5"]).code(1);
}

#[test]
fn a_range_has_every_row_that_overlaps_it() {
    let range = shown("why 3400-3500");
    assert!(
        range.starts_with("Apple's article of 2015-10-23: 1 row overlaps 3400-3500\n"),
        "{range}"
    );
    assert!(
        range.contains("\n  3478-3497 udp  nat-stun-port  "),
        "{range}"
    );
    // The record's name is that of its first port within the range.
    let end = shown("why 3497-3500");
    assert!(end.contains("\n  3478-3497 udp  ipether232port  "), "{end}");
    let both = shown("why 5900-5988/tcp");
    assert!(both.contains(": 2 rows overlap 5900-5988/tcp\n"), "{both}");
}

#[test]
fn the_registry_is_shown_for_the_first_ports_of_a_range() {
    let rows = |arguments: &str| {
        let text = shown(arguments);
        let registry = text.split("IANA registry (").nth(1).unwrap().to_owned();
        let lines: Vec<String> = registry.lines().skip(1).map(str::to_owned).collect();
        lines
    };
    let whole = rows("why 1-20");
    assert!(
        whole.iter().all(|line| line.contains(" (line ")),
        "{whole:?}"
    );
    let longer = rows("why 1-25");
    let (last, first) = longer.split_last().unwrap();
    assert_eq!(first, whole);
    let more = rows("why 21-25").len();
    assert!(more > 5);
    assert_eq!(
        *last,
        format!(
            "  and {more} more rows; with a name: `appleports export --format services --registry iana/2015-07-30 --port 1-25`"
        )
    );
    // A row for no transport in particular is shown once.
    let unassigned = rows("why 2195-2195");
    assert_eq!(unassigned.len(), 1, "{unassigned:?}");
    assert!(
        unassigned[0].starts_with("  2195  Unassigned (line "),
        "{unassigned:?}"
    );
    // Everything at once, and each row once.
    let all = rows("why 1-65535");
    let lines: BTreeSet<&String> = all.iter().collect();
    assert_eq!(lines.len(), all.len());
}

#[test]
fn json_has_what_the_text_has() {
    let answers: Vec<Value> =
        serde_json::from_str(&shown("why 80 5900-5988 --format json")).unwrap();
    let asked: Vec<&Value> = answers.iter().map(|answer| &answer["asked"]).collect();
    assert_eq!(asked, ["80", "5900-5988"]);
    let http = &answers[0];
    assert_eq!(http["article"]["date"], "2015-10-23");
    assert_eq!(http["rows"][0]["record"]["service_name"], "http");
    assert_eq!(
        http["rows"][0]["rfcs"][0]["current"],
        serde_json::json!([9110, 9111, 9112])
    );
    let codes: Vec<&Value> = http["rows"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| &finding["code"])
        .collect();
    assert!(codes.contains(&&Value::from("R003")), "{codes:?}");
    assert_eq!(http["registry"]["edition"], "iana/2015-07-30");
    assert_eq!(http["registry"]["rows"][0]["name"], "http");
    assert_eq!(http["registry"]["more"], 0);
    assert!(answers[1]["registry"]["more"].as_u64() > Some(10));
    assert_eq!(answers[1]["rows"].as_array().unwrap().len(), 2);
    let none = appleports(scratch().path(), &["why", "4", "--format", "json"]).code(1);
    let none: Value = serde_json::from_str(&stdout(&none)).unwrap();
    assert_eq!(none[0]["rows"], serde_json::json!([]));
}

/// The names of all fields of a value, but those of records, sources and findings, which
/// the schemas explain.
fn fields(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| fields(item, names)),
        Value::Object(object) => {
            for (name, value) in object {
                names.insert(name.clone());
                if !["record", "article", "findings"].contains(&name.as_str()) {
                    fields(value, names);
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_the_json_answers_is_documented() {
    let folder = scratch();
    let repository = seed::repository();
    let sources = repository.join("sources").display().to_string();
    let docs = fs::read_to_string(repository.join("docs/json.md")).unwrap();
    let mut names = BTreeSet::new();
    for arguments in [&["why", "1-65535"][..], &["products", "--all"], &["status"]] {
        let all = [&["--sources", &sources], arguments, &["--format", "json"]].concat();
        let json: Value =
            serde_json::from_str(&stdout(&alone(folder.path(), &all).success())).unwrap();
        fields(&json, &mut names);
    }
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        assert!(
            docs.contains(&format!("`{name}`")) || docs.contains(&format!(".{name}")),
            "`{name}` is not in docs/json.md"
        );
    }
}

#[test]
fn a_negative_age_is_refused() {
    let refused = appleports(scratch().path(), &["status", "--max-age=-1"]).code(2);
    assert!(
        stderr(&refused).contains("-1 is not in 0.."),
        "{}",
        stderr(&refused)
    );
}
