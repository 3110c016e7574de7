//! Corrections of published values.

use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// A curated correction of one published value. It is shown beside the value and
/// never takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The id of the record; left out where the correction stands in its record.
    #[serde(default, skip_serializing)]
    pub record: String,
    /// What it corrects.
    pub field: CorrectedField,
    /// The published value, as in `ports.csv`; the correction is only used while it stands.
    pub published: String,
    /// What it should be; empty where only the published value is known to be wrong.
    pub value: String,
    /// Why.
    pub reason: String,
    /// What proves it.
    pub evidence: String,
}

/// A field that a correction may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectedField {
    /// The service name.
    ServiceName,
    /// The cited RFCs.
    Rfcs,
    /// The registration mark.
    Registration,
}

impl CorrectedField {
    /// The name of the field in `corrections.toml` and in the outputs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ServiceName => "service_name",
            Self::Rfcs => "rfcs",
            Self::Registration => "registration",
        }
    }
}

impl Display for CorrectedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::CorrectedField;

    #[test]
    fn a_field_has_one_name() {
        for field in [
            CorrectedField::ServiceName,
            CorrectedField::Rfcs,
            CorrectedField::Registration,
        ] {
            let name = serde_json::to_value(field).unwrap();
            assert_eq!(name, field.as_str());
            let read: CorrectedField = serde_json::from_value(name).unwrap();
            assert_eq!(read, field);
        }
    }
}
