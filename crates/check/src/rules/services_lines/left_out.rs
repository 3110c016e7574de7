//! S001: a name cannot stand in a services file.

use appleports_model::{Finding, Level, Oddity, Rule};

use super::{Context, for_oddities};

pub(super) const RULE: Rule = Rule {
    code: "S001",
    level: Level::Warning,
    short: "not in services",
    title: "a name was left out of the services file",
    why: "A name that is not valid by RFC 6335, section 5.1, may not be found, or may break a parser.",
    example: "`domän`, or a name of sixteen characters.",
    help: "look up the registered name; the row is a comment in the services file",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_oddities(context, &RULE, |oddity| match oddity {
        Oddity::NoName { name, place } => Some((
            format!("`{name}` on {place} is not in the services file"),
            vec![name.clone(), place.clone()],
        )),
        Oddity::NoRoom { alias, place } => Some((
            format!("the line of {place} has no room for the alias `{alias}`"),
            vec![alias.clone(), place.clone()],
        )),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{record, said_of};
    use appleports_model::Transport::Tcp;
    use appleports_model::{PortName, Record};

    #[test]
    fn a_name_that_is_none_is_left_out() {
        for name in ["domän", "sixteen-letters-"] {
            assert_eq!(
                said_of(run, record("53", &[Tcp], name), vec![]),
                [format!(
                    "10: `{name}` on 53/tcp is not in the services file"
                )]
            );
        }
        let regular = record("53", &[Tcp], "domain");
        assert_eq!(said_of(run, regular, vec![]), Vec::<String>::new());
    }

    #[test]
    fn an_alias_that_finds_no_room_is_left_out() {
        let names = (0..8).map(|at| PortName {
            port: 53,
            name: format!("a-long-name-{at}"),
        });
        let row = Record {
            port_names: names.collect(),
            ..record("53", &[Tcp], "a-long-name-0")
        };
        assert_eq!(
            said_of(run, row, vec![]),
            [
                "10: the line of 53/tcp has no room for the alias `a-long-name-6`",
                "10: the line of 53/tcp has no room for the alias `a-long-name-7`"
            ]
        );
    }
}
