//! Semantic differences between two datasets, and between two keyed lists.
//!
//! Records are matched by identity and compared by meaning: place, order, white
//! space, quotes, dashes and link targets are no change, and other words for the
//! same are told apart from other values. Three laws hold: nothing differs from
//! itself; the changes made in the old facts give the new ones; the comparison the
//! other way round is the way back.

mod candidates;
mod detail;
mod edition;
mod exposure;
mod facts;
mod keyed;
mod levels;
mod matching;
mod product_exposure;
mod records;
mod relatives;
mod render;
mod report;
mod text;
mod unread;
mod view;
mod word;

pub use detail::{Both, Detail, Members, Shape, Weight, details};
pub use edition::{ChangeInWords, Edition, EditionInWords, ProductInWords, RowInWords};
pub use exposure::{Exposure, TransportExposure};
pub use facts::{Entry, Evidence, Facts};
pub use keyed::{
    ChangedRow, Keyed, KeyedChanges, KeyedRow, RowKey, Texts, UnreadLine, keyed_changes,
    services_changes,
};
pub use product_exposure::{ProductExposure, ProductPorts};
pub use records::{
    Change, Changes, Counts, DoesNotFit, Entries, Rivals, changes, changes_between, compared,
    same_records,
};
pub use render::{
    CHANGES_SCHEMA, MAX_COMMENT, Markdown, RENDERINGS, Rendering, SCHEMA, changes_json,
    changes_markdown, feed, feed_of_site, markdown, markdown_within,
};
pub use report::{Body, Label, Report};
pub use unread::{Side, Unreadable};
pub use word::Word;

use appleports_model::joined;
use view::Value;

impl Changes {
    /// The changes in short: a line of counts, then a line for each change that is
    /// not of wording only.
    pub fn short(&self) -> Vec<String> {
        let mut lines = vec![view::summary(self)];
        for change in &self.changes {
            if change.weight() == Weight::Wording {
                continue;
            }
            let item = view::item(change);
            let mut parts: Vec<String> = Vec::new();
            if item.sign == '~' {
                let lines = item.lines.iter().filter(|line| line.label != view::WAS);
                parts.extend(lines.map(short_line));
            }
            parts.extend(Some(item.remark).filter(|remark| !remark.is_empty()));
            let parts = parts.join("; ");
            let colon = if parts.is_empty() { "" } else { ": " };
            lines.push(format!("{} {}{colon}{parts}", item.sign, item.key));
        }
        lines
    }
}

fn short_line(line: &view::Line) -> String {
    let label = line.label;
    match &line.value {
        Value::Text(_) | Value::Prose { .. } => label.to_owned(),
        Value::Change { old, new, tail } if tail.is_empty() => format!("{label} {old} -> {new}"),
        Value::Change { old, new, tail } => format!("{label} {old} -> {new}, {tail}"),
        Value::Members { lost, gained } => {
            let lost = lost.iter().map(|text| format!("-{text}"));
            let gained = gained.iter().map(|text| format!("+{text}"));
            format!("{label} {}", joined(lost.chain(gained), " "))
        }
    }
}
