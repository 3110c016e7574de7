//! I008: the name is only an alias in the registry.

use appleports_model::{Column, CrossCheck, Finding, IanaStatus, Level, Rule, collapse_whitespace};

use super::{Context, entries, finding, place, row};

pub(super) const RULE: Rule = Rule {
    code: "I008",
    level: Level::Note,
    short: "name is an alias",
    title: "the name is an alias in the registry",
    why: "Aliases of this kind are historic spellings; service discovery does not use them.",
    example: "`dec_dlm`, an alias to `dec-dlm`.",
    help: "write the name that the alias stands for",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in context.records {
        let is_match = |check: &&CrossCheck| check.iana_status == IanaStatus::Match;
        for check in record.cross_check.iter().filter(is_match) {
            let name = record.name_at(check.ports.first());
            let alias = entries(context, check).into_iter().find(|entry| {
                entry.name.eq_ignore_ascii_case(name) && entry.notes.contains("is an alias to")
            });
            if let Some(entry) = alias {
                let message = format!(
                    "`{name}` on {}: {} ({} line {})",
                    place(check),
                    collapse_whitespace(entry.notes).trim_end_matches('.'),
                    check.edition,
                    entry.line
                );
                let found = finding(&RULE, record, Column::ServiceName, message);
                findings.push(found.on([row(check)]).with([name]));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::Tcp;

    #[test]
    fn the_registrys_own_note_is_quoted() {
        let mut alias = entry("dec_dlm", "625", Tcp, 3);
        alias.notes = "This entry is an alias to \"dec-dlm\".\nHistoric.";
        let entries = vec![entry("dec-dlm", "625", Tcp, 2), alias];
        assert_eq!(
            said_of(run, record("625", &[Tcp], "dec_dlm"), entries),
            [
                "14: `dec_dlm` on 625/tcp: This entry is an alias to \"dec-dlm\". Historic (iana/2020-01-01 line 3)"
            ]
        );
    }
}
