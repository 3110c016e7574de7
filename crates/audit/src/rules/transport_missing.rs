//! L011: an entry without a transport in a list that has them.

use appleports_model::{Level, Rule, message};

use super::Case;
use crate::judge::{Context, Found, add_transport};

pub(super) const RULE: Rule = Rule {
    code: "L011",
    level: Level::Warning,
    short: "no transport",
    title: "an entry has no transport, although others have one",
    why: "It is unclear whether the port is for TCP or UDP.",
    example: "`443` below `80/tcp`.",
    help: "add the transport that the article gives",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let is_bare = case.entry.transports.is_empty() && context.has_transports;
    let is_stated = !context.list.notation.is_tcp_by_default;
    let is_asked = is_bare && is_stated && context.article.transport.is_none() && case.is_right;
    let ports = case
        .ports()
        .filter(|_| is_asked && !is_refused(context, case))?;
    let rows = context.article.rows.iter();
    let mut rows = rows
        .filter(|row| row.ports.intersection(ports).is_some())
        .peekable();
    let row = **rows.peek()?;
    let transports: Vec<_> = rows.map(|row| row.transport).collect();
    let one = transports[0].filter(|one| transports.iter().all(|given| *given == Some(*one)));
    // Where the article gives none for some row, there is nothing to add.
    if transports.contains(&None) {
        return None;
    }
    let edit =
        one.and_then(|transport| add_transport(context.text, context.list, case.entry, transport));
    let evidence = row.evidence();
    let message = message!(
        "{} has no transport; the article has {} ({evidence})",
        ports,
        row.name()
    );
    Some(Found::at(&RULE, case.entry, message).row(&row).edit(edit))
}

/// Whether the place of an entry is reported as one that its program refuses.
fn is_refused(context: &Context<'_>, case: &Case<'_>) -> bool {
    let (unread, start) = (&context.list.unread, case.entry.span.start);
    let at = unread.partition_point(|part| part.span.start <= start);
    let before = at.checked_sub(1).map(|at| &unread[at]);
    before.is_some_and(|part| part.is_read && part.span.end > start)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn a_published_port_of_a_container_is_of_tcp() {
        let text = "services:\n  a:\n    ports:\n      - \"80:80\"\n      - \"53:53/udp\"\n";
        assert_eq!(audit(&["80/tcp", "53/udp"], text), [""; 0]);
        let found = audit(&["80/udp", "53/udp"], text);
        assert!(found[0].contains("L010"), "{found:?}");
    }

    #[test]
    fn only_a_list_with_transports_lacks_one() {
        let rows = ["80/tcp", "443/tcp"];
        assert_eq!(audit(&rows, "80\n443\n"), [""; 0]);
        let found = audit(&rows, "80/tcp\n443\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L011"), "{found:?}");
        assert_eq!(fixed(&rows, "80/tcp\n443\n"), "80/tcp\n443/tcp\n");
        let table = "port,proto,name\n80,tcp,Web\n443,,TLS\n";
        let found = audit(&rows, table);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("3:1 L011"), "{found:?}");
        assert_eq!(fixed(&rows, table), table);
        let yaml = "- port: 80\n  protocol: TCP\n- port: 443\n";
        assert_eq!(audit(&rows, yaml), [""; 0]);
        // A range may be that of rows that touch each other.
        let rows = ["80/tcp", "16393-16402/udp", "16403-16472/udp"];
        let fixed = fixed(&rows, "80/tcp\n16393-16472\n");
        assert_eq!(fixed, "80/tcp\n16393-16472/udp\n");
    }
}
