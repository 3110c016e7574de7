//! Entries of a list by their names, so that an option takes what the list has.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Takes the name of an entry.
pub(super) fn one_of<T: Sync>(
    all: &'static [T],
    name: fn(&T) -> &'static str,
) -> impl TypedValueParser<Value = &'static T> {
    PossibleValuesParser::new(all.iter().map(name)).try_map(move |word| {
        let found = all.iter().find(|one| name(one) == word);
        found.ok_or("not in the list")
    })
}
