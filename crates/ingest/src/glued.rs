//! Numbers that may have the mark of a footnote glued on: `1231` for 123 with mark 1.

use appleports_model::{Column, Finding, RawTable, Rejected};

use crate::rules;

fn first_number(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .take(7)
        .collect();
    digits.parse().ok()
}

/// Rejects rows whose port breaks the ascending order and would not without its
/// last digit, and reports RFC numbers of five digits.
pub(crate) fn check(table: &mut RawTable) {
    let ports: Vec<Option<u32>> = table
        .rows
        .iter()
        .map(|row| first_number(row.text(Column::Port)))
        .collect();
    let is_glued = |at: usize| -> bool {
        let before = at.checked_sub(1).map_or(Some(0), |at| ports[at]);
        let after = ports.get(at + 1).copied().flatten();
        match (before, ports[at], after) {
            (Some(before), Some(port), Some(after)) => {
                let without = port / 10;
                port > after && without > 0 && before <= without && without <= after
            }
            _ => false,
        }
    };
    let glued: Vec<bool> = (0..ports.len()).map(is_glued).collect();
    let mut at = 0;
    let (rejected, findings, source) = (&mut table.rejected, &mut table.findings, &table.source);
    table.rows.retain(|row| {
        let drop = glued[at];
        at += 1;
        if drop {
            let port = row.text(Column::Port);
            let reason = format!(
                "row of port {port}: the port is out of order, and would be in order without its last digit, which may be the mark of a footnote"
            );
            findings.push(Finding::new(&rules::GLUED_DIGIT, source, row.line_first, reason.clone()));
            rejected.push(Rejected { line: row.line_first, reason });
        }
        !drop
    });
    for row in &table.rows {
        let rfc = row.text(Column::Rfc);
        if rfc
            .split(|c: char| !c.is_ascii_digit())
            .any(|number| number.len() >= 5)
        {
            let message = format!(
                "row of port {}: `{rfc}` may be an RFC number with the mark of a footnote glued on",
                row.text(Column::Port)
            );
            findings.push(Finding::new(
                &rules::LONG_RFC,
                source,
                row.line(Column::Rfc),
                message,
            ));
        }
    }
}
