//! What `diff` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports diff git:main output\n  appleports diff apple/de-de/2015-10-23 page.md --format html -o changes.html\n  appleports diff old.csv new.csv --format markdown --overflow rest.md"
)]
pub(crate) struct Diff {
    /// What was before: an output folder, a ports.json, a capture or a registry edition
    /// (a file or an id), a services file, or git:REV for the committed output/ports.json
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// What is now, likewise
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// How to show the differences
    #[arg(long, value_enum, default_value_t = DiffFormat::Terminal)]
    pub(crate) format: DiffFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// With markdown: the file for what does not fit into a pull request
    #[arg(long, value_name = "FILE")]
    pub(crate) overflow: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Terminal,
    Markdown,
    Json,
    Html,
}

impl DiffFormat {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}
