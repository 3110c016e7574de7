//! Rows for single ports, for tables in which a program looks a port up.

use appleports_model::{CrossCheck, Dataset, PortRange, Record};
use thiserror::Error;

/// Far more than any article needs: a hostile one could ask for terabytes.
const MAX_BYTES: u64 = 256 << 20;

/// There would be too much to write.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("--expand: single ports would take over {} MiB; choose fewer rows", MAX_BYTES >> 20)]
pub struct TooLong;

/// The dataset with a row for each port of each range. All else is that of the whole row,
/// also the registry's verdict, which is about the first port.
///
/// # Errors
/// The rows would be too long to write.
pub fn expanded(dataset: &Dataset) -> Result<Dataset, TooLong> {
    let bytes: u64 = dataset.records.iter().map(bytes_of).sum();
    if bytes > MAX_BYTES {
        return Err(TooLong);
    }
    let mut dataset = dataset.clone();
    for record in &mut dataset.records {
        let rows = std::mem::take(&mut record.cross_check);
        let of_row = |row: CrossCheck| {
            let ports = row.ports.first()..=row.ports.last();
            ports.map(move |port| CrossCheck {
                ports: PortRange::single(port),
                ..row.clone()
            })
        };
        record.cross_check = rows.into_iter().flat_map(of_row).collect();
    }
    Ok(dataset)
}

/// About how long a record's rows are, one a port.
fn bytes_of(record: &Record) -> u64 {
    let texts = [
        &record.id,
        &record.service_name,
        &record.title,
        &record.used_by,
        &record.note,
    ];
    let lists = record.products.iter().map(String::len).sum::<usize>();
    let length = texts.map(String::len).iter().sum::<usize>() + lists + 64;
    let rows = record.cross_check.iter().map(|row| {
        let names = row.iana_names.iter().map(String::len).sum::<usize>();
        u64::from(row.ports.count()) * (length + names) as u64
    });
    rows.sum()
}
