//! Whatever stands wherever in a capture, it is read or refused, and the accounts balance.

use proptest::prelude::*;

use super::layouts::{ROWS, layouts};
use super::{page, read, row};

/// What a reader may count, cut at, or look behind: ends of lines of every kind, signs of markup with
/// letters of two, three and four bytes, and text that makes a line a long one.
fn sign() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "\r",
        "\r\r\n",
        "\n",
        "\n\n",
        "\u{2028}",
        "\u{85}",
        "\u{b}",
        "\u{c}",
        "\t",
        "é",
        "\u{301}",
        "–",
        "\u{3000}",
        "\u{1f600}",
        "\\é",
        "\\",
        "**",
        "*é",
        "[é](é)",
        "<",
        "</",
        "<é>",
        ">",
        "&#13;",
        "&#x1f600;",
        "&nbsp;",
        "<br>",
        "<td>",
        "<tr>",
        "</table>",
        "<!--",
        "-->",
        "\"",
        "\"é",
        "|",
        ",",
        ";",
        "(",
        "é)",
        "-",
        ":",
        "/",
        "80",
        "80-",
        "RFC",
        "TCP",
        "0",
        "65536",
    ];
    let long = "<span>long</span> ".repeat(40);
    prop_oneof![20 => prop::sample::select(SIGNS).prop_map(str::to_owned), 5 => Just("\r".to_owned()), 1 => Just(long)]
}

/// A small capture in each layout, with its rows on lines of their own and all on one.
fn capture() -> impl Strategy<Value = String> {
    let mut all: Vec<String> = layouts(&ROWS, true)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let html = page("");
    // Long lines, where a row has a column as well as a line.
    let long = row(&"x".repeat(600), "TCP");
    all.push(page(&long).replace('\n', " "));
    all.push(
        page(&long)
            .replace('\n', " ")
            .replace("<table>", "<table>\n"),
    );
    all.push(html.replace('\n', &format!("<!--{}-->", "x".repeat(600))));
    all.push(html);
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]
    #[test]
    fn any_signs_are_read_or_refused(
        text in capture(), signs in prop::collection::vec((any::<prop::sample::Index>(), sign()), 1..8)
    ) {
        let mut text = text;
        for (place, sign) in signs {
            let at = text.floor_char_boundary(place.index(text.len() + 1));
            text.insert_str(at, &sign);
        }
        // It holds that all rows are accounted for.
        let _ = read(&text);
    }
}
