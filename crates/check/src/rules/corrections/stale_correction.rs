//! I012: a correction that applies to nothing any more.

use appleports_model::{Column, Finding, Level, Rule};

use super::{Context, finding};
use crate::corrections::published;

pub(super) const RULE: Rule = Rule {
    code: "I012",
    level: Level::Warning,
    short: "outdated correction",
    title: "a correction no longer applies",
    why: "Apple has changed the value; the correction may be obsolete or wrong.",
    example: "A correction of RFC 792 for a row that cites RFC 862 by now.",
    help: "look at the row again and remove the correction from sources/corrections.toml, or bring it up to date",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for correction in context.corrections {
        // A record that is gone, or that another capture does not have, has nothing to correct.
        let Some(record) = context
            .records
            .iter()
            .find(|record| record.id == correction.record)
        else {
            continue;
        };
        let value = published(record, correction.field);
        if value != correction.published {
            let message = format!(
                "the correction of {} expects `{}`, the row has `{value}`",
                correction.field, correction.published
            );
            let found = finding(&RULE, record, Column::Port, message);
            findings.push(found.with([correction.field.as_str(), &correction.published]));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{record, said_of_corrected};
    use appleports_model::CorrectedField;
    use appleports_model::Transport::Tcp;

    #[test]
    fn a_correction_of_another_value_is_stale() {
        let kermit = || record("1649", &[Tcp], "kermit");
        assert_eq!(
            said_of_corrected(run, kermit(), CorrectedField::ServiceName, ["other", ""]),
            ["10: the correction of service_name expects `other`, the row has `kermit`"]
        );
        assert_eq!(
            said_of_corrected(run, kermit(), CorrectedField::ServiceName, ["kermit", ""]),
            Vec::<String>::new()
        );
    }
}
