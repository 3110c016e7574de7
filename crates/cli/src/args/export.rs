//! What `export` takes.

use std::fmt;
use std::path::PathBuf;

use appleports_emit::{Direction, EXPORTS, FORMATS, Format, OPENERS, Opener, RuleOptions, Table};
use appleports_model::Transport;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::{Choice, Filters};

const EXAMPLES: &str = concat!(
    "Examples:\n",
    "  appleports export --format nftables --product FaceTime -o facetime.nft\n",
    "  appleports export --format iptables --direction both -o appleports.sh\n",
    "  appleports export --format lines --colon --transport udp\n",
    "  appleports export --format csv --expand -o lookup.csv\n",
    "  appleports export --format services --base /etc/services -o services\n",
    "  appleports export --format services --registry service-names-port-numbers.xml\n",
    "\n",
    "Rules only accept connections, and replace only what an earlier file loaded; the first lines of\n",
    "each file say how to load and remove them. See docs/firewalls.md.",
);

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Export {
    /// The format; parquet if the program was built with `--features parquet`
    #[arg(long, value_name = "F", value_parser = export_formats())]
    pub(crate) format: ExportFormat,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) choice: Choice,
    #[command(flatten)]
    pub(crate) rules: Rules,
    /// For services: a services file to merge into; its lines are left untouched
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Option<PathBuf>,
    /// For services: write the names of this registry edition (file or id) instead of
    /// Apple's
    #[arg(long, value_name = "FILE", conflicts_with_all = ["base", "unknown_as", "product", "registered"])]
    pub(crate) registry: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// How to write rules and lists of ports.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    /// For rules: accept outgoing connections to the ports (the default), incoming ones, or both
    #[arg(long, value_name = "D", value_parser = directions())]
    direction: Option<Direction>,
    /// For nftables: the table whose chains use the rules [default: inet filter]
    #[arg(long, value_name = "TABLE")]
    table: Option<Table>,
    /// For list, lines, comma: write ranges as a:b instead of a-b
    #[arg(long)]
    colon: bool,
    /// For list, lines, comma, csv, iana-csv: write each port of a range separately
    #[arg(long)]
    pub(crate) expand: bool,
    /// For rules and port lists: the transport for rows that have none; by default they open
    /// nothing
    #[arg(long, value_enum, value_name = "T")]
    pub(crate) unknown_as: Option<UnknownAs>,
}

impl Rules {
    pub(crate) fn options(&self) -> RuleOptions {
        RuleOptions {
            direction: self.direction,
            table: self.table.clone(),
            colon: self.colon,
            expand: self.expand,
            unknown_as: self.unknown_as.is_some(),
        }
    }
}

fn directions() -> impl TypedValueParser<Value = Direction> {
    PossibleValuesParser::new(Direction::ALL.map(Direction::as_str)).try_map(|word| {
        let found = Direction::ALL.into_iter().find(|one| one.as_str() == word);
        found.ok_or("no such direction")
    })
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

/// A format whose name is known also where the program was built without it.
const OPTIONAL: &str = "parquet";

/// A format of either kind.
#[derive(Clone, Copy)]
pub(crate) enum ExportFormat {
    /// Rules, or a list of ports.
    Opener(&'static Opener),
    /// Any other view of the rows.
    Other(&'static Format),
}

impl ExportFormat {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Opener(format) => format.name,
            Self::Other(format) => format.name,
        }
    }

    /// All of them, those for opening ports first.
    fn all() -> impl Iterator<Item = Self> {
        let others = EXPORTS.iter().chain(FORMATS).map(Self::Other);
        OPENERS.iter().map(Self::Opener).chain(others)
    }
}

impl fmt::Debug for ExportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn export_formats() -> impl TypedValueParser<Value = ExportFormat> {
    let mut names: Vec<&str> = ExportFormat::all().map(ExportFormat::name).collect();
    let is_built_in = names.contains(&OPTIONAL);
    names.retain(|name| *name != OPTIONAL);
    let optional = PossibleValue::new(OPTIONAL).hide(!is_built_in);
    let values = names.into_iter().map(PossibleValue::new).chain([optional]);
    PossibleValuesParser::new(values).try_map(|name| {
        let found = ExportFormat::all().find(|format| format.name() == name);
        found.ok_or("this program was built without it; build it with `cargo build --release --features parquet`")
    })
}
