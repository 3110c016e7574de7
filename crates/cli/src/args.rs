//! The command line.

use std::path::PathBuf;

use appleports_emit::{EXPORTS, FORMATS, OPENERS};
use appleports_model::{Level, PortRange, Transport};
use appleports_pipeline::Filter;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Which ports does Apple use, is that list right, and what changed?
#[derive(Debug, Parser)]
#[command(name = "appleports", version, about, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// The folder with captures, registry editions and vocabulary
    #[arg(long, global = true, default_value = "sources", value_name = "DIR")]
    pub(crate) sources: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 fine; 1 the answer is \"no\" (nothing found, differences, outputs do not match);\n2 usage, input or I/O error; 3 a guard refused and nothing was overwritten.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the output folder from the sources, offline and deterministic
    Build(Build),
    /// Add captures to the sources, or show what is in them
    Ingest(Ingest),
    /// Download captures and registries into the sources
    Fetch(Fetch),
    /// Tell how old each source is
    Status(Status),
    /// Tell since when the captures have a record
    History(History),
    /// Look up ports, products or services
    Find(Find),
    /// Tell all that is known about a port
    Why(Why),
    /// Write the dataset, or a part of it, in one format
    Export(Export),
    /// Check that the outputs match their manifest and the sources
    Verify(Verify),
    /// Check the list against the registry and itself, as findings
    Check(Check),
    /// Show what changed in meaning between two datasets or registry editions
    Diff(Diff),
    /// Explain a finding's code
    Explain(Explain),
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, roff(7)
    Man,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  appleports build --output output")]
pub(crate) struct Build {
    /// The folder to write to
    #[arg(long, default_value = "output", value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The capture to use instead of the newest, such as apple/de-de/2015-10-23
    #[arg(long, value_name = "ID")]
    pub(crate) capture: Option<String>,
    /// Another edition of the registry, CSV or XML, instead of the stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
    /// Overrule the guards; the reason is recorded in the output
    #[arg(long, value_name = "REASON")]
    pub(crate) accept: Option<String>,
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

#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// A port or a range, such as 5223 or 16384-16472
    #[arg(long, value_name = "P[-Q]")]
    port: Option<PortRange>,
    /// tcp or udp
    #[arg(long, value_name = "T")]
    transport: Option<Transport>,
    /// The whole name of a product, in English or as published, such as Mail
    #[arg(long, value_name = "NAME", value_parser = filled)]
    product: Option<String>,
    /// A service name, such as ipp
    #[arg(long, value_name = "NAME", value_parser = filled)]
    service: Option<String>,
    /// Only rows whose name the registry has for the port and transport
    #[arg(long)]
    registered: bool,
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

impl Filters {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            ports: self.port,
            transport: self.transport,
            product: self.product.clone(),
            service: self.service.clone(),
            registered: self.registered,
            words: None,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports find facetime\n  appleports find 16384-16472/udp\n  appleports find --product FaceTime\n  appleports find --port 5223 --format json"
)]
pub(crate) struct Find {
    /// What to look for, as a person types it: a port, a range, 5223/tcp, a product, a name
    #[arg(value_name = "WHAT")]
    pub(crate) what: Option<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
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
    after_help = "Example:\n  appleports export --format services --transport tcp -o services\n  appleports export --format nftables --product FaceTime\n  appleports export --format services --base /etc/services -o services\n  appleports export --format services --registry service-names-port-numbers.xml"
)]
pub(crate) struct Export {
    /// The format
    #[arg(long, value_name = "F", value_parser = export_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// For services: a services file to merge into; its lines stay as they are
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Option<PathBuf>,
    /// For services: write the names of this registry edition (file or id) instead of
    /// Apple's
    #[arg(long, value_name = "FILE", conflicts_with_all = ["base", "unknown_as", "product", "registered"])]
    pub(crate) registry: Option<String>,
    /// For rules and port lists: open rows without a transport as this; without it, they
    /// open nothing
    #[arg(long, value_enum, value_name = "T")]
    pub(crate) unknown_as: Option<UnknownAs>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What `--unknown-as` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnknownAs {
    Tcp,
    Udp,
    Both,
}

impl UnknownAs {
    pub(crate) const fn transports(self) -> &'static [Transport] {
        match self {
            Self::Tcp => &[Transport::Tcp],
            Self::Udp => &[Transport::Udp],
            Self::Both => &[Transport::Tcp, Transport::Udp],
        }
    }
}

/// The names of all formats, those for opening ports first.
fn export_formats() -> PossibleValuesParser {
    let formats = OPENERS.iter().chain(EXPORTS).chain(FORMATS);
    formats.map(|format| format.name).collect::<Vec<_>>().into()
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports fetch --locale en-us --locale de-de\n  appleports fetch --iana --rfc-index"
)]
pub(crate) struct Fetch {
    /// A locale of the article, such as de-de; without any, those that are stored already
    #[arg(long, value_name = "L")]
    pub(crate) locale: Vec<String>,
    /// Another address, https at a known host; {locale} in it is replaced
    #[arg(long, value_name = "U")]
    pub(crate) url: Option<String>,
    /// The IANA service-name registry
    #[arg(long)]
    pub(crate) iana: bool,
    /// The RFC index
    #[arg(long)]
    pub(crate) rfc_index: bool,
    /// The day to store under instead of today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) captured: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  appleports status --max-age 90")]
pub(crate) struct Status {
    /// Exit with 1 when a source is older than so many days
    #[arg(long, value_name = "DAYS")]
    pub(crate) max_age: Option<i32>,
    /// The day of the question instead of today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports history --port 5223\n  appleports history --format svg > history.svg"
)]
pub(crate) struct History {
    #[command(flatten)]
    pub(crate) filters: Filters,
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
#[command(after_help = "Example:\n  appleports why 5223")]
pub(crate) struct Why {
    /// The port
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: u16,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The folder to check
    #[arg(long, default_value = "output", value_name = "DIR")]
    pub(crate) output: PathBuf,
    /// The edition of the registry that the outputs were built with, where it is not a stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code, such as A002
    pub(crate) code: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports check\n  appleports check --deny warning --baseline output/findings.json\n  appleports check --iana service-names-port-numbers.2024-04-30.csv\n  appleports check --services\n  appleports check --services debian.services --services macos.services"
)]
pub(crate) struct Check {
    /// Another edition of the registry, CSV or XML, instead of the stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
    /// Compare with a services(5) file; without FILE, with the system's own
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = SYSTEM_SERVICES)]
    pub(crate) services: Vec<PathBuf>,
    /// An RFC index, rfc-index.txt or rfc-index.xml, instead of the stored facts
    #[arg(long, value_name = "FILE")]
    pub(crate) rfc_index: Option<PathBuf>,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(crate) format: ReportFormat,
    /// Exit with 1 when a finding is at this level or above
    #[arg(long, value_enum, default_value_t = DenyLevel::Error, value_name = "LEVEL")]
    pub(crate) deny: DenyLevel,
    /// A findings.json with known findings: only new ones are shown and can fail
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

/// The services file of the system.
const SYSTEM_SERVICES: &str = "/etc/services";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Human,
    Json,
    Sarif,
    Github,
}

impl ReportFormat {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DenyLevel {
    Error,
    Warning,
    Note,
}

impl DenyLevel {
    pub(crate) const fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "OLD and NEW: an output folder, a ports.json, a capture (file or id), a registry edition\n(CSV, XML or id), or git:REV for the committed output/ports.json.\n\nExamples:\n  appleports diff git:main output\n  appleports diff apple/de-de/2015-10-23 page.md --format html -o changes.html\n  appleports diff old.csv new.csv --format markdown --overflow rest.md"
)]
pub(crate) struct Diff {
    /// What was before
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// What is now
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
