//! Sources: what kinds there are, what they are called, and what the dataset says about them.

mod id;
mod info;
mod kind;
mod link;
mod locale;
mod series;

pub use id::SourceId;
pub use info::{Form, SourceInfo};
pub use kind::SourceKind;
pub use link::{PUBLISHERS, is_publishers};
pub use locale::Locale;
pub use series::Series;

use std::fmt;

/// Why a text is not the name of a source, or of a part of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}")]
pub struct SourceNameError {
    text: String,
    what: &'static str,
}

impl SourceNameError {
    fn new(text: &str, what: &'static str) -> Self {
        let text = crate::cut(&crate::one_line(text), 100).into_owned();
        Self { text, what }
    }
}

/// A type that is written as its text, in files and outputs alike.
macro_rules! as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
use as_text;

/// Writes the parts of a name with `/` between them.
fn write_parts(f: &mut fmt::Formatter<'_>, parts: &[&dyn fmt::Display]) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_str("/")?;
        }
        part.fmt(f)?;
    }
    Ok(())
}
