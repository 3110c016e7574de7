//! Columns of a delimited file beyond the article's six: `Confirmed`, and those that
//! nobody knows.

use std::collections::BTreeSet;

use appleports_model::{Column, Finding, Quoted, fold, message};

use crate::article::document::Document;
use crate::article::rules;
use crate::article::table::columns;
use crate::article::table::grid_row::GridRow;
use crate::article::table::shape::is_port_text;

/// The heading of the column of confirmations.
const CONFIRMED: &str = "confirmed";

/// The article's own headings in English, folded, column by column.
const HEADINGS: [&[&str]; 6] = [
    &["port", "port number"],
    &["tcp or udp", "type", "protocol"],
    &[
        "service or protocol name",
        "protocol or service name",
        "description",
    ],
    &["rfc", "rfc number"],
    &["service name", "service"],
    &[
        "used by",
        "used by/additional information",
        "used by / additional information",
    ],
];

/// The most columns that a file may have.
const MAX_COLUMNS: usize = 16;

/// Takes the further columns out of `rows`, of which the first is the heading, and reports
/// those that nobody knows. Rows that have not as many cells as the heading are marked: which
/// of their cells is which cannot be told. Nothing is done without a heading, and where the
/// article's columns cannot be told from the further ones.
pub(super) fn take_out(document: &Document<'_>, rows: &mut [GridRow]) -> Vec<Finding> {
    let Some((heading, body)) = rows.split_first_mut() else {
        return Vec::new();
    };
    let names: Vec<String> = heading.cells.iter().map(|cell| fold(&cell.text)).collect();
    let confirmed = names.iter().position(|name| name == CONFIRMED);
    let width = names.len();
    let further = width - usize::from(confirmed.is_some());
    let has_heading = !heading
        .cells
        .first()
        .is_none_or(|cell| is_port_text(&cell.text));
    let is_usual = confirmed.is_none() && further <= Column::ALL.len();
    if !has_heading || is_usual || width > MAX_COLUMNS {
        return Vec::new();
    }
    let others: Vec<usize> = (0..width).filter(|at| Some(*at) != confirmed).collect();
    let Some(columns) = article_columns(&names, &others, body) else {
        return Vec::new();
    };
    let unknown: Vec<usize> = others
        .into_iter()
        .filter(|at| !columns.contains(at))
        .collect();
    let findings = unknown.iter().map(|at| {
        let cell = &heading.cells[*at];
        let message = message!(
            "column {}, `{}`, is not a column of the article; its cells are kept in the provenance only",
            at + 1,
            Quoted(&cell.text)
        );
        Finding::new(&rules::FURTHER_COLUMN, document.source, cell.place, message)
    });
    let findings = findings.collect();
    narrow(heading, &columns, None);
    for row in body {
        let filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
        if filled.count() < 2 {
            continue;
        }
        while row.cells.len() > width && row.cells.last().is_some_and(|cell| cell.text.is_empty()) {
            row.cells.pop();
        }
        if row.cells.len() == width {
            narrow(row, &columns, confirmed);
        } else if row.problem.is_none() {
            let why = message!(
                "the row has {} cells, its heading has {}",
                row.cells.len(),
                width
            );
            row.problem = Some((&rules::UNALIGNED_ROW, why));
        }
    }
    findings
}

/// Leaves the cells at `columns`, and notes the others.
fn narrow(row: &mut GridRow, columns: &BTreeSet<usize>, confirmed: Option<usize>) {
    row.captured = row.cells.iter().map(|cell| cell.text.clone()).collect();
    let cells = std::mem::take(&mut row.cells);
    for (at, cell) in cells.into_iter().enumerate() {
        if columns.contains(&at) {
            row.cells.push(cell);
        } else if Some(at) == confirmed {
            row.confirmed = Some(cell);
        }
    }
}

/// Which of the columns `others` are the article's: those that have its headings, else the
/// first ones, else the only ones whose cells agree with them.
fn article_columns(
    names: &[String],
    others: &[usize],
    body: &[GridRow],
) -> Option<BTreeSet<usize>> {
    let wanted = others.len().min(Column::ALL.len());
    let agrees = |choice: &BTreeSet<usize>| {
        let full = body.iter().filter(|row| row.cells.len() == names.len());
        let texts = full.map(|row| choice.iter().map(|at| row.cells[*at].text.trim()));
        columns::vote(wanted, texts).is_some()
    };
    let by_heading: BTreeSet<usize> = HEADINGS
        .iter()
        .filter_map(|known| names.iter().position(|name| known.contains(&name.as_str())))
        .collect();
    let first: BTreeSet<usize> = others.iter().take(wanted).copied().collect();
    if let Some(choice) = [by_heading, first]
        .into_iter()
        .find(|choice| choice.len() == wanted && agrees(choice))
    {
        return Some(choice);
    }
    let left_out = others.len() - wanted;
    if left_out != 1 {
        return None;
    }
    let mut agreeing = others.iter().filter_map(|without| {
        let choice: BTreeSet<usize> = others.iter().filter(|at| *at != without).copied().collect();
        agrees(&choice).then_some(choice)
    });
    agreeing.next().filter(|_| agreeing.next().is_none())
}

#[cfg(test)]
mod tests {
    use appleports_model::RawCell;

    use super::*;

    fn table(text: &str) -> (Vec<Vec<String>>, Vec<Option<String>>, Vec<String>) {
        let document = Document::new("s", "p", text.as_bytes()).unwrap();
        let cut = |line: &str| GridRow {
            cells: line
                .split(';')
                .map(|text| RawCell {
                    text: text.to_owned(),
                    place: 1.into(),
                })
                .collect(),
            ..GridRow::default()
        };
        let mut rows: Vec<GridRow> = text.lines().map(cut).collect();
        let findings = take_out(&document, &mut rows);
        let text = |cell: &RawCell| cell.text.clone();
        let problems = rows.iter().filter_map(|row| row.problem.clone());
        (
            rows.iter()
                .map(|row| row.cells.iter().map(text).collect())
                .collect(),
            rows.iter()
                .map(|row| row.confirmed.as_ref().map(text))
                .collect(),
            findings
                .into_iter()
                .map(|finding| finding.message)
                .chain(problems.map(|(_, why)| why.text))
                .collect(),
        )
    }

    #[test]
    fn a_confirmation_stands_in_any_column() {
        for text in [
            "Port;Type;Title;RFC;Name;Used by;Confirmed\n80;TCP;Web;2616;http;Safari;2024",
            "Port;Confirmed;Type;Title;RFC;Name;Used by\n80;2024;TCP;Web;2616;http;Safari",
        ] {
            let (rows, confirmed, findings) = table(text);
            assert_eq!(rows[1], ["80", "TCP", "Web", "2616", "http", "Safari"]);
            assert_eq!(confirmed, [None, Some("2024".to_owned())]);
            assert_eq!(findings, Vec::<String>::new());
        }
    }

    #[test]
    fn an_unknown_column_is_reported() {
        let (rows, _, findings) =
            table("Port;Type;Title;RFC;Name;Used by;Remark\n80;TCP;Web;2616;http;Safari;old");
        assert_eq!(rows[1].last().map(String::as_str), Some("Safari"));
        assert!(findings[0].starts_with("column 7, `Remark`, is not a column"));
        let (rows, _, findings) = table(
            "Port;TCP or UDP;Remark;Service or protocol name;RFC;Service name;Used by\n80;TCP;old;Web;2616;http;Safari",
        );
        assert_eq!(rows[1], ["80", "TCP", "Web", "2616", "http", "Safari"]);
        assert!(findings[0].starts_with("column 3, `Remark`, is not a column"));
        let (rows, _, _) =
            table("#;Port;Type;Title;RFC;Name;Used by\nrow;80;TCP;Web;2616;http;Safari");
        assert_eq!(rows[1].first().map(String::as_str), Some("80"));
    }

    #[test]
    fn a_row_of_another_width_is_marked() {
        let (rows, _, findings) = table(
            "Port;Type;Title;RFC;Name;Used by;Confirmed\n80;TCP;Web;2616;http;Safari;2024\n81;TCP;Web;http;Safari;2024",
        );
        assert_eq!(rows[2].len(), 6);
        assert_eq!(findings, ["the row has 6 cells, its heading has 7"]);
    }
}
