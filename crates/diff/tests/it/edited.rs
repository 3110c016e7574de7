//! An edited copy with one change of each kind: exactly these changes and no
//! other, in every rendering.

use appleports_diff::{Body, MAX_COMMENT, RENDERINGS, Report, SCHEMA, changes, markdown};
use appleports_model::{CrossCheck, IanaStatus, PortName, Record, Registration, Transport};
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::common::{finished, record, report, unknown_word};

fn old() -> Vec<Record> {
    let mut old = vec![
        record(["7", "tcp, udp", "echo", "862", "echo", ""]),
        record([
            "22",
            "tcp",
            "Secure Shell (SSH)",
            "4253",
            "ssh",
            "Xcode Server",
        ]),
        record([
            "25",
            "tcp",
            "Simple Mail Transfer Protocol",
            "5321",
            "smtp",
            "Mail",
        ]),
        record(["79", "tcp", "Finger", "1288", "finger", ""]),
        record(["110", "tcp", "Post Office Protocol", "1939", "pop3", "Mail"]),
        record([
            "123",
            "udp",
            "Network Time Protocol",
            "1305",
            "ntp",
            "Date and Time",
        ]),
        record([
            "137",
            "udp",
            "Windows Internet Naming Service",
            "",
            "netbios-ns",
            "",
        ]),
        record([
            "311",
            "tcp",
            "Server administration",
            "",
            "asip-webadmin",
            "Server",
        ]),
        record([
            "389",
            "tcp",
            "Lightweight Directory Access",
            "4511",
            "ldap",
            "Open Directory",
        ]),
        record(["3689", "tcp", "Digital Audio Access", "", "daap", "iTunes"]),
        record([
            "5900",
            "tcp",
            "Virtual Network Computing",
            "",
            "rfb",
            "Screen Sharing",
        ]),
        record(["7000-7009", "tcp", "File server", "", "afs3", ""]),
        record(["8000-8003", "tcp", "Web service", "", "irdmi", "Server"]),
        record(["9000-9003", "tcp", "Print jobs", "", "pdl", "Printers"]),
        record(["9100, 9101", "tcp", "Raw printing", "", "raw", "Printers"]),
        record(["9200", "tcp", "A service that stays", "", "stays", "Server"]),
        record([
            "9300",
            "tcp",
            "The old words of a title",
            "",
            "words",
            "Server",
        ]),
        record(["9400", "tcp", "Noted", "", "noted", ""]),
        record(["9450", "tcp", "Asked", "", "asked", ""]),
    ];
    let mut connected = record(["9500-9501", "udp", "Two names", "", "connected", ""]);
    connected.port_names = vec![PortName {
        port: 9501,
        name: "second".into(),
    }];
    old.push(connected);
    let mut verdict = record(["9600", "udp", "Judged otherwise", "", "verdict", ""]);
    verdict.cross_check = vec![CrossCheck {
        ports: verdict.ports[0],
        transport: Some(Transport::Udp),
        iana_status: IanaStatus::Unassigned,
        iana_names: Vec::new(),
        edition: "iana/2020-01-01".into(),
        lines: Vec::new(),
    }];
    old.push(verdict);
    finished(old)
}

fn new() -> Vec<Record> {
    let mut new = old();
    new[0].transports.pop();
    new[1].ports = vec!["2222".parse().unwrap()];
    new[2].rfcs = vec![821];
    new.remove(3);
    let at = |name: &str, new: &[Record]| new.iter().position(|r| r.service_name == name).unwrap();
    let change = |name: &str, new: &mut Vec<Record>, edit: &dyn Fn(&mut Record)| {
        let at = at(name, new);
        edit(&mut new[at]);
    };
    change("pop3", &mut new, &|r| r.deprecated = true);
    change("ntp", &mut new, &|r| {
        r.registration = Registration::Registered;
    });
    change("netbios-ns", &mut new, &|r| r.service_name = "wins".into());
    change("asip-webadmin", &mut new, &|r| {
        r.products = vec!["Server Admin".into()];
    });
    change("ldap", &mut new, &|r| {
        r.note = "Only with Open Directory".into();
    });
    change("rfb", &mut new, &|r| {
        r.ports = vec!["5900-5902".parse().unwrap()];
    });
    change("afs3", &mut new, &|r| {
        r.ports = vec!["7000-7004".parse().unwrap()];
    });
    change("irdmi", &mut new, &|r| {
        r.ports = vec!["8000-8001".parse().unwrap(), "8002-8003".parse().unwrap()];
    });
    change("pdl", &mut new, &|r| {
        r.ports = vec!["9000-9001".parse().unwrap()];
    });
    change("raw", &mut new, &|r| {
        r.ports = vec!["9100-9101".parse().unwrap()];
    });
    change("connected", &mut new, &|r| {
        r.port_names[0].name = "linked".into();
    });
    change("verdict", &mut new, &|r| {
        r.cross_check[0].iana_status = IanaStatus::Match;
    });
    change("asked", &mut new, &|r| {
        r.used_by_parts = vec![unknown_word("Frobnicator")];
    });
    change("stays", &mut new, &|r| {
        r.title = "A service  that\nstays".into();
    });
    change("words", &mut new, &|r| {
        r.title = "The new words of a title".into();
    });
    new.push(record([
        "9002-9003",
        "tcp",
        "Print jobs",
        "",
        "pdl",
        "Printers",
    ]));
    new.push(record([
        "1900",
        "udp",
        "Bonjour",
        "",
        "ssdp",
        "Back to My Mac",
    ]));
    new.reverse();
    finished(new)
}

#[test]
fn one_change_of_each_kind_and_no_other() {
    insta::assert_snapshot!(changes(&old(), &new()).short().join("\n"));
}

#[test]
fn each_rendering_as_people_see_it() {
    for format in RENDERINGS {
        let text = (format.write)(&report(&old(), &new()));
        assert_eq!(text, (format.write)(&report(&old(), &new())));
        let text = text.replace('\u{1b}', "␛");
        insta::assert_snapshot!(format.name, text);
    }
}

fn validate(report: &Report) {
    let format = RENDERINGS
        .iter()
        .find(|format| format.name == "json")
        .unwrap();
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = (format.write)(report);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    let whole = serde_json::to_value(report).unwrap();
    for (field, value) in whole.as_object().unwrap() {
        assert_eq!(&document[field], value, "{field} is in the JSON as it is");
    }
}

#[test]
fn the_json_fits_its_schema() {
    validate(&report(&old(), &new()));
    validate(&report(&new(), &old()));
}

#[test]
fn a_doubtful_match_is_said_to_be_so() {
    let old = finished(vec![
        record(["100", "tcp", "Sync", "", "", ""]),
        record(["200", "tcp", "Sync", "", "", ""]),
    ]);
    let new = finished(vec![record(["300", "tcp", "Sync", "", "", ""])]);
    let found = changes(&old, &new);
    assert_eq!(found.counts.ambiguous, 1);
    assert!(
        found
            .short()
            .join("\n")
            .contains("ambiguous: could as well be"),
        "{:?}",
        found.short()
    );
    assert_eq!(changes(&self::old(), &self::new()).counts.ambiguous, 0);
}

const HARMFUL: [&str; 8] = [
    "a | b || c",
    "``` `x` ``",
    "<script>alert(1)</script><img src=x onerror=y>",
    "@mention and #123 and https://example.com",
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J",
    "\u{202e}txt.exe\u{2066}",
    "=HYPERLINK(\"http://example.com\")",
    "]( x) **bold** </details>\n# heading\n- item",
];

fn harmful() -> Report {
    let mut old = Vec::new();
    let mut new = Vec::new();
    for (text, port) in HARMFUL.iter().zip(100..) {
        let mut made = record([&format!("{port}"), "tcp", text, "", text, text]);
        made.note = (*text).into();
        made.products = vec![(*text).to_owned()];
        made.id = (*text).into();
        made.provenance.source = (*text).into();
        old.push(made.clone());
        made.title = format!("{text} {text}");
        made.products = vec![format!("{text}2")];
        made.note = String::new();
        new.push(made);
        let mut more = record([&format!("{}", port + 100), "udp", text, "", text, text]);
        more.id = format!("{text}+");
        new.push(more);
        let mut words = record([&format!("{}", port + 200), "udp", text, "", "", ""]);
        words.id = format!("{text}words");
        old.push(words.clone());
        words.title = format!("{text}!");
        new.push(words);
    }
    let mut report = report(&old, &new);
    report.old.name = HARMFUL.join(" ");
    report
}

#[test]
fn harmful_cells_do_no_harm() {
    let report = harmful();
    validate(&report);
    for format in RENDERINGS {
        let text = (format.write)(&report);
        for bad in ['\u{202e}', '\u{2066}', '\u{9b}', '\u{7}'] {
            assert!(!text.contains(bad), "{} has {bad:?}", format.name);
        }
        let plain = text.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "");
        let plain = plain.replace("\u{1b}[31m", "").replace("\u{1b}[32m", "");
        assert!(!plain.contains('\u{1b}'), "{}", format.name);
        if format.name == "html" {
            assert!(
                !text.contains("<script") && !text.contains("<img"),
                "{text}"
            );
        }
    }
    let terminal = (RENDERINGS[0].write)(&report);
    assert!(
        terminal.contains("\\u{1b}[31mred"),
        "a cell's escapes are shown, not done"
    );
}

#[test]
fn the_markdown_has_only_the_elements_that_it_is_made_of() {
    let body = markdown(&harmful(), "rest.md").body;
    let mut code = false;
    for event in Parser::new_ext(&body, Options::all()) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::Emphasis
                | Tag::BlockQuote(None)
                | Tag::HtmlBlock,
            )
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak => {}
            Event::Html(html) => assert!(
                html.starts_with("<details><summary>Wording only: ") || html.trim() == "</details>",
                "{html}"
            ),
            Event::Code(text) => code |= text.contains("@mention"),
            Event::Text(text) => {
                for bad in ["@", "#", "http", "<", "script", "HYPER"] {
                    assert!(!text.contains(bad), "{text}");
                }
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(code, "the text is there, as code");
}

#[test]
fn what_does_not_fit_is_in_the_overflow_and_nothing_is_lost() {
    let new: Vec<Record> = (1..2000_u32)
        .map(|port| {
            record([
                &format!("{}", port * 30),
                "tcp",
                &"long ".repeat(20),
                "",
                &format!("s{port}"),
                "",
            ])
        })
        .collect();
    let mut new = finished(new);
    new[5].title = "x".repeat(100_000);
    let report = report(&[], &new);
    let parts = markdown(&report, "rest.md");
    assert!(parts.body.encode_utf16().count() < MAX_COMMENT && parts.body.len() < MAX_COMMENT);
    assert!(parts.body.contains("more changes are in `rest.md`"));
    let both = parts.body + &parts.overflow.unwrap();
    for record in &new {
        let shown = format!("- **added** `{}`\n", record.id);
        assert_eq!(both.matches(&shown).count(), 1, "{shown}");
    }
    assert!(both.contains(&new[5].title));
    let Body::Records(found) = &report.body else {
        panic!()
    };
    assert_eq!(found.counts.added, 1999);
    assert_eq!(markdown(&self::report(&new, &new), "").overflow, None);
}
