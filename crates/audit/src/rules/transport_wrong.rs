//! L010: the wrong transport.

use appleports_model::{Level, Rule, Transport, message};

use super::Case;
use crate::article::{outside, within};
use crate::judge::{Context, Found, with_transport};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L010",
    level: Level::Error,
    title: "the transport is another one than the article gives",
    why: "What is opened is not used, and what is used stays closed.",
    example: "`3478-3497/tcp`; the article gives UDP.",
    help: "write the transport that the article gives",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports()?;
    let is_none = within(ports, context.allowed(case.transports)).is_empty();
    if case.transports.is_empty() || !is_none {
        return None;
    }
    let others = Transport::ALL.into_iter();
    let mut others = others.filter(|own| outside(ports, context.article.asked(*own)) == 0);
    let right = others.next()?;
    let rows = context.article.rows.iter();
    let mut rows =
        rows.filter(|row| row.transport == Some(right) && row.ports.intersection(ports).is_some());
    let row = *rows.next()?;
    let is_open = context.open.iter().any(|open| open.row.key() == row.key());
    let edit = with_transport(context.text, case.entry, right).filter(|_| is_open);
    let evidence = row.evidence();
    let message = message!(
        "{}/{}: the article has {} ({evidence})",
        ports,
        case.transports,
        row.name()
    );
    Some(
        Found::at(&RULE, case.entry, message)
            .row(&row)
            .edit(edit)
            .claim(ports, Transports::one(right)),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

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
}
