//! `ports.csv`: one row per record, port range and transport.

use appleports_model::{Dataset, RowFindings};

use crate::columns::COLUMNS;
use crate::rows::rows;

/// UTF-8, LF, RFC 4180 quoting, in the order of [`rows`].
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let rows = rows(dataset);
    let findings = RowFindings::new(&dataset.findings);
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS.iter().map(|column| column.name));
    for row in &rows {
        let cells = COLUMNS.iter().map(|column| column.text(row, &findings));
        let _ = writer.write_record(cells);
    }
    (
        writer.into_inner().unwrap_or_default(),
        Some(rows.len() as u64),
    )
}
