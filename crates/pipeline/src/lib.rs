//! Wires the stages: assemble a dataset, build, verify, ingest, look up.
//!
//! This is the only crate that knows the whole way from a capture to the output
//! folder; the command line and the repository's own tasks both call it.

mod assemble;
mod baseline;
mod build;
mod compare;
mod filter;
mod findings_doc;
mod guards;
mod ingest;
mod revision;
mod rules;
mod verify;

pub use appleports_diff::{LIMIT, RENDERINGS, markdown};
pub use assemble::{AssembleOptions, Assembled, assemble, assemble_with};
pub use baseline::{Baseline, compare_with_baseline};
pub use build::{BuildOptions, BuildSummary, build, render};
pub use compare::compare;
pub use filter::Filter;
pub use findings_doc::findings_doc;
pub use ingest::{IngestOptions, Ingested, ingest, preview};
pub use rules::{rule, rules};
pub use verify::verify;

use appleports_model::Finding;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A guard refused; nothing was overwritten. Exit code 3.
    Refused(Vec<Finding>),
    /// Input, usage or I/O. Exit code 2.
    Input(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Input(error.into())
    }
}
