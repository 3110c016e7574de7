//! Products of rows as the English editions of 2018 to 2026 and older ones have them.

use appleports_model::{Column, RawCell, RawRow, RawTable};
use appleports_normalise::{Normalised, Vocabulary, normalise};

fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    let phrases = include_str!("../../../../sources/vocabulary/phrases/en.toml");
    let products = include_str!("../../../../sources/vocabulary/products.toml");
    vocabulary.add_phrases("en.toml", phrases).unwrap();
    vocabulary.add_products("products.toml", products).unwrap();
    vocabulary
}

fn run(port: &str, title: &str, name: &str, used_by: &str) -> Normalised {
    let texts = [port, "TCP", title, "", name, used_by];
    let row = RawRow {
        cells: texts.map(|text| {
            Some(RawCell {
                text: text.to_owned(),
                place: 1.into(),
            })
        }),
        captured: texts.map(str::to_owned).to_vec(),
        place: 1.into(),
        line_last: 1,
        confirmed: None,
    };
    let table = RawTable {
        source: "apple/en-us/2026-10-11".into(),
        layout: "test",
        columns: Column::ALL.to_vec(),
        rows: vec![row],
        rejected: vec![],
        findings: vec![],
    };
    normalise(&table, "", "en-us", &vocabulary())
}

fn products(title: &str, used_by: &str) -> Vec<String> {
    let normalised = run("1", title, "x", used_by);
    assert_eq!(normalised.findings, [], "{title}: {used_by}");
    normalised.records[0].products.clone()
}

#[test]
fn prose_is_known_and_names_no_product() {
    for text in [
        "newsgroup readers",
        "network printing",
        "home directory sync",
        "web service (performance cache)",
        "World Wide Web, TLS websites, network time, network diagnostics",
    ] {
        assert_eq!(products("", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_product_of_a_list_is_found() {
    for (text, expected) in [
        (
            "AirPlay, device pairing, network diagnostics, Xsan",
            &["AirPlay", "Device pairing", "Xsan"][..],
        ),
        (
            "Spotlight Suggestions, Siri",
            &["Spotlight Suggestions", "Siri"],
        ),
        (
            "Windows file sharing, Windows printing, Windows Sharing",
            &["Windows Sharing", "Microsoft Windows"],
        ),
        (
            "iCloud backup and apps (Calendars, Contacts, Find My iPhone/Find My Friends, iMessage, Documents & Photo Stream)",
            &[
                "iCloud",
                "iCloud Backup",
                "Calendar",
                "Contacts",
                "Find My",
                "iMessage",
                "Documents in the Cloud",
                "Photo Stream",
            ],
        ),
        (
            "iCloud DAV Services (Contacts, Calendars, and Bookmarks)",
            &["iCloud", "Contacts", "Calendar", "Bookmarks"],
        ),
        (
            "Podcast Capture/podcast CLI",
            &["Podcast Capture", "podcast CLI"],
        ),
        (
            "macOS Server (VPN service), Back to My Mac",
            &["macOS Server", "macOS Server VPN service", "Back to My Mac"],
        ),
        (
            "OS X Server VPN service",
            &["macOS Server VPN service", "macOS Server"],
        ),
        (
            "Lion Server, Apple Remote Desktop (2.0 database)",
            &["macOS Server", "Apple Remote Desktop"],
        ),
        (
            "Mac OS X Server (JBoss HTTP, 10.4 or earlier)",
            &["macOS Server", "JBOSS"],
        ),
    ] {
        assert_eq!(products("", text), expected, "{text}");
    }
}

#[test]
fn a_bracket_that_qualifies_is_kept_whole() {
    for (text, qualifier) in [
        ("Mail (sending)", "sending"),
        ("iCloud Mail (SSL IMAP)", "SSL IMAP"),
        (
            "Messages (Audio RTP, RTCP; Video RTP, RTCP)",
            "Audio RTP, RTCP; Video RTP, RTCP",
        ),
        ("iCloud Key Value Store (KVS)", "KVS"),
        (
            "Software Update (OS X Lion or earlier)",
            "OS X Lion or earlier",
        ),
    ] {
        let parts = &run("1", "", "x", text).records[0].used_by_parts;
        assert_eq!(parts.len(), 1, "{text}");
        assert_eq!(parts[0].qualifier, qualifier);
        assert!(parts[0].known, "{text}");
    }
}

#[test]
fn a_title_names_products_that_the_used_by_cell_does_not() {
    let push = "Apple Push Notification service";
    for (title, used_by, expected) in [
        (
            "Apple Push Notification Service (APNS)",
            "Feedback service",
            &["Feedback service", push][..],
        ),
        (
            "Apple Push-Benachrichtigungsdienst",
            "FaceTime",
            &["FaceTime", push],
        ),
        (
            "Apple Push Notification Service (APNS)",
            "Push notifications",
            &[push],
        ),
        ("Wi-Fi Calling", "", &["Wi-Fi Calling"]),
        ("Classroom File Transfer", "", &["Classroom"]),
        ("Classroom", "", &["Classroom"]),
        (
            "Apple Remote Desktop and Classroom",
            "Apple Remote Desktop",
            &["Apple Remote Desktop", "Classroom"],
        ),
        ("Message Submission for Mail (Authenticated SMTP)", "", &[]),
        ("Mail IMAP SSL", "iCloud Mail", &["iCloud Mail"]),
        ("Software Update service", "", &[]),
        ("Kerberos 5 admin/changepw", "", &[]),
    ] {
        assert_eq!(products(title, used_by), expected, "{title}");
    }
}

#[test]
fn an_unknown_product_of_a_list_is_reported_and_kept() {
    let normalised = run(
        "1",
        "",
        "x",
        "iCloud backup and apps (Mail, Freeform, Maps), Siri",
    );
    let messages: Vec<&str> = normalised
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(messages, ["no entry for `Freeform`"]);
    let record = &normalised.records[0];
    let unknown = record.used_by_parts.iter().find(|part| !part.known);
    assert_eq!(unknown.unwrap().text, "Freeform");
    assert_eq!(
        record.products,
        ["iCloud", "iCloud Backup", "Mail", "Maps", "Siri"]
    );
}

#[test]
fn two_names_of_one_port_are_a_name_and_an_alias() {
    let normalised = run("3283", "", "net-assistant, classroom", "");
    let record = &normalised.records[0];
    assert_eq!(record.service_name, "net-assistant");
    assert_eq!(record.name_at(3283), "net-assistant");
    let names: Vec<_> = record
        .port_names
        .iter()
        .map(|entry| (entry.port, entry.name.as_str()))
        .collect();
    assert_eq!(names, [(3283, "net-assistant"), (3283, "classroom")]);
    let codes: Vec<&str> = normalised
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(codes, ["N031"]);
}
