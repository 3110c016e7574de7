//! S002: an irregular name is written as the alias of the registered one.

use appleports_model::{Finding, Level, Oddity, Rule};

use super::{Context, for_oddities};

pub(super) const RULE: Rule = Rule {
    code: "S002",
    level: Level::Note,
    short: "services alias",
    title: "an irregular name is written as an alias of the registered name",
    why: "The registry itself lists the irregular spelling beside the regular one.",
    example: "`dec_dlm` becomes an alias of `dec-dlm` on 625/tcp.",
    help: "nothing; both spellings resolve",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_oddities(context, &RULE, |oddity| match oddity {
        Oddity::AsAlias {
            name,
            place,
            regular,
        } => Some((
            format!("`{name}` on {place} is written as an alias of `{regular}`"),
            vec![name.clone(), place.clone(), regular.clone()],
        )),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::Tcp;

    #[test]
    fn the_regular_name_of_the_registry_goes_first() {
        let entries = vec![
            entry("dec-dlm", "625", Tcp, 2),
            entry("dec_dlm", "625", Tcp, 3),
        ];
        assert_eq!(
            said_of(run, record("625", &[Tcp], "dec_dlm"), entries),
            ["10: `dec_dlm` on 625/tcp is written as an alias of `dec-dlm`"]
        );
    }
}
