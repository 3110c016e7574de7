//! Editions of a small article for the tests.

use appleports_diff::{Edition, changes};
use appleports_model::{CrossCheck, Form, IanaStatus, Record, SourceInfo};

use super::{finished, record, unknown_word};

/// The capture of this locale and date.
pub(crate) fn capture(locale: &str, date: &str, form: Form) -> SourceInfo {
    let id = format!("apple/{locale}/{date}").parse().unwrap();
    SourceInfo {
        url: Some("https://support.apple.com/en-us/103229".into()),
        article_id: Some("103229".into()),
        form,
        ..SourceInfo::stored(&id, String::new(), b"")
    }
}

/// The captures as editions, each compared with the one before it.
pub(crate) fn editions_of(captures: Vec<(SourceInfo, Vec<Record>)>) -> Vec<Edition> {
    let mut editions: Vec<Edition> = Vec::new();
    let mut before: Vec<Record> = Vec::new();
    for (capture, records) in captures {
        let previous = editions.last().map(|edition| edition.capture.clone());
        let changes = match previous {
            Some(_) => changes(&before, &records),
            None => changes(&[], &[]),
        };
        editions.push(Edition {
            capture,
            previous,
            records: records.len(),
            changes,
        });
        before = records;
    }
    editions
}

/// Three editions with a change of each kind.
pub(crate) fn three_editions() -> Vec<Edition> {
    let german = vec![
        record([
            "22",
            "tcp",
            "Secure Shell (SSH)",
            "4253",
            "ssh",
            "Xcode Server",
        ]),
        record(["79", "tcp", "Finger", "1288", "finger", ""]),
        record(["443", "tcp", "HTTPS", "2818", "https", "FaceTime, Siri"]),
        record([
            "3284",
            "tcp, udp",
            "Net Assistant",
            "",
            "net-assistant",
            "Classroom",
        ]),
        record(["9000-9003", "tcp", "Print jobs", "", "pdl", "Printers"]),
        record(["50003", "", "FileMaker server service", "", "", ""]),
    ];
    let mut english = german.clone();
    english[0].title = "Secure Shell".into();
    english[1].cross_check = vec![CrossCheck {
        ports: english[1].ports[0],
        transport: None,
        iana_status: IanaStatus::Match,
        iana_names: Vec::new(),
        edition: "iana/2020-01-01".into(),
        lines: Vec::new(),
    }];
    english[2].products.retain(|product| product != "Siri");
    english[2].used_by_parts = vec![unknown_word("Siri | Pro")];
    english[3] = record([
        "3284",
        "tcp",
        "Classroom Transfer",
        "",
        "classroom",
        "Classroom",
    ]);
    english[4].ports = vec!["9000-9001".parse().unwrap()];
    english.push(record([
        "9002-9003",
        "tcp",
        "Print jobs",
        "",
        "pdl",
        "Printers",
    ]));
    english.remove(5);
    let mut newest: Vec<Record> = (5000..5020)
        .map(|port| record([&port.to_string(), "tcp", "", "", "", "AirPlay"]))
        .collect();
    newest.extend(english.iter().skip(1).cloned());
    editions_of(vec![
        (capture("de-de", "2015-10-23", Form::Page), finished(german)),
        (
            capture("en-us", "2018-02-13", Form::Facts),
            finished(english),
        ),
        (
            capture("en-us", "2026-10-11", Form::Compiled),
            finished(newest),
        ),
    ])
}

/// Two editions in which every text is this one.
pub(crate) fn hostile(text: &str) -> Vec<Edition> {
    let row = |port: &str, text: &str| {
        let mut row = record([port, "tcp", text, "", text, ""]);
        row.products = vec![text.to_owned(), format!("{text} 2")];
        row.note = text.into();
        row.used_by_parts = vec![unknown_word(text)];
        row.id = format!("{port}-{text}");
        row
    };
    let mut changed = row("3", text);
    changed.note = format!("{text} more");
    changed.products.pop();
    changed.used_by_parts.push(unknown_word("more"));
    changed.service_name = format!("{text}more");
    let mut newest = capture("en-us", "2021-01-01", Form::Page);
    newest.id = format!("apple/{text}");
    newest.url = Some(text.into());
    editions_of(vec![
        (
            capture("en-us", "2020-01-01", Form::Page),
            vec![row("2", text), row("3", text)],
        ),
        (newest, vec![changed, row("4", text)]),
    ])
}
