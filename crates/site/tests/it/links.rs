//! Every link within the site leads to a file, and every fragment to an element.

use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;

use crate::made::{URL, attributes, files, is_kind, pages};

/// The file that a relative link on a page leads to, and the fragment.
fn target(page: &str, href: &str) -> (String, String) {
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    if path.is_empty() {
        return (page.to_owned(), fragment.to_owned());
    }
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                assert!(
                    parts.pop().is_some(),
                    "{page}: {href} leads out of the site"
                );
            }
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') {
        file = if file.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{file}/index.html")
        };
    }
    (file, fragment.to_owned())
}

#[test]
fn every_link_leads_somewhere() {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, page) in pages() {
        let names = attributes(&page, "[id]", "id");
        let count = names.len();
        ids.insert(path, names.into_iter().collect());
        assert_eq!(ids[path].len(), count, "{path}: an id is there twice");
    }
    let mut count = 0;
    for (path, page) in pages() {
        for href in attributes(&page, "a[href]", "href") {
            if href.starts_with("https://") {
                continue;
            }
            count += 1;
            // At any address: the links begin with the path of the public one.
            let relative = match path {
                "404.html" if !href.starts_with('#') => href
                    .strip_prefix("/below/ports/")
                    .unwrap_or_else(|| panic!("404.html: {href}")),
                _ => &href,
            };
            let relative = if relative.is_empty() { "./" } else { relative };
            let (file, fragment) = target(path, relative);
            assert!(
                files().contains_key(&file),
                "{path}: {href} leads to {file}"
            );
            let known = ids.get(file.as_str());
            assert!(
                fragment.is_empty() || known.is_some_and(|ids| ids.contains(&fragment)),
                "{path}: {href} has no element"
            );
        }
    }
    assert!(count > 5_000, "{count} links");
}

#[test]
fn links_are_relative_and_nothing_is_loaded() {
    for (path, page) in pages() {
        for href in attributes(&page, "a[href]", "href") {
            let is_absolute =
                href.starts_with('/') || href.contains(':') && !href.starts_with("https://");
            assert!(path == "404.html" || !is_absolute, "{path}: {href}");
        }
        for selector in [
            "[src]",
            "img",
            "iframe",
            "object",
            "link[rel=stylesheet]",
            "base",
            "form",
        ] {
            assert!(
                attributes(&page, selector, "class").is_empty() && count(&page, selector) == 0,
                "{path}: {selector}"
            );
        }
    }
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&scraper::Selector::parse(selector).unwrap())
        .count()
}

#[test]
fn every_page_is_reached_from_the_indexes() {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut open = vec!["port/index.html".to_owned()];
    while let Some(path) = open.pop() {
        if !is_kind(&path, "html") || path == "index.html" || !reached.insert(path.clone()) {
            continue;
        }
        let page = Html::parse_document(crate::made::text(&path));
        let hrefs = attributes(&page, "a[href]", "href").into_iter();
        let hrefs = hrefs.filter(|href| !href.starts_with("https://"));
        open.extend(hrefs.map(|href| target(&path, &href).0));
    }
    for (path, _) in pages().filter(|(path, _)| *path != "404.html") {
        assert!(reached.contains(path), "nothing leads to {path}");
    }
}

#[test]
fn the_sitemap_has_the_canonical_address_of_every_page() {
    let sitemap = crate::made::text("sitemap.xml");
    let in_sitemap: BTreeSet<&str> = sitemap
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split_once("</loc>").unwrap().0)
        .collect();
    let front = Html::parse_document(crate::made::text("index.html"));
    let all = pages().filter(|(path, _)| *path != "404.html");
    let canonical: BTreeSet<String> = all
        .chain([("index.html", front)])
        .map(|(path, page)| {
            let addresses = attributes(&page, "link[rel=canonical]", "href");
            let folder = path.strip_suffix("index.html").unwrap();
            assert_eq!(addresses, [format!("{URL}{folder}")], "{path}");
            addresses[0].clone()
        })
        .collect();
    assert!(
        in_sitemap
            .iter()
            .copied()
            .eq(canonical.iter().map(String::as_str))
    );
    assert!(crate::made::text("robots.txt").contains(&format!("Sitemap: {URL}sitemap.xml")));
}
