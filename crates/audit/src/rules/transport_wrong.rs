//! L010: the wrong transport.

use appleports_model::{Level, Rule, Transport, message};

use super::Case;
use crate::article::{Row, covers, within};
use crate::judge::{Context, Found, is_key, with_transport};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L010",
    level: Level::Error,
    short: "other transport",
    title: "the transport differs from the article",
    why: "The open port is unused, and the one in use stays closed.",
    example: "`3478-3497/tcp`; the article gives UDP.",
    help: "write the transport that the article gives",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports()?;
    let is_none = within(ports, context.allowed(case.transports)).is_empty();
    if case.transports.is_empty() || !is_none {
        return None;
    }
    let article = context.article;
    let has = |row: &Row<'_>| row.ports.intersection(ports) == Some(ports);
    // The article has it for another product: that is no other transport, unless the list lacks just
    // this port.
    let is_of = |row: &Row<'_>| {
        row.transport
            .is_some_and(|given| case.transports.has(given))
    };
    let is_of_others = article.all.iter().any(|row| is_of(row) && has(row));
    let is_lacking = || {
        context
            .uncovered
            .iter()
            .any(|lacking| lacking.row.ports == ports)
    };
    if is_of_others && !(context.is_mostly_right && is_lacking()) {
        return None;
    }
    let found = |row: &Row<'_>| {
        let evidence = row.evidence();
        // In a rule, the transport is that of all its ports, and a key is that of a list.
        let is_own = case.entry.transport_span.is_some() && !is_key(context.text, case.entry);
        let is_of_rule = !is_own && !case.entry.transports.is_empty();
        let message = if is_of_rule {
            message!(
                "{} is listed for {}; the article has {} ({evidence})",
                ports,
                case.transports,
                row.name()
            )
        } else {
            message!(
                "{}/{}: the article has {} ({evidence})",
                ports,
                case.transports,
                row.name()
            )
        };
        let found = Found::at(&RULE, case.entry, message).row(row);
        match row.transport.filter(|_| is_of_rule) {
            Some(right) => found.help(format!("move it to a rule or section for {right}")),
            None => found,
        }
    };
    if article.transport.is_some() {
        let row = article.chosen.iter().find(|row| has(row))?;
        return Some(found(row));
    }
    let others = Transport::ALL.into_iter();
    let mut others = others.filter(|transport| covers(context.article.asked(*transport), ports));
    let right = others.next()?;
    let rows = context.article.rows.iter();
    let mut rows =
        rows.filter(|row| row.transport == Some(right) && row.ports.intersection(ports).is_some());
    let row = *rows.next()?;
    let is_open = context
        .uncovered
        .iter()
        .any(|open| open.row.key() == row.key());
    // Both may be meant.
    let is_certain = is_open && !is_of_others;
    let edit = with_transport(context.text, case.entry, right).filter(|_| is_certain);
    Some(found(&row).edit(edit).claim(ports, Transports::one(right)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, audit_of, audit_of_transport, fixed, helps};

    #[test]
    fn a_port_of_another_product_is_not_the_wrong_transport() {
        let found = audit_of(&["443/tcp"], &["443/tcp", "443/udp"], "443/tcp\n443/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L002"), "{found:?}");
        assert!(found[0].contains("443/udp"), "{found:?}");
    }

    #[test]
    fn a_port_of_another_product_stands_for_the_one_that_the_list_lacks() {
        let rows = ["80/tcp", "443/tcp"];
        let found = audit_of(
            &rows,
            &["80/tcp", "443/tcp", "443/udp"],
            "80/tcp\n443/udp\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("2:1 L010 443/udp: the article has 443/tcp"),
            "{found:?}"
        );
    }

    #[test]
    fn a_list_for_one_transport_may_have_rows_of_another() {
        let rows = ["80/tcp", "3478-3497/udp"];
        let found = audit_of_transport(&rows, appleports_model::Transport::Tcp, "80\n3478-3497\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("2:1 L010 3478-3497/tcp: the article has 3478-3497/udp"),
            "{found:?}"
        );
    }

    #[test]
    fn in_a_rule_for_several_ports_it_is_moved_to_another() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
        let rule = "tcp dport { 80, 443, 3478-3497 } accept\n";
        let found = audit(&rows, rule);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with(
                "1:22 L010 3478-3497 is listed for tcp; the article has 3478-3497/udp"
            ),
            "{found:?}"
        );
        assert_eq!(helps(&rows, rule), ["move it to a rule or section for udp"]);
    }

    #[test]
    fn the_other_transport_is_one_finding() {
        let rows = ["80/tcp", "3478-3497/udp"];
        let found = audit(&rows, "80/tcp\n3478-3497/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L010"), "{found:?}");
        assert_eq!(
            fixed(&rows, "80/tcp\n3478-3497/TCP\n"),
            "80/tcp\n3478-3497/UDP\n"
        );
    }

    #[test]
    fn the_key_of_a_list_stays() {
        let rows = ["16393-16402/udp", "3478-3497/udp"];
        for text in [
            "tcp = [\"16393-16402\"]\nudp = [\"3478-3497\"]\n",
            "tcp = 16393-16402\nudp = 3478-3497\n",
            "tcp: 16393-16402\nudp: 3478-3497\n",
            "tcp='16393-16402'\nudp='3478-3497'\n",
            "tcp+=' 16393-16402'\nudp+=' 3478-3497'\n",
            "{\"tcp\": [\"16393-16402\"], \"udp\": [\"3478-3497\"]}\n",
        ] {
            let found = audit(&rows, text);
            assert!(found.len() == 1 && found[0].contains("L010"), "{found:?}");
            assert_eq!(helps(&rows, text), ["move it to a rule or section for udp"]);
            assert_eq!(fixed(&rows, text), text);
        }
        for (text, right) in [
            (
                "tcp:16393-16402\nudp:3478-3497\n",
                "udp:16393-16402\nudp:3478-3497\n",
            ),
            (
                "tcp 16393-16402\nudp 3478-3497\n",
                "udp 16393-16402\nudp 3478-3497\n",
            ),
        ] {
            assert_eq!(fixed(&rows, text), right);
        }
    }
}
