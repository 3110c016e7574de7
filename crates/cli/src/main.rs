//! `appleports`: which ports does Apple use, is that list right, and what changed?
//!
//! Exit codes: 0 success; 1 the answer is "no"; 2 usage, input or I/O error; 3 a
//! guard refused and nothing was overwritten.

mod args;
mod article;
mod asked;
mod built_in;
mod codes;
mod commands;
mod later;
mod print;
mod progress;
mod sources;
mod verdict;

use std::process::ExitCode;

use appleports_pipeline::Failure;
use clap::Parser;

fn main() -> ExitCode {
    let arguments = match args::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(shown) => return show(&shown),
    };
    appleports_store::when_waiting(|folder| {
        let message = format!("{}: until another program unlocks it", folder.display());
        print::diagnostic("waiting", &message);
    });
    match commands::run(&arguments) {
        Ok(answer) => ExitCode::from(u8::from(!answer)),
        Err(error) => report(&error),
    }
}

/// Prints the help or the version, or what is wrong with the arguments.
fn show(shown: &clap::Error) -> ExitCode {
    match print::usage(shown) {
        Ok(()) => ExitCode::from(if shown.use_stderr() { 2 } else { 0 }),
        Err(error) => report(&error),
    }
}

/// Prints why a command did not do its work.
fn report(error: &anyhow::Error) -> ExitCode {
    if let Some(Failure::Refused(findings)) = error.downcast_ref() {
        print::diagnostic("refused", "nothing was overwritten");
        for finding in findings {
            print::diagnostic(&format!("  {}", finding.code), &finding.message);
            print::diagnostic("  help", &finding.help);
        }
        return ExitCode::from(3);
    }
    if print::is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    print::diagnostic("error", &format!("{error:#}"));
    ExitCode::from(2)
}
