//! The command line.

mod audit;
mod check;
mod diff;
mod editions;
mod export;
mod filters;
mod named;
mod products;
mod services;
mod site;
mod why;

use std::path::PathBuf;

use appleports_pipeline::AssembleOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use audit::Audit;
pub(crate) use check::Check;
pub(crate) use diff::{Diff, FailOn};
pub(crate) use editions::Editions;
pub(crate) use export::{Export, ExportFormat};
pub(crate) use filters::{Filters, canonical};
pub(crate) use products::Products;
pub(crate) use site::Site;
pub(crate) use why::{Why, WhyFormat};

/// Which ports does Apple use, is that list right, and what changed?
#[derive(Debug, Parser)]
#[command(name = "appleports", version, about, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Use this folder of captures, registry editions and vocabulary instead of `./sources` or,
    /// if there is none, the sources built into the command (also: `APPLEPORTS_SOURCES`)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) sources: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The output folder where none is named.
pub(crate) const OUTPUT: &str = "output";

const EXIT_CODES: &str = "Exit codes: 0 success; 1 the answer is \"no\" (nothing found, differences, findings at the\n--deny level, stale sources, outputs do not match); 2 usage, input or I/O error; 3 a guard\nrefused and nothing was overwritten.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the output folder from the sources, offline and deterministically
    Build(Build),
    /// Add captures to the sources, or show what is in them
    Ingest(Ingest),
    /// Download captures and registries into the sources
    Fetch(Fetch),
    /// Show how old each source is
    Status(Status),
    /// Show when each record first and last appeared
    History(History),
    /// Look up ports, products or services
    Find(Find),
    /// Show everything known about ports
    Why(Why),
    /// List the products with their ports and spellings
    Products(Products),
    /// Write the dataset, or a part of it, in one format
    Export(Export),
    /// Write a static site: a page for each port, product and edition
    Site(Site),
    /// Check that the outputs match their manifest and the sources
    Verify(Verify),
    /// Check the article against the registry and itself, and report findings
    Check(Check),
    /// Compare your own list of ports with the article
    Audit(Audit),
    /// Compare two datasets, registry editions or services files by meaning
    Diff(Diff),
    /// Explain a finding's code
    Explain(Explain),
    /// Print shell completions
    #[command(
        after_help = "Examples:\n  appleports completions bash > ~/.local/share/bash-completion/completions/appleports\n  appleports completions fish > ~/.config/fish/completions/appleports.fish"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, roff(7)
    #[command(after_help = "Example:\n  appleports man > appleports.1 && man ./appleports.1")]
    Man,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  appleports build --output output")]
pub(crate) struct Build {
    /// The folder to write to
    #[arg(long, default_value = OUTPUT, value_name = "DIR")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Another edition of the registry, CSV or XML, instead of the stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
    /// Overrule the guards; the reason is stored beside the capture and shown in the output
    #[arg(long, value_name = "REASON")]
    pub(crate) accept: Option<String>,
    /// Read and write everything anew, although the last build was of the same sources and its
    /// outputs are still there
    #[arg(long)]
    pub(crate) anew: bool,
}

/// Which capture a command uses.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Choice {
    /// The capture to use instead of the newest, such as apple/de-de/2015-10-23
    #[arg(long, value_name = "ID", conflicts_with = "locale")]
    pub(crate) capture: Option<String>,
    /// Use the newest capture of this locale instead of en-us
    #[arg(long, value_name = "L", value_parser = filled)]
    pub(crate) locale: Option<String>,
}

impl Choice {
    /// Whether it is the capture that is used where nobody asks for one.
    pub(crate) const fn is_usual(&self) -> bool {
        self.capture.is_none() && self.locale.is_none()
    }

    /// The options that assemble this capture.
    pub(crate) fn options(&self) -> AssembleOptions {
        AssembleOptions {
            capture: self.capture.clone(),
            locale: self
                .locale
                .as_ref()
                .map(|locale| locale.to_ascii_lowercase().replace('_', "-")),
            ..AssembleOptions::default()
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports ingest --dry-run page.md\n  appleports ingest page.md --locale de-de --captured 2015-10-23"
)]
pub(crate) struct Ingest {
    /// Saved pages; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The address of the page
    #[arg(long, value_name = "U")]
    pub(crate) url: Option<String>,
    /// The date of the capture
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) captured: Option<String>,
    /// The locale, such as de-de
    #[arg(long, value_name = "L")]
    pub(crate) locale: Option<String>,
    /// Only show records and findings; write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ShowFormat::Human)]
    pub(crate) format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    Human,
    Json,
}

/// A name that says something: an empty one, from a variable that is not set, would not
/// be what somebody meant to open.
fn filled(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() {
        Err("the name is empty")
    } else {
        Ok(text.to_owned())
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports find facetime\n  appleports find apple remote desktop\n  appleports find 16384-16472/udp\n  appleports find --product FaceTime\n  appleports find --port 5223 --format json"
)]
pub(crate) struct Find {
    /// What to look for, as you would type it: a port, a range, 5223/tcp, a product, a name;
    /// several words are one name
    #[arg(value_name = "WHAT", value_parser = filled)]
    pub(crate) what: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// How to show the rows
    #[arg(long, value_enum, default_value_t = FindFormat::Table)]
    pub(crate) format: FindFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports fetch --locale en-us --locale de-de\n  appleports fetch --iana --rfc-index"
)]
pub(crate) struct Fetch {
    /// A locale of the article, such as de-de; by default all that are already stored
    #[arg(long, value_name = "L")]
    pub(crate) locale: Vec<String>,
    /// Another address: https on a known host, or a server on this computer; {locale} in it
    /// is replaced
    #[arg(long, value_name = "U")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) editions: Editions,
    /// Store under this date instead of today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) captured: Option<String>,
    /// Accept a registry or index that has far fewer rows than the previous one; the reason is
    /// stored beside it
    #[arg(long, value_name = "REASON")]
    pub(crate) accept: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports status --max-age 90\n  appleports status --format json"
)]
pub(crate) struct Status {
    /// Exit with 1 if a source is older than this many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i32).range(0..))]
    pub(crate) max_age: Option<i32>,
    /// Compute ages as of this date instead of today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<String>,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

/// The formats of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports history --port 5223\n  appleports history --format svg > history.svg"
)]
pub(crate) struct History {
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// How to show it
    #[arg(long, value_enum, default_value_t = HistoryFormat::Table)]
    pub(crate) format: HistoryFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HistoryFormat {
    Table,
    Json,
    Svg,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  appleports verify\n  appleports verify --output ports")]
pub(crate) struct Verify {
    /// The folder to check
    #[arg(long, default_value = OUTPUT, value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The registry edition the outputs were built with, if it is not a stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  appleports explain A002\n  appleports explain")]
pub(crate) struct Explain {
    /// The code, such as A002; without one, all codes are listed
    pub(crate) code: Option<String>,
}
