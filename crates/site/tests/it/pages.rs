//! Every port, product, edition and finding has a page of its own, with what people look for.

use std::collections::BTreeSet;

use appleports_model::{PortRange, SourceInfo, UnreadRow, slug};
use scraper::{Html, Selector};

use crate::made::{URL, attributes, dataset, editions, files, only, pages, site_of, text};

#[test]
fn everything_has_a_page_and_a_document() {
    let mut expected: BTreeSet<String> = BTreeSet::new();
    let former = dataset().former.iter().map(|former| &former.record);
    for range in dataset()
        .records
        .iter()
        .chain(former)
        .flat_map(|record| &record.ports)
    {
        expected.insert(format!("port/{range}/index.html"));
        expected.insert(format!("api/v1/port/{range}.json"));
    }
    for product in &dataset().products {
        let slug = slug(&product.name);
        expected.insert(format!("product/{slug}/index.html"));
        expected.insert(format!("api/v1/product/{slug}.json"));
    }
    for edition in editions() {
        let day = edition.capture.day();
        expected.insert(format!("edition/{day}/index.html"));
        expected.insert(format!("api/v1/edition/{day}.json"));
    }
    for rule in &dataset().rules {
        expected.insert(format!("finding/{}/index.html", rule.code));
    }
    let is_one_of_many = |path: &&String| {
        let path = path.trim_start_matches("api/v1/");
        let folders = ["port/", "product/", "edition/", "finding/"];
        let below = folders.iter().find_map(|folder| path.strip_prefix(folder));
        below.is_some_and(|below| below != "index.html")
    };
    let found: BTreeSet<String> = files().keys().filter(is_one_of_many).cloned().collect();
    assert_eq!(found, expected);
    for name in [
        "index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "api/v1/index.html",
    ] {
        assert!(files().contains_key(name), "{name}");
    }
}

#[test]
fn titles_and_descriptions_are_unique() {
    let (mut titles, mut descriptions) = (BTreeSet::new(), BTreeSet::new());
    for (path, page) in pages() {
        let title = only(&page, "title");
        assert!(title.ends_with(" · appleports"), "{path}: {title}");
        assert!(
            titles.insert(title.clone()),
            "{path}: {title} is there twice"
        );
        if path == "404.html" {
            continue;
        }
        let contents = attributes(&page, "meta[name=description]", "content");
        assert_eq!(contents.len(), 1, "{path}");
        assert!(
            (20..=160).contains(&contents[0].chars().count()),
            "{path}: {}",
            contents[0]
        );
        assert!(
            descriptions.insert(contents[0].clone()),
            "{path}: {} is there twice",
            contents[0]
        );
    }
}

#[test]
fn every_page_says_how_old_the_data_are() {
    let dated = dataset().capture().map(SourceInfo::dated).unwrap();
    assert!(
        dated.contains("compiled"),
        "the newest edition is not the page itself"
    );
    for (path, page) in pages() {
        let line = only(&page, ".dated");
        assert_eq!(line, format!("Apple's article of {dated}"), "{path}");
        only(&page, "h1");
        only(&page, "main");
    }
}

#[test]
fn the_answer_comes_first() {
    let page = Html::parse_document(text("product/facetime/index.html"));
    let answer = only(&page, ".answer strong");
    assert_eq!(
        answer,
        "TCP 80, 443, 5223; UDP 3478-3497, 16384-16387, 16393-16402"
    );
    let page = Html::parse_document(text("port/5223/index.html"));
    assert_eq!(only(&page, ".answer strong"), "TCP 5223");
    let main = only(&page, "main");
    for expected in [
        "Apple Push Notification Service",
        "FaceTime",
        "hpvirtgrp",
        "nftables",
    ] {
        assert!(main.contains(expected), "{expected}");
    }
}

#[test]
fn what_was_overruled_or_not_read_is_said() {
    let mut changed = dataset().clone();
    "a reason".clone_into(&mut changed.accepted);
    changed.rejected.push(UnreadRow {
        source: changed.records[0].provenance.source.clone(),
        line: 77,
        reason: "`4O` is not a port number".to_owned(),
        ..UnreadRow::default()
    });
    let files = site_of(&changed, URL).unwrap();
    let page = |path: &str| Html::parse_document(std::str::from_utf8(&files[path]).unwrap());
    for path in ["port/443/index.html", "edition/index.html"] {
        assert!(
            only(&page(path), "#accepted").ends_with(": a reason"),
            "{path}"
        );
    }
    let notice = only(&page("port/index.html"), "div.notice");
    assert!(
        notice.contains("1 row of the article could not be read"),
        "{notice}"
    );
    assert!(
        notice.contains("line 77: 4O is not a port number"),
        "{notice}"
    );
}

/// Port 8080 left the article, which still covers it by a range: it must not be said to be gone.
#[test]
fn what_left_says_so_first_and_opens_nothing() {
    let ranges = || dataset().records.iter().flat_map(|record| &record.ports);
    let (mut gone, mut covered) = (0, 0);
    for range in dataset()
        .former
        .iter()
        .flat_map(|former| &former.record.ports)
    {
        if ranges().any(|other| other == range) {
            continue;
        }
        let path = format!("port/{range}/index.html");
        let page = Html::parse_document(text(&path));
        let has_all =
            |wider: &&PortRange| wider.contains(range.first()) && wider.contains(range.last());
        let expected = if let Some(wider) = ranges().find(has_all) {
            covered += 1;
            format!("Not a row of its own in the article of 2026-10-11, but covered by {wider} ")
        } else {
            gone += 1;
            "Not in the article of 2026-10-11.".to_owned()
        };
        let notice = only(&page, ".notice");
        assert!(notice.trim().starts_with(&expected), "{path}: {notice}");
        let openers = Selector::parse(".answer, #rules").unwrap();
        assert_eq!(page.select(&openers).count(), 0, "{path}");
    }
    assert!(gone > 10 && covered > 10, "{gone} gone, {covered} covered");
}

#[test]
fn ranges_that_cover_a_port_are_on_its_page() {
    let shares = |path: &str, other: &str| {
        let page = Html::parse_document(text(path));
        let related = attributes(&page, ".related a", "href");
        assert!(
            related.contains(&format!("../../port/{other}/")),
            "{path}: {related:?}"
        );
    };
    let mut count = 0;
    for record in &dataset().records {
        for range in &record.ports {
            for other in dataset().records.iter().flat_map(|other| &other.ports) {
                if other != range && PortRange::intersection(*other, *range).is_some() {
                    shares(&format!("port/{range}/index.html"), &other.to_string());
                    count += 1;
                }
            }
        }
    }
    assert!(count > 0, "no ranges overlap");
}

#[test]
fn nothing_is_fine_that_a_finding_doubts() {
    let mut count = 0;
    for (path, page) in
        pages().filter(|(path, _)| path.starts_with("port/") || path.starts_with("product/"))
    {
        for row in page.select(&Selector::parse("section.card, tr").unwrap()) {
            let has = |selector: &str| row.select(&Selector::parse(selector).unwrap()).count();
            if has(".badge.warn, .badge.error, .findings") > 0 {
                assert_eq!(has(".good"), 0, "{path}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} rows with findings");
}

#[test]
fn a_finding_is_explained_where_it_occurs() {
    let page = Html::parse_document(text("finding/I001/index.html"));
    assert_eq!(
        only(&page, "h1"),
        "The port is registered under another name"
    );
    let findings = dataset()
        .findings
        .iter()
        .filter(|finding| finding.code == "I001");
    let rows = page.select(&Selector::parse("tbody tr").unwrap()).count();
    assert_eq!(rows, findings.count());
    let main = only(&page, "main");
    assert!(
        main.contains("jabber-client") && main.contains("Use the registered name"),
        "{main}"
    );
}

#[test]
fn an_edition_says_what_changed_for_people_first() {
    let page = Html::parse_document(text("edition/2022-08-25/index.html"));
    let headings: Vec<String> = page
        .select(&Selector::parse("h2").unwrap())
        .map(|heading| heading.text().collect())
        .collect();
    let expected = [
        "Ports",
        "Products that gain or lose ports",
        "Rows that came",
        "Rows that left",
    ];
    assert_eq!(headings[..4], expected);
    let rows = |id: &str| {
        let selector = format!("section:has(#{id}) tbody tr");
        page.select(&Selector::parse(&selector).unwrap()).count()
    };
    assert_eq!((rows("came"), rows("left"), rows("renamed")), (3, 77, 1));
    assert!(only(&page, "main").contains("table of facts read from a copy"));
}
