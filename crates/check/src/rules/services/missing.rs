//! S022: a services file has neither the name nor the port.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S022",
    level: Level::Note,
    short: "in no services file",
    title: "a services file has neither the name nor the port",
    why: "The system shows the bare number.",
    example: "`irdmi` on 8000/tcp and a short services file.",
    help: "add the entry: appleports export --format services --base FILE",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_services(context, &RULE, |row, outcome| {
        let Outcome::Missing = outcome else {
            return None;
        };
        Some(format!("{row}: not in {}", row.path()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::beside;
    use super::run;
    use crate::testing::record;
    use appleports_model::Transport::{Tcp, Udp};

    #[test]
    fn each_transport_is_looked_for() {
        let both = record("2049", &[Tcp, Udp], "nfsd");
        assert_eq!(
            beside(run, both, "nfsd 2049/tcp"),
            ["14: `nfsd` on 2049/udp: not in services"]
        );
        assert_eq!(
            beside(run, record("5223", &[], "x"), "other 5223/tcp"),
            Vec::<String>::new()
        );
    }
}
