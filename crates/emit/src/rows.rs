//! The rows of `ports.csv`, for the formats that have the same.

use appleports_model::{CrossCheck, Dataset, Record, Transport};

/// A record with the verdict on one range and transport of it.
pub(crate) type Row<'d> = (&'d Record, &'d CrossCheck);

/// All rows, by first port, last port, transport, id.
pub(crate) fn rows(dataset: &Dataset) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = dataset
        .records
        .iter()
        .flat_map(|record| record.cross_check.iter().map(move |check| (record, check)))
        .collect();
    rows.sort_by_key(|(record, check)| {
        let transport = check.transport.map_or("", Transport::as_str);
        (
            check.ports.first(),
            check.ports.last(),
            transport,
            &record.id,
        )
    });
    rows
}
