//! What `products` takes.

use clap::Args;

use super::{Choice, ListFormat, filled};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports products\n  appleports products push\n  appleports products --all --format json"
)]
pub(crate) struct Products {
    /// Words that the name or another spelling must have; all products without any
    #[arg(value_name = "WORDS", value_parser = filled)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Also list products that no edition of the article has a row for
    #[arg(long)]
    pub(crate) all: bool,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}
