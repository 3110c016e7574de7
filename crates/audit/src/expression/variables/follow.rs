//! Which values a script's rules use for ports, also through other variables.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use super::values::Value;
use super::{default_of, name_of, of_value, references};
use crate::expression::Reader;
use crate::list::Group;
use crate::transports::Transports;

/// The values that rules use, while they are sought. Each is followed once, and again only where
/// another use gives more transports, however many uses there are.
pub(super) struct Follower<'v, 't> {
    values: &'v [Value<'t>],
    by_name: BTreeMap<&'t str, Vec<usize>>,
    /// The value that each is added to.
    added_to: Vec<Option<usize>>,
    /// Whether any of it is in the text: of the value, or of those that it is added to.
    is_given: Vec<bool>,
    /// The transports of the uses of each value; none where it has no use.
    used: Vec<Option<Transports>>,
    /// Those of which the variables are still to be followed.
    left: VecDeque<usize>,
    /// The values with uses, each with the place of the first.
    pub(super) found: BTreeMap<usize, Group>,
    /// Values for variables that are not set, by where they begin.
    pub(super) defaults: BTreeMap<usize, (Range<usize>, Transports, Group)>,
    /// The variables as they are written, by whether each has a value.
    pub(super) known: BTreeSet<&'t str>,
    pub(super) unknown: BTreeSet<&'t str>,
}

impl<'v, 't> Follower<'v, 't> {
    pub(super) fn new(values: &'v [Value<'t>]) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let (mut added_to, mut is_given) = (Vec::new(), Vec::<bool>::new());
        for (index, value) in values.iter().enumerate() {
            let named = by_name.entry(value.name).or_default();
            let before = named.last().copied().filter(|_| value.is_added);
            is_given.push(!value.lines.is_empty() || before.is_some_and(|at| is_given[at]));
            added_to.push(before);
            named.push(index);
        }
        Self {
            values,
            by_name,
            added_to,
            is_given,
            used: vec![None; values.len()],
            left: VecDeque::new(),
            found: BTreeMap::new(),
            defaults: BTreeMap::new(),
            known: BTreeSet::new(),
            unknown: BTreeSet::new(),
        }
    }

    /// The transports of the uses of a value.
    pub(super) fn transports(&self, index: usize) -> Transports {
        self.used[index].unwrap_or_default()
    }

    /// Follows a variable at a place of the text to its value.
    pub(super) fn follow(
        &mut self,
        reader: &mut Reader<'t>,
        span: Range<usize>,
        transports: Transports,
        group: &Group,
    ) {
        let written = &reader.text[span.clone()];
        if let Some(value) = self.value_at(name_of(written), span.start) {
            self.known.insert(written);
            let line = reader.line_of(span.start);
            reader.leave(line, "its ports are those of a variable");
            self.reach(value, transports, group);
        } else if let Some(default) = default_of(written, span.start) {
            self.known.insert(written);
            let entry = self.defaults.entry(default.start);
            let entry = entry.or_insert_with(|| (default, transports, group.clone()));
            entry.1 = entry.1.and(transports);
        } else {
            self.unknown.insert(written);
        }
    }

    /// Follows the variables in the values that were found.
    pub(super) fn follow_nested(&mut self, reader: &mut Reader<'t>) {
        while let Some(index) = self.left.pop_front() {
            let Some(group) = self.found.get(&index).cloned() else {
                continue;
            };
            let values = self.values;
            for line in &values[index].lines {
                for span in references(reader.text, line) {
                    self.follow(reader, span, self.transports(index), &group);
                }
            }
        }
    }

    /// The value that a variable has at a place: the last one before it.
    fn value_at(&self, name: &str, at: usize) -> Option<usize> {
        let all = self.by_name.get(name)?.as_slice();
        let before = all.partition_point(|index| self.values[*index].end <= at);
        let value = match (before.checked_sub(1), all) {
            (Some(last), _) => Some(all[last]),
            // A function may use what is set below it.
            (None, [only]) if self.values[*only].start > at => Some(*only),
            _ => None,
        };
        value.filter(|index| self.is_given[*index])
    }

    /// Notes a use of a value, and of those that it is added to.
    fn reach(&mut self, value: usize, transports: Transports, group: &Group) {
        let mut next = Some(value);
        while let Some(index) = next {
            let before = self.used[index];
            let all = before.unwrap_or_default().and(transports);
            if before == Some(all) {
                // So have those that it is added to.
                break;
            }
            self.used[index] = Some(all);
            let value = &self.values[index];
            if !value.lines.is_empty() {
                let place = || of_value(group.clone(), value.is_loop);
                self.found.entry(index).or_insert_with(place);
                self.left.push_back(index);
            }
            next = self.added_to[index];
        }
    }
}
