//! What Apple changed, edition by edition: the captures that tell the article's history.

use std::collections::BTreeMap;

use appleports_diff::{Changes, Edition, changes_between};

use crate::captures::{Capture, Captures};

/// The editions up to the capture at `own`, oldest first: the captures of its locale, and
/// before the first of these those of other locales, one a day. Registry and corrections have
/// no part in it: these are the article's own changes.
pub(crate) fn editions(captures: &Captures, own: usize) -> Vec<Edition> {
    let wanted = captures.all[own].info();
    let standing = || captures.all.iter().filter(|capture| capture.stands());
    let of_locale = |capture: &&Capture| {
        capture.info().locale == wanted.locale && capture.info().date <= wanted.date
    };
    let first = standing()
        .find(of_locale)
        .map(|capture| &capture.info().date);
    let mut days: BTreeMap<&str, &Capture> = BTreeMap::new();
    for capture in standing() {
        let info = capture.info();
        let is_before = first.is_some_and(|first| info.date < *first);
        if is_before {
            let known = days.entry(&info.date).or_insert(capture);
            // English where there is a choice: the products are named in it.
            if info.locale.starts_with("en") && !known.info().locale.starts_with("en") {
                *known = capture;
            }
        } else if of_locale(&capture) {
            days.insert(&info.date, capture);
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
