//! S022: a services file has neither the name nor the port.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S022",
    level: Level::Note,
    title: "a services file has neither the name nor the port",
    why: "The system shows the bare number.",
    example: "`irdmi` on 8000/tcp and a short services file.",
    help: "add the entry: appleports export --format services --base FILE",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_services(context, &RULE, At::Name, findings, |row, outcome| {
        let Outcome::Missing = outcome else {
            return None;
        };
        Some(format!("{row}: not in {}", row.path()))
    });
}
