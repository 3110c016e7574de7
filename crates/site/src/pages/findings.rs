//! `/finding/`: all findings by name.

use std::cmp::Reverse;

use appleports_model::Rule;
use appleports_pipeline::FINDING_AREAS;
use maud::{Markup, html};

use crate::context::Site;
use crate::files::File;
use crate::findings::badge;
use crate::layout::Page;
use crate::links::Links;

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let path = "finding/".to_owned();
    let links = Links::of(site, &path);
    let total = site.dataset.findings.len();
    let page = Page {
        title: "All findings".to_owned(),
        description: format!(
            "What is checked about Apple's list of ports: {} kinds of findings. The list of {} has {total} findings.",
            site.rules.len(),
            site.day()
        ),
        label: None,
        body: html! {
            h1 { "Findings" }
            p.lead { "What is checked about the list, and how often it occurs now. " (total) " findings are open." }
            (open(&links))
            @for (letter, area) in FINDING_AREAS {
                @let rules: Vec<&Rule> = site.rules.iter().copied().filter(|rule| rule.code.starts_with(letter)).collect();
                @if !rules.is_empty() { (section(&links, letter, area, &rules)) }
            }
        },
        path,
    };
    vec![page.file(site)]
}

/// The findings that occur now, the most severe first.
fn open(links: &Links<'_>) -> Markup {
    let site = links.site;
    let rules = site.rules.iter().copied();
    let mut rules: Vec<&Rule> = rules.filter(|rule| count(site, rule) > 0).collect();
    rules.sort_by_key(|rule| Reverse((rule.level, count(site, rule))));
    html! {
        @if !rules.is_empty() {
            section {
                h2 #now { "Open now" }
                (table(links, &rules))
            }
        }
    }
}

fn count(site: &Site<'_>, rule: &Rule) -> usize {
    let all = site.dataset.findings.iter();
    all.filter(|finding| finding.code == rule.code).count()
}

fn section(links: &Links<'_>, letter: char, area: &str, rules: &[&Rule]) -> Markup {
    html! {
        section {
            h2 id=(format!("area-{}", letter.to_ascii_lowercase())) { (area) }
            (table(links, rules))
        }
    }
}

fn table(links: &Links<'_>, rules: &[&Rule]) -> Markup {
    html! {
        table.cards.kinds {
            thead { tr { th { "Finding" } th { "Severity" } th { "Now" } th { "Code" } } }
            tbody {
                @for rule in rules {
                    tr {
                        td.main data-label="Finding" { (links.finding(rule.code)) }
                        td data-label="Severity" { (badge(rule.level)) }
                        td data-label="Now" { (count(links.site, rule)) }
                        td data-label="Code" { code { (rule.code) } }
                    }
                }
            }
        }
    }
}
