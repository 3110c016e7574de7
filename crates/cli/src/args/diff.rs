//! What `diff` takes.

use std::path::PathBuf;

use appleports_pipeline::{RENDERINGS, Rendering};
use clap::{Args, ValueEnum};

use super::named::one_of;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports diff git:main output\n  appleports diff apple/de-de/2015-10-23 page.md --format html -o changes.html\n  appleports diff git:main output --fail-on exposure\n  appleports diff old.csv new.csv --format markdown --overflow rest.md"
)]
pub(crate) struct Diff {
    /// The old side: an output folder, a ports.json or ports.csv, a capture or a registry edition
    /// (a file or an id), a services file, - for one of these files on standard input, or git:REV for the
    /// committed output/ports.json of this folder or the nearest one above it
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The new side, in the same forms
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// How to show the differences
    #[arg(long, value_name = "F", default_value = "terminal", value_parser = one_of(RENDERINGS, |one| one.name))]
    pub(crate) format: &'static Rendering,
    /// Exit with 1 only for these differences: ports that open or close, any difference in
    /// ports (also rows that were added, removed or unread), or any difference at all
    #[arg(long, value_enum, default_value_t = FailOn::Any, value_name = "WHAT")]
    pub(crate) fail_on: FailOn,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// For markdown: write what does not fit into a pull request to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) overflow: Option<PathBuf>,
}

/// The differences for which the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Exposure,
    Ports,
    Any,
}
