//! `ports.csv` as Parquet: the same rows and columns, typed, for joins in big engines.
//!
//! Plain signed integers and strings, which every engine reads; lists are real lists.

use std::sync::Arc;

use appleports_model::{Dataset, RowFindings, Transport};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::rows::{Row, rows};

/// In the order of the columns of `ports.csv`; `optional` is NULL where that is empty.
const SCHEMA: &str = "message ports {
    required binary id (STRING);
    required int32 port_first;
    required int32 port_last;
    optional binary transport (STRING);
    optional binary service_name (STRING);
    optional binary title (STRING);
    required group rfcs (LIST) { repeated group list { required int32 element; } }
    optional binary registration (STRING);
    required boolean deprecated;
    optional binary used_by (STRING);
    required group products (LIST) { repeated group list { required binary element (STRING); } }
    optional binary note (STRING);
    required binary iana_status (STRING);
    required group iana_names (LIST) { repeated group list { required binary element (STRING); } }
    required binary source (STRING);
    required int32 line;
    optional binary confirmed (STRING);
    required group findings (LIST) { repeated group list { required binary element (STRING); } }
}";

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let rows = rows(dataset);
    // Writing to memory fails only if rows and schema disagree, which a test rules out.
    let findings = RowFindings::new(&dataset.findings);
    (
        file(&rows, &findings).unwrap_or_default(),
        Some(rows.len() as u64),
    )
}

fn file(rows: &[Row], findings: &RowFindings<'_>) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_created_by("appleports".to_owned())
        .build();
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let line = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    text(&mut group, rows, |(record, _)| &record.id)?;
    number(&mut group, rows, |(_, check)| check.ports.first().into())?;
    number(&mut group, rows, |(_, check)| check.ports.last().into())?;
    nullable(&mut group, rows, |(_, check)| {
        check.transport.map_or("", Transport::as_str)
    })?;
    nullable(&mut group, rows, |(record, check)| {
        record.name_at(check.ports.first())
    })?;
    nullable(&mut group, rows, |(record, _)| &record.title)?;
    let rfcs = |row: &Row| row.0.rfcs.iter().map(|rfc| line(*rfc)).collect();
    list::<Int32Type>(&mut group, rows, rfcs)?;
    nullable(&mut group, rows, |(record, _)| record.registration.as_str())?;
    let deprecated: Vec<bool> = rows.iter().map(|(record, _)| record.deprecated).collect();
    column::<BoolType>(&mut group, &deprecated, None, None)?;
    nullable(&mut group, rows, |(record, _)| &record.used_by)?;
    list::<ByteArrayType>(&mut group, rows, |(record, _)| bytes(&record.products))?;
    nullable(&mut group, rows, |(record, _)| &record.note)?;
    text(&mut group, rows, |(_, check)| check.iana_status.as_str())?;
    list::<ByteArrayType>(&mut group, rows, |(_, check)| bytes(&check.iana_names))?;
    text(&mut group, rows, |(record, _)| &record.provenance.source)?;
    number(&mut group, rows, |(record, _)| {
        line(record.provenance.line_first)
    })?;
    nullable(&mut group, rows, |(record, _)| &record.confirmed)?;
    list::<ByteArrayType>(&mut group, rows, |(record, check)| {
        let codes = findings.codes(&record.id, check);
        codes.into_iter().map(ByteArray::from).collect()
    })?;
    group.close()?;
    writer.into_inner()
}

type Group<'g> = SerializedRowGroupWriter<'g, Vec<u8>>;

fn column<T: parquet::data_type::DataType>(
    group: &mut Group,
    values: &[T::T],
    definitions: Option<&[i16]>,
    repetitions: Option<&[i16]>,
) -> Result<()> {
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<T>()
            .write_batch(values, definitions, repetitions)?;
        column.close()?;
    }
    Ok(())
}

fn number(group: &mut Group, rows: &[Row], value: impl Fn(&Row) -> i32) -> Result<()> {
    let values: Vec<i32> = rows.iter().map(value).collect();
    column::<Int32Type>(group, &values, None, None)
}

fn text<'d>(
    group: &mut Group,
    rows: &[Row<'d>],
    value: impl Fn(&Row<'d>) -> &'d str,
) -> Result<()> {
    let values: Vec<ByteArray> = rows.iter().map(|row| ByteArray::from(value(row))).collect();
    column::<ByteArrayType>(group, &values, None, None)
}

/// An empty text is NULL.
fn nullable<'d>(
    group: &mut Group,
    rows: &[Row<'d>],
    value: impl Fn(&Row<'d>) -> &'d str,
) -> Result<()> {
    let texts: Vec<&str> = rows.iter().map(value).collect();
    let definitions: Vec<i16> = texts
        .iter()
        .map(|text| i16::from(!text.is_empty()))
        .collect();
    let values: Vec<ByteArray> = texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(ByteArray::from)
        .collect();
    column::<ByteArrayType>(group, &values, Some(&definitions), None)
}

/// A list for each row; one without items has a single entry at definition level 0.
fn list<T: parquet::data_type::DataType>(
    group: &mut Group,
    rows: &[Row],
    items: impl Fn(&Row) -> Vec<T::T>,
) -> Result<()> {
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let items = items(row);
        for at in 0..items.len().max(1) {
            definitions.push(i16::from(!items.is_empty()));
            repetitions.push(i16::from(at > 0));
        }
        values.extend(items);
    }
    column::<T>(group, &values, Some(&definitions), Some(&repetitions))
}

fn bytes(texts: &[String]) -> Vec<ByteArray> {
    texts
        .iter()
        .map(|text| ByteArray::from(text.as_str()))
        .collect()
}
