//! I001: the port is registered under another name.

use appleports_model::{Finding, IanaStatus, Level, Rule};

use super::{At, Context, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I001",
    level: Level::Warning,
    title: "the port is registered under another name",
    why: "Tools that read /etc/services or the registry will show the registered name, and a search for Apple's name finds nothing.",
    example: "5222/tcp as `jabber-client`; the registry has `xmpp-client`.",
    help: "use the registered name in rules and documents; Apple's name is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_status(
        context,
        IanaStatus::OtherName,
        &RULE,
        At::Name,
        findings,
        |record, check| {
            let name = record.name_at(check.ports.first());
            format!(
                "`{name}` on {}: the registry has {} ({}), and `{name}` nowhere",
                place(check),
                quoted(&check.iana_names),
                evidence(check)
            )
        },
    );
}
