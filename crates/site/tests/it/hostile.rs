//! No text of a dataset becomes markup, a link, or something that nobody sees.

use appleports_model::{Dataset, Product, is_hidden};
use scraper::{Html, Selector};

use crate::made::{URL, attributes, dataset, is_kind, site_of};

const TEXTS: [&str; 8] = [
    "</title></script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "\u{202e}turned\u{200b}hidden\u{e0041}",
    "a`b</code><b>",
    "two\nlines ##[error]x",
    "&amp;&lt;b&gt;<!--",
    "{{data}} {{style}}",
];

/// A dataset with such a text in every field that is free text.
fn hostile(text: &str) -> Dataset {
    let mut dataset = dataset().clone();
    let name = format!("Product {text}");
    dataset.products.push(Product {
        name: name.clone(),
        spellings: vec![name.clone(), text.to_owned()],
    });
    let former = dataset.former.iter_mut().map(|former| &mut former.record);
    for record in dataset.records.iter_mut().chain(former) {
        for field in [
            &mut record.service_name,
            &mut record.title,
            &mut record.used_by,
            &mut record.note,
        ] {
            text.clone_into(field);
        }
        record.english_title = Some(text.to_owned());
        record.confirmed = Some(text.to_owned());
        record.products = vec![name.clone(), text.to_owned()];
        for statement in &mut record.formerly {
            text.clone_into(&mut statement.value);
        }
        for check in &mut record.cross_check {
            check.iana_names = vec![text.to_owned()];
        }
        record.provenance.cells = vec![text.to_owned()];
    }
    for finding in &mut dataset.findings {
        finding.message = format!("`{text}` and {text}");
        text.clone_into(&mut finding.source);
        finding.values = vec![text.to_owned()];
    }
    for source in &mut dataset.sources {
        source.url = Some(text.to_owned());
        source.article_id = Some(text.to_owned());
        text.clone_into(&mut source.path);
    }
    text.clone_into(&mut dataset.accepted);
    dataset
}

#[test]
fn texts_are_inert() {
    let files = site_of(&hostile(&TEXTS.join(" ")), URL).unwrap();
    for (path, bytes) in &files {
        let content = std::str::from_utf8(bytes).unwrap();
        if is_kind(path, "csv") {
            // Data for programs: the very bytes.
            continue;
        }
        let is_bad = |c: &char| is_hidden(*c) && !matches!(c, '\n' | '\t');
        assert_eq!(content.chars().find(is_bad), None, "{path}");
        assert!(!content.contains("##["), "{path}");
        if is_kind(path, "html") {
            harmless(path, content);
        }
    }
}

fn harmless(path: &str, content: &str) {
    let page = Html::parse_document(content);
    let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    let scripts = if path == "index.html" { 2 } else { 1 };
    assert_eq!(count("script"), scripts, "{path}");
    for selector in ["img", "b", "[onerror]", "iframe"] {
        assert_eq!(count(selector), 0, "{path}: {selector}");
    }
    for href in attributes(&page, "[href]", "href") {
        assert!(!href.starts_with("javascript:"), "{path}: {href}");
    }
}
