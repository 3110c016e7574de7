//! Laws of the committed products.toml, and what its loader refuses.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::fold;
use appleports_normalise::Vocabulary;

const FILE: &str = include_str!("../../../../sources/vocabulary/products.toml");

fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    vocabulary.add_products("products.toml", FILE).unwrap();
    vocabulary
}

fn strings(value: &toml::Value) -> Vec<&str> {
    let items = value.as_array().unwrap();
    items.iter().map(|item| item.as_str().unwrap()).collect()
}

/// The spellings of an entry, as the file has them.
fn spellings(entry: &toml::Value) -> Vec<&str> {
    let table = entry.as_table().unwrap();
    let name = table.get("name").and_then(toml::Value::as_str);
    let lists = ["en", "de"].iter().filter_map(|key| table.get(*key));
    name.into_iter().chain(lists.flat_map(strings)).collect()
}

fn entries(file: &toml::Table, kind: &str) -> Vec<toml::Value> {
    file[kind].as_array().unwrap().clone()
}

#[test]
fn every_spelling_of_every_product_resolves_to_it() {
    let vocabulary = vocabulary();
    let file: toml::Table = FILE.parse().unwrap();
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries(&file, "product") {
        let name = entry["name"].as_str().unwrap();
        for spelling in spellings(&entry) {
            let shouted = format!(" {} ", spelling.to_uppercase().replace(' ', "  "));
            for text in [spelling, &shouted] {
                assert_eq!(vocabulary.resolve(text), Some(name), "{text}");
            }
            expected
                .entry(name.to_owned())
                .or_default()
                .insert(spelling.to_owned());
        }
    }
    assert!(expected.len() > 90);
    let listed: Vec<(&str, Vec<&str>)> = vocabulary.spellings().collect();
    assert_eq!(listed.len(), expected.len());
    assert!(listed.is_sorted_by_key(|(name, _)| fold(name)));
    for (name, spellings) in listed {
        assert_eq!(spellings[0], name);
        assert!(spellings[1..].is_sorted(), "{name}");
        let set: BTreeSet<String> = spellings.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(set.len(), spellings.len(), "{name}");
        assert_eq!(set, expected[name]);
    }
}

#[test]
fn each_spelling_is_listed_once_and_in_order() {
    let file: toml::Table = FILE.parse().unwrap();
    let mut seen = BTreeSet::new();
    for kind in ["product", "phrase"] {
        let mut order = Vec::new();
        for entry in entries(&file, kind) {
            let texts = spellings(&entry);
            order.push(fold(texts[0]));
            for spelling in texts {
                assert!(seen.insert(fold(spelling)), "{spelling} is listed twice");
            }
            for key in ["en", "de"] {
                let list = entry.get(key).map(strings).unwrap_or_default();
                assert!(list.is_sorted_by_key(|text| fold(text)), "{list:?}");
            }
        }
        assert!(order.is_sorted(), "{kind}");
    }
}

#[test]
fn acronyms_former_and_common_names_resolve() {
    let vocabulary = vocabulary();
    for (text, product) in [
        ("APNs", "Apple Push Notification service"),
        ("push notifications", "Apple Push Notification service"),
        (
            "Apple Push Notification Service",
            "Apple Push Notification service",
        ),
        (
            "Apple Push-Benachrichtigungsdienst",
            "Apple Push Notification service",
        ),
        ("ARD", "Apple Remote Desktop"),
        ("remote desktop", "Apple Remote Desktop"),
        ("KVS", "iCloud Key Value Store"),
        ("QTSS", "QuickTime Streaming Server"),
        ("iChat AV", "Messages"),
        ("iCal", "Calendar"),
        ("Adressbuch", "Contacts"),
        ("Find My", "Find My"),
        ("Find My iPhone", "Find My"),
        ("Freunde suchen", "Find My"),
        ("App Store", "Mac App Store"),
        ("Lion Server", "macOS Server"),
        ("OS X Server VPN service", "macOS Server VPN service"),
        ("OS X Internet Recovery", "macOS Internet Recovery"),
        ("Anrufe uber WLAN", "Wi-Fi Calling"),
        ("iTunes Radio streams", "iTunes Radio"),
    ] {
        assert_eq!(vocabulary.resolve(text), Some(product), "{text}");
    }
    for text in [
        "",
        " ",
        "AirDrop",
        "World Wide Web",
        "network printing",
        "iTunes Store and Radio",
        "iCloud backup and apps",
    ] {
        assert_eq!(vocabulary.resolve(text), None, "{text}");
    }
}

#[test]
fn the_loader_refuses_what_is_ambiguous_or_refers_to_nothing() {
    let error = |text: &str| {
        let mut vocabulary = Vocabulary::new();
        let result = vocabulary.add_products("p.toml", text);
        result.err().map(|error| error.to_string())
    };
    let product = |name: &str, rest: &str| format!("[[product]]\nname = \"{name}\"\n{rest}\n");
    let phrase = |products: &str, text: &str| {
        format!("[[phrase]]\nproducts = [{products}]\nen = [\"{text}\"]\n")
    };
    let both = product("A", "en = [\"Ä\"]") + &product("B", "");
    assert_eq!(error(&both), None);
    for (text, expected) in [
        (
            both.clone() + &product("C", "de = [\"a\"]"),
            "p.toml: the spelling `a` means two different things",
        ),
        (
            both.clone() + &phrase("\"A\", \"B\"", "b"),
            "p.toml: the spelling `b` means two different things",
        ),
        (
            both.clone() + &phrase("\"C\"", "x"),
            "p.toml: `x` refers to the product `C`, which has no [[product]] entry",
        ),
        (
            both.clone() + &product("C", "part_of = \"D\""),
            "p.toml: `C` refers to the product `D`, which has no [[product]] entry",
        ),
        (both + &phrase("\"A\"", " "), "p.toml: a spelling is empty"),
    ] {
        assert_eq!(error(&text).as_deref(), Some(expected));
    }
    assert!(error(&product("A", "in_title = true")).is_some());
}
