//! What `export` takes.

use std::path::PathBuf;

use appleports_emit::{EXPORTS, FORMATS, OPENERS};
use appleports_model::Transport;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::{Choice, Filters};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports export --format services --transport tcp -o services\n  appleports export --format nftables --product FaceTime\n  appleports export --format services --base /etc/services -o services\n  appleports export --format services --registry service-names-port-numbers.xml"
)]
pub(crate) struct Export {
    /// The format; parquet only if the program was built with `--features parquet`
    #[arg(long, value_name = "F", value_parser = export_formats())]
    pub(crate) format: String,
    #[command(flatten)]
    pub(crate) filters: Filters,
    #[command(flatten)]
    pub(crate) choice: Choice,
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

/// A format whose name is known also where the program was built without it.
const OPTIONAL: &str = "parquet";

/// The names of all formats, those for opening ports first.
fn export_formats() -> impl TypedValueParser<Value = String> {
    let formats = OPENERS.iter().chain(EXPORTS).chain(FORMATS);
    let mut names: Vec<&str> = formats.map(|format| format.name).collect();
    let is_built_in = names.contains(&OPTIONAL);
    names.retain(|name| *name != OPTIONAL);
    let optional = PossibleValue::new(OPTIONAL).hide(!is_built_in);
    let values = names.into_iter().map(PossibleValue::new).chain([optional]);
    PossibleValuesParser::new(values).try_map(move |name| {
        if name == OPTIONAL && !is_built_in {
            Err("this program was built without it; build it with `cargo build --release --features parquet`")
        } else {
            Ok(name)
        }
    })
}
