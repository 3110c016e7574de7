//! What a look-up answers from.

use appleports_model::{Dataset, Finding, Registry, Siblings};

use crate::assemble::Assembled;

/// What a look-up answers from: assembled just now, or [beforehand](crate::Additions).
#[derive(Clone, Debug)]
pub struct LookUp {
    /// The dataset.
    pub dataset: Dataset,
    /// Newer captures that a guard refused and nobody has accepted, and why: they are not used.
    pub passed_over: Vec<Finding>,
    /// What Apple's other articles say, where there is a file of it.
    pub siblings: Option<Siblings>,
    /// The registry; where it was assembled beforehand, only the rows near the ports that were
    /// asked for.
    pub registry: Registry,
}

impl From<Assembled> for LookUp {
    fn from(assembled: Assembled) -> Self {
        Self {
            dataset: assembled.dataset,
            passed_over: assembled.passed_over,
            siblings: assembled.siblings,
            registry: assembled.registry,
        }
    }
}
