//! S020: a services file has other names on the port.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S020",
    level: Level::Warning,
    title: "a services file has other names on the port",
    why: "Programs and people on that system know the port by another name.",
    example: "`nfsd` on 2049/tcp; the file has `nfs`.",
    help: "use the name of the system in its own configuration",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_services(context, &RULE, At::Name, findings, |row, outcome| {
        let Outcome::OtherName(entries) = outcome else {
            return None;
        };
        Some(format!(
            "{row}: {} has {} and not this name",
            row.path(),
            row.names(entries)
        ))
    });
}
