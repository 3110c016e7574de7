//! Words between ports or transports belong to a language.

use super::{further, page_in, read, row};

fn port(lang: &str, port: &str) -> Option<String> {
    let records = further(&page_in(lang, &row(port, "TCP")));
    Some(records.first()?.split('|').next()?.to_owned())
}

#[test]
fn a_word_means_what_its_language_says() {
    for (lang, text, expected) in [
        ("es-ES", "60000 a 60009", Some("60000-60009")),
        ("it-IT", "60000 a 60009", Some("60000-60009")),
        ("fr-FR", "60000 à 60009", Some("60000-60009")),
        ("de-DE", "60000 bis 60009", Some("60000-60009")),
        ("en-GB", "60000 to 60009", Some("60000-60009")),
        ("pl-PL", "60000 do 60009", Some("60000-60009")),
        ("cs-CZ", "60000 a 60009", Some("60000+60009")),
        ("zh-CN", "60000和60009", Some("60000+60009")),
        ("zh-TW", "60000或是60009", Some("60000+60009")),
        ("en-US", "60000 a 60009", None),
        ("de-DE", "60000 to 60009", None),
        ("hu-HU", "60000 és 60009", None),
    ] {
        assert_eq!(port(lang, text).as_deref(), expected, "{lang} {text}");
    }
}

#[test]
fn an_unknown_word_leaves_the_transport_empty() {
    for (lang, text, expected) in [
        ("en-US", "TCP, not UDP", ""),
        ("en-US", "TCP without UDP", ""),
        ("hu-HU", "TCP vagy UDP", ""),
        ("en-US", "TCP or UDP", "tcp+udp"),
        ("fr-FR", "TCP ou UDP", "tcp+udp"),
        ("ja-JP", "TCPおよびUDP", "tcp+udp"),
        ("ar-SA", "TCP وUDP", "tcp+udp"),
        ("he-IL", "TCP ו-UDP", "tcp+udp"),
        ("th-TH", "TCPหรือUDP", "tcp+udp"),
        ("en-US", "TPC", ""),
    ] {
        let text = page_in(lang, &row("8443", text));
        let outcome = read(&text).unwrap();
        let found = outcome
            .records
            .iter()
            .find(|record| record.starts_with("8443|"));
        let is_rejected = found.is_none() && outcome.rejected == 1;
        let transport = found.and_then(|record| record.split('|').nth(1));
        assert!(
            transport == Some(expected) || is_rejected && expected.is_empty(),
            "{lang} {outcome:?}"
        );
        assert_eq!(
            expected.is_empty(),
            outcome
                .codes
                .iter()
                .any(|code| ["N011", "N061", "A007"].contains(&code.as_str()))
        );
    }
}
