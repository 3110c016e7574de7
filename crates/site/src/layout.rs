//! What every page has: its head, the way to other pages, and how old the data are.

use appleports_emit::{FOLDER_LINKS, THEME, content_policy};
use appleports_model::SourceInfo;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::context::Site;
use crate::files::File;
use crate::links::Links;
use crate::text::t;

const STYLE: &str = include_str!("site.css");
/// Only convenience: copy buttons.
const SCRIPT: &str = include_str!("site.js");

/// The sections of the site, in the order of the menu: path and label.
const SECTIONS: [(&str, &str); 6] = [
    ("", "Search"),
    ("port/", "Ports"),
    ("product/", "Products"),
    ("edition/", "Editions"),
    ("finding/", "Findings"),
    ("api/v1/", "API"),
];

/// One page.
pub(crate) struct Page {
    /// The path below the site, ending in `/`.
    pub(crate) path: String,
    /// Unique on the site.
    pub(crate) title: String,
    pub(crate) description: String,
    /// What the page is called in the trail of links above it; none for a section's own page.
    pub(crate) label: Option<String>,
    /// The content of `main`.
    pub(crate) body: Markup,
}

impl Page {
    /// The page as a file.
    pub(crate) fn file(self, site: &Site<'_>) -> File {
        let links = Links::of(site, &self.path);
        let head = head(site, &self);
        let markup = document(&links, &self.path, self.label.as_deref(), &head, &self.body);
        File::new(format!("{}index.html", self.path), markup.into_string())
    }
}

/// What sets the page apart for search engines and feed readers.
fn head(site: &Site<'_>, page: &Page) -> Markup {
    html! {
        title { (t(&page.title)) " · appleports" }
        meta name="description" content=(t(&page.description));
        (canonical(site, &page.path))
    }
}

/// The canonical address and the feed.
pub(crate) fn canonical(site: &Site<'_>, path: &str) -> Markup {
    html! {
        link rel="canonical" href=(site.address.of(path));
        link rel="alternate" type="application/atom+xml" title="Changes of Apple's list of ports" href=(site.address.of("feed.xml"));
    }
}

/// A whole document.
pub(crate) fn document(
    links: &Links<'_>,
    path: &str,
    label: Option<&str>,
    head: &Markup,
    body: &Markup,
) -> Markup {
    let style = format!("{THEME}{STYLE}");
    let script = format!("{SCRIPT}{FOLDER_LINKS}");
    let policy = content_policy(&script, &style);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                (head)
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (top(links, path))
                main #main {
                    (trail(links, path, label))
                    (body)
                }
                (footer(links))
                script { (PreEscaped(&script)) }
            }
        }
    }
}

/// The menu.
pub(crate) fn top(links: &Links<'_>, path: &str) -> Markup {
    html! {
        header.top {
            a.home href=(t(links.address(""))) { "appleports" }
            nav aria-label="Site" {
                @for (section, name) in SECTIONS {
                    @let is_here = path == section || !section.is_empty() && path.starts_with(section);
                    a href=(t(links.address(section))) aria-current=[is_here.then_some("true")] { (name) }
                }
            }
        }
    }
}

/// Where the page is, and the date of the data.
fn trail(links: &Links<'_>, path: &str, label: Option<&str>) -> Markup {
    let section = SECTIONS
        .iter()
        .find(|(section, _)| !section.is_empty() && path.starts_with(section));
    html! {
        div.trail {
            nav aria-label="Breadcrumb" {
                ol {
                    li { (links.to("", "appleports")) }
                    @if let Some((section, name)) = section {
                        @match label {
                            Some(label) => {
                                li { (links.to(section, name)) }
                                li aria-current="page" { (t(label)) }
                            }
                            None => li aria-current="page" { (name) }
                        }
                    }
                }
            }
            (dated(links))
        }
        (accepted(links))
    }
}

/// Why the guards were overruled, where they were.
fn accepted(links: &Links<'_>) -> Markup {
    let reason = &links.site.dataset.accepted;
    html! {
        @if !reason.is_empty() {
            p.notice #accepted { strong { "A guard refused this edition, and a person accepted it:" } " " (t(reason)) }
        }
    }
}

/// How old the data are, and of what form.
fn dated(links: &Links<'_>) -> Markup {
    let site = links.site;
    let (day, dated) = (site.day(), site.dated());
    let form = dated.strip_prefix(&day).unwrap_or_default();
    html! {
        p.dated { "Apple's article of " (links.edition(&day)) (t(form)) }
    }
}

fn footer(links: &Links<'_>) -> Markup {
    let site = links.site;
    let url = site.dataset.capture().and_then(SourceInfo::link);
    html! {
        footer.bottom {
            p {
                "Data: "
                @if let Some(url) = url { a href=(t(url)) { "Apple's article" } ", " }
                (links.to("api/v1/", "JSON and CSV")) ", "
                (links.to("feed.xml", "feed of changes")) ". "
                "Code: " a href=(env!("CARGO_PKG_REPOSITORY")) { "appleports" } "."
            }
            p { "Not affiliated with Apple. Check Apple's article before you rely on a row." }
        }
    }
}
