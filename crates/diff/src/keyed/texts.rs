//! The texts of a row, in as little room as they need: a long list has a hundred thousand rows.

use std::fmt;

use serde::{Serialize, Serializer};

/// The texts of a row, each with its name. Serialised as a map.
#[derive(Clone, PartialEq, Eq)]
pub struct Texts {
    names: &'static [&'static str],
    values: Box<[Box<str>]>,
}

impl Texts {
    /// One text for each name, in the order of the names.
    pub(super) fn new(
        names: &'static [&'static str],
        values: impl IntoIterator<Item = Box<str>>,
    ) -> Self {
        let values = values.into_iter().collect();
        Self { names, values }
    }

    /// The texts with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = self.names.iter().copied();
        names.zip(self.values.iter().map(AsRef::as_ref))
    }

    /// The text of this name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.iter().find(|(label, _)| *label == name);
        found.map_or("", |(_, text)| text)
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
