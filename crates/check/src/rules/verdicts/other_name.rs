//! I001: the port is registered under another name.

use appleports_model::{Column, Finding, IanaStatus, Level, Rule};

use super::{Context, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I001",
    level: Level::Warning,
    short: "registered as another name",
    title: "the port is registered under another name",
    why: "Tools that read /etc/services or the registry will show the registered name, and a search for Apple's name finds nothing.",
    example: "5222/tcp as `jabber-client`; the registry has `xmpp-client`.",
    help: "use the registered name in rules and documents; Apple's name is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_status(
        context,
        IanaStatus::OtherName,
        &RULE,
        Column::ServiceName,
        |record, check| {
            let name = record.name_at(check.ports.first());
            format!(
                "`{name}` on {}: the registry has {} ({}), and `{name}` nowhere",
                place(check),
                quoted(&check.iana_names),
                evidence(check)
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::{Tcp, Udp};

    #[test]
    fn tcp_and_udp_with_the_same_names_are_one_finding() {
        let entries = vec![entry("nfs", "2049", Tcp, 2), entry("nfs", "2049", Udp, 3)];
        assert_eq!(
            said_of(run, record("2049", &[Tcp, Udp], "nfsd"), entries),
            [
                "14: `nfsd` on 2049/tcp: the registry has `nfs` (iana/2020-01-01 line 2), and `nfsd` nowhere"
            ]
        );
    }
}
