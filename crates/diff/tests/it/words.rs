//! Words that the vocabulary does not know: new ones are news, and no product counts as
//! lost for certain beside them.

use appleports_diff::{RENDERINGS, Weight, changes};
use appleports_model::Record;

use crate::common::{finished, record, report, unknown_word};

/// A row with a product and these unknown words.
fn row(words: &[&str]) -> Record {
    let mut row = record(["443", "tcp", "HTTPS", "", "https", "FaceTime"]);
    row.used_by = words.join(", ");
    row.used_by_parts = words.iter().map(|word| unknown_word(word)).collect();
    row
}

fn in_german(mut row: Record) -> Record {
    row.provenance.source = "apple/de-de/2020-01-01".into();
    row
}

#[test]
fn a_new_unknown_word_is_news() {
    let (old, new) = (finished(vec![row(&[])]), finished(vec![row(&["Siri Pro"])]));
    let found = changes(&old, &new);
    assert_eq!((found.counts.changed, found.counts.wording_only), (1, 0));
    assert_eq!(found.changes[0].weight(), Weight::Metadata);
    assert_eq!(
        found.short()[1],
        "~ 443-tcp-https: unknown words +Siri Pro; used by"
    );
    let back = changes(&new, &old);
    assert_eq!(
        back.short()[1],
        "~ 443-tcp-https: unknown words -Siri Pro; used by"
    );
}

#[test]
fn case_and_accents_make_no_new_word() {
    let (old, new) = (
        finished(vec![row(&["Siri Pro"])]),
        finished(vec![row(&["SIRÍ pro"])]),
    );
    let found = changes(&old, &new);
    assert_eq!((found.counts.changed, found.counts.wording_only), (0, 1));
}

#[test]
fn words_of_two_languages_are_not_compared() {
    let old = finished(vec![in_german(row(&["Neuer Dienst"]))]);
    let new = finished(vec![row(&["New service"])]);
    let found = changes(&old, &new);
    assert_eq!((found.counts.changed, found.counts.wording_only), (0, 1));
    let same_language = changes(&finished(vec![row(&["Neuer Dienst"])]), &new);
    assert_eq!(same_language.counts.changed, 1);
}

#[test]
fn a_product_is_perhaps_among_the_unknown_words() {
    let mut renamed = row(&["Face Time"]);
    renamed.products.clear();
    let (old, new) = (finished(vec![row(&[])]), finished(vec![renamed]));
    let found = changes(&old, &new);
    assert_eq!(
        found.short()[1],
        "~ 443-tcp-https: unknown words +Face Time; used by; FaceTime may still be listed: the \
         vocabulary does not know \"Face Time\""
    );
    let ports = &found.exposure.by_product[0].transports[0];
    assert_eq!((ports.lost.count(), ports.perhaps_lost.count()), (0, 1));
    let ports = &changes(&new, &old).exposure.by_product[0].transports[0];
    assert_eq!((ports.gained.count(), ports.perhaps_gained.count()), (0, 1));
    for format in RENDERINGS.iter().filter(|format| format.name != "json") {
        let text = (format.write)(&report(&old, &new));
        assert!(text.contains("−443/tcp (perhaps)"), "{text}");
        assert!(!text.contains("lose ports: FaceTime"), "{text}");
    }
}

#[test]
fn the_products_that_gain_or_lose_ports_stand_in_one_line_on_top() {
    let (old, mut moved) = (row(&[]), row(&[]));
    moved.products = vec!["Mail".into()];
    let report = report(&finished(vec![old]), &finished(vec![moved]));
    for format in RENDERINGS {
        let text = (format.write)(&report);
        let line = text.lines().position(|line| {
            ["gain ports: ", "Mail", "lose ports: ", "FaceTime"]
                .iter()
                .all(|said| line.contains(said))
        });
        let line = line.unwrap_or_else(|| panic!("{}: {text}", format.name));
        let of_first_port = text.lines().position(|line| line.contains("443"));
        let is_on_top = of_first_port.is_none_or(|first| line < first);
        assert!(is_on_top, "{}: {text}", format.name);
    }
}

/// A row of its own, whose users are all known but for these words.
fn elsewhere(products: &[&str], words: &[&str]) -> Record {
    let mut row = row(words);
    row.ports = vec!["444".parse().unwrap()];
    row.products = products.iter().map(|name| (*name).to_owned()).collect();
    row
}

#[test]
fn a_product_is_lost_only_if_all_words_of_the_other_side_are_known() {
    let mut without = row(&[]);
    without.products.clear();
    let old = finished(vec![row(&[]), elsewhere(&["Mail"], &[])]);
    let new = finished(vec![without.clone(), elsewhere(&["Mail"], &["Face Time"])]);
    let found = changes(&old, &new);
    let ports = &found.exposure.by_product[0].transports[0];
    assert_eq!((ports.lost.count(), ports.perhaps_lost.count()), (0, 1));
    for format in RENDERINGS {
        let text = (format.write)(&report(&old, &new));
        assert!(!text.contains("lose ports: FaceTime"), "{text}");
    }
    let new = finished(vec![without, elsewhere(&["Mail"], &[])]);
    let found = changes(&old, &new);
    let ports = &found.exposure.by_product[0].transports[0];
    assert_eq!((ports.lost.count(), ports.perhaps_lost.count()), (1, 0));
}

#[test]
fn a_port_that_no_row_has_any_more_is_lost_for_certain() {
    let old = finished(vec![row(&[]), elsewhere(&["Mail"], &[])]);
    let found = changes(&old, &finished(vec![elsewhere(&["Mail"], &["Face Time"])]));
    let facetime = &found.exposure.by_product[0];
    assert_eq!(facetime.product, "FaceTime");
    let ports = &facetime.transports[0];
    assert_eq!((ports.lost.count(), ports.perhaps_lost.count()), (1, 0));
}
