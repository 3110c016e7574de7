//! The axis of time: a line for each capture's date, with labels that do not collide.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Dataset, Form, SourceKind};
use jiff::civil::Date;

use super::line::Line;

/// The room for labels of one height, and how many heights there are.
pub(super) const LABEL_HEIGHT: i64 = 16;
const MAX_LEVELS: i64 = 2;
/// The width of a label with its mark, and the gap between two.
const LABEL_WIDTH: i64 = 84;

/// The marks for forms that are no page, and what they mean.
pub(super) const MARKS: [(Form, &str); 2] = [(Form::Facts, "¹"), (Form::Compiled, "²")];

/// Where the plot is.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    pub(super) left: i64,
    pub(super) right: i64,
}

/// A date's label.
pub(super) struct Label {
    pub(super) text: String,
    pub(super) x: i64,
    pub(super) level: i64,
}

/// The dates of the captures and their places.
pub(super) struct Axis {
    plot: Plot,
    dates: BTreeMap<Date, Form>,
}

impl Axis {
    pub(super) fn of(dataset: &Dataset, lines: &[Line], plot: Plot) -> Self {
        let days = lines.iter().flat_map(|line| [line.first, line.last]);
        let mut dates: BTreeMap<Date, Form> = days.map(|day| (day, Form::Page)).collect();
        let captures = dataset.sources.iter();
        let captures = captures.filter(|source| source.kind == SourceKind::Article);
        for capture in captures {
            if let Some(day) = capture.date {
                dates.insert(day, capture.form);
            }
        }
        Self { plot, dates }
    }

    /// The first and the last date.
    pub(super) fn ends(&self) -> Option<(Date, Date)> {
        let (first, _) = self.dates.first_key_value()?;
        let (last, _) = self.dates.last_key_value()?;
        Some((*first, *last))
    }

    /// The place of a day.
    pub(super) fn x(&self, day: Date) -> i64 {
        let Some((first, last)) = self.ends() else {
            return self.plot.left;
        };
        let whole = days(first, last);
        if whole == 0 {
            return self.plot.left;
        }
        self.plot.left + (self.plot.right - self.plot.left) * days(first, day) / whole
    }

    /// The places of all dates.
    pub(super) fn places(&self) -> BTreeSet<i64> {
        self.dates.keys().map(|day| self.x(*day)).collect()
    }

    /// The first date after a day.
    pub(super) fn next(&self, day: Date) -> Option<Date> {
        let later = (std::ops::Bound::Excluded(day), std::ops::Bound::Unbounded);
        self.dates.range(later).next().map(|(day, _)| *day)
    }

    /// The forms that need a mark.
    pub(super) fn forms(&self) -> BTreeSet<&'static str> {
        let forms = self.dates.values().copied();
        forms.map(mark).filter(|mark| !mark.is_empty()).collect()
    }

    /// The labels that have room: the first, the last, then the others from the left.
    pub(super) fn labels(&self) -> Vec<Label> {
        let mut order: Vec<Date> = self.dates.keys().copied().collect();
        if order.len() > 2 {
            let last = order.remove(order.len() - 1);
            order.insert(1, last);
        }
        let mut labels: Vec<Label> = Vec::new();
        for day in order {
            let half = LABEL_WIDTH / 2;
            let x = self
                .x(day)
                .clamp(self.plot.left, self.plot.right + 20 - half);
            let is_free = |level: &i64| {
                let mut others = labels.iter().filter(|label| label.level == *level);
                others.all(|label| (label.x - x).abs() >= LABEL_WIDTH)
            };
            if let Some(level) = (0..MAX_LEVELS).find(is_free) {
                let mark = mark(self.dates[&day]);
                let space = if mark.is_empty() { "" } else { " " };
                labels.push(Label {
                    text: format!("{day}{space}{mark}"),
                    x,
                    level,
                });
            }
        }
        labels
    }

    /// The height of the labels.
    pub(super) fn height(&self) -> i64 {
        let levels = self.labels().iter().map(|label| label.level + 1).max();
        levels.unwrap_or(0) * LABEL_HEIGHT
    }
}

/// The mark behind the dates of captures of this form.
fn mark(form: Form) -> &'static str {
    let mut marks = MARKS.iter();
    marks
        .find(|(marked, _)| *marked == form)
        .map_or("", |(_, mark)| mark)
}

/// The days from one date to another.
fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(days: &[&str]) -> Axis {
        Axis {
            plot: Plot {
                left: 400,
                right: 960,
            },
            dates: days
                .iter()
                .map(|day| (day.parse().unwrap(), Form::Page))
                .collect(),
        }
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        let axis = axis(&["2015-01-01", "2016-01-01", "2017-01-01"]);
        // 365 of 731 days: 2016 is a leap year.
        assert_eq!(axis.x("2016-01-01".parse().unwrap()), 400 + 560 * 365 / 731);
    }

    #[test]
    fn labels_never_touch_and_the_ends_are_always_there() {
        let many: Vec<String> = (0..300)
            .map(|at| {
                format!(
                    "20{:02}-{:02}-{:02}",
                    15 + at / 30,
                    1 + at % 12,
                    1 + at % 28
                )
            })
            .collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let axis = axis(&many);
        let labels = axis.labels();
        let (first, last) = axis.ends().unwrap();
        for end in [first, last] {
            assert!(labels.iter().any(|label| label.text == end.to_string()));
        }
        assert!(labels.len() > 8, "{}", labels.len());
        for (at, a) in labels.iter().enumerate() {
            for b in &labels[at + 1..] {
                assert!(a.level != b.level || (a.x - b.x).abs() >= LABEL_WIDTH);
            }
        }
    }
}
