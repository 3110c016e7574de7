//! What stands beside a capture or an edition that a guard refused and a person accepted.

use appleports_model::{SourceId, sha256_hex};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::layout;
use crate::publish::publish_one;
use crate::sources::{SourceFolder, Stored};
use crate::toml_error::reason;

/// Why a capture is used although a guard refused it, and what the guard had against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Why, in a person's words.
    pub reason: String,
    /// SHA-256 of the capture's bytes: other bytes are not accepted.
    pub sha256: String,
    /// What was accepted.
    #[serde(default, rename = "figure", skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
}

/// One figure on which a guard refused a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The guard's code, such as `G002`.
    pub code: String,
    /// What was counted: `rows`, `ports`, or the name of a column.
    pub what: String,
    /// The capture that it was compared with; empty where the guard looks at one capture alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub compared_with: String,
    /// How many there were before, or at most could be.
    pub before: u64,
    /// How many there are.
    pub now: u64,
}

impl SourceFolder {
    /// The acceptance beside a capture or an edition, if it is one of these very bytes.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read or is no acceptance.
    pub fn acceptance(
        &self,
        id: &SourceId,
        source: &Stored,
    ) -> Result<Option<Acceptance>, StoreError> {
        self.acceptance_of(id, &source.info.sha256)
    }

    /// As [`SourceFolder::acceptance`], for bytes with this SHA-256.
    pub(crate) fn acceptance_of(
        &self,
        id: &SourceId,
        sha256: &str,
    ) -> Result<Option<Acceptance>, StoreError> {
        let path = self.root().join(layout::acceptance(id));
        if !self.storage().is_there(&path)? {
            return Ok(None);
        }
        let text = self.storage().read_text(&path)?;
        let acceptance: Acceptance =
            toml::from_str(&text).map_err(|error| StoreError::Manifest {
                path: path.display().to_string(),
                reason: reason(&text, &error),
            })?;
        if acceptance.reason.trim().is_empty() {
            return Err(StoreError::Manifest {
                path: path.display().to_string(),
                reason: "the acceptance gives no reason".to_owned(),
            });
        }
        Ok(Some(acceptance).filter(|acceptance| acceptance.sha256 == sha256))
    }

    /// Stores an acceptance beside a source with this id and these bytes; an earlier one is
    /// replaced.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be written.
    pub fn accept_source(
        &self,
        id: &SourceId,
        bytes: &[u8],
        reason: &str,
        figures: Vec<Figure>,
    ) -> Result<(), StoreError> {
        let acceptance = Acceptance {
            reason: reason.trim().to_owned(),
            sha256: sha256_hex(bytes),
            figures,
        };
        let lock = self.lock(id)?;
        let path = self.root().join(layout::acceptance(id));
        let text = toml::to_string(&acceptance).map_err(|error| StoreError::Manifest {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        publish_one(&lock, &path, text.as_bytes())
    }
}
