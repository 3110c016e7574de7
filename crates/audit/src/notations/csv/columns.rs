//! Which columns have what: by their contents, and by whole words of the headings.

mod choice;

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::{Row, has_ports, items};
use super::entries::{is_any, may_be_port};
use super::heading::Heading;
use super::plain::{is_command, is_list};
use crate::notations::is_not_open;
use crate::transports::Transports;

/// How many rows show what a column has; fewer where they have more than so many cells, or bytes: each
/// cell is looked at some hundred times.
const SAMPLE: usize = 500;
const SAMPLED_CELLS: usize = 20_000;
const SAMPLED_BYTES: usize = 100_000;

/// How many of ten cells show what a column has, where its heading does not, and where it does.
const NEARLY_ALL: usize = 8;
const HALF: usize = 5;

/// A column of ports.
#[derive(Clone, Copy)]
pub(super) struct Ports {
    pub(super) first: usize,
    /// The column with the last port of ranges.
    pub(super) last: Option<usize>,
    /// The transports that the heading gives.
    pub(super) transports: Transports,
}

/// The columns of a table that are read.
pub(super) struct Columns {
    pub(super) ports: Vec<Ports>,
    pub(super) transport: Option<usize>,
    /// The column that says whether a row opens its ports.
    pub(super) action: Option<usize>,
    /// Columns with a mark where a row is for their transport.
    pub(super) marks: Vec<(usize, Transports)>,
    /// The column that says whether a row is used, and whether `yes` says so.
    pub(super) switch: Option<(usize, bool)>,
    /// How many columns there are.
    pub(super) width: usize,
}

impl Columns {
    /// One column, of ports.
    fn one(transports: Transports) -> Self {
        Self {
            ports: vec![Ports {
                first: 0,
                last: None,
                transports,
            }],
            transport: None,
            action: None,
            marks: Vec::new(),
            switch: None,
            width: 1,
        }
    }
}

/// Cells that mark what a row is for, and those that say it is not.
const MARKS: [&str; 12] = [
    "x", "✓", "✔", "☑", "yes", "y", "true", "on", "1", "ja", "oui", "•",
];
const NO_MARKS: [&str; 10] = ["", "-", "–", "no", "n", "false", "off", "0", "nein", "non"];

/// Whether a cell is a mark; none where it is something else.
pub(super) fn mark(cell: &str) -> Option<bool> {
    let has = |known: &[&str]| known.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if has(&MARKS) {
        Some(true)
    } else if has(&NO_MARKS) {
        Some(false)
    } else {
        None
    }
}

/// A table while its columns are sought.
struct Table<'t> {
    text: &'t str,
    headings: Vec<Heading>,
    /// The text of the headings; none where the first row has ports.
    names: Vec<Option<&'t str>>,
    sample: Vec<&'t Row>,
    /// The column of transports, without which a few uneven rows are a list.
    transport: Option<usize>,
}

/// The columns; none where the rows are no table, an error where several could be it.
pub(super) fn columns(text: &str, rows: &[Row]) -> Option<Result<Columns, String>> {
    let table = Table::new(text, rows)?;
    let transport = table.transport;
    let by_transport = table.by_transport().filter(|_| transport.is_none());
    let ports = by_transport.map_or_else(|| table.chosen(), |ports| Some(Ok(ports)))?;
    let width = table.headings.len();
    let is_word = |cell: &Range<usize>| !cell.is_empty() && !has_ports(text, cell);
    let has_words = (0..width).any(|at| table.share(at, NEARLY_ALL, &is_word));
    // Rows of numbers alone are a list.
    (has_words || table.has_heading() || transport.is_some()).then(|| {
        ports.map(|ports| Columns {
            ports,
            transport,
            action: table.action(),
            marks: if transport.is_none() {
                table.marks()
            } else {
                Vec::new()
            },
            switch: table.switch(),
            width,
        })
    })
}

/// The column of a table without words, where each row has one cell; none where it has other cells.
pub(super) fn of_ports_alone(text: &str, rows: &[Row]) -> Option<Result<Columns, String>> {
    let mut cells = rows.iter().flatten();
    if rows.is_empty() || !cells.all(|cell| has_ports(text, cell)) {
        return None;
    }
    if rows.iter().any(|row| row.len() > 1) {
        let reason = "it has ports in every column, and no heading says what they are; add one, \
                      such as `| first port | last port |`, or write one port a line";
        return Some(Err(reason.to_owned()));
    }
    Some(Ok(Columns::one(Transports::NONE)))
}

/// The one column of a table whose heading says that it has ports, as at least half of its cells do.
pub(super) fn below_heading(text: &str, rows: &[Row]) -> Option<Columns> {
    let (heading, below) = rows.split_first()?;
    let title = Heading::new(&text[heading[0].clone()]);
    if rows.iter().any(|row| row.len() > 1) || !title.has_destinations() {
        return None;
    }
    let is_rule = |cell: &str| cell.bytes().all(|byte| matches!(byte, b'-' | b':'));
    let cells = below
        .iter()
        .flatten()
        .filter(|cell| !is_rule(&text[(*cell).clone()]));
    let (count, all) = cells.fold((0, 0), |(count, all), cell| {
        (count + usize::from(has_ports(text, cell)), all + 1)
    });
    (count > 0 && count * 10 >= all * HALF).then(|| Columns::one(title.transports()))
}

/// Whether all but one are such, in a table too short for a share: one may be damaged.
const fn is_all_but_one(count: usize, all: usize) -> bool {
    count > 1 && count + 1 == all
}

/// How many cells most rows have; of those with as many rows, the fewest.
fn usual_width(rows: &[&Row]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.len()).or_default() += 1;
    }
    let usual = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    usual.map_or(0, |(width, _)| width)
}

impl<'t> Table<'t> {
    fn new(text: &'t str, rows: &'t [Row]) -> Option<Self> {
        let (mut cells, mut bytes) = (0, 0);
        let has_room = |row: &&Row| {
            let length = row.iter().map(Range::len).sum::<usize>();
            let has_room = cells < SAMPLED_CELLS && bytes + length < SAMPLED_BYTES;
            if has_room {
                cells += row.len();
                bytes += length;
            }
            has_room
        };
        let sample: Vec<&Row> = rows.iter().take(SAMPLE).filter(has_room).collect();
        let width = usual_width(&sample);
        let even = sample.iter().filter(|row| row.len() == width).count();
        let is_nearly_even = even * 10 >= sample.len() * 9;
        let is_even = is_nearly_even || is_all_but_one(even, sample.len());
        if width < 2 || rows.len() < 2 || !is_even {
            return None;
        }
        let first = sample.iter().find(|row| row.len() == width)?;
        if rows.iter().any(|row| is_list(text, row))
            || sample.iter().all(|row| is_command(text, row))
        {
            return None;
        }
        let has_heading = first.iter().all(|cell| !has_ports(text, cell));
        let is_line = |row: &Row| {
            let first = &text[row[0].clone()];
            first.trim_start_matches(':').starts_with("--")
        };
        let names = first.iter();
        let names: Vec<Option<&str>> = names
            .map(|cell| has_heading.then(|| &text[cell.clone()]))
            .collect();
        let mut table = Self {
            text,
            headings: names
                .iter()
                .map(|name| Heading::new(name.unwrap_or_default()))
                .collect(),
            names,
            sample: sample
                .into_iter()
                .filter(|row| row.len() == width && !is_line(row))
                .skip(usize::from(has_heading))
                .collect(),
            transport: None,
        };
        table.transport = table.transport();
        (is_nearly_even || table.transport.is_some()).then_some(table)
    }

    fn has_heading(&self) -> bool {
        self.names.iter().any(Option::is_some)
    }

    /// Whether at least so many of ten cells of a column are such.
    fn share(&self, at: usize, tenths: usize, is_one: &dyn Fn(&Range<usize>) -> bool) -> bool {
        let cells = self.sample.iter().filter_map(|row| row.get(at));
        let count = cells.filter(|cell| is_one(cell)).count();
        count > 0 && count * 10 >= self.sample.len() * tenths
    }

    /// As [`Self::share`] for nearly all cells, where one may be damaged in a short table.
    fn nearly_all(&self, at: usize, is_one: &dyn Fn(&Range<usize>) -> bool) -> bool {
        let cells = self.sample.iter().filter_map(|row| row.get(at));
        let count = cells.filter(|cell| is_one(cell)).count();
        self.share(at, NEARLY_ALL, is_one) || is_all_but_one(count, self.sample.len())
    }

    fn has_one(&self, at: usize, is_one: &dyn Fn(&Range<usize>) -> bool) -> bool {
        let mut cells = self.sample.iter().filter_map(|row| row.get(at));
        cells.any(is_one)
    }

    /// The column of transports; a row may have none, as some rows of the article do.
    fn transport(&self) -> Option<usize> {
        let is_one = |cell: &Range<usize>| Transports::of_word(&self.text[cell.clone()]).is_some();
        let is_near =
            |cell: &Range<usize>| Transports::of_stated(&self.text[cell.clone()]).is_some();
        let is_number =
            |cell: &Range<usize>| Transports::of_number(&self.text[cell.clone()]).is_some();
        (0..self.headings.len()).find(|at| {
            let has_numbers = self.headings[*at].is_protocol();
            let is_own = |cell: &Range<usize>| is_near(cell) || has_numbers && is_number(cell);
            let has_one =
                self.has_one(*at, &is_one) || has_numbers && self.has_one(*at, &is_number);
            has_one && self.nearly_all(*at, &|cell| cell.is_empty() || is_own(cell))
        })
    }

    /// Whether at least so many of ten cells of a column are marks.
    fn has_marks(&self, at: usize, tenths: usize) -> bool {
        self.share(at, tenths, &|cell| mark(&self.text[cell.clone()]).is_some())
    }

    /// The columns of marks: `TCP` and `UDP` with an `x` in them.
    fn marks(&self) -> Vec<(usize, Transports)> {
        let is_yes = |cell: &Range<usize>| mark(&self.text[cell.clone()]) == Some(true);
        let columns = (0..self.headings.len()).filter_map(|at| {
            let transports = self.headings[at].transports();
            let is_own =
                !transports.is_empty() && self.has_marks(at, 10) && self.has_one(at, &is_yes);
            is_own.then_some((at, transports))
        });
        columns.collect()
    }

    /// The column that says whether a row is used: `enabled`, `disabled`.
    fn switch(&self) -> Option<(usize, bool)> {
        (0..self.headings.len()).find_map(|at| {
            let says_used = self.headings[at].switch()?;
            let is_filled = |cell: &Range<usize>| !cell.is_empty();
            let is_used = self.has_marks(at, NEARLY_ALL) && self.share(at, NEARLY_ALL, &is_filled);
            is_used.then_some((at, says_used))
        })
    }

    /// The column of `allow` and `deny`.
    fn action(&self) -> Option<usize> {
        let opening = [
            "allow", "accept", "permit", "pass", "open", "allowed", "enabled",
        ];
        let is_one = |cell: &Range<usize>| {
            let word = &self.text[cell.clone()];
            is_not_open(word) || opening.iter().any(|known| word.eq_ignore_ascii_case(known))
        };
        (0..self.headings.len()).find(|at| self.share(*at, NEARLY_ALL, &is_one))
    }

    /// Whether a column has ports; where its heading says so, cells may be blank or damaged.
    fn has_ports(&self, at: usize) -> bool {
        let is_one = |cell: &Range<usize>| has_ports(self.text, cell);
        let heading = &self.headings[at];
        let is_end = heading.is_first() || heading.is_last();
        let is_said = heading.is_port() || is_end || !heading.transports().is_empty();
        // A rule may open every port, but at least half of the cells have some, or are blank.
        let is_fit = |cell: &Range<usize>| {
            is_said && cell.is_empty() || is_any(&self.text[cell.clone()]) || is_one(cell)
        };
        let has_share = if is_said {
            self.share(at, HALF, &is_fit)
        } else if self.transport.is_some() {
            self.nearly_all(at, &is_fit)
        } else {
            self.share(at, NEARLY_ALL, &is_fit)
        };
        let has_some = self.share(at, HALF, &|cell| cell.is_empty() || is_one(cell));
        self.has_one(at, &is_one) && has_share && has_some && !self.counts_up(at)
    }

    /// Whether a column whose heading says so may have ports: most of its cells begin or end with a
    /// number, and are damaged or written in an unknown way.
    fn may_have_ports(&self, at: usize) -> bool {
        let heading = &self.headings[at];
        let is_said = heading.is_port() || !heading.transports().is_empty();
        let is_left = heading.is_source() || heading.is_other() || self.has_marks(at, 10);
        let is_near = |cell: &Range<usize>| may_be_port(&self.text[cell.clone()]);
        let is_fit = |cell: &Range<usize>| cell.is_empty() || is_near(cell);
        // `Puertos TCP: 80` is a line of a list.
        let has_number = |name: &str| name.contains(char::is_numeric);
        let is_line = self.names.iter().flatten().any(|name| has_number(name));
        is_said
            && !is_line
            && !is_left
            && self.has_one(at, &is_near)
            && self.share(at, HALF, &is_fit)
    }

    /// Whether at least half of the cells of a column have their transport, so that no number is another
    /// one.
    fn has_own_transports(&self, at: usize) -> bool {
        let is_one = |cell: &Range<usize>| {
            let items = items(self.text, cell);
            items.is_some_and(|items| items.iter().all(|item| item.suffix.is_some()))
        };
        self.share(at, HALF, &is_one)
    }

    /// Whether a column only numbers the rows.
    fn counts_up(&self, at: usize) -> bool {
        let cells = self.sample.iter().filter_map(|row| row.get(at));
        let numbers: Vec<u64> = cells
            .filter_map(|cell| self.text[cell.clone()].parse().ok())
            .collect();
        numbers.len() > 2
            && numbers.first().is_some_and(|first| *first < 2)
            && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
    }

    /// The columns of a table that has one for each transport: `TCP`, `UDP`.
    fn by_transport(&self) -> Option<Vec<Ports>> {
        let columns = (0..self.headings.len()).filter_map(|at| {
            let heading = &self.headings[at];
            let transports = heading.transports();
            let is_left = heading.is_source() || heading.is_other() || self.has_marks(at, 10);
            let has_ports = self.has_ports(at) || self.may_have_ports(at);
            let is_own = !transports.is_empty() && !is_left && has_ports;
            is_own.then_some(Ports {
                first: at,
                last: None,
                transports,
            })
        });
        let columns: Vec<Ports> = columns.collect();
        let given = |ports: &Ports| ports.transports;
        let mut sets: Vec<Transports> = columns.iter().map(given).collect();
        sets.sort();
        sets.dedup();
        let has_one = columns.iter().any(|ports| self.has_ports(ports.first));
        (has_one && sets.len() == columns.len()).then_some(columns)
    }
}
