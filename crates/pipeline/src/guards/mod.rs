//! The guards: a source that shrank is not an update, nor is one that opens far more.

mod extent;
mod figure;
mod rules;

use appleports_model::{Finding, PortSet, Rule, Totals, Transport};
use appleports_store::Figure;

use extent::COLUMNS;
pub(crate) use extent::Extent;
pub(crate) use figure::{ENTRIES, finding, is_loss};
pub(crate) use rules::RULES;
use rules::{
    FEWER_PORTS, FEWER_ROWS, LOST_COLUMN, MANY_REJECTED, MORE_PORTS, NO_TABLE, WIDE_RANGE,
};

/// The widest range that needs no precedent, in ports.
const MAX_NEW_RANGE: u32 = 4_096;

/// The widest range of a first capture, which can have no precedent: the dynamic ports, 49152 to
/// 65535, are the widest that the article has ever had.
const MAX_FIRST_RANGE: u32 = 16_384;

/// The most ports of a transport in a first capture: half of all. The captures of the article have
/// 16,000 to 20,000, most of them the dynamic ports.
const MAX_FIRST_PORTS: u64 = 32_768;

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

/// The captures before the one in question, of any locale.
pub(crate) struct Before<'c> {
    pub(crate) ever: Vec<&'c Extent>,
    /// Those whose ports are no news: the first, and those that a person accepted. What others
    /// brought since adds up.
    pub(crate) settled: Vec<&'c Extent>,
}

/// What the guards have against a capture of this extent; nothing if all is well. `known` are the
/// captures before it since a person last accepted a loss: each figure is compared with the
/// largest of theirs, so that small steps add up. A port is new only if no capture before it, in any
/// locale, has it; for their number, only the `settled` ones count.
pub(crate) fn figures(
    totals: &Totals,
    own: &Extent,
    known: &[Known<'_>],
    before: &Before<'_>,
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
    let assignable = most(&Extent::assignable);
    if has_shrunk(ports.1, own.count()) {
        refuse(&FEWER_PORTS, "ports", ports, own.count());
    } else if has_shrunk(assignable.1, own.assignable()) {
        refuse(
            &FEWER_PORTS,
            "ports below 49152",
            assignable,
            own.assignable(),
        );
    } else if let Some((id, entries, kept)) = least_kept(own, known) {
        refuse(&FEWER_PORTS, ENTRIES, (id, entries), kept);
    }
    for (at, column) in COLUMNS.into_iter().enumerate() {
        let before = most(&|extent| share(extent, at));
        // A fifth of the share that the column had: rows that came or left are no reason.
        if share(own, at) * 5 < before.1 {
            let before = most(&|extent| extent.filled[at]);
            refuse(&LOST_COLUMN, column, before, own.filled[at]);
        }
    }
    let is_first = known.is_empty();
    if let Some((count, compared_with, most)) = gains(own, known, &before.settled) {
        refuse(
            &MORE_PORTS,
            "ports that no capture had",
            (compared_with, most),
            count,
        );
    }
    let beyond = own.beyond(before.ever.iter().rev().copied());
    for (transport, ports) in beyond.ports.iter().filter(|_| is_first) {
        let count = u64::from(ports.count());
        if count > MAX_FIRST_PORTS {
            let transport = transport.map_or("no transport", Transport::as_str);
            refuse(&MORE_PORTS, transport, ("", MAX_FIRST_PORTS), count);
        }
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

/// How many ports are not among the `settled`, where these are more than a fifth of the largest of
/// `known`, with that one and its number: of the ports below the dynamic ones, or else of all.
pub(crate) fn gains<'c>(
    own: &Extent,
    known: &[Known<'c>],
    settled: &[&Extent],
) -> Option<(u64, &'c str, u64)> {
    let gained = own.beyond(settled.iter().rev().copied());
    let counts: [fn(&Extent) -> u64; 2] = [Extent::assignable, Extent::count];
    counts.into_iter().find_map(|count| {
        let largest = known.iter().map(|own| (own.id, count(own.extent)));
        let (id, most) = largest.max_by_key(|(_, count)| *count)?;
        let gained = count(&gained);
        (gained > MAX_NEW_PORTS && gained * 5 > most).then_some((gained, id, most))
    })
}

/// The capture of which the fewest ports and ranges are still there, if these are fewer than 80 %,
/// with how many it has and how many are left. Ranges count once, so that a wide one cannot hide
/// that all others were lost. The newest is asked, and the oldest, so that small steps add up; all
/// of them would take the square of their number.
fn least_kept<'c>(own: &Extent, known: &[Known<'c>]) -> Option<(&'c str, u64, u64)> {
    let asked = known.first().into_iter().chain(known.last());
    let kept = asked.map(|known| {
        let entries = known.extent.entries.len() as u64;
        (known.id, entries, own.kept(known.extent))
    });
    kept.filter(|(_, entries, kept)| has_shrunk(*entries, *kept))
        .min_by_key(|(_, entries, kept)| kept * 1000 / entries)
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
