//! Objects of an array as rows, so that one that is there twice is found.

use std::ops::Range;

use super::value::Value;
use crate::expression::Reader;

/// The longest object that is compared with others, in bytes.
const MAX_ROW: usize = 2_000;

/// Keeps the objects of an array as rows of one table.
pub(super) fn keep(reader: &mut Reader<'_>, values: &[Value]) {
    let section = reader.new_section();
    for value in values {
        let span = match value {
            Value::Object(members) => span(members),
            _ => None,
        };
        if let Some(span) = span.filter(|span| span.len() <= MAX_ROW) {
            reader.row(section, span, |text| content(text, value));
        }
    }
}

fn span(members: &[(Range<usize>, Value)]) -> Option<Range<usize>> {
    let (first, _) = members.first()?;
    let (key, value) = members.last()?;
    Some(first.start..end(value).max(key.end))
}

/// Where the last text of a value ends.
fn end(value: &Value) -> usize {
    match value {
        Value::Scalar(span) | Value::Empty(span) => span.end,
        Value::Array(values) => values.last().map_or(0, end),
        Value::Object(members) => members
            .last()
            .map_or(0, |(key, last)| end(last).max(key.end)),
    }
}

/// A value without its layout; the order of keys says nothing.
fn content(text: &str, value: &Value) -> String {
    match value {
        Value::Scalar(span) => text[span.clone()].to_ascii_lowercase(),
        // Without what is between its brackets.
        Value::Empty(span) => text[span.start..=span.start].to_owned(),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().map(|value| content(text, value)).collect();
            format!("[{}]", all.join(", "))
        }
        Value::Object(members) => {
            let one = |(key, value): &(Range<usize>, Value)| {
                let key = text[key.clone()].to_ascii_lowercase();
                format!("{key}: {}", content(text, value))
            };
            let mut all: Vec<String> = members.iter().map(one).collect();
            all.sort_unstable();
            format!("{{{}}}", all.join(", "))
        }
    }
}
