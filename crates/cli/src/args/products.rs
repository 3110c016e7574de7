//! What `products` takes.

use clap::Args;

use super::{Choice, ListFormat, filled};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports products\n  appleports products push\n  appleports products --all --format json"
)]
pub(crate) struct Products {
    /// Words that the name or a spelling must contain; without any, all products are listed
    #[arg(value_name = "WORDS", value_parser = filled)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Also list products without a row in any edition of the article
    #[arg(long)]
    pub(crate) all: bool,
    /// How to show them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}
