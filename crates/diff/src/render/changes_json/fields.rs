//! The fields of a changed row.

use serde::Serialize;

use crate::detail::Detail;
use crate::facts::Entry;

/// A field that changed. Lists are whole on both sides.
#[derive(Serialize)]
pub(super) struct ChangedField {
    #[serde(rename = "field")]
    name: &'static str,
    from: FieldValue,
    to: FieldValue,
}

#[derive(Serialize)]
#[serde(untagged)]
enum FieldValue {
    Text(String),
    List(Vec<String>),
    Flag(bool),
}

/// The field of a difference; none for wording, and for
/// what the article does not say.
pub(super) fn field(detail: &Detail, old: &Entry, new: &Entry) -> Option<ChangedField> {
    let (name, value): (&str, fn(&Entry) -> FieldValue) = match detail {
        Detail::Ports { .. } => ("ports", |entry| list(&entry.facts.ports)),
        Detail::Transports(_) => ("transports", |entry| list(&entry.facts.transports)),
        Detail::ServiceName(_) => ("service_name", |entry| text(&entry.facts.service_name)),
        Detail::PortNames(_) => ("port_names", |entry| {
            let names = entry.facts.port_names.iter();
            FieldValue::List(
                names
                    .map(|name| format!("{}={}", name.port, name.name))
                    .collect(),
            )
        }),
        Detail::Rfcs(_) => ("rfcs", |entry| list(&entry.facts.rfcs)),
        Detail::Registration(_) => ("registration", |entry| {
            text(entry.facts.registration.as_str())
        }),
        Detail::Deprecated(_) => ("deprecated", |entry| {
            FieldValue::Flag(entry.facts.deprecated)
        }),
        Detail::Products(_) => ("products", |entry| list(&entry.facts.products)),
        Detail::Words { .. } => ("unknown_words", |entry| list(&entry.facts.words)),
        Detail::Note { .. } => ("note", |entry| text(&entry.facts.note)),
        Detail::Title(_) | Detail::UsedBy(_) | Detail::Verdicts(_) | Detail::Corrections(_) => {
            return None;
        }
    };
    Some(ChangedField {
        name,
        from: value(old),
        to: value(new),
    })
}

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

fn list<'a, T: ToString + 'a>(values: impl IntoIterator<Item = &'a T>) -> FieldValue {
    FieldValue::List(values.into_iter().map(ToString::to_string).collect())
}
