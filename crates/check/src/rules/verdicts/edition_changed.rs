//! I010: another edition of the registry gives another verdict.

use appleports_model::{Column, CrossCheck, Finding, Level, Rule};

use super::{Context, evidence, finding, in_order, place, quoted, row};
use crate::iana_status::cross_check;

pub(super) const RULE: Rule = Rule {
    code: "I010",
    level: Level::Note,
    short: "editions disagree",
    title: "another edition of the registry gives another verdict",
    why: "A name that was wrong when the page was captured may have been registered since, or the other way round.",
    example: "A name that is in the edition of 2024 and was not in that of 2015.",
    help: "judge a current page by a current edition",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let Some(compare) = context.compare else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut others = context.records.to_vec();
    cross_check(&mut others, compare);
    for (record, other) in context.records.iter().zip(&others) {
        let mut said: Vec<String> = Vec::new();
        for (check, then) in record.cross_check.iter().zip(&other.cross_check) {
            let names = [check, then].map(|verdict| in_order(&verdict.iana_names));
            if check.iana_status == then.iana_status && names[0] == names[1] {
                continue;
            }
            let message = format!("{}: {}, {}", place(check), describe(check), describe(then));
            if !said.contains(&message) {
                let found = finding(&RULE, record, Column::ServiceName, message.clone());
                let verdicts = [check.iana_status, then.iana_status];
                findings.push(found.on([row(check)]).with(verdicts).with(names.concat()));
                said.push(message);
            }
        }
    }
    findings
}

fn describe(check: &CrossCheck) -> String {
    let names = if check.iana_names.is_empty() {
        "no name".to_owned()
    } else {
        quoted(&check.iana_names)
    };
    format!("{} with {names} ({})", check.iana_status, evidence(check))
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::Context;
    use crate::testing::{context, cross_checked, entry, messages, record, registry};
    use appleports_model::Registry;
    use appleports_model::Transport::Tcp;

    fn beside(newer: &Registry) -> Vec<String> {
        let registry = registry(vec![entry("urd", "465", Tcp, 2)]);
        let records = cross_checked([record("465", &[Tcp], "urd")], &registry);
        let context = context(&records, &registry);
        messages(
            run,
            &Context {
                compare: Some(newer),
                ..context
            },
        )
    }

    #[test]
    fn both_editions_are_quoted() {
        let entries = vec![entry("urd", "465", Tcp, 2), entry("smtps", "465", Tcp, 3)];
        assert_eq!(
            beside(&Registry::new("iana/2024-01-01", entries)),
            [
                "14: 465/tcp: match with `urd` (iana/2020-01-01 line 2), match with `urd` and `smtps` (iana/2024-01-01 lines 2, 3)"
            ]
        );
    }

    #[test]
    fn another_line_is_no_change() {
        let same = vec![entry("urd", "465", Tcp, 9)];
        assert_eq!(
            beside(&Registry::new("iana/2024-01-01", same)),
            Vec::<String>::new()
        );
    }
}
