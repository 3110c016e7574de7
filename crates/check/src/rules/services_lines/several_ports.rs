//! S003: a name is on several ports of one transport.

use appleports_model::{Finding, Level, Oddity, Rule};

use super::{Context, for_oddities};

pub(super) const RULE: Rule = Rule {
    code: "S003",
    level: Level::Note,
    short: "name on several ports",
    title: "a name is on several ports of one transport",
    why: "getservbyname() returns only the first of them, the lowest port.",
    example: "`http-alt` on 8008/tcp and 8080/tcp.",
    help: "look up by port, or use the number",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_oddities(context, &RULE, |oddity| match oddity {
        Oddity::SeveralPorts {
            name,
            transport,
            ports,
        } => {
            let first = ports.first()?;
            let list: Vec<String> = ports.iter().map(ToString::to_string).collect();
            let message = format!(
                "`{name}` is on {}/{transport}; by name, only {first} is found",
                list.join(", ")
            );
            let values = [name.clone(), transport.to_string()];
            Some((message, values.into_iter().chain(list).collect()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{context, cross_checked, messages, record, registry};
    use appleports_model::Transport::{Tcp, Udp};

    #[test]
    fn the_ports_of_one_transport_are_listed() {
        let registry = registry(vec![]);
        let records = ["8008", "8080"].map(|port| record(port, &[Tcp], "http-alt"));
        let records = cross_checked(records, &registry);
        assert_eq!(
            messages(run, &context(&records, &registry)),
            ["10: `http-alt` is on 8008, 8080/tcp; by name, only 8008 is found"]
        );
        let apart = [
            record("53", &[Tcp], "domain"),
            record("54", &[Udp], "domain"),
        ];
        let apart = cross_checked(apart, &registry);
        assert_eq!(
            messages(run, &context(&apart, &registry)),
            Vec::<String>::new()
        );
    }
}
