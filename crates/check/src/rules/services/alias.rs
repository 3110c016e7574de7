//! S021: the name is an alias in a services file.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S021",
    level: Level::Note,
    short: "alias in services",
    title: "the name is an alias in a services file",
    why: "By port the system shows the official name, not this one.",
    example: "`www` on 80/tcp, an alias of `http`.",
    help: "nothing; the name resolves",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_services(context, &RULE, |row, outcome| {
        let Outcome::Alias(entry) = outcome else {
            return None;
        };
        Some(format!(
            "{row}: an alias of `{}` in {} (line {})",
            entry.name,
            row.path(),
            entry.line
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::beside;
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::Tcp;

    #[test]
    fn the_official_name_is_told() {
        assert_eq!(
            beside(run, record("2049", &[Tcp], "nfsd"), "nfs 2049/tcp nfsd"),
            ["14: `nfsd` on 2049/tcp: an alias of `nfs` in services (line 1)"]
        );
    }
}
