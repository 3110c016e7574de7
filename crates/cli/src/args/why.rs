//! What `why` takes.

use clap::{Args, ValueEnum};

use super::Choice;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports why 5223\n  appleports why 80 443 5223/tcp\n  appleports why 3478-3497/udp --format json"
)]
pub(crate) struct Why {
    /// Ports and ranges, such as 5223 or 3478-3497, or 5223/tcp for one transport
    #[arg(required = true, value_name = "PORT")]
    pub(crate) ports: Vec<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// How to show it
    #[arg(long, value_enum, default_value_t = WhyFormat::Text)]
    pub(crate) format: WhyFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhyFormat {
    Text,
    Json,
}
