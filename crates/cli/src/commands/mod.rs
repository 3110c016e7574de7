//! The commands: one file each, one line in [`run`].

mod build;
mod check;
mod diff;
mod explain;
mod export;
mod fetch;
mod find;
mod history;
mod ingest;
mod manual;
mod products;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests panic where they fail")]
mod spellings;
mod status;
mod verify;
mod why;

use appleports_pipeline::Failure;
use appleports_store::SourceFolder;

use crate::args::{Arguments, Command};

/// Runs a command; the answer is false for exit code 1.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let sources = SourceFolder::new(&arguments.sources);
    match &arguments.command {
        Command::Build(options) => build::run(&arguments.sources, options),
        Command::Ingest(options) => ingest::run(&sources, options),
        Command::Fetch(options) => fetch::run(&sources, options),
        Command::History(options) => history::run(&sources, options),
        Command::Status(options) => status::run(&sources, options),
        Command::Find(options) => find::run(&sources, options),
        Command::Why(options) => why::run(&sources, options),
        Command::Products(options) => products::run(&sources, options),
        Command::Export(options) => export::run(&sources, options),
        Command::Verify(options) => verify::run(&sources, options),
        Command::Check(options) => check::run(&sources, options),
        Command::Diff(options) => diff::run(&sources, options),
        Command::Explain(options) => explain::run(options),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::page(),
    }
}
