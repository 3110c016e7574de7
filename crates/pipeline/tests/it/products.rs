//! A product is one thing: each of its spellings means its rows.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use appleports_model::{Dataset, PortSet, Transport};
use appleports_pipeline::{Filter, assemble, product_summaries, suggest, suggest_products};
use appleports_store::SourceFolder;

fn of_capture(capture: Option<&str>) -> Dataset {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble(&SourceFolder::new(sources), capture).unwrap()
}

/// The newest English capture and the German one.
static DATASETS: LazyLock<[Dataset; 2]> =
    LazyLock::new(|| [of_capture(None), of_capture(Some("apple/de-de/2015-10-23"))]);

/// The ids of the current and former records that pass.
fn kept(dataset: &Dataset, filter: &Filter) -> BTreeSet<String> {
    let kept = filter.apply(dataset).into_owned();
    let former = kept.former.into_iter().map(|former| former.record);
    let records = kept.records.into_iter().chain(former);
    records.map(|record| record.id).collect()
}

/// The ids of the current and former records that name a product.
fn column(dataset: &Dataset, product: &str) -> BTreeSet<String> {
    let former = dataset.former.iter().map(|former| &former.record);
    let records = dataset.records.iter().chain(former);
    records
        .filter(|record| record.products.iter().any(|name| name == product))
        .map(|record| record.id.clone())
        .collect()
}

#[test]
fn every_spelling_is_the_product_and_has_its_rows() {
    let mut spellings = 0;
    for dataset in &*DATASETS {
        assert!(dataset.products.len() > 80);
        for product in &dataset.products {
            let expected = column(dataset, &product.name);
            assert_eq!(product.spellings[0], product.name);
            for spelling in &product.spellings {
                for text in [spelling.clone(), spelling.to_uppercase()] {
                    let resolved = dataset.product(&text).map(|product| product.name.clone());
                    assert_eq!(resolved.as_deref(), Some(&*product.name), "{text}");
                    let by_product = Filter {
                        products: resolved.into_iter().collect(),
                        ..Filter::default()
                    };
                    assert_eq!(kept(dataset, &by_product), expected, "{text}");
                    let by_words = Filter {
                        words: Some(text.clone()),
                        ..Filter::default()
                    };
                    let found = kept(dataset, &by_words);
                    assert!(found.is_superset(&expected), "{text}");
                }
                spellings += 1;
            }
        }
    }
    assert!(spellings > 300, "{spellings}");
}

#[test]
fn every_product_of_a_record_is_in_the_list() {
    for dataset in &*DATASETS {
        let products = dataset.records.iter().flat_map(|record| &record.products);
        for product in products {
            assert!(dataset.products.iter().any(|known| known.name == *product));
        }
    }
}

#[test]
fn several_products_are_the_union() {
    let dataset = &DATASETS[0];
    let products = ["FaceTime", "Xsan"].map(str::to_owned);
    let both = column(dataset, "FaceTime")
        .union(&column(dataset, "Xsan"))
        .cloned()
        .collect();
    let filter = Filter {
        products: products.to_vec(),
        ..Filter::default()
    };
    assert_eq!(kept(dataset, &filter), both);
}

#[test]
fn an_acronym_is_not_looked_for_within_words() {
    let dataset = &DATASETS[0];
    let words = |words: &str| {
        let filter = Filter {
            words: Some(words.to_owned()),
            ..Filter::default()
        };
        kept(dataset, &filter)
    };
    assert_eq!(words("ARD"), words("Apple Remote Desktop"));
    // Rows whose title alone has the word are no rows of the product, and told of beside it.
    assert_eq!(words("mail"), column(dataset, "Mail"));
    let named = Filter {
        words: Some("mail".to_owned()),
        ..Filter::default()
    };
    let named = named.named(dataset);
    assert!(!named.is_empty());
    assert!(
        named
            .iter()
            .all(|record| !record.products.contains(&"Mail".to_owned()))
    );
}

#[test]
fn summaries_have_the_rows_and_ports_of_the_filter() {
    for dataset in &*DATASETS {
        let summaries = product_summaries(dataset);
        assert_eq!(summaries.len(), dataset.products.len());
        let first_without = summaries
            .iter()
            .position(|summary| summary.rows == 0)
            .unwrap();
        assert!(
            summaries[first_without..]
                .iter()
                .all(|summary| summary.rows == 0)
        );
        for summary in summaries {
            let filter = Filter {
                products: vec![summary.name.clone()],
                ..Filter::default()
            };
            let kept = filter.apply(dataset);
            let checks: Vec<_> = kept
                .records
                .iter()
                .flat_map(|record| &record.cross_check)
                .collect();
            assert_eq!(summary.rows, checks.len(), "{}", summary.name);
            for transport in [Some(Transport::Tcp), Some(Transport::Udp), None] {
                let matching = checks.iter().filter(|check| check.transport == transport);
                let expected: PortSet = matching.map(|check| check.ports).collect();
                let shown = summary
                    .ports
                    .iter()
                    .find(|ports| ports.transport == transport);
                let shown = shown.map_or(&[][..], |ports| &ports.ranges);
                assert_eq!(shown, expected.ranges(), "{}", summary.name);
            }
            // Also where a row is still there, or was there longer, and once listed the product.
            let once = dataset
                .records
                .iter()
                .chain(dataset.former.iter().map(|former| &former.record))
                .flat_map(|record| &record.formerly)
                .any(|formerly| formerly.value == summary.name);
            let has_left = summary.rows == 0 && (once || !kept.former.is_empty());
            assert_eq!(summary.left_after.is_some(), has_left, "{}", summary.name);
        }
    }
}

#[test]
fn a_typing_error_leads_to_the_product() {
    let products = &DATASETS[0].products;
    for (typed, meant) in [
        ("facetme", "FaceTime"),
        ("facetmie", "FaceTime"),
        ("fcae time", "FaceTime"),
        ("remote desktp", "Apple Remote Desktop"),
        ("aple remote desktop", "Apple Remote Desktop"),
        ("desktop remote", "Apple Remote Desktop"),
        ("air ply", "AirPlay"),
        ("airpaly", "AirPlay"),
        ("push notifcations", "Apple Push Notification service"),
        ("benachrichtigungsdinst", "Apple Push Notification service"),
        ("back to my mca", "Back to My Mac"),
        ("zugang zu meinen mac", "Back to My Mac"),
        ("screen sharring", "Screen Sharing"),
        ("bildschrimfreigabe", "Screen Sharing"),
        ("ichta", "Messages"),
        ("wifi caling", "Wi-Fi Calling"),
        ("find my iphnoe", "Find My"),
        ("quicktime streeming server", "QuickTime Streaming Server"),
        ("keyvalue stor", "iCloud Key Value Store"),
        ("xsann", "Xsan"),
        ("screen", "Screen Sharing"),
    ] {
        let suggestions = suggest_products(products, typed);
        assert_eq!(
            suggestions.first().map(String::as_str),
            Some(meant),
            "{typed}: {suggestions:?}"
        );
        assert!(suggestions.len() <= 3);
    }
    for nothing in ["", " ", "a", "zzzzzz", "printing press", "x y z"] {
        assert_eq!(suggest_products(products, nothing), [""; 0], "{nothing}");
    }
}

#[test]
fn service_names_are_suggested_beside_products() {
    let dataset = &DATASETS[0];
    for (typed, meant) in [
        ("htpps", "https"),
        ("kerbeross", "Kerberos"),
        ("ldapp", "ldap"),
    ] {
        let suggestions = suggest(dataset, typed);
        assert_eq!(
            suggestions.first().map(String::as_str),
            Some(meant),
            "{typed}: {suggestions:?}"
        );
        assert!(!suggest_products(&dataset.products, "htpps").contains(&"https".to_owned()));
    }
}
