//! Cross-checks of the records against the IANA registry, the RFC index, services files and
//! other captures.
//!
//! [`cross_check`] gives each record its verdicts; [`check`] turns verdicts,
//! marks and curated corrections into findings. A check is one file in a family of
//! `rules/`, with its tests, and one line in the family's `checks!` list.

mod corrections;
mod iana_status;
mod rules;
mod services;
#[cfg(test)]
mod testing;

pub use corrections::{CorrectionError, attach_corrections, parse_corrections};
pub use iana_status::cross_check;
pub use rules::{Context, Sighting, check, compare_languages, no_manifest, rules};
pub use services::{ServicesSummary, summarise_services};
