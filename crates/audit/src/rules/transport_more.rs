//! L012: both transports where the article gives one.

use appleports_model::{Level, Rule, message};

use super::Case;
use crate::article::within;
use crate::judge::{Context, Found};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L012",
    level: Level::Note,
    short: "more transports",
    title: "an entry has more transports than the article",
    why: "The other transport is open as well, although the article does not list it.",
    example: "`proto { tcp udp }` for port 5223, which is TCP alone.",
    help: "split the rule by transport, to open no more than the article lists",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports().filter(|_| case.is_right)?;
    let unused = case
        .transports
        .iter()
        .filter(|transport| within(ports, context.article.asked(*transport)).is_empty());
    let unused = unused.fold(Transports::NONE, |set, transport| {
        set.and(Transports::one(transport))
    });
    if unused.is_empty() {
        return None;
    }
    let used = case
        .transports
        .iter()
        .filter(|transport| !unused.has(*transport));
    let used = used.fold(Transports::NONE, |set, transport| {
        set.and(Transports::one(transport))
    });
    let message = message!(
        "{}/{} is not in the article, which lists the port for {} only",
        ports,
        unused,
        used
    );
    Some(Found::at(&RULE, case.entry, message))
}

#[cfg(test)]
mod tests {
    use super::super::testing::audit;

    #[test]
    fn a_rule_for_both_transports_is_noted() {
        let found = audit(
            &["80/tcp", "53/tcp", "53/udp"],
            "pass out proto { tcp udp } to port { 80 53 }\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("L012") && found[0].contains("80/udp is not in the article"),
            "{found:?}"
        );
    }
}
