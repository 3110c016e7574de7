//! Law 4: what a page says of itself is what a browser sees of it.

use proptest::prelude::*;

use super::{further, page, read};

fn with_head(head: &str) -> String {
    page("").replace("<title>", &format!("{head}<title>"))
}

proptest! {
    #[test]
    fn hidden_markup_says_nothing(
        wrap in prop::sample::select(vec![("<!--", "-->"), ("<script>'", "'</script>"), ("<style>/*", "*/</style>"), ("<template>", "</template>"), ("<!--[if IE 8]>", "<![endif]-->")]),
        inner in prop::sample::select(vec!["<link rel=canonical href=https://support.apple.com/fr-fr/103229>", "<html lang=ja-jp>", "<title>Printers of other makers</title>", "<meta property=og:url content=https://support.apple.com/fr-fr/1>"]),
    ) {
        let hidden = with_head(&[wrap.0, inner, wrap.1].concat());
        let (hidden, plain) = (read(&hidden).unwrap(), read(&page("")).unwrap());
        prop_assert_eq!(hidden.locale, plain.locale);
        prop_assert_eq!(hidden.records, plain.records);
    }
}

#[test]
fn addresses_of_every_year_have_an_id_and_a_locale() {
    for (address, locale) in [
        ("https://support.apple.com/de-de/HT202944", "de-de"),
        (
            "https://support.apple.com/HT202944?viewlocale=de_DE",
            "de-de",
        ),
        (
            "https://support.apple.com/kb/TS1629?viewlocale=fr_FR&x=y",
            "fr-fr",
        ),
        ("https://support.apple.com/103229#top", "en-us"),
    ] {
        let text = with_head(&format!("<link rel=canonical href=\"{address}\">"));
        assert_eq!(read(&text).unwrap().locale, locale, "{address}");
    }
}

#[test]
fn a_cell_has_only_the_text_that_is_seen() {
    for hidden in [
        "<script>'</td><td>'</script>",
        "<style>td { }</style>",
        "<template>Other</template>",
        "<noscript>Other</noscript>",
        "<textarea>Other</textarea>",
        "<svg><title>Other</title></svg>",
        "<span hidden>Other</span>",
        "<span style=\"display: none\">Other</span>",
        "<!-- Other -->",
    ] {
        let row = format!("<tr><td>500<td>UDP<td>One {hidden}Title<td>-<td>-<td>Mac</tr>");
        assert_eq!(
            further(&page(&row)),
            ["500|udp|One Title|||Mac"],
            "{hidden}"
        );
    }
}
