//! I012: a correction that applies to nothing any more.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, finding};
use crate::corrections::published;

pub(super) const RULE: Rule = Rule {
    code: "I012",
    level: Level::Warning,
    title: "a correction no longer applies",
    why: "Apple has changed the value; the correction may be done with, or wrong now.",
    example: "A correction of RFC 792 for a row that cites RFC 862 by now.",
    help: "look at the row again and remove the correction from sources/corrections.toml, or bring it up to date",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for correction in context.corrections {
        // A record that is gone, or that another capture does not have, has nothing to correct.
        let Some(record) = context
            .records
            .iter()
            .find(|record| record.id == correction.record)
        else {
            continue;
        };
        let value = published(record, &correction.field);
        if value != correction.published {
            let message = format!(
                "the correction of {} expects `{}`, the row has `{value}`",
                correction.field, correction.published
            );
            let found = finding(&RULE, record, At::Port, message);
            findings.push(found.with([&correction.field, &correction.published]));
        }
    }
}
