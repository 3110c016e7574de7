//! Values that are written as their text, for `#[serde(with = "never_empty")]`.

use std::fmt::Display;

use serde::{Deserialize, Deserializer, Serializer, de};

use crate::or_empty::FromText;

/// Writes a value as its text.
///
/// # Errors
/// Those of the serializer.
pub(crate) fn serialize<T: Display, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Reads what [`serialize`] writes.
///
/// # Errors
/// Those of the deserializer, and what the text should be.
pub(crate) fn deserialize<'de, T: FromText, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::from_text(String::deserialize(deserializer)?).map_err(de::Error::custom)
}
