//! The commands: one file each, one line in [`run`].

mod audit;
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
mod site;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests panic where they fail")]
mod spellings;
mod status;
mod verify;
mod why;

use appleports_store::SourceFolder;

use crate::args::{Arguments, Command};
use crate::later;
use crate::sources::{Sources, ids, to_change, to_read};

/// Runs a command; the answer is false for exit code 1.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let named = arguments.sources.as_deref();
    let look_up = || -> anyhow::Result<Sources> {
        let sources = to_read(named)?;
        later::warn(&sources.ids());
        Ok(sources)
    };
    let read = || look_up()?.unpacked();
    let change = || -> anyhow::Result<SourceFolder> {
        let sources = to_change(named)?;
        later::warn(&ids(&sources));
        Ok(sources)
    };
    match &arguments.command {
        Command::Build(options) => build::run(change()?.root(), options),
        Command::Ingest(options) if options.dry_run => ingest::run(&read()?, options),
        Command::Ingest(options) => ingest::run(&change()?, options),
        // These two refuse later days themselves.
        Command::Fetch(options) => fetch::run(&to_change(named)?, options),
        Command::Status(options) => status::run(&to_read(named)?.unpacked()?, options),
        Command::Verify(options) => verify::run(&change()?, options),
        Command::History(options) => history::run(look_up()?, options),
        Command::Find(options) => find::run(look_up()?, options),
        Command::Why(options) => why::run(look_up()?, options),
        Command::Products(options) => products::run(look_up()?, options),
        Command::Export(options) => export::run(look_up()?, options),
        Command::Site(options) => site::run(&read()?, options),
        Command::Audit(options) => audit::run(look_up()?, options),
        Command::Check(options) => check::run(&read()?, options),
        Command::Diff(options) => diff::run(&read()?, options),
        Command::Explain(options) => explain::run(options),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man => manual::page(),
    }
}
