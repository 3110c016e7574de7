//! Since when and until when the article has a row.

use appleports_model::{Date, Former, FormerField, Formerly, Record, SourceId};
use maud::{Markup, html};

use crate::links::Links;

/// `since 2015-10-23`, or nothing where no edition is known.
pub(crate) fn since(links: &Links<'_>, record: &Record) -> Markup {
    let first = record.history.iter().map(|seen| seen.first).min();
    html! { @if let Some(first) = first { (links.edition(&first.to_string())) } }
}

/// `editions of 2015-10-23 to 2018-02-13`.
pub(crate) fn between(links: &Links<'_>, first: &SourceId, last: &SourceId) -> Markup {
    days(links, first.date(), last.date())
}

/// When the article had a row that left it.
pub(crate) fn former(links: &Links<'_>, former: &Former) -> Markup {
    between(links, &former.first, &former.last)
}

fn days(links: &Links<'_>, first: Date, last: Date) -> Markup {
    let (first, last) = (first.to_string(), last.to_string());
    html! {
        @if first == last {
            "edition of " (links.edition(&first))
        } @else {
            "editions of " (links.edition(&first)) " to " (links.edition(&last))
        }
    }
}

/// Every edition, and whether it has one of the rows, whose first and last days are given.
pub(crate) fn strip(links: &Links<'_>, rows: &[(Date, Date)]) -> Markup {
    let days = links
        .site
        .editions
        .iter()
        .filter_map(|edition| edition.capture.date);
    html! {
        ol.strip {
            @for day in days {
                @let is_listed = rows.iter().any(|(first, last)| (*first..=*last).contains(&day));
                li class=(if is_listed { "listed" } else { "absent" }) {
                    (links.edition(&day.to_string()))
                    span { @if is_listed { "listed" } @else { "not listed" } }
                }
            }
        }
    }
}

/// The first and the last day on which the article has a record.
pub(crate) fn span(record: &Record) -> Option<(Date, Date)> {
    let first = record.history.iter().map(|seen| seen.first).min();
    let last = record.history.iter().map(|seen| seen.last).max();
    first.zip(last)
}

/// What earlier editions said of a row and this one does not.
pub(crate) fn formerly(links: &Links<'_>, record: &Record) -> Markup {
    let of = |field: FormerField| {
        let statements = record.formerly.iter();
        statements
            .filter(move |statement| statement.field == field)
            .collect::<Vec<_>>()
    };
    let (products, names) = (of(FormerField::Product), of(FormerField::ServiceName));
    let item = |statement: &Formerly| {
        html! {
            @match statement.field {
                FormerField::Product => (links.product(&statement.value)),
                FormerField::ServiceName => code { (crate::text::t(&statement.value)) },
            }
            " (" (between(links, &statement.first, &statement.last)) ")"
        }
    };
    html! {
        @for (label, list) in [("Formerly used by", products), ("Former name", names)] {
            @if !list.is_empty() {
                dt { (label) }
                dd {
                    @for (at, statement) in list.into_iter().enumerate() {
                        @if at > 0 { ", " }
                        (item(statement))
                    }
                }
            }
        }
    }
}
