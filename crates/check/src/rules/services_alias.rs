//! S021: the name is an alias in a services file.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S021",
    level: Level::Note,
    title: "the name is an alias in a services file",
    why: "By port the system shows the official name, not this one.",
    example: "`www` on 80/tcp, an alias of `http`.",
    help: "nothing; the name resolves",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_services(context, &RULE, At::Name, findings, |row, outcome| {
        let Outcome::Alias(entry) = outcome else {
            return None;
        };
        Some(format!(
            "{row}: an alias of `{}` in {} (line {})",
            entry.name,
            row.path(),
            entry.line
        ))
    });
}
