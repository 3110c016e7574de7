use appleports_model::{
    Form, Former, PortRange, Provenance, Record, Registration, Seen, SourceInfo, Totals, Transport,
};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn capture(locale: &str, date: &str, form: Form) -> SourceInfo {
    let id = format!("apple/{locale}/{date}").parse().unwrap();
    SourceInfo {
        form,
        ..SourceInfo::stored(&id, String::new(), b"")
    }
}

fn record(port: u16, transports: &[Transport], name: &str, history: &[[&str; 3]]) -> Record {
    let seen = |[locale, first, last]: &[&str; 3]| Seen {
        locale: (*locale).into(),
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
    };
    Record {
        id: format!("{port}-{name}"),
        ports: vec![PortRange::single(port)],
        transports: transports.to_vec(),
        port_names: Vec::new(),
        service_name: name.into(),
        title: format!("The title of {name}"),
        rfcs: Vec::new(),
        registration: Registration::Unstated,
        deprecated: false,
        used_by: String::new(),
        products: vec!["AirPlay".into()],
        used_by_parts: Vec::new(),
        note: String::new(),
        same_port: Vec::new(),
        cross_check: Vec::new(),
        corrections: Vec::new(),
        history: history.iter().map(seen).collect(),
        formerly: vec![],
        english_title: None,
        confirmed: None,
        provenance: Provenance {
            source: String::new(),
            line_first: 1,
            line_last: 1,
            cells: Vec::new(),
            cell_lines: Vec::new(),
            cell_columns: Vec::new(),
            merged_lines: Vec::new(),
        },
    }
}

/// Four captures: a record that stays, one that came, one that left and one that was
/// there once.
fn dataset() -> Dataset {
    let (tcp, udp) = (Transport::Tcp, Transport::Udp);
    let left = |port, name: &str, first: &str, last: &str| Former {
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
        record: record(port, &[tcp], name, &[]),
    };
    let mut unnamed = record(5000, &[tcp], "", &[["en-us", "2026-10-11", "2026-10-11"]]);
    unnamed.title.clear();
    Dataset {
        products: Vec::new(),
        sources: vec![
            capture("en-us", "2026-10-11", Form::Compiled),
            capture("de-de", "2015-10-23", Form::Page),
            capture("en-us", "2018-02-13", Form::Facts),
            capture("en-us", "2022-08-25", Form::Facts),
        ],
        records: vec![
            unnamed,
            record(
                53,
                &[tcp, udp],
                "domain",
                &[
                    ["de-de", "2015-10-23", "2015-10-23"],
                    ["en-us", "2018-02-13", "2026-10-11"],
                ],
            ),
        ],
        rejected: Vec::new(),
        former: vec![
            left(
                7777,
                "cbt",
                "apple/de-de/2015-10-23",
                "apple/de-de/2015-10-23",
            ),
            left(
                7,
                "echo",
                "apple/de-de/2015-10-23",
                "apple/en-us/2018-02-13",
            ),
        ],
        findings: Vec::new(),
        rules: Vec::new(),
        totals: Totals::default(),
        overlaps: Vec::new(),
        coverage: Vec::new(),
        rfcs: Vec::new(),
        accepted: String::new(),
    }
}

fn picture(dataset: &Dataset) -> String {
    let (bytes, rows) = write(dataset);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(Some(text.matches("<rect ").count() as u64), rows);
    let mut reader = Reader::from_str(&text);
    while reader.read_event().unwrap() != Event::Eof {}
    text
}

#[test]
fn the_picture_as_people_see_it() {
    insta::assert_snapshot!(picture(&dataset()));
}

#[test]
fn records_come_by_port_whether_they_left_or_not() {
    let lines = lines(&dataset());
    let names: Vec<(&str, bool)> = lines
        .iter()
        .map(|line| (line.name.as_str(), line.has_left))
        .collect();
    assert_eq!(
        names,
        [
            ("echo", true),
            ("domain", false),
            ("AirPlay", false),
            ("cbt", true)
        ]
    );
}

#[test]
fn the_dates_are_repeated_in_a_long_picture() {
    let mut long = dataset();
    let record = long.records[1].clone();
    long.records = vec![record; 100];
    let text = picture(&long);
    assert_eq!(text.matches("<use ").count(), 4);
    assert_eq!(text.matches(">2015-10-23</text>").count(), 1);
}

#[test]
fn one_capture_is_a_picture_too_and_so_is_none() {
    let mut one = dataset();
    one.sources.truncate(1);
    one.former.clear();
    for record in &mut one.records {
        record.history.clear();
    }
    let text = picture(&one);
    assert!(!text.contains(" to "), "one day is no span: {text}");
    assert!(text.contains(">2026-10-11 ²</text>"), "{text}");
    one.records.clear();
    one.sources.clear();
    assert!(!picture(&one).contains("<use"));
}

#[test]
fn hostile_texts_are_texts() {
    let mut hostile = dataset();
    let text = "</title><script>\u{1b}\u{0}\u{202e}\"&amp;\n";
    for record in &mut hostile.records {
        record.service_name = text.into();
        record.title = text.into();
        record.products = vec![text.into()];
        record.history[0].locale = text.into();
    }
    let text = picture(&hostile);
    assert!(!text.contains("<script"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{0}', '\u{202e}']), "{text}");
}
