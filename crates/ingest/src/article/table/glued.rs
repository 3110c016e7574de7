//! Numbers that may have a footnote mark glued to them: `1231` for 123 with mark 1.

use appleports_model::{Column, Finding, Quoted, RawTable, Rejected, message};

use super::draft::of_row;
use crate::article::rules;

/// The first number in a text.
pub(crate) fn first_number(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .take(7)
        .collect();
    digits.parse().ok()
}

/// Of so many rows, one may stand out of order by a mark; where more do, the table has none.
const MIN_OTHERS: usize = 4;

/// Which ports stand out of an order that all others keep, and would stand in it without
/// their last digits. Where the others have no order, nothing stands out of it.
fn glued(ports: &[Option<u32>]) -> Vec<bool> {
    let mut lowest_after = vec![u32::MAX; ports.len()];
    let mut lowest = u32::MAX;
    for (at, port) in ports.iter().enumerate().rev() {
        lowest_after[at] = lowest;
        lowest = lowest.min(port.unwrap_or(u32::MAX));
    }
    let is_out = |at: usize| ports[at].is_some_and(|port| port > lowest_after[at]);
    let out: Vec<bool> = (0..ports.len()).map(is_out).collect();
    let mended = |at: usize| Some(if out[at] { ports[at]? / 10 } else { ports[at]? });
    let in_order = (0..ports.len()).filter_map(mended).is_sorted();
    let has_zero = (0..ports.len()).any(|at| mended(at) == Some(0) && out[at]);
    let count = out.iter().filter(|out| **out).count();
    if in_order && !has_zero && count * MIN_OTHERS <= out.len() {
        out
    } else {
        vec![false; ports.len()]
    }
}

/// Rejects rows whose port breaks an order that the other rows keep, and would not without
/// its last digit, and reports RFC numbers of five digits.
pub(crate) fn check(table: &mut RawTable) {
    let ports: Vec<Option<u32>> = table
        .rows
        .iter()
        .map(|row| first_number(row.text(Column::Port)))
        .collect();
    let glued = glued(&ports);
    let mut at = 0;
    let (rejected, findings, source) = (&mut table.rejected, &mut table.findings, &table.source);
    table.rows.retain(|row| {
        let drop = glued[at];
        at += 1;
        if drop {
            let port = row.text(Column::Port);
            let why = message!("the port is out of order, and would be in order without its last digit, which may be the mark of a footnote");
            let message = of_row(port, why);
            rejected.push(Rejected {
                place: row.place,
                port: port.to_owned(),
                reason: message.text.clone(),
            });
            findings.push(Finding::new(&rules::GLUED_DIGIT, source, row.place, message));
        }
        !drop
    });
    for row in &table.rows {
        let rfc = row.text(Column::Rfc);
        if rfc
            .split(|c: char| !c.is_ascii_digit())
            .any(|number| number.len() >= 5)
        {
            let message = message!(
                "`{}` may be an RFC number with a footnote mark glued to it",
                Quoted(rfc)
            );
            findings.push(Finding::new(
                &rules::LONG_RFC,
                source,
                row.place(Column::Rfc),
                of_row(row.text(Column::Port), message),
            ));
        }
    }
}
