//! The dataset that the command carries: assembled beforehand, for look-ups that must not wait.
//!
//! The rows and the findings are those of `output/`. What else a look-up needs is in one more
//! generated file, the [`Additions`]. A digest of all these files and of the sources binds them
//! together: a command with others, built before `cargo xtask regenerate`, assembles its sources.

mod blocks;
mod generated;

use appleports_emit::Document;
use appleports_model::{
    Dataset, Finding, PortRange, Product, Registry, RfcFacts, Siblings, SourceId, SourceKind,
};
use appleports_store::SourceFolder;
use serde::{Deserialize, Serialize};

use crate::assemble::Assembled;
use crate::failure::{BuiltInError, Failure};
use crate::look_up::LookUp;
use crate::rules::rules;
use blocks::Blocks;
pub use generated::{BUILT_IN, built_in};

/// What look-ups need besides `ports.json` and `findings.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Additions {
    /// The ids of all stored sources, used or not.
    pub sources: Vec<SourceId>,
    products: Vec<Product>,
    rfcs: Vec<RfcFacts>,
    siblings: Option<Siblings>,
    passed_over: Vec<Finding>,
    registry: Blocks,
}

/// The generated files as they are within a command; JSON without its white space is read faster.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn<'a> {
    /// `output/ports.json`.
    pub ports: &'a str,
    /// `output/findings.json`.
    pub findings: &'a str,
    /// The registry's CSV.
    pub registry: &'a [u8],
}

impl Additions {
    /// Of a dataset; none where its registry is no CSV that can be cut into blocks.
    fn of(sources: &SourceFolder, assembled: &Assembled) -> Result<Option<Self>, Failure> {
        let edition = assembled.registry.edition.parse();
        let csv = sources.load(&edition.map_err(BuiltInError::from)?)?.bytes;
        let Some(registry) = Blocks::of(&assembled.registry, &csv) else {
            return Ok(None);
        };
        let mut ids = Vec::new();
        for kind in SourceKind::ALL {
            ids.extend(sources.list(kind)?);
        }
        let dataset = &assembled.dataset;
        Ok(Some(Self {
            sources: ids,
            products: dataset.products.clone(),
            rfcs: dataset.rfcs.clone(),
            siblings: assembled.siblings.clone(),
            passed_over: assembled.passed_over.clone(),
            registry,
        }))
    }

    /// Reads them.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn parse(json: &str) -> Result<Self, BuiltInError> {
        Ok(serde_json::from_str(json)?)
    }

    /// What a look-up answers from, with the registry's rows near these ports.
    ///
    /// # Errors
    /// When a file is damaged.
    pub fn look_up(self, files: BuiltIn<'_>, ports: &[PortRange]) -> Result<LookUp, BuiltInError> {
        let registry: Registry = self.registry.near(files.registry, ports)?;
        let document = Document::parse(files.ports.as_bytes())?;
        let summary = document.summary;
        let mut records = document.records.into_owned();
        for record in &mut records {
            for correction in &mut record.corrections {
                // The document leaves it out, since a correction is within its record.
                correction.record.clone_from(&record.id);
            }
        }
        let dataset = Dataset {
            sources: document.sources.into_owned(),
            records,
            former: document.former.into_owned(),
            rejected: document.rejected.into_owned(),
            findings: serde_json::from_str(files.findings)?,
            rules: rules(),
            products: self.products,
            totals: summary.totals,
            overlaps: summary.overlaps.into_owned(),
            coverage: summary.coverage.into_owned(),
            rfcs: self.rfcs,
            accepted: summary.accepted.into_owned(),
        };
        Ok(LookUp {
            dataset,
            passed_over: self.passed_over,
            siblings: self.siblings,
            registry,
        })
    }
}
