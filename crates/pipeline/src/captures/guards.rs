//! The guards: a source that shrank is not an update, nor is one that opens far more.

use appleports_model::{Finding, Level, PortSet, Rule, Totals};
use appleports_store::Figure;

use super::extent::{COLUMNS, Extent};

const ACCEPT: &str = "compare the capture with the page; if the change is real, build with --accept REASON; if not, remove the capture's folder from the sources";

const NO_TABLE: Rule = Rule {
    code: "G001",
    level: Level::Error,
    title: "the page has no ports table",
    why: "An error page, a login page or another layout would replace the dataset with nothing.",
    example: "A saved page of which only the heading is left.",
    help: "save the article again; a layout that is not known yet needs a reader",
};
const FEWER_ROWS: Rule = Rule {
    code: "G002",
    level: Level::Error,
    title: "fewer than 80 % of the previous rows",
    why: "A page that was cut off looks like one from which rows were removed.",
    example: "135 rows before, 60 now.",
    help: ACCEPT,
};
const FEWER_PORTS: Rule = Rule {
    code: "G003",
    level: Level::Error,
    title: "fewer than 80 % of the previous ports",
    why: "Lost ranges make the dataset small while most rows are still there.",
    example: "All dashes lost: 8000-8999 has become 8000.",
    help: ACCEPT,
};
const LOST_COLUMN: Rule = Rule {
    code: "G004",
    level: Level::Error,
    title: "a column has been lost",
    why: "When a column is renamed or dropped, all or nearly all of its cells are empty.",
    example: "No row has a service name any more, or one of 130 has.",
    help: ACCEPT,
};
const MANY_REJECTED: Rule = Rule {
    code: "G005",
    level: Level::Error,
    title: "more than 5 % of the rows were rejected",
    why: "Single bad rows are typing errors; many are a reader that does not fit the page.",
    example: "20 of 135 rows without a readable port.",
    help: ACCEPT,
};
const MORE_PORTS: Rule = Rule {
    code: "G006",
    level: Level::Error,
    title: "far more ports than any capture before",
    why: "One damaged row can open every port in the rules that are made from the dataset.",
    example: "A row `1-65535` beside the usual ones.",
    help: ACCEPT,
};
const WIDE_RANGE: Rule = Rule {
    code: "G007",
    level: Level::Error,
    title: "a range of more than 4,096 ports that no capture had before",
    why: "A lost digit or a wrong dash makes a wide range out of two ports.",
    example: "`80-65535` for 80 and 443.",
    help: ACCEPT,
};

/// Every guard, in the order of their codes.
pub(crate) static RULES: &[&Rule] = &[
    &NO_TABLE,
    &FEWER_ROWS,
    &FEWER_PORTS,
    &LOST_COLUMN,
    &MANY_REJECTED,
    &MORE_PORTS,
    &WIDE_RANGE,
];

/// The widest range that needs no precedent, in ports.
const MAX_NEW_RANGE: u32 = 4_096;

/// The widest range of a first capture, which can have no precedent: the dynamic ports, 49152 to
/// 65535, are the widest that the article has ever had.
const MAX_FIRST_RANGE: u32 = 16_384;

/// So many new ports need no precedent, however small the table is.
const MAX_NEW_PORTS: u64 = 256;

/// The refusal of a page that has no table.
pub(crate) fn missing_table(source: &str, message: &str) -> Finding {
    Finding::new(&NO_TABLE, source, 1, message)
}

/// A capture that the one in question is compared with.
pub(crate) struct Known<'c> {
    pub(crate) id: &'c str,
    pub(crate) extent: &'c Extent,
}

/// What the guards have against a capture of this extent; nothing if all is well. `known` are the
/// captures before it since a person last accepted a loss: each figure is compared with the
/// largest of theirs, so that small steps add up. A port is new only if none of `ever` has it, the
/// captures before it in any locale.
pub(crate) fn figures(
    totals: &Totals,
    own: &Extent,
    known: &[Known<'_>],
    ever: &[&Extent],
) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut refuse = |rule: &Rule, what: &str, before: (&str, u64), now: u64| {
        figures.push(Figure {
            code: rule.code.to_owned(),
            what: what.to_owned(),
            compared_with: before.0.to_owned(),
            before: before.1,
            now,
        });
    };
    let most = |count: &dyn Fn(&Extent) -> u64| {
        let counts = known.iter().map(|known| (known.id, count(known.extent)));
        counts.max_by_key(|(_, count)| *count).unwrap_or_default()
    };
    if u64::from(totals.rows_rejected) * 20 > u64::from(totals.rows_read) {
        let read = ("", u64::from(totals.rows_read));
        refuse(
            &MANY_REJECTED,
            "rows rejected",
            read,
            totals.rows_rejected.into(),
        );
    }
    let rows = most(&|extent| extent.rows);
    if has_shrunk(rows.1, own.rows) {
        refuse(&FEWER_ROWS, "rows", rows, own.rows);
    }
    let ports = most(&Extent::count);
    if has_shrunk(ports.1, own.count()) {
        refuse(&FEWER_PORTS, "ports", ports, own.count());
    }
    for (at, column) in COLUMNS.into_iter().enumerate() {
        let before = most(&|extent| share(extent, at));
        // A fifth of the share that the column had: rows that came or left are no reason.
        if share(own, at) * 5 < before.1 {
            let before = most(&|extent| extent.filled[at]);
            refuse(&LOST_COLUMN, column, before, own.filled[at]);
        }
    }
    let beyond = own.beyond(ever.iter().rev().copied());
    let is_first = known.is_empty();
    if !is_first && beyond.count() > MAX_NEW_PORTS && beyond.count() * 5 > ports.1 {
        refuse(
            &MORE_PORTS,
            "ports that no capture had",
            ports,
            beyond.count(),
        );
    }
    let sets = beyond.ports.values().flat_map(PortSet::ranges);
    let most = if is_first {
        MAX_FIRST_RANGE
    } else {
        MAX_NEW_RANGE
    };
    if let Some(widest) = sets.max_by_key(|range| range.count())
        && widest.count() > most
    {
        let limit = (ports.0, u64::from(most));
        refuse(
            &WIDE_RANGE,
            &widest.to_string(),
            limit,
            widest.count().into(),
        );
    }
    figures
}

/// How many of 1,000 rows have something in the column.
fn share(extent: &Extent, column: usize) -> u64 {
    (extent.filled[column] * 1000)
        .checked_div(extent.rows)
        .unwrap_or_default()
}

/// Whether fewer than 80 % are left.
pub(crate) const fn has_shrunk(before: u64, now: u64) -> bool {
    now * 5 < before * 4
}

/// That there are fewer rows than before.
pub(crate) fn rows(compared_with: &str, before: u64, now: u64) -> Figure {
    Figure {
        code: FEWER_ROWS.code.to_owned(),
        what: "rows".to_owned(),
        compared_with: compared_with.to_owned(),
        before,
        now,
    }
}

/// Whether a figure tells of a loss.
pub(crate) fn is_loss(figure: &Figure) -> bool {
    let losses = [&FEWER_ROWS, &FEWER_PORTS, &LOST_COLUMN];
    losses.iter().any(|rule| rule.code == figure.code)
}

/// A figure as a finding. `gone` says what the capture lacks, where rows are missing.
pub(crate) fn finding(source: &str, figure: &Figure, gone: &str) -> Finding {
    let Figure {
        what,
        compared_with,
        before,
        now,
        ..
    } = figure;
    let rule = RULES.iter().find(|rule| rule.code == figure.code);
    let rule = rule.copied().unwrap_or(&FEWER_ROWS);
    let message = match rule.code {
        "G004" if *now == 0 => {
            format!("no row has the {what} any more, {before} had it in {compared_with}")
        }
        "G004" if *now == 1 => {
            format!("1 row has the {what}, {before} had it in {compared_with}")
        }
        "G004" => format!("{now} rows have the {what}, {before} had it in {compared_with}"),
        "G005" => format!("{now} of {before} rows were rejected"),
        "G006" => format!("{now} ports that no capture before had; {compared_with} has {before}"),
        "G007" => format!("{what} is a range of {now} ports, none of them in a capture before"),
        "G002" => {
            let rows = if *now == 1 { "row" } else { "rows" };
            format!("{now} {rows}, {before} in {compared_with}{gone}")
        }
        _ if *now == 1 => {
            let one = what.trim_end_matches('s');
            format!("1 {one}, {before} in {compared_with}")
        }
        _ => format!("{now} {what}, {before} in {compared_with}"),
    };
    let mut finding = Finding::new(rule, source, 1, message).with([what]);
    finding.help = format!(
        "compare the capture with the page; if the change is real: appleports build --capture {source} --accept REASON; if not, remove sources/{source}"
    );
    finding
}
