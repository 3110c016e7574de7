//! S023: a services file has the name for another port.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S023",
    level: Level::Warning,
    short: "other port in services",
    title: "a services file has the name for another port",
    why: "A look-up by name returns the other port.",
    example: "`smtp` on 465/tcp; the file has `smtp` for 25/tcp.",
    help: "use the port number in rules",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_services(context, &RULE, |row, outcome| {
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
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::beside;
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::Tcp;

    #[test]
    fn by_name_the_first_line_counts() {
        let ssh = || record("22", &[Tcp], "ssh");
        for services in ["ssh 23/tcp\nssh 22/tcp", "bar 23/tcp ssh\nssh 22/tcp"] {
            assert_eq!(beside(run, ssh(), services).len(), 1, "{services}");
        }
        let found = beside(run, ssh(), "ssh 22/tcp\nssh 23/tcp");
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn the_other_port_and_the_names_of_ours_are_told() {
        assert_eq!(
            beside(
                run,
                record("465", &[Tcp], "smtp"),
                "smtp 25/tcp\nurd 465/tcp"
            ),
            [
                "14: `smtp` on 465/tcp: services has the name on 25 (line 1), and `urd` (line 2) here"
            ]
        );
    }
}
