//! S023: a services file has the name for another port.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S023",
    level: Level::Warning,
    title: "a services file has the name for another port",
    why: "Asked by name, the system gives the other port.",
    example: "`smtp` on 465/tcp; the file has `smtp` for 25/tcp.",
    help: "use the port number in rules",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_services(context, &RULE, At::Name, findings, |row, outcome| {
        let Outcome::Conflicting(elsewhere, here) = outcome else {
            return None;
        };
        Some({
            let beside = if here.is_empty() {
                String::new()
            } else {
                format!(", and {} here", row.names(here))
            };
            format!(
                "{row}: {} has the name on {} (line {}){beside}",
                row.path(),
                elsewhere.port,
                elsewhere.line
            )
        })
    });
}
