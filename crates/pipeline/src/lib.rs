//! Wires the stages: assemble a dataset, build, verify, ingest, look up.
//!
//! This is the only crate that knows the whole way from a capture to the output
//! folder; the command line and the repository's own tasks both call it.

mod article_editions;
mod assemble;
mod baseline;
mod build;
mod captures;
mod compare;
mod day;
mod editions;
mod fetch;
mod filter;
mod finding_filter;
mod findings_doc;
mod git;
mod includes;
mod ingest;
mod inputs;
mod interpret;
mod locale;
mod merge;
mod previous;
mod products;
mod review;
mod revision;
mod rfc_facts;
mod rules;
mod sides;
mod status;
mod suggest;
mod update;
mod verify;

pub use appleports_diff::{MAX_COMMENT, RENDERINGS, Rendering, Report, markdown};
pub use appleports_fetch::{Fetcher, Limits, Policy, Progress};
pub use assemble::{AssembleOptions, Assembled, assemble, assemble_with};
pub use baseline::{Baseline, compare_with_baseline};
pub use build::{BuildOptions, BuildSummary, build, render};
pub use captures::DEFAULT_LOCALE;
pub use compare::compare;
pub use editions::registry;
pub use fetch::{FetchOptions, Outcome, Target, fetch};
pub use filter::Filter;
pub use finding_filter::FindingFilter;
pub use findings_doc::findings_doc;
pub use ingest::{IngestOptions, Ingested, ingest, preview};
pub use merge::merge_into_services;
pub use products::{ProductPorts, ProductSummary, product_summaries};
pub use review::review;
pub use rfc_facts::store_rfc_facts;
pub use rules::{rule, rules};
pub use status::{SourceStatus, days_between, status};
pub use suggest::{suggest, suggest_products};
pub use update::{PullRequest, REST, UpdateOptions, Updated, refusal_issue, update};
pub use verify::verify;

use std::fmt;

use appleports_model::Finding;

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A guard refused; nothing was overwritten. Exit code 3.
    Refused(Vec<Finding>),
    /// Input, usage or I/O. Exit code 2.
    Input(anyhow::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "{error:#}"),
            Self::Refused(findings) => {
                let said: Vec<String> = findings.iter().map(ToString::to_string).collect();
                f.write_str(&said.join("; "))
            }
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Input(error.into())
    }
}
