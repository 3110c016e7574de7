//! Values that may be absent, in files where an empty text says so.
//!
//! For `#[serde(with = "or_empty")]`: `None` is written as `""`, and read from it.

use std::fmt::Display;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

use crate::date::parse_date;
use crate::source::Locale;

/// What a text can be read as.
pub trait FromText: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What it should be.
    fn from_text(text: String) -> Result<Self, String>;
}

impl FromText for String {
    fn from_text(text: String) -> Result<Self, String> {
        Ok(text)
    }
}

impl FromText for Date {
    fn from_text(text: String) -> Result<Self, String> {
        parse_date(&text).ok_or_else(|| {
            let text = crate::one_line(&text);
            format!(
                "`{}` is not a day of the calendar, YYYY-MM-DD",
                crate::cut(&text, 100)
            )
        })
    }
}

impl FromText for Locale {
    fn from_text(text: String) -> Result<Self, String> {
        text.parse().map_err(|error| format!("{error}"))
    }
}

/// The text of a value; empty where there is none.
pub fn text<T: Display>(value: Option<&T>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}

/// Writes a value as its text, or an empty text.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Display, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_str(""),
    }
}

/// Reads what [`serialize`] writes.
///
/// # Errors
/// Those of the deserializer, and what a text should be that is not empty.
pub fn deserialize<'de, T: FromText, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    T::from_text(text).map(Some).map_err(de::Error::custom)
}
