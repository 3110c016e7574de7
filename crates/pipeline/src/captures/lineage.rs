//! Which record of one capture is which of another: what each record was through the years.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use appleports_diff::{Changes, Entries, compared, same_records};
use appleports_model::{Date, Former, FormerField, Formerly, Record, Seen, Series};

use super::{Capture, Captures};

/// A record in one of the captures.
#[derive(Clone, Copy)]
struct Sighting {
    capture: usize,
    record: usize,
}

/// The captures that editions tell the changes between, by their places, and those changes once
/// they are known.
pub(crate) type Steps = BTreeMap<(usize, usize), Option<Changes>>;

/// The lines of descent of all records, through all captures that stand.
pub(crate) struct Lineages {
    /// Each line, oldest sighting first.
    lines: Vec<Vec<Sighting>>,
}

impl Lineages {
    /// Follows the records from capture to capture: each capture is compared with the one
    /// before it in its locale, or, for the first one of a locale, with the one before it in
    /// any. What has no counterpart there goes on from an earlier record with the same id. Where
    /// the changes are told as well, `steps` has the two, and keeps what they are.
    pub(crate) fn trace(captures: &Captures, steps: &mut Steps) -> Self {
        let mut lines: Vec<Vec<Sighting>> = Vec::new();
        // The line of each record of each capture that was followed.
        let mut known: Vec<(usize, Vec<usize>)> = Vec::new();
        // The lines by the id of their last sighting, and that id of each line.
        let mut last: HashMap<&str, BTreeSet<usize>> = HashMap::new();
        let mut ids: Vec<&str> = Vec::new();
        // The last capture of each series, as it is compared: only these are compared again.
        let mut entries: HashMap<&Series, Entries<'_>> = HashMap::new();
        for (at, capture) in captures.all.iter().enumerate() {
            if !capture.stands() {
                continue;
            }
            let locale = |(other, _): &&(usize, Vec<usize>)| {
                captures.all[*other].id.series() == capture.id.series()
            };
            let before = known.iter().rev().find(locale).or_else(|| known.last());
            let mut inherited: Vec<Option<usize>> = vec![None; capture.records().len()];
            let new = Entries::of(capture.side());
            if let Some((other, of)) = before
                && let Some(old) = entries.get(captures.all[*other].id.series())
            {
                let pairs = if let Some(told) = steps.get_mut(&(*other, at)) {
                    let (pairs, changes) = compared(old, &new);
                    *told = Some(changes);
                    pairs
                } else {
                    same_records(old, &new)
                };
                for (old, new) in pairs {
                    inherited[new] = Some(of[old]);
                }
            }
            let taken: HashSet<usize> = inherited.iter().flatten().copied().collect();
            let mut placed = Vec::with_capacity(inherited.len());
            for (record, line) in inherited.into_iter().enumerate() {
                let id = capture.records()[record].id.as_str();
                let is_free = |line: &&usize| !taken.contains(*line);
                let earlier = last
                    .get(id)
                    .and_then(|candidates| candidates.iter().rfind(is_free));
                let line = line.or(earlier.copied()).unwrap_or(lines.len());
                if line == lines.len() {
                    lines.push(Vec::new());
                }
                lines[line].push(Sighting {
                    capture: at,
                    record,
                });
                placed.push(line);
            }
            for (line, record) in placed.iter().zip(capture.records()) {
                if let Some(before) = ids.get(*line) {
                    last.entry(before).or_default().remove(line);
                } else {
                    ids.push("");
                }
                ids[*line] = &record.id;
                last.entry(&record.id).or_default().insert(*line);
            }
            entries.insert(capture.id.series(), new);
            known.push((at, placed));
        }
        Self { lines }
    }

    /// Notes on the records of the capture at `place` when the captures had them, and the
    /// English title where its own language is another.
    pub(crate) fn note(&self, captures: &Captures, place: usize, records: &mut [Record]) {
        for line in &self.lines {
            let Some(here) = line.iter().find(|seen| seen.capture == place) else {
                continue;
            };
            if let Some(record) = records.get_mut(here.record) {
                note(captures, line, record);
            }
        }
    }

    /// The records that earlier captures had and the one at `place` has not, by port.
    pub(crate) fn former(&self, captures: &Captures, place: usize) -> Vec<Former> {
        let date = captures.all[place].id.date();
        let mut former: Vec<Former> = Vec::new();
        for line in &self.lines {
            let earlier = line
                .iter()
                .filter(|seen| captures.all[seen.capture].id.date() <= date);
            let earlier: Vec<&Sighting> = earlier.collect();
            let (Some(first), Some(last)) = (earlier.first(), earlier.last()) else {
                continue;
            };
            if earlier.iter().any(|seen| seen.capture == place) {
                continue;
            }
            let id = |seen: &Sighting| captures.all[seen.capture].id.clone();
            let mut record = captures.all[last.capture].records()[last.record].clone();
            note(captures, line, &mut record);
            former.push(Former {
                first: id(first),
                last: id(last),
                record,
            });
        }
        former.sort_by(|a, b| {
            let key = |entry: &Former| (entry.record.ports.clone(), entry.record.id.clone());
            key(a).cmp(&key(b))
        });
        former
    }
}

/// The products and names that earlier sightings had and the record has not.
fn formerly(captures: &Captures, line: &[Sighting], record: &Record) -> Vec<Formerly> {
    let all = || line.iter().map(|seen| &captures.all[seen.capture]);
    let capture = all().find(|capture| capture.info().id == record.provenance.source);
    let Some(date) = capture.map(|capture| capture.id.date()) else {
        return Vec::new();
    };
    let kept: HashSet<&String> = record.products.iter().collect();
    let mut found: Vec<Formerly> = Vec::new();
    // The place of each among those that were found.
    let mut places: HashMap<(bool, &str), usize> = HashMap::new();
    for seen in line {
        let id = &captures.all[seen.capture].id;
        if id.date() >= date {
            continue;
        }
        let other = &captures.all[seen.capture].records()[seen.record];
        let products = other
            .products
            .iter()
            .map(|name| (FormerField::Product, name));
        let names = std::iter::once((FormerField::ServiceName, &other.service_name));
        for (field, value) in products.chain(names) {
            let is_kept = match field {
                FormerField::Product => kept.contains(value),
                FormerField::ServiceName => {
                    value.is_empty() || value.eq_ignore_ascii_case(&record.service_name)
                }
            };
            if is_kept {
                continue;
            }
            let key = (field == FormerField::Product, value.as_str());
            if let Some(place) = places.get(&key) {
                found[*place].last = id.clone();
            } else {
                places.insert(key, found.len());
                found.push(Formerly {
                    field,
                    value: value.clone(),
                    first: id.clone(),
                    last: id.clone(),
                });
            }
        }
    }
    found
}

fn note(captures: &Captures, line: &[Sighting], record: &mut Record) {
    let mut locales: BTreeMap<&str, (Date, Date)> = BTreeMap::new();
    for seen in line {
        let capture = &captures.all[seen.capture];
        let date = capture.id.date();
        let dates = locales.entry(capture.locale()).or_insert((date, date));
        *dates = (dates.0.min(date), dates.1.max(date));
    }
    let seen = locales.into_iter().map(|(locale, (first, last))| Seen {
        locale: locale.to_owned(),
        first,
        last,
    });
    record.history = seen.collect();
    record.formerly = formerly(captures, line, record);
    let mut all = line.iter().map(|seen| &captures.all[seen.capture]);
    let capture = all.find(|capture| capture.info().id == record.provenance.source);
    if capture.is_some_and(Capture::is_english) {
        return;
    }
    let mut english = line
        .iter()
        .rev()
        .filter(|seen| captures.all[seen.capture].is_english());
    if let Some(seen) = english.next() {
        let other = &captures.all[seen.capture].records()[seen.record];
        record.english_title = Some(other.title.clone());
    }
}
