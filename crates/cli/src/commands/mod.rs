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

use crate::args::{Arguments, Command};
use crate::sources::{to_change, to_read};

/// Runs a command; the answer is false for exit code 1.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let named = arguments.sources.as_deref();
    match &arguments.command {
        Command::Build(options) => build::run(to_change(named)?.root(), options),
        Command::Ingest(options) if options.dry_run => ingest::run(&to_read(named)?, options),
        Command::Ingest(options) => ingest::run(&to_change(named)?, options),
        Command::Fetch(options) => fetch::run(&to_change(named)?, options),
        Command::Verify(options) => verify::run(&to_change(named)?, options),
        Command::History(options) => history::run(&to_read(named)?, options),
        Command::Status(options) => status::run(&to_read(named)?, options),
        Command::Find(options) => find::run(&to_read(named)?, options),
        Command::Why(options) => why::run(&to_read(named)?, options),
        Command::Products(options) => products::run(&to_read(named)?, options),
        Command::Export(options) => export::run(&to_read(named)?, options),
        Command::Check(options) => check::run(&to_read(named)?, options),
        Command::Diff(options) => diff::run(&to_read(named)?, options),
        Command::Explain(options) => explain::run(options),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::page(),
    }
}
