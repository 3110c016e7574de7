//! Cross-checks of the records against the IANA registry, the RFC index, services files and
//! other captures.
//!
//! [`cross_check`] gives each record its verdicts; [`check`] turns verdicts,
//! marks and curated corrections into findings. A check is one file in `rules/`
//! and one line in its `checks!` list.

mod corrections;
mod history;
mod iana_status;
mod rules;
mod services;

pub use corrections::{CorrectionError, attach_corrections, parse_corrections};
pub use history::{HISTORY_RULES, Sighting, compare_languages, no_manifest};
pub use iana_status::cross_check;
pub use rules::{Context, RULES, check};
pub use services::{ServicesSummary, summarise_services};
