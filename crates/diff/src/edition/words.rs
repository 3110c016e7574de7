//! What changed in an edition, in words, for renderings outside this crate.

use appleports_model::PortRange;

use super::{ChangedRow, Edition, EditionView, UnreadChange, WholeRow};
use super::{detail_text, ports_text, users_text};
use crate::detail::{Detail, Weight};
use crate::render::headline;
use crate::view::{gains_first, port_texts, remarks};

/// What changed in an edition, its rows sorted by port. The texts are as published: each
/// rendering escapes them in its own way.
#[derive(Clone, Debug)]
pub struct EditionInWords {
    /// What changed, in one line: `5 rows came, 2 left; AirPlay gains 5000/tcp`.
    pub headline: String,
    /// What changed, in one sentence.
    pub summary: String,
    /// What a reader has to know where the two captures are not of one kind or language.
    pub caution: Option<&'static str>,
    /// The products that gain or lose ports, those that gain some first.
    pub products: Vec<ProductInWords>,
    /// Rows that only this edition has.
    pub came: Vec<RowInWords>,
    /// Rows that only the edition before has.
    pub left: Vec<RowInWords>,
    /// Rows that one of the two captures could not read.
    pub unread: Vec<RowInWords>,
    /// Rows that say something else.
    pub changed: Vec<ChangeInWords>,
}

/// The ports that a product gains and loses, such as `5000/tcp` and `443/tcp (perhaps)`.
#[derive(Clone, Debug)]
pub struct ProductInWords {
    /// The canonical name.
    pub name: String,
    /// What it gains.
    pub gains: Vec<String>,
    /// What it loses.
    pub loses: Vec<String>,
}

/// A row that came, left or was not read.
#[derive(Clone, Debug)]
pub struct RowInWords {
    /// The ranges; empty where nobody can tell.
    pub ranges: Vec<PortRange>,
    /// The same with their transports: `53/tcp+udp`.
    pub ports: String,
    /// The service name, or what is known of the service.
    pub name: String,
    /// The title.
    pub title: String,
    /// Who uses it.
    pub users: String,
    /// Where it comes from or went to, or why it was not read; empty for most.
    pub remark: String,
}

/// A row that says something else.
#[derive(Clone, Debug)]
pub struct ChangeInWords {
    /// The ranges that it has now.
    pub ranges: Vec<PortRange>,
    /// The same with their transports.
    pub ports: String,
    /// The service in a few words.
    pub service: String,
    /// How much the most important difference matters.
    pub weight: Weight,
    /// The differences, most important first.
    pub changes: Vec<String>,
    /// What is certain only in part; empty for most.
    pub doubts: String,
}

impl EditionInWords {
    /// What changed in an edition.
    pub fn of(edition: &Edition) -> Self {
        let view = EditionView::of(edition);
        let products = gains_first(&edition.changes.exposure.by_product).into_iter();
        let products = products.map(|exposure| ProductInWords {
            name: exposure.product.clone(),
            gains: port_texts(exposure, true),
            loses: port_texts(exposure, false),
        });
        Self {
            headline: headline(&view),
            summary: view.summary(),
            caution: view.caution(),
            products: products.collect(),
            came: view.came.iter().map(whole).collect(),
            left: view.left.iter().map(whole).collect(),
            unread: view.unread.iter().map(unread).collect(),
            changed: view.changed.iter().map(changed).collect(),
        }
    }
}

fn whole(row: &WholeRow<'_>) -> RowInWords {
    let facts = &row.entry.facts;
    RowInWords {
        ranges: facts.ports.clone(),
        ports: ports_text(facts),
        name: facts.service_name.clone(),
        title: facts.title.clone(),
        users: users_text(facts),
        remark: row.relation(),
    }
}

fn unread(unread: &UnreadChange<'_>) -> RowInWords {
    let ranges = unread
        .entry
        .map_or(&unread.row.ports, |entry| &entry.facts.ports);
    RowInWords {
        ranges: ranges.clone(),
        ports: unread.ports(),
        name: unread.service(),
        title: String::new(),
        users: String::new(),
        remark: unread.reason(),
    }
}

fn changed(row: &ChangedRow<'_>) -> ChangeInWords {
    let details = row.details.iter().copied();
    let weights = details.clone().map(Detail::weight);
    ChangeInWords {
        ranges: row.new.facts.ports.clone(),
        ports: ports_text(&row.new.facts),
        service: row.service(),
        weight: weights.min().unwrap_or(Weight::Wording),
        doubts: remarks(row.old, row.new, details.clone(), row.rivals),
        changes: details
            .filter_map(|detail| detail_text(detail, str::to_owned))
            .collect(),
    }
}
