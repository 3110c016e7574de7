//! S020: a services file has other names on the port.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S020",
    level: Level::Warning,
    short: "other names in services",
    title: "a services file has other names on the port",
    why: "Programs and people on that system know the port by another name.",
    example: "`nfsd` on 2049/tcp; the file has `nfs`.",
    help: "use the system's name in the configuration of that system",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_services(context, &RULE, |row, outcome| {
        let Outcome::OtherName(entries) = outcome else {
            return None;
        };
        Some(format!(
            "{row}: {} has {} and not this name",
            row.path(),
            row.names(entries)
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
    fn the_files_name_is_quoted_with_its_line() {
        let nfsd = || record("2049", &[Tcp], "nfsd");
        assert_eq!(
            beside(run, nfsd(), "nfs 2049/tcp"),
            [
                "14: `nfsd` on 2049/tcp: services has `nfs` (line 1, as the registry has it) and not this name"
            ]
        );
        assert_eq!(beside(run, nfsd(), "nfsd 2049/tcp"), Vec::<String>::new());
    }

    #[test]
    fn names_compare_letter_by_letter() {
        let upper = record("2049", &[Tcp], "NFSD");
        assert_eq!(
            beside(run, upper, "nfsd 2049/tcp"),
            ["14: `NFSD` on 2049/tcp: services has `nfsd` (line 1) and not this name"]
        );
    }

    #[test]
    fn tcp_and_udp_with_the_same_names_are_one_finding() {
        let both = record("2049", &[Tcp, appleports_model::Transport::Udp], "nfsd");
        assert_eq!(beside(run, both, "nfs 2049/tcp\nnfs 2049/udp").len(), 1);
    }
}
