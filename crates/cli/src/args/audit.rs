//! What `audit` takes.

use std::path::PathBuf;

use appleports_pipeline::{NOTATIONS, Notation};
use clap::Args;

use super::check::Reporting;
use super::named::one_of;
use super::{Choice, Filters};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports audit ports.txt\n  appleports audit --product FaceTime --transport udp rules.nft\n  iptables-save | appleports audit --product FaceTime -\n  appleports audit --product FaceTime --fix ports.txt\n  appleports audit --format sarif --deny warning ports.csv > audit.sarif\n\nWithout filters the list is compared with every row of the article. See docs/audit.md."
)]
pub(crate) struct Audit {
    /// Lists of ports; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// The notation of the lists, instead of the one that their contents show
    #[arg(long, value_name = "NAME", value_parser = one_of(NOTATIONS, |one| one.name))]
    pub(crate) notation: Option<&'static Notation>,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// A list of known findings, as --format json writes it: only new ones are shown and can fail
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Show the corrections as a diff instead of the findings; write nothing
    #[arg(long, conflicts_with_all = ["baseline", "write"])]
    pub(crate) fix: bool,
    /// Write the corrections into the files, and show what is left
    #[arg(long)]
    pub(crate) write: bool,
    /// Account for every line on standard error: what was read from it, or why nothing was
    #[arg(long)]
    pub(crate) lines: bool,
}
