//! What `site` takes.

use std::path::PathBuf;

use appleports_site::Address;
use clap::Args;

use super::Choice;

/// Where the repository publishes its own site.
const ADDRESS: &str = "https://appleports.github.io/appleports/";

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports site --out site\n  appleports site --out site --url https://example.org/ports/\n\nPages use relative links, so the site also works from files. The folder is\nreplaced as a whole, and only if this command wrote everything in it. See docs/site.md."
)]
pub(crate) struct Site {
    /// The folder to write; it is created, or replaced as a whole
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The public address, for canonical links, the feed, the sitemap and 404.html
    #[arg(long, value_name = "URL", default_value = ADDRESS)]
    pub(crate) url: Address,
    #[command(flatten)]
    pub(crate) choice: Choice,
}
