//! What Apple changed, edition by edition: the captures that tell the article's history.

use std::collections::BTreeMap;

use appleports_diff::{Changes, Edition, changes_between};
use appleports_model::Date;

use crate::captures::{Capture, Captures, Steps};

/// The captures that are editions up to the one at `place`, by their places, oldest first: those of
/// its locale, and before the first of these those of other locales, one a day.
pub(crate) fn editions(captures: &Captures, place: usize) -> Vec<usize> {
    let wanted = &captures.all[place].id;
    let standing = || {
        captures
            .all
            .iter()
            .enumerate()
            .filter(|(_, capture)| capture.stands())
    };
    let of_locale = |capture: &Capture| {
        capture.id.series() == wanted.series() && capture.id.date() <= wanted.date()
    };
    let first = standing().find(|(_, capture)| of_locale(capture));
    let first = first.map(|(_, capture)| capture.id.date());
    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for (at, capture) in standing() {
        let date = capture.id.date();
        if first.is_some_and(|first| date < first) {
            let known = days.entry(date).or_insert(at);
            // English where there is a choice: the products are named in it.
            if capture.is_english() && !captures.all[*known].is_english() {
                *known = at;
            }
        } else if of_locale(capture) {
            days.insert(date, at);
        }
    }
    days.into_values().collect()
}

/// Each edition with the one before it.
pub(crate) fn steps(editions: &[usize]) -> Steps {
    let pairs = editions.windows(2).map(|pair| (pair[0], pair[1]));
    pairs.map(|pair| (pair, None)).collect()
}

/// What Apple changed in each edition. Registry and corrections have no part in it: these are the
/// article's own changes. Those between captures that nothing else compared are made here.
pub(crate) fn told(captures: &Captures, editions: &[usize], mut steps: Steps) -> Vec<Edition> {
    let all = &captures.all;
    let before = std::iter::once(None).chain(editions.iter().copied().map(Some));
    let told = before.zip(editions).map(|(before, at)| Edition {
        capture: all[*at].info().clone(),
        previous: before.map(|place| all[place].info().clone()),
        records: all[*at].records().len(),
        changes: before.map_or_else(Changes::default, |before| {
            let known = steps.get_mut(&(before, *at)).and_then(Option::take);
            known.unwrap_or_else(|| changes_between(all[before].side(), all[*at].side()))
        }),
    });
    told.collect()
}
