//! The feed keeps to RFC 4287 whatever the article says.

use std::collections::BTreeSet;

use appleports_diff::{Edition, feed, feed_of_site};
use jiff::Timestamp;
use proptest::prelude::*;

use crate::atom::{Element, read};
use crate::common::editions::{hostile, three_editions};

/// The feed, held to what RFC 4287 requires.
fn valid(editions: &[Edition]) -> Element {
    valid_text(
        &feed_of_site(editions, "https://example.org/a&b/"),
        editions,
    );
    valid_text(&feed(editions), editions)
}

fn valid_text(text: &str, editions: &[Edition]) -> Element {
    let feed = read(text);
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), Some("http://www.w3.org/2005/Atom"));
    assert!(!feed.one("author").one("name").text.is_empty());
    let mut ids = BTreeSet::new();
    let mut newest = Timestamp::MIN;
    let entries = feed.all("entry");
    assert_eq!(entries.len(), editions.len());
    for part in entries.iter().copied().chain([&feed]) {
        let id = &part.one("id").text;
        assert!(is_tag_uri(id), "{id}");
        assert!(ids.insert(id.clone()), "{id} is there twice");
        assert!(!part.one("title").text.trim().is_empty());
        let updated: Timestamp = part.one("updated").text.parse().unwrap();
        assert!(part.one("updated").text.ends_with("T00:00:00Z"));
        newest = newest.max(updated);
        assert!(part.all("link").iter().all(|link| {
            let href = link.attribute("href").unwrap();
            !href.is_empty() && href.bytes().all(|byte| byte.is_ascii_graphic())
        }));
        let alternate = |link: &&&Element| link.attribute("rel") == Some("alternate");
        assert!(part.all("link").iter().filter(alternate).count() <= 1);
    }
    if !entries.is_empty() {
        let updated: Timestamp = feed.one("updated").text.parse().unwrap();
        assert_eq!(updated, newest, "the feed is as new as its newest entry");
    }
    for entry in entries {
        let content = entry.one("content");
        assert_eq!(content.attribute("type"), Some("html"));
        assert!(content.children.is_empty(), "HTML is escaped");
        are_allowed(&read(&format!("<div>{}</div>", content.text)).children);
    }
    feed
}

/// `tag:authority,year:specific` of RFC 4151, without characters that a URI has not.
fn is_tag_uri(id: &str) -> bool {
    let specific = id.strip_prefix("tag:github.com,2026:appleports/");
    specific.is_some_and(|specific| {
        specific
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte))
    })
}

/// Only the elements that the feed writes itself, without attributes.
fn are_allowed(elements: &[Element]) {
    for element in elements {
        let allowed = ["p", "h3", "ul", "li", "b"];
        assert!(allowed.contains(&element.name.as_str()), "{}", element.name);
        assert!(element.attributes.is_empty());
        are_allowed(&element.children);
    }
}

#[test]
fn the_feed_as_readers_get_it() {
    valid(&three_editions());
    insta::assert_snapshot!(feed(&three_editions()));
}

#[test]
fn the_newest_entry_comes_first_and_says_what_changed() {
    let feed = valid(&three_editions());
    let titles: Vec<&str> = feed
        .all("entry")
        .iter()
        .map(|entry| entry.one("title").text.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "2026-10-11 (compiled from dated statements): 20 rows came, 1 left; AirPlay gains \
             5000-5019/tcp",
            "2018-02-13 (table of facts read from a copy): 1 row came, 1 left, 3 changed; Classroom loses 3284/udp",
            "2015-10-23: first edition, 6 rows",
        ]
    );
    let ids = feed.all("entry");
    assert_eq!(
        ids[0].one("id").text,
        "tag:github.com,2026:appleports/edition/apple/en-us/2026-10-11"
    );
}

#[test]
fn without_editions_the_feed_is_empty_and_valid() {
    assert_eq!(valid(&[]).one("updated").text, "1970-01-01T00:00:00Z");
}

#[test]
fn hostile_texts_are_texts() {
    for text in [
        "<script>alert(1)</script>",
        "&lt;b&gt; &amp; &#0; &unknown;",
        "]]> <![CDATA[ <!-- --> <?php ?>",
        "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}\u{1fffe}",
        "\"'><entry><id>x</id></entry>",
        "\u{202e}txt.exe\u{2066}\u{feff}",
        "https://evil.example/\"onclick=\"x",
        "javascript:alert(1)",
        "https://evil.example/phish",
        "https://support.apple.com.evil.example/103229",
        "\r\n\t line",
    ] {
        let feed = valid(&hostile(text));
        let content = &feed.all("entry")[0].one("content").text;
        assert!(!content.contains("<script"), "{content}");
        assert!(
            feed.all("entry")[0].all("link").is_empty(),
            "{text} is no address"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_makes_a_valid_feed(text in any::<String>()) {
        valid(&hostile(&text));
    }
}
