//! All renderings file a row under the same class: added, removed, changed or unread.

use std::collections::BTreeMap;

use appleports_diff::{
    Body, CHANGES_SCHEMA, Edition, Label, RENDERINGS, Report, SCHEMA, Side, TransportExposure,
    changes_between, changes_json, changes_markdown, feed,
};
use appleports_model::{Form, Record, UnreadRow};
use serde_json::Value;

use crate::common::editions::capture;
use crate::common::{finished, record};

/// The id of each row that differs, and its class.
type Classes = BTreeMap<String, String>;

fn rows() -> [Vec<Record>; 2] {
    let same = record(["22", "tcp", "Secure Shell", "", "ssh", "Xcode"]);
    let old = vec![
        same.clone(),
        record(["79", "tcp", "Finger", "", "finger", ""]),
        record(["548", "tcp", "File service", "", "afp", "Finder"]),
        record(["1640", "tcp", "Enrollment", "", "cert-responder", "Server"]),
        record(["50001", "tcp", "Calls", "", "", "FaceTime"]),
        record(["50002", "tcp", "Calls", "", "", "FaceTime"]),
    ];
    let new = vec![
        same,
        record(["548-549", "tcp", "File service", "", "afp", "Finder"]),
        record(["7000", "tcp", "Streaming", "", "airplay", "AirPlay"]),
        record(["8080", "tcp", "Web", "", "http-alt", "Safari"]),
    ];
    [finished(old), finished(new)]
}

fn unread(line: u32, port: &str, name: &str) -> UnreadRow {
    UnreadRow {
        source: "apple/en-us/2021-01-01".into(),
        line,
        reason: format!("row `{port}` rejected"),
        cells: vec![port.into(), "TCP".into(), name.into()],
        service_name: name.into(),
        ..UnreadRow::default()
    }
}

fn report() -> Report {
    let [old, new] = rows();
    let users = |users: &str| {
        let mut row = unread(97, "5OO1O", "neither");
        row.cells.push(users.into());
        row
    };
    let mut calls = unread(95, "5OOO?", "");
    (calls.title, calls.used_by) = ("Calls".into(), "FaceTime".into());
    let before = [unread(5, "808O", "http-alt"), users("Mail")];
    let after = [
        unread(70, "164O", "cert-responder"),
        unread(90, "???", "nobody-knows"),
        calls,
        users("Mail, Siri"),
    ];
    let label = |name: &str| Label {
        name: name.into(),
        sources: Vec::new(),
    };
    let old = Side {
        records: &old,
        unread: &before,
    };
    let new = Side {
        records: &new,
        unread: &after,
    };
    Report {
        old: label("old"),
        new: label("new"),
        body: Body::Records(changes_between(old, new)),
    }
}

fn expected() -> Classes {
    let classes = [
        ("79-tcp-finger", "removed"),
        ("548-549-tcp-afp", "changed"),
        ("1640-tcp-cert-responder", "unread"),
        ("7000-tcp-airplay", "added"),
        ("8080-tcp-http-alt", "unread"),
        ("row in line 90", "unread"),
        // Either of two records, and a row that neither side could read.
        ("row in line 95", "unread"),
        ("row in line 97", "unread"),
    ];
    let owned = |(id, class): (&str, &str)| (id.to_owned(), class.to_owned());
    classes.map(owned).into()
}

/// The classes in a rendering, of the rows that are expected.
fn classes(text: &str, class_of_line: impl Fn(&str) -> Option<&'static str>) -> Classes {
    let mut found = Classes::new();
    for line in text.lines() {
        for id in expected().into_keys() {
            if let Some(class) = class_of_line(line).filter(|_| line.contains(&id)) {
                found.insert(id, class.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_rendering_of_a_comparison_has_the_same_classes() {
    let report = report();
    let written = |name: &str| {
        let format = RENDERINGS.iter().find(|format| format.name == name);
        (format.unwrap().write)(&report)
    };
    let plain = written("terminal").replace(['\u{1b}'], "");
    let terminal = classes(&plain, |line| {
        let line = line.replace("[0m", "").replace("[1m", "");
        match line
            .trim_start_matches("[32m")
            .trim_start_matches("[31m")
            .chars()
            .next()?
        {
            '+' => Some("added"),
            '-' => Some("removed"),
            '~' => Some("changed"),
            '?' => Some("unread"),
            _ => None,
        }
    });
    assert_eq!(terminal, expected(), "{plain}");
    let all = ["added", "removed", "changed", "unread"];
    let by_word = |start: &'static str, end: &'static str| {
        move |line: &str| {
            let word = |class: &&str| line.starts_with(&format!("{start}{class}{end}"));
            all.into_iter().find(word)
        }
    };
    let markdown = classes(&written("markdown"), by_word("- **", "** "));
    assert_eq!(markdown, expected());
    let html = classes(&written("html"), by_word("<article class=\"", "\"><h3>"));
    assert_eq!(html, expected());
    let document: Value = serde_json::from_str(&written("json")).unwrap();
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
    let json = document["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| {
            let entry = ["entry", "new"].map(|side| change[side]["id"].as_str());
            let id = entry.into_iter().flatten().next().map(str::to_owned);
            let id = id.unwrap_or_else(|| format!("row in line {}", change["row"]["line"]));
            (id, change["change"].as_str().unwrap().to_owned())
        });
    assert_eq!(json.collect::<Classes>(), expected());
    assert_eq!(document["counts"]["unread"], 5);
    let Body::Records(changes) = &report.body else {
        panic!("not records")
    };
    let short = changes.short();
    assert_eq!(short[0], "1 added, 1 removed, 1 changed, 5 unread");
    assert_eq!(short.len(), 9, "{short:#?}");
    let is_named = |text: &str| text.contains("50001-tcp, 50002-tcp");
    assert!(short.iter().any(|line| is_named(line)), "{short:#?}");
    assert!(
        ["terminal", "markdown", "html"]
            .iter()
            .all(|name| is_named(&written(name)))
    );
    let in_doubt = |exposure: &TransportExposure| {
        let closed = [1640, 50_001, 50_002].map(|port| exposure.closed_ranges.contains(port));
        closed.contains(&true) || exposure.opened_ranges.contains(8080)
    };
    assert!(!changes.exposure.transports.iter().any(in_doubt));
}

#[test]
fn the_editions_have_the_same_classes() {
    let Body::Records(changes) = report().body else {
        panic!("not records")
    };
    let old = capture("en-us", "2020-01-01", Form::Page);
    let new = capture("en-us", "2021-01-01", Form::Page);
    let editions = [Edition {
        capture: new,
        previous: Some(old),
        records: 4,
        changes,
    }];
    let document: Value = serde_json::from_str(&changes_json(&editions)).unwrap();
    let schema: Value = serde_json::from_str(CHANGES_SCHEMA).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
    let edition = &document["editions"][0];
    let mut found = Classes::new();
    for (list, class) in [
        ("came", "added"),
        ("left", "removed"),
        ("changed", "changed"),
    ] {
        for row in edition[list].as_array().unwrap() {
            found.insert(row["id"].as_str().unwrap().to_owned(), class.to_owned());
        }
    }
    for row in edition["unread"].as_array().unwrap() {
        let id = row["row"]["id"].as_str().map(str::to_owned);
        let id = id.unwrap_or_else(|| format!("row in line {}", row["line"]));
        found.insert(id, "unread".to_owned());
    }
    assert_eq!(found, expected());
    let headings = |text: &str, heading: &str, row: &str| -> BTreeMap<String, usize> {
        let sections = text.split(heading).skip(1);
        let sections = sections.map(|section| {
            let title = section.split(['\n', '<', '&']).next().unwrap();
            (title.to_owned(), section.matches(row).count())
        });
        sections
            .filter(|(title, _)| title.starts_with("Rows"))
            .collect()
    };
    let counts = BTreeMap::from([
        ("Rows that came".to_owned(), 1),
        ("Rows that left".to_owned(), 1),
        ("Rows that changed".to_owned(), 1),
        ("Rows that could not be read".to_owned(), 5),
    ]);
    // The head of each table is a line of its own.
    let mut markdown = headings(&changes_markdown(&editions), "### ", "\n| ");
    for count in markdown.values_mut() {
        *count -= 1;
    }
    assert_eq!(markdown, counts);
    let feed = feed(&editions);
    assert_eq!(headings(&feed, "&lt;h3&gt;", "&lt;li&gt;"), counts);
    assert!(feed.contains("1 row came, 1 left, 1 changed, 5 unread"));
}
