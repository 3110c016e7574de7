//! What Apple changed, edition by edition: the captures that tell the article's history.

use std::collections::BTreeMap;

use appleports_diff::{Changes, Edition, changes_between};
use appleports_model::Date;

use crate::captures::{Capture, Captures};

/// The editions up to the capture at `own`, oldest first: the captures of its locale, and
/// before the first of these those of other locales, one a day. Registry and corrections have
/// no part in it: these are the article's own changes.
pub(crate) fn editions(captures: &Captures, own: usize) -> Vec<Edition> {
    let wanted = &captures.all[own].id;
    let standing = || captures.all.iter().filter(|capture| capture.stands());
    let of_locale = |capture: &&Capture| {
        capture.id.series() == wanted.series() && capture.id.date() <= wanted.date()
    };
    let first = standing().find(of_locale).map(|own| own.id.date());
    let mut days: BTreeMap<Date, &Capture> = BTreeMap::new();
    for capture in standing() {
        let date = capture.id.date();
        if first.is_some_and(|first| date < first) {
            let known = days.entry(date).or_insert(capture);
            // English where there is a choice: the products are named in it.
            if capture.is_english() && !known.is_english() {
                *known = capture;
            }
        } else if of_locale(&capture) {
            days.insert(date, capture);
        }
    }
    let mut previous: Option<&Capture> = None;
    let mut editions = Vec::with_capacity(days.len());
    for capture in days.into_values() {
        editions.push(Edition {
            capture: capture.info().clone(),
            previous: previous.map(|own| own.info().clone()),
            records: capture.records().len(),
            changes: previous.map_or_else(Changes::default, |before| {
                changes_between(before.side(), capture.side())
            }),
        });
        previous = Some(capture);
    }
    editions
}
