//! The guards: a source that shrank is not an update, nor is one that opens far more.

mod columns;
mod extent;
mod figure;
mod rules;

use appleports_model::{Finding, PortSet, Rule, Totals, Transport};
use appleports_store::Figure;

pub(crate) use columns::lost_column;
pub(crate) use extent::Extent;
use figure::{ENTRIES, SAME_ROWS};
pub(crate) use figure::{finding, is_loss};
pub(crate) use rules::RULES;
use rules::{FEWER_PORTS, FEWER_ROWS, MANY_REJECTED, MORE_PORTS, NO_TABLE, WIDE_RANGE};

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
    /// Whether its products are in the same language: of others, fewer names may be known.
    pub(crate) is_same_language: bool,
}

/// The captures before the one in question, of any locale; of those before a person last accepted a
/// loss, the dynamic ports.
pub(crate) struct Before<'c> {
    pub(crate) ever: Vec<&'c Extent>,
    /// Those whose ports are no news: the first, and those that a person accepted. What others
    /// brought since adds up.
    pub(crate) settled: Vec<&'c Extent>,
    /// The last of these, of whose ports a fifth may be added.
    pub(crate) measure: Option<(&'c str, &'c Extent)>,
}

/// What the guards have against a capture of this extent; nothing if all is well. `known` are the
/// captures before it since a person last accepted a loss: each figure is compared with the
/// largest of theirs, so that small steps add up. A port is new only if no capture since then, in any
/// locale, has it; for their number, only the `settled` ones count, and the last of them is the
/// measure.
pub(crate) fn figures(
    totals: &Totals,
    new: &Extent,
    known: &[Known<'_>],
    before: &Before<'_>,
) -> Vec<Figure> {
    let mut figures: Vec<Figure> = rejected(totals).into_iter().collect();
    figures.extend(losses(new, known));
    figures.extend(columns::lost(new, known));
    figures.extend(columns::lost_products(new, known));
    let gained = before
        .measure
        .and_then(|measure| gains(new, measure, &before.settled));
    figures.extend(gained.map(|(count, id, most)| {
        figure(&MORE_PORTS, "ports that no capture had", (id, most), count)
    }));
    let beyond = new.beyond(before.ever.iter().rev().copied());
    if known.is_empty() {
        figures.extend(first_ports(&beyond));
    }
    figures.extend(widest(&beyond, known));
    figures
}

fn figure(rule: &Rule, what: &str, (id, before): (&str, u64), now: u64) -> Figure {
    Figure {
        code: rule.code.to_owned(),
        what: what.to_owned(),
        compared_with: id.to_owned(),
        before,
        now,
    }
}

/// The capture with the most, and how many.
fn largest<'c>(known: &[Known<'c>], count: impl Fn(&Extent) -> u64) -> (&'c str, u64) {
    let counts = known.iter().map(|known| (known.id, count(known.extent)));
    counts.max_by_key(|(_, count)| *count).unwrap_or_default()
}

/// That many rows could not be read.
fn rejected(totals: &Totals) -> Option<Figure> {
    let (read, rejected) = (u64::from(totals.rows_read), u64::from(totals.rows_rejected));
    (rejected * 20 > read).then(|| figure(&MANY_REJECTED, "rows rejected", ("", read), rejected))
}

/// That rows or ports have gone: of all ports, of those below the dynamic ones, or of the ranges.
fn losses(new: &Extent, known: &[Known<'_>]) -> Vec<Figure> {
    let mut figures = Vec::new();
    let rows = largest(known, |extent| extent.rows);
    if has_shrunk(rows.1, new.rows) {
        figures.push(figure(&FEWER_ROWS, "rows", rows, new.rows));
    }
    let ports = largest(known, Extent::count);
    let assignable = largest(known, Extent::assignable);
    if has_shrunk(ports.1, new.count()) {
        figures.push(figure(&FEWER_PORTS, "ports", ports, new.count()));
    } else if has_shrunk(assignable.1, new.assignable()) {
        let what = "ports below 49152";
        figures.push(figure(&FEWER_PORTS, what, assignable, new.assignable()));
    } else if let Some((id, entries, kept)) = least_kept(new, known) {
        figures.push(figure(&FEWER_PORTS, ENTRIES, (id, entries), kept));
    }
    figures
}

/// The transports with more ports than a first capture may have.
fn first_ports(beyond: &Extent) -> Vec<Figure> {
    let counts = beyond.ports.iter().map(|(transport, ports)| {
        let transport = transport.map_or("no transport", Transport::as_str);
        (transport, u64::from(ports.count()))
    });
    let too_many = counts.filter(|(_, count)| *count > MAX_FIRST_PORTS);
    let limit = ("", MAX_FIRST_PORTS);
    too_many
        .map(|(transport, count)| figure(&MORE_PORTS, transport, limit, count))
        .collect()
}

/// The most new ports in a row, where these are more than a capture may bring.
fn widest(new: &Extent, known: &[Known<'_>]) -> Option<Figure> {
    let most = if known.is_empty() {
        MAX_FIRST_RANGE
    } else {
        MAX_NEW_RANGE
    };
    let ranges = new.ports.values().flat_map(PortSet::ranges);
    let widest = ranges.max_by_key(|range| range.count())?;
    let (id, _) = largest(known, Extent::count);
    (widest.count() > most).then(|| {
        let limit = (id, u64::from(most));
        figure(
            &WIDE_RANGE,
            &widest.to_string(),
            limit,
            widest.count().into(),
        )
    })
}

/// How many ports are not among the `settled`, where these are more than a fifth of those of
/// `measure`, with that one and its number: of the ports below the dynamic ones, or else of all.
pub(crate) fn gains<'c>(
    new: &Extent,
    (id, measure): (&'c str, &Extent),
    settled: &[&Extent],
) -> Option<(u64, &'c str, u64)> {
    let gained = new.beyond(settled.iter().rev().copied());
    let counts: [fn(&Extent) -> u64; 2] = [Extent::assignable, Extent::count];
    counts.into_iter().find_map(|count| {
        let (most, gained) = (count(measure), count(&gained));
        (gained > MAX_NEW_PORTS && gained * 5 > most).then_some((gained, id, most))
    })
}

/// The capture of which the fewest ports and ranges are still there, if these are fewer than 80 %,
/// with how many it has and how many are left. Ranges count once, so that a wide one cannot hide
/// that all others were lost. The newest is asked, and the oldest, so that small steps add up; all
/// of them would take the square of their number.
fn least_kept<'c>(new: &Extent, known: &[Known<'c>]) -> Option<(&'c str, u64, u64)> {
    let asked = known.first().into_iter().chain(known.last());
    let kept = asked.map(|known| {
        let entries = known.extent.entries.len() as u64;
        (known.id, entries, new.kept(known.extent))
    });
    kept.filter(|(_, entries, kept)| has_shrunk(*entries, *kept))
        .min_by_key(|(_, entries, kept)| kept * 1000 / entries)
}

/// Whether fewer than 80 % are left.
pub(crate) const fn has_shrunk(before: u64, now: u64) -> bool {
    now * 5 < before * 4
}

/// That fewer than 80 % of the rows that were there are still the same.
pub(crate) fn same_rows(compared_with: &str, before: u64, kept: u64) -> Option<Figure> {
    let is_lost = has_shrunk(before, kept);
    is_lost.then(|| figure(&FEWER_ROWS, SAME_ROWS, (compared_with, before), kept))
}

/// That there are fewer rows than before.
pub(crate) fn rows(compared_with: &str, before: u64, now: u64) -> Figure {
    figure(&FEWER_ROWS, "rows", (compared_with, before), now)
}
