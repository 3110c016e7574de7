//! No false accusation: every list that the program writes audits clean with the same filters.

use appleports_emit::{Direction, EXPORTS, FORMATS, OPENERS, RuleOptions, expanded};
use appleports_model::{Dataset, Transport};
use appleports_pipeline::{Article, Filter, assemble, judge, read_list};
use appleports_store::SourceFolder;

use crate::common;

/// Formats that are no lists of ports: nothing is read from them, or they are not text.
const NO_LISTS: [&str; 6] = [
    "findings", "timeline", "explorer", "report", "schema", "parquet",
];

fn dataset(capture: &str) -> Dataset {
    assemble(&SourceFolder::new(common::committed()), Some(capture)).unwrap()
}

fn filters(whole: &Dataset) -> Vec<Filter> {
    let products = whole
        .products
        .iter()
        .map(|product| vec![product.name.clone()]);
    let two = [vec!["FaceTime".to_owned(), "Mail".to_owned()], Vec::new()];
    let products = products.chain(two);
    let transports = [None, Some(Transport::Tcp), Some(Transport::Udp)];
    let filters = products.flat_map(|products| {
        transports.map(|transport| Filter {
            products: products.clone(),
            transport,
            ..Filter::default()
        })
    });
    filters.collect()
}

/// Asserts that a list says nothing against itself.
fn is_clean(whole: &Dataset, filter: &Filter, name: &str, bytes: &[u8]) {
    let wide = Filter {
        transport: None,
        ..filter.clone()
    };
    let chosen = wide.apply(whole);
    let article = Article::new(whole, &chosen, filter.transport);
    let list = read_list(bytes, None).unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(list.totals(text).balance());
    let judged = judge(name, text, &list, &article);
    let found: Vec<String> = judged
        .findings
        .iter()
        .map(|judged| judged.finding.to_string())
        .collect();
    assert!(
        found.is_empty(),
        "{name} as {} for {:?} {:?}: {found:#?}\n{text}",
        list.notation,
        filter.products,
        filter.transport
    );
    assert_eq!(judged.score.covered, judged.score.asked, "{name}");
}

/// Audits the rules and lists of one shape; says how many.
fn openers(whole: &Dataset, filter: &Filter, options: &RuleOptions) -> usize {
    let part = filter.apply(whole);
    let mut count = 0;
    for format in OPENERS {
        let Ok(text) = format.write(&part, options) else {
            continue;
        };
        if text.bytes().any(|byte| byte.is_ascii_digit()) && !appleports_emit::opens_nothing(&part)
        {
            is_clean(whole, filter, format.name, text.as_bytes());
            count += 1;
        }
    }
    count
}

#[test]
fn every_format_of_every_product_audits_clean() {
    for capture in ["apple/en-us/2026-10-11", "apple/de-de/2015-10-23"] {
        let whole = dataset(capture);
        let mut count = 0;
        for filter in filters(&whole) {
            let part = filter.apply(&whole);
            if part.records.is_empty() {
                continue;
            }
            count += openers(&whole, &filter, &RuleOptions::default());
            for format in FORMATS.iter().chain(EXPORTS) {
                if NO_LISTS.contains(&format.name) {
                    continue;
                }
                let bytes = (format.write)(&part).0;
                let is_list = read_list(&bytes, None).is_ok_and(|list| !list.entries.is_empty());
                // A list of services without a named one is only comments.
                let may_be_empty = ["services", "wireshark"].contains(&format.name);
                assert!(
                    is_list || may_be_empty,
                    "{}: {:?}",
                    format.name,
                    filter.products
                );
                if is_list || may_be_empty {
                    is_clean(&whole, &filter, format.name, &bytes);
                    count += 1;
                }
            }
        }
        assert!(count > 500, "{count}");
    }
}

#[test]
fn every_shape_audits_clean() {
    let mut whole = dataset("apple/en-us/2026-10-11");
    for record in &mut whole.records {
        record.assume(&[Transport::Tcp, Transport::Udp]);
    }
    for filter in filters(&whole) {
        let is_small = filter
            .products
            .iter()
            .any(|name| ["FaceTime", "iTunes Radio", "Mail"].contains(&name.as_str()));
        for direction in Direction::ALL {
            let options = RuleOptions {
                direction: Some(direction),
                ..RuleOptions::default()
            };
            openers(&whole, &filter, &options);
        }
        for (colon, expand) in [(true, false), (true, true), (false, true)] {
            let options = RuleOptions {
                colon,
                expand,
                ..RuleOptions::default()
            };
            if !expand || is_small {
                openers(&whole, &filter, &options);
            }
        }
    }
    let all = Filter::default();
    let each = expanded(&all.apply(&whole)).unwrap();
    let csv = FORMATS.iter().find(|format| format.name == "csv").unwrap();
    is_clean(&whole, &all, "csv", &(csv.write)(&each).0);
}

#[test]
fn rows_without_a_transport_may_be_opened_as_any() {
    let whole = dataset("apple/de-de/2015-10-23");
    let mut opened = whole.clone();
    for record in &mut opened.records {
        record.assume(&[Transport::Udp]);
    }
    for format in OPENERS {
        if let Ok(text) = format.write(&opened, &RuleOptions::default()) {
            is_clean(&whole, &Filter::default(), format.name, text.as_bytes());
        }
    }
}

#[test]
fn a_range_of_former_ports_has_the_row_that_is_still_there() {
    let whole = dataset("apple/en-us/2026-10-11");
    let filter = Filter {
        products: vec!["FaceTime".to_owned()],
        ..Filter::default()
    };
    let chosen = filter.apply(&whole);
    let article = Article::new(&whole, &chosen, None);
    let text = "2195-2197/tcp\n";
    let list = read_list(text.as_bytes(), None).unwrap();
    let found = judge("list", text, &list, &article).findings.into_iter();
    let found: Vec<String> = found
        .map(|judged| judged.finding)
        .filter(|finding| finding.code == "L002")
        .map(|finding| finding.message)
        .collect();
    let [found] = found.as_slice() else {
        panic!("{found:?}");
    };
    for expected in [
        "2195-2197/tcp is not for these products; the article has 2197/tcp",
        "; the article had 2195/tcp until 2022-08-25, 2196/tcp until ",
    ] {
        assert!(found.contains(expected), "{found}");
    }
}
