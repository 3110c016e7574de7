//! Wires the stages: assemble a dataset, build, verify, ingest, look up.
//!
//! This is the only crate that knows the whole way from a capture to the output
//! folder; the command line and the repository's own tasks both call it.

mod article_editions;
mod assemble;
mod baseline;
mod both;
mod build;
mod built_in;
mod captures;
mod compare;
mod day;
mod failure;
mod fetch;
mod filter;
mod finding_filter;
mod findings_doc;
mod git;
mod guards;
mod includes;
mod ingest;
mod inputs;
mod interpret;
mod kinds;
mod locale;
mod look_up;
mod merge;
mod objects;
mod previous;
mod products;
mod receipt;
mod review;
mod revision;
mod rfc_facts;
mod rules;
mod side_size;
mod sides;
mod status;
mod suggest;
mod update;
mod verify;

pub use appleports_audit::{
    Article, CLOSED, Entry, Fixed, Judged, List, MAX_FILE, NOTATIONS, Notation, Score, Suggested,
    fix, judge, read as read_list,
};
pub use appleports_diff::{
    CHANGES_SCHEMA, ChangeInWords, Edition, EditionInWords, MAX_COMMENT, ProductInWords,
    RENDERINGS, Rendering, Report, RowInWords, Weight, changes_json, feed_of_site, markdown,
};
pub use appleports_fetch::{Fetcher, Limits, Policy, Progress};
pub use assemble::{Assembled, assemble, assemble_with};
pub use baseline::{Baseline, BaselineError, compare_with_baseline};
pub use build::{BuildOptions, BuildSummary, build, render};
pub use built_in::{Additions, BUILT_IN, BuiltIn, built_in};
pub use captures::DEFAULT_LOCALE;
pub use compare::compare;
pub use day::{Dated, DayError, day};
pub use failure::{
    BuildError, BuiltInError, CaptureError, CompareError, EditionError, Failure, IngestError,
    InputError, MergeError, RequestError, ResponseError, RowError, StatusError, TableError,
    UpdateError, VerifyError,
};
pub use fetch::{FetchOptions, Outcome, fetch};
pub use filter::Filter;
pub use finding_filter::FindingFilter;
pub use findings_doc::{FINDING_AREAS, findings_doc};
pub use git::GitError;
pub use includes::{IncludesError, LinkError};
pub use ingest::{IngestOptions, Ingested, Ingestion, STDIN};
pub use inputs::AssembleOptions;
pub use kinds::registry::registry;
pub use kinds::{FetchedEdition, fetched_editions};
pub use locale::{LocaleError, of_address as locale};
pub use look_up::LookUp;
pub use merge::merge_into_services;
pub use objects::ObjectError;
pub use previous::ManifestError;
pub use products::{ProductPorts, ProductSummary, product_summaries};
pub use receipt::build_with_receipt;
pub use review::review;
pub use revision::RevisionError;
pub use rfc_facts::store_rfc_facts;
pub use rules::{rule, rules};
pub use status::{SourceStatus, status};
pub use suggest::{suggest, suggest_products};
pub use update::{PullRequest, REST, UpdateOptions, Updated, refusal_issue, update};
pub use verify::verify;
