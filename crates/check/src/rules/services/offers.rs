//! S024: a services file has a name where the article gives none.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S024",
    level: Level::Note,
    short: "named in services alone",
    title: "a services file has a name where the article gives none",
    why: "The name is what the system shows for the port; whether it means the same service is another question.",
    example: "5223/tcp without a name; the file has `hpvirtgrp`.",
    help: "nothing; the name is offered, not adopted",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_services(context, &RULE, |row, outcome| {
        let Outcome::Offered(entries) = outcome else {
            return None;
        };
        Some(format!("{row}: {} has {}", row.path(), row.names(entries)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::beside;
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::Tcp;

    #[test]
    fn a_name_is_offered_where_the_article_has_none() {
        let row = || record("5223", &[Tcp], "");
        assert_eq!(
            beside(run, row(), "hpvirtgrp 5223/tcp"),
            ["14: 5223/tcp: services has `hpvirtgrp` (line 1)"]
        );
        assert_eq!(beside(run, row(), "other 1/tcp"), Vec::<String>::new());
    }
}
