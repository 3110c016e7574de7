//! A comparison as people read it: what every rendering has in common.
//!
//! Texts in here are as published; each rendering escapes them in its own way.

mod keyed;
mod lines;
mod products;
mod remarks;
mod unread;

use std::collections::BTreeSet;
use std::fmt::Write;

use appleports_model::{Transport, counted, joined};
use lines::change_line;
pub(crate) use lines::line;
pub(crate) use products::{
    MAX_PRODUCTS, ProductLine, certain_port_texts, gains_first, listed, port_texts,
};
pub(crate) use remarks::remarks;
pub(crate) use unread::{doubt, unread_key};

use crate::detail::Weight;
use crate::exposure::Exposure;
use crate::facts::{Entry, Evidence};
use crate::records::{Change, Changes};
use crate::report::{Body, Report};

/// The label of the line that gives both ids.
pub(crate) const WAS: &str = "was";

/// The sign of a row that one side could not read.
pub(crate) const UNREAD: char = '?';

/// A whole comparison.
pub(crate) struct View<'a> {
    pub(crate) report: &'a Report,
    /// The counts, in words.
    pub(crate) summary: String,
    /// The products that gain or lose ports, for the line on top: a verb with its products.
    pub(crate) headline: Vec<(&'static str, String)>,
    /// Ports that open or close, one line each: `tcp opens`, count, ranges.
    pub(crate) exposure: Vec<(String, u32, Vec<String>)>,
    /// The products that gain or lose ports.
    pub(crate) products: Vec<ProductLine>,
    /// Products of changed records that neither gain nor lose a port, all their records
    /// together.
    pub(crate) other_products: Vec<String>,
    /// The sections with at least one item, most important first.
    pub(crate) sections: Vec<Section>,
}

/// Items of one weight.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    /// Whether the items are only counted until somebody asks.
    pub(crate) folded: bool,
    pub(crate) items: Vec<Item>,
}

/// One record or row.
pub(crate) struct Item {
    pub(crate) sign: char,
    pub(crate) key: String,
    /// What is certain only in part.
    pub(crate) remark: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) evidence: Vec<Evidence>,
}

/// One difference.
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// A text of one side.
    Text(String),
    /// A value of both sides, and what there is to say of it.
    Change {
        old: String,
        new: String,
        tail: String,
    },
    /// Prose of both sides, to be compared word by word.
    Prose { old: String, new: String },
    /// Members lost and gained.
    Members {
        lost: Vec<String>,
        gained: Vec<String>,
    },
}

impl Item {
    /// The class of the record or row.
    pub(crate) const fn class(&self) -> &'static str {
        match self.sign {
            '+' => "added",
            '-' => "removed",
            UNREAD => "unread",
            _ => "changed",
        }
    }
}

impl<'a> View<'a> {
    pub(crate) fn of(report: &'a Report) -> Self {
        let mut view = Self {
            report,
            summary: report_summary(report),
            headline: report_headline(report),
            exposure: Vec::new(),
            products: Vec::new(),
            other_products: Vec::new(),
            sections: Vec::new(),
        };
        match &report.body {
            Body::Records(changes) => {
                view.exposure = exposure(changes);
                view.products = products::product_lines(&changes.exposure.by_product);
                view.other_products = other_products(&changes.exposure);
                view.sections = sections(changes);
            }
            Body::Registry(changes) | Body::Services(changes) => {
                view.sections = keyed::sections(report, changes);
            }
        }
        view
    }
}

/// The counts of a comparison, in words.
pub(crate) fn report_summary(report: &Report) -> String {
    match &report.body {
        Body::Records(changes) => summary(changes),
        Body::Registry(changes) | Body::Services(changes) => keyed::summary(changes),
    }
}

/// The products that gain or lose ports, a verb with its products.
pub(crate) fn report_headline(report: &Report) -> Vec<(&'static str, String)> {
    match &report.body {
        Body::Records(changes) => products::headline(&changes.exposure.by_product),
        Body::Registry(_) | Body::Services(_) => Vec::new(),
    }
}

/// A headline as one text: `gain ports: AirPlay; lose ports: Mail`.
pub(crate) fn headline_text(headline: &[(&str, String)]) -> String {
    let sides = headline.iter();
    let sides = sides.map(|(verb, products)| format!("{verb}: {products}"));
    joined(sides, "; ")
}

/// The counts of a comparison of records, in words.
pub(crate) fn summary(changes: &Changes) -> String {
    let counts = &changes.counts;
    if changes.is_empty() {
        return "no change".to_owned();
    }
    let wording = counts.wording_only;
    if counts.added + counts.removed + counts.changed + counts.unread == 0 {
        return format!("wording only, in {}", counted(wording, "record"));
    }
    let mut text = format!(
        "{} added, {} removed, {} changed",
        counts.added, counts.removed, counts.changed
    );
    if counts.unread > 0 {
        let _ = write!(text, ", {} unread", counts.unread);
    }
    if wording > 0 {
        let _ = write!(text, ", {wording} in wording only");
    }
    if counts.ambiguous > 0 {
        let _ = write!(text, "; {} ambiguous", counts.ambiguous);
    }
    text
}

fn exposure(changes: &Changes) -> Vec<(String, u32, Vec<String>)> {
    let mut lines = Vec::new();
    for entry in &changes.exposure.transports {
        let transport = entry.transport.map_or("no transport", Transport::as_str);
        for (what, count, set) in [
            ("opens", entry.opened, &entry.opened_ranges),
            ("closes", entry.closed, &entry.closed_ranges),
        ] {
            if count > 0 {
                let ranges = set.ranges().iter().map(ToString::to_string).collect();
                lines.push((format!("{transport} {what}"), count, ranges));
            }
        }
    }
    lines
}

fn other_products(exposure: &Exposure) -> Vec<String> {
    let listed: BTreeSet<&str> = exposure
        .by_product
        .iter()
        .map(|entry| entry.product.as_str())
        .collect();
    let products = exposure.products.iter();
    let others = products.filter(|product| !listed.contains(product.as_str()));
    others.cloned().collect()
}

fn sections(changes: &Changes) -> Vec<Section> {
    let titles = [
        (Weight::Exposure, "Ports and transports"),
        (Weight::Unread, "Not read"),
        (Weight::Identity, "Names"),
        (Weight::Metadata, "Other values"),
        (Weight::Wording, "Wording only"),
    ];
    let section = |(weight, title)| Section {
        title,
        folded: weight == Weight::Wording,
        items: changes
            .changes
            .iter()
            .filter(|change| change.weight() == weight)
            .map(item)
            .collect(),
    };
    let all = titles.into_iter().map(section);
    all.filter(|section| !section.items.is_empty()).collect()
}

/// A change as an item.
pub(crate) fn item(change: &Change) -> Item {
    match change {
        Change::Added { entry, split_from } => whole('+', entry, split_from.as_ref(), "split from"),
        Change::Removed { entry, merged_into } => {
            whole('-', entry, merged_into.as_ref(), "merged into")
        }
        Change::Changed {
            old,
            new,
            details,
            rivals,
        } => {
            let mut lines: Vec<Line> = details.iter().filter_map(line).collect();
            if old.id != new.id {
                lines.insert(0, change_line(WAS, &old.id, &new.id, String::new()));
            }
            Item {
                sign: '~',
                key: new.id.clone(),
                remark: remarks(old, new, details, rivals),
                lines,
                evidence: vec![old.evidence.clone(), new.evidence.clone()],
            }
        }
        Change::Unread {
            side,
            row,
            was,
            entry,
            candidates,
        } => unread::item(&unread::Unread {
            side: *side,
            row,
            was: was.as_deref(),
            entry: entry.as_deref(),
            candidates,
        }),
    }
}

fn whole(sign: char, entry: &Entry, relative: Option<&String>, how: &str) -> Item {
    Item {
        sign,
        key: entry.id.clone(),
        remark: relative.map_or_else(String::new, |id| format!("{how} {id}")),
        lines: lines_of(entry),
        evidence: vec![entry.evidence.clone()],
    }
}

/// What a record says, as lines.
fn lines_of(entry: &Entry) -> Vec<Line> {
    let facts = &entry.facts;
    let products = joined(&facts.products, "; ");
    let texts = [
        ("title", &facts.title),
        ("products", &products),
        ("note", &facts.note),
    ];
    texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| Line {
            label,
            value: Value::Text(text.clone()),
        })
        .collect()
}
