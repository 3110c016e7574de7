//! The editions as `changes.md` and `changes.json`.

use std::sync::LazyLock;

use appleports_diff::{CHANGES_SCHEMA, Edition, changes_json, changes_markdown};
use appleports_model::Form;
use jsonschema::Validator;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::common::editions::{capture, editions_of, hostile, three_editions};
use crate::common::{finished, record};

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(CHANGES_SCHEMA).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

fn document(editions: &[Edition]) -> Value {
    let document = serde_json::from_str(&changes_json(editions)).unwrap();
    let errors = VALIDATOR.iter_errors(&document);
    let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    document
}

#[test]
fn the_editions_as_people_read_them() {
    insta::assert_snapshot!(changes_markdown(&three_editions()));
}

#[test]
fn the_editions_as_data() {
    document(&three_editions());
    insta::assert_snapshot!(changes_json(&three_editions()));
}

#[test]
fn without_editions_there_is_only_the_head() {
    assert_eq!(document(&[])["editions"], serde_json::json!([]));
    assert!(!changes_markdown(&[]).contains("## "));
}

#[test]
fn other_verdicts_of_the_registry_are_no_change_of_apples() {
    let editions = three_editions();
    assert_eq!(editions[1].changes.counts.changed, 4);
    let document = document(&editions);
    let changed = document["editions"][1]["changed"].as_array().unwrap();
    assert_eq!(changed.len(), 3);
    assert_eq!(document["editions"][1]["counts"]["changed"], 3);
}

#[test]
fn an_edition_with_the_same_rows_says_so() {
    let rows = finished(vec![record(["22", "tcp", "Secure Shell", "", "ssh", ""])]);
    let mut other = rows.clone();
    other[0].title = "Secure shell".into();
    let editions = editions_of(vec![
        (capture("en-us", "2020-01-01", Form::Page), rows),
        (capture("en-us", "2021-01-01", Form::Page), other),
    ]);
    let text = changes_markdown(&editions);
    assert!(
        text.contains(
            "Nothing changed in meaning since 2020-01-01; 1 more differs in wording only. 1 row in all."
        ),
        "{text}"
    );
    assert!(!text.contains("### "), "{text}");
}

/// Only the elements that the rendering itself writes, and nothing of the text is one.
fn is_harmless(markdown: &str) {
    // What GitHub knows.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::Emphasis
                | Tag::HtmlBlock,
            )
            | Event::End(_)
            | Event::SoftBreak
            | Event::Code(_)
            | Event::Text(_) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    ["changes.json", "feed.xml"].contains(&&*dest_url),
                    "{dest_url}"
                );
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let is_own = ["<br>", "</details>"].contains(&html.trim())
                    || html.starts_with("<details><summary>Show all ");
                assert!(is_own, "{html}");
            }
            other => panic!("{other:?} in {markdown}"),
        }
    }
}

#[test]
fn hostile_texts_stay_texts_in_their_cells() {
    for text in [
        "a | b || c \\| d",
        "``` `x` ``",
        "<script>alert(1)</script><img src=x onerror=y>",
        "@mention and #123 and https://example.com and [x](y) ![z](w)",
        "\u{1b}[31mred\u{7}\u{0}\u{ffff}",
        "\u{202e}txt.exe\u{2066}",
        "# heading\n- item\n\n</details>\n\n| a | b |\n|---|---|\n",
        "**bold** _it_ ~~x~~ $y$ [^1]",
    ] {
        let editions = hostile(text);
        document(&editions);
        let markdown = changes_markdown(&editions);
        is_harmless(&markdown);
        for line in markdown.lines().filter(|line| line.starts_with("| ")) {
            let bars = line
                .replace("\\\\", "")
                .replace("\\|", "")
                .matches('|')
                .count();
            assert!([4, 5].contains(&bars), "{line}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_stays_text(text in "[\\PC\\n\\t|`<>*_\\[\\]()#\\\\\u{0}\u{1b}\u{202e}]{1,30}") {
        let editions = hostile(&text);
        document(&editions);
        is_harmless(&changes_markdown(&editions));
    }
}
