//! The options of `fetch` for what is in one language alone: one for each kind of source.

use appleports_model::SourceKind;
use appleports_pipeline::fetched_editions;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

/// The kinds that are asked for, each by its own option.
#[derive(Debug)]
pub(crate) struct Editions(pub(crate) Vec<SourceKind>);

impl Args for Editions {
    fn augment_args(command: Command) -> Command {
        command.args(fetched_editions().map(|edition| {
            let option = Arg::new(edition.option)
                .long(edition.option)
                .help(edition.help);
            option.action(ArgAction::SetTrue)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Editions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let asked = fetched_editions().filter(|edition| matches.get_flag(edition.option));
        Ok(Self(asked.map(|edition| edition.kind).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
