//! Escaped text as cmark-gfm's twin reads it: one cell or one span, nothing but text and code,
//! and outside of code nothing that GitHub's filters turn into a link or a picture.

use appleports_model::escape::{markdown, terminal};
use appleports_model::one_line;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;

/// What GitHub makes something of, and what surrounds it.
const HOSTILE: &[&str] = &[
    "@octocat",
    "@org/team",
    "#1",
    "GH-3",
    "gh-12",
    "octocat/hello#4",
    "octocat/hello@1a2b3c4",
    "1a2b3c4",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "1234567",
    "a@b.c",
    "mailto:a@b.c",
    "xmpp:a@b.c",
    ":smile:",
    ":+1:",
    "www.evil.example",
    "WWW.evil.example",
    "https://evil.example/",
    "ftp://evil.example",
    "<https://evil.example>",
    "<img src=x>",
    "<!--",
    "![x](y)",
    "[x](y)",
    "[x][y]",
    "[^1]",
    "[ ]",
    "$x$",
    "$`x`$",
    "**",
    "__",
    "~~",
    "`",
    "``",
    BACKTICKS,
    "\\",
    "\\|",
    "|",
    "&#64;",
    "&amp;",
    "CVE-2020-1",
    "GHSA-aaaa-bbbb-cccc",
    "##[error]",
    "two\nlines",
    "\u{200b}",
    "\u{202e}",
    "\t",
    " ",
    "- ",
    "1. ",
    "# ",
    "x",
    "Mail, ",
    "é",
    "日本",
];

/// As long as the longest fence, so that none is longer.
const BACKTICKS: &str =
    "````````````````````````````````````````````````````````````````````````````````";

/// Of a long run, some backticks are written as hidden characters are.
fn plain(text: &str) -> String {
    text.replace("\\u{60}", "`").trim().to_owned()
}

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => "[ -~]{0,6}",
        1 => any::<String>(),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// The text that a renderer shows, and that outside of code, cell by cell.
fn rendered(text: &str) -> Vec<(String, String)> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.extension.alerts = true;
    let arena = Arena::new();
    let mut cells: Vec<(String, String)> = Vec::new();
    for node in parse_document(&arena, text, &options).descendants() {
        let (shown, is_code) = match &node.data().value {
            NodeValue::Document
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::List(_)
            | NodeValue::Item(_) => continue,
            NodeValue::TableCell | NodeValue::Paragraph => {
                cells.push(Default::default());
                continue;
            }
            NodeValue::Text(text) => (text.to_string(), false),
            NodeValue::Code(code) => (code.literal.clone(), true),
            other => panic!("{text:?} has {other:?}"),
        };
        let last = cells.last_mut().unwrap();
        last.0.push_str(&shown);
        last.1.push_str(if is_code { " \u{1} " } else { &shown });
    }
    cells
}

/// The filters that GitHub runs over what is rendered.
fn filtered(text: &str) -> Option<&str> {
    let is_hex = |word: &&str| {
        (7..=40).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    if let Some(word) = words.find(is_hex) {
        return Some(word);
    }
    text.split(' ').find(|word| {
        let lower = word.to_ascii_lowercase();
        let digit_after = |start: &str| {
            lower
                .match_indices(start)
                .any(|(at, _)| lower[at + start.len()..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let starts_a_word = !lower
            .contains(|c: char| c.is_ascii_alphanumeric() && c != 'g' && c != 'h')
            || lower.starts_with("gh-");
        lower.contains(['@', '$'])
            || digit_after("#")
            || starts_a_word && digit_after("gh-")
            || lower.contains("://")
            || lower.starts_with("www.")
            || lower.matches(':').count() > 1
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_cell_is_text_and_code(text in hostile(), beside in hostile()) {
        let page = format!("| a | b |\n|---|---|\n| {} | {} |\n", markdown::cell(&text), markdown::cell(&beside));
        let cells = rendered(&page);
        prop_assert_eq!(cells.len(), 4, "{}", page);
        for ((shown, open), text) in cells[2..].iter().zip([text, beside]) {
            prop_assert_eq!(plain(shown), plain(&one_line(&text)), "{}", page);
            prop_assert_eq!(filtered(open), None, "{}", page);
        }
    }

    #[test]
    fn code_is_one_span(text in hostile()) {
        let code = markdown::code(&text);
        prop_assume!(code != "*(empty)*");
        let cells = rendered(&format!("- **x** {code}\n").replace("**x**", "x"));
        prop_assert_eq!(cells.len(), 1, "{}", code);
        prop_assert_eq!(plain(&cells[0].0), plain(&format!("x {}", terminal::line(&text))), "{}", code);
        prop_assert_eq!(filtered(&cells[0].1), None, "{}", code);
    }
}

#[test]
fn a_fence_is_never_too_long_to_be_one() {
    for run in (1..=4).flat_map(|times| [79, 80, 81].map(|length| length * times)) {
        let text = format!("{}<b>@octocat</b>", "`".repeat(run));
        let page = format!("| {} |\n|---|\n", markdown::cell(&text));
        for page in [page, format!("x {}\n", markdown::code(&text))] {
            let cells = rendered(&page);
            assert_eq!(cells.len(), 1, "{page}");
            assert!(plain(&cells[0].0).ends_with(&text), "{page}");
            assert_eq!(filtered(&cells[0].1), None, "{page}");
        }
    }
}

#[test]
fn what_is_harmless_stays_readable() {
    for text in [
        "Apple Push Notification service (APNs)",
        "iCloud DNS Resolution, Mail",
        "line 12: `x` is not known",
        "Server, Xcode 5.1",
    ] {
        assert_eq!(markdown::cell(text).replace('\\', ""), text);
    }
    assert_eq!(
        markdown::cell("a|b <i> ~~x~~ $y$ @z #1\n\u{ffff}"),
        "a\\|b &lt;i&gt; \\~\\~x\\~\\~ `$y$` `@z` `#1`  "
    );
    assert_eq!(markdown::cell("a@b|c@`d"), "`a@b`\\|``c@`d``");
}

#[test]
fn only_addresses_of_sources_are_links() {
    for url in [
        "https://support.apple.com/en-us/103229",
        "https://www.iana.org/a?b=c&d",
    ] {
        assert_eq!(markdown::address(url), format!("<{url}>"));
    }
    for url in [
        "https://support.apple.com/en-us/103229#><img src=x>",
        "https://support.apple.com/a b",
        "https://support.apple.com.evil.example/",
        "https://support.apple.com@evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "http://support.apple.com/",
        "https://support.apple.com/\n# PWNED",
    ] {
        let shown = markdown::address(url);
        let cells = rendered(&format!("x {shown}\n"));
        assert_eq!(cells.len(), 1, "{shown}");
        assert_eq!(filtered(&cells[0].1), None, "{shown}");
    }
}
