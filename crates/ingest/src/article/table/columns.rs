//! Finds out which column is which, by their order, their number and their contents.
//!
//! The words of the heading are no help: they are of any language, and in some
//! of these two columns have the same. But the columns have kept their order in
//! all years, ports come first, and three columns have contents of their own.
//! So every set of columns is tried, and exactly one must agree with the cells.

use appleports_model::{Column, has_blank_text};

use crate::article::table::shape::{is_name_cell, is_numbers, is_port_text, is_transport_cell};

/// What stands in one column.
#[derive(Clone, Copy, Default)]
struct Tally {
    filled: usize,
    ports: usize,
    transports: usize,
    rfcs: usize,
    names: usize,
}

/// The fewest and the most columns that the table has had.
pub(crate) const WIDTHS: std::ops::RangeInclusive<usize> = 4..=6;

/// The sets of columns that an edition can have: some lack transport, RFC or service name.
const COLUMN_SETS: [&[Column]; 7] = {
    use Column::{Port, Rfc, ServiceName, Title, Transport, UsedBy};
    [
        &[Port, Transport, Title, Rfc, ServiceName, UsedBy],
        &[Port, Title, Rfc, ServiceName, UsedBy],
        &[Port, Transport, Title, ServiceName, UsedBy],
        &[Port, Transport, Title, Rfc, UsedBy],
        &[Port, Title, ServiceName, UsedBy],
        &[Port, Title, Rfc, UsedBy],
        &[Port, Transport, Title, UsedBy],
    ]
};

/// The columns of a table of `width` columns with these rows; `None` where the
/// cells agree with no set of columns, or with more than one.
pub(crate) fn vote<'t, R>(width: usize, rows: impl Iterator<Item = R>) -> Option<Vec<Column>>
where
    R: Iterator<Item = &'t str>,
{
    let mut tallies = vec![Tally::default(); width];
    let mut total = 0;
    for row in rows {
        total += 1;
        for (tally, text) in tallies.iter_mut().zip(row) {
            count(tally, text);
        }
    }
    if total == 0 || !WIDTHS.contains(&width) || tallies[0].ports * 10 < total * 6 {
        return None;
    }
    let mut agreeing = COLUMN_SETS
        .iter()
        .filter(|columns| columns.len() == width && agrees(columns, &tallies));
    let found = agreeing.next()?;
    agreeing.next().is_none().then(|| found.to_vec())
}

fn count(tally: &mut Tally, text: &str) {
    if has_blank_text(text) {
        return;
    }
    tally.filled += 1;
    tally.ports += usize::from(is_port_text(text));
    tally.transports += usize::from(is_transport_cell(text));
    tally.rfcs += usize::from(is_numbers(text, 5));
    tally.names += usize::from(is_name_cell(text));
}

fn agrees(columns: &[Column], tallies: &[Tally]) -> bool {
    let all_there = columns.len() == Column::ALL.len();
    columns.iter().zip(tallies).all(|(column, tally)| {
        let most = |fitting: usize| fitting * 10 >= tally.filled * 6;
        let few = |fitting: usize| fitting * 2 <= tally.filled;
        // An empty column agrees with anything, so it proves nothing where columns are left out.
        let proves = all_there || tally.filled > 0;
        match column {
            Column::Port => true,
            Column::Transport => proves && most(tally.transports),
            Column::Rfc => proves && most(tally.rfcs),
            Column::ServiceName => proves && most(tally.names),
            Column::Title => few(tally.rfcs.max(tally.transports)),
            Column::UsedBy => {
                few(tally
                    .rfcs
                    .max(tally.transports)
                    .max(if all_there { 0 } else { tally.names }))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use appleports_model::joined;

    use super::*;

    fn voted(rows: &[&[&str]]) -> Option<String> {
        let columns = vote(rows[0].len(), rows.iter().map(|row| row.iter().copied()))?;
        Some(joined(columns.iter().map(|column| column.as_str()), " "))
    }

    #[test]
    fn each_era_is_known_by_its_cells() {
        assert_eq!(
            voted(&[
                &["7", "TCP", "echo", "792", "echo", "-"],
                &[
                    "53",
                    "TCP, UDP",
                    "Domain Name System",
                    "1034",
                    "domain",
                    "MacDNS"
                ],
            ]),
            Some("port transport title rfc service_name used_by".into())
        );
        assert_eq!(
            voted(&[
                &["7", "TCP", "echo", "792", "-"],
                &["53", "UDP", "Domain Name System", "1034", "MacDNS"],
            ]),
            Some("port transport title rfc used_by".into())
        );
        assert_eq!(
            voted(&[
                &["7", "Echo service", "792", "-"],
                &["53", "Domain Name System", "1034", "MacDNS"],
            ]),
            Some("port title rfc used_by".into())
        );
    }

    #[test]
    fn cells_that_do_not_agree_are_refused() {
        assert_eq!(voted(&[&["echo", "TCP", "7", "792", "echo", "-"]]), None);
        assert_eq!(voted(&[&["7", "TCP", "Echo", "echo", "792", "-"]]), None);
        assert_eq!(voted(&[&["7", "-", "Echo", "-", "-"]]), None);
        assert_eq!(voted(&[&["7", "TCP", "Echo"]]), None);
    }
}
