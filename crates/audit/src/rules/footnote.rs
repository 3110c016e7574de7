//! L008: a footnote mark beside a port.

use appleports_model::{Level, Rule, message};

use super::{Case, oddly_written};
use crate::judge::{Context, Found};
use crate::list::Oddity;

pub(super) const RULE: Rule = Rule {
    code: "L008",
    level: Level::Error,
    title: "a footnote mark beside a port",
    why: "It came with the text of a page; programs do not read the port, or read another one.",
    example: "`5223¹`, `5223*` or `5223[2]`.",
    help: "remove the mark",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case
        .ports()
        .filter(|_| case.entry.oddity == Some(Oddity::Footnote))?;
    let written = &context.text[case.entry.span.clone()];
    let message = message!("`{}`: a footnote mark was copied with the port", written);
    Some(oddly_written(context, case, &RULE, (ports, message)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn a_mark_behind_a_space_is_no_port() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        let text = "3478-3497 [1]/udp\n5223 (2) tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().all(|own| own.contains("L008")), "{found:?}");
        assert_eq!(fixed(&rows, text), "3478-3497/udp\n5223 tcp\n");
    }

    #[test]
    fn it_is_one_finding_with_the_plain_text() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        let text = "3478-3497/udp\n5223*/tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L008"), "{found:?}");
        assert_eq!(fixed(&rows, text), "3478-3497/udp\n5223/tcp\n");
    }
}
