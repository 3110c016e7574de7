//! `ports.csv` as Parquet: the same rows and columns, typed, for joins in big engines.
//!
//! Plain signed integers and strings, which every engine reads; lists are real lists.

use std::sync::Arc;

use appleports_model::{Dataset, RowFindings, joined};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int32Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::columns::{COLUMNS, Column, Kind, Value};
use crate::rows::{Row, rows};

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let rows = rows(dataset);
    // Writing to memory fails only if rows and schema disagree, which a test rules out.
    let findings = RowFindings::new(&dataset.findings);
    (
        file(&rows, &findings).unwrap_or_default(),
        Some(rows.len() as u64),
    )
}

/// The columns with their types; `optional` is NULL where the text is empty.
fn schema() -> String {
    let columns = COLUMNS.iter().map(|column| {
        let name = column.name;
        let repetition = if column.required {
            "required"
        } else {
            "optional"
        };
        match column.kind {
            Kind::Text | Kind::Choice(_) => format!("{repetition} binary {name} (STRING);"),
            Kind::Number(_) => format!("required int32 {name};"),
            Kind::Flag => format!("required boolean {name};"),
            Kind::Numbers => list_type(name, "int32 element"),
            Kind::Texts(_) => list_type(name, "binary element (STRING)"),
        }
    });
    format!("message ports {{ {} }}", joined(columns, " "))
}

fn list_type(name: &str, element: &str) -> String {
    format!("required group {name} (LIST) {{ repeated group list {{ required {element}; }} }}")
}

fn file(rows: &[Row], findings: &RowFindings<'_>) -> Result<Vec<u8>> {
    let properties = WriterProperties::builder()
        .set_created_by("appleports".to_owned())
        .build();
    let schema = Arc::new(parse_message_type(&schema())?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in COLUMNS {
        let values = rows.iter().map(|row| (column.value)(row, findings));
        write_column(&mut group, column, values.collect())?;
    }
    group.close()?;
    writer.into_inner()
}

/// Writes the values of a column, which are all of its kind.
fn write_column(group: &mut Group, column: &Column, values: Vec<Value<'_>>) -> Result<()> {
    match column.kind {
        Kind::Text | Kind::Choice(_) => {
            let texts = values.iter().map(|value| match value {
                Value::Text(text) => *text,
                _ => "",
            });
            let texts: Vec<&str> = texts.collect();
            if column.required {
                let texts: Vec<ByteArray> = texts.into_iter().map(ByteArray::from).collect();
                physical::<ByteArrayType>(group, &texts, None, None)
            } else {
                nullable(group, &texts)
            }
        }
        Kind::Number(_) => {
            let numbers = values.iter().map(|value| match value {
                Value::Number(number) => signed(*number),
                _ => 0,
            });
            let numbers: Vec<i32> = numbers.collect();
            physical::<Int32Type>(group, &numbers, None, None)
        }
        Kind::Flag => {
            let flags = values
                .iter()
                .map(|value| matches!(value, Value::Flag(true)));
            let flags: Vec<bool> = flags.collect();
            physical::<BoolType>(group, &flags, None, None)
        }
        Kind::Numbers => {
            let lists = values.iter().map(|value| match value {
                Value::Numbers(numbers) => numbers.iter().copied().map(signed).collect(),
                _ => Vec::new(),
            });
            list::<Int32Type>(group, lists)
        }
        Kind::Texts(_) => {
            let lists = values.into_iter().map(|value| match value {
                Value::Texts(texts) => texts.into_iter().map(ByteArray::from).collect(),
                _ => Vec::new(),
            });
            list::<ByteArrayType>(group, lists)
        }
    }
}

/// Every engine reads signed numbers; no number here needs the highest bit.
fn signed(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

type Group<'g> = SerializedRowGroupWriter<'g, Vec<u8>>;

fn physical<T: parquet::data_type::DataType>(
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

/// An empty text is NULL.
fn nullable(group: &mut Group, texts: &[&str]) -> Result<()> {
    let present = texts.iter().map(|text| i16::from(!text.is_empty()));
    let definitions: Vec<i16> = present.collect();
    let values = texts.iter().filter(|text| !text.is_empty());
    let values: Vec<ByteArray> = values.map(|text| ByteArray::from(*text)).collect();
    physical::<ByteArrayType>(group, &values, Some(&definitions), None)
}

/// A list for each row; one without items has a single entry at definition level 0.
fn list<T: parquet::data_type::DataType>(
    group: &mut Group,
    lists: impl Iterator<Item = Vec<T::T>>,
) -> Result<()> {
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for items in lists {
        for at in 0..items.len().max(1) {
            definitions.push(i16::from(!items.is_empty()));
            repetitions.push(i16::from(at > 0));
        }
        values.extend(items);
    }
    physical::<T>(group, &values, Some(&definitions), Some(&repetitions))
}
