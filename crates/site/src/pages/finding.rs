//! `/finding/I001/`: what a finding means, and where it occurs now.

use appleports_model::{Finding, Rule};
use maud::{Markup, html};

use crate::context::Site;
use crate::files::File;
use crate::findings::badge;
use crate::layout::Page;
use crate::links::Links;
use crate::rows;
use crate::text::{capitalised, description, prose, t};

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let rules = site.rules.iter().enumerate();
    rules
        .map(|(at, rule)| page(site, at, rule).file(site))
        .collect()
}

fn page(site: &Site<'_>, at: usize, rule: &Rule) -> Page {
    let path = format!("finding/{}/", rule.code);
    let links = Links::of(site, &path);
    let body = html! {
        h1 { (t(capitalised(rule.title))) }
        p.lead { (badge(rule.level)) " " code { (rule.code) } }
        dl.facts {
            dt { "Why it matters" } dd { (prose(rule.why)) }
            dt { "Example" } dd { (prose(rule.example)) }
            dt { "What to do" } dd { (prose(&capitalised(rule.help))) "." }
        }
        (occurrences(&links, rule))
        (neighbours(&links, at))
    };
    Page {
        title: format!("{}: {}", rule.code, rule.title),
        description: description(&format!("{}. {}", capitalised(rule.title), rule.why)),
        label: Some(rule.code.to_owned()),
        path,
        body,
    }
}

fn occurrences(links: &Links<'_>, rule: &Rule) -> Markup {
    let site = links.site;
    let all = site.dataset.findings.iter();
    let findings: Vec<&Finding> = all.filter(|finding| finding.code == rule.code).collect();
    html! {
        section {
            h2 #now { "Where it occurs now" }
            @if findings.is_empty() {
                p { (prose(nowhere(rule))) }
            } @else {
                table.cards {
                    thead { tr { th { "Port" } th { "What was found" } th { "Source" } } }
                    tbody {
                        @for finding in findings {
                            tr {
                                td.port data-label="Port" { (port(links, finding)) }
                                td data-label="Found" { (prose(&finding.message)) }
                                td data-label="Source" { (links.line(&finding.source, finding.line)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where findings of a rule are that the dataset cannot have.
fn nowhere(rule: &Rule) -> &'static str {
    match rule.code.as_bytes().first() {
        Some(b'L') => "It is about lists of your own: `appleports audit FILE` reports it.",
        Some(b'G') => "A guard refuses the build, so no published dataset has it.",
        _ => "Nowhere in the article's current edition.",
    }
}

/// The row that a finding is about.
fn port(links: &Links<'_>, finding: &Finding) -> Markup {
    let mut records = links.site.dataset.records.iter();
    let record = records.find(|record| Some(&record.id) == finding.record.as_ref());
    html! {
        @match record {
            Some(record) => (rows::ports(links, record)),
            None => span.soft { "the whole list" },
        }
    }
}

/// The findings before and after.
fn neighbours(links: &Links<'_>, at: usize) -> Markup {
    let rules = &links.site.rules;
    let before = at.checked_sub(1).and_then(|before| rules.get(before));
    let link = |code: &str| links.to(&format!("finding/{code}/"), code);
    html! {
        nav.neighbours aria-label="Neighbours" {
            @if let Some(rule) = before { span { "← " (link(rule.code)) } }
            (links.to("finding/", "All findings"))
            @if let Some(rule) = rules.get(at + 1) { span { (link(rule.code)) " →" } }
        }
    }
}
