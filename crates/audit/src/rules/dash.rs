//! L006: an unusual dash between the ends of a range.

use appleports_model::{Level, Rule, message};

use super::Case;
use crate::judge::{Context, Found, rewritten};
use crate::list::Oddity;

pub(super) const RULE: Rule = Rule {
    code: "L006",
    level: Level::Error,
    title: "an unusual dash between the ends of a range",
    why: "Programs take a hyphen or a colon; with another dash the range matches nothing, or the file does not load.",
    example: "`3478–3497` with an en dash.",
    help: "write a hyphen, or what the notation has",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports()?;
    let written = &context.text[case.entry.span.clone()];
    let edit = rewritten(context.text, context.list, case.entry, &[ports]);
    let (message, edit) = match case.entry.oddity {
        Some(Oddity::Dash) => (
            message!(
                "`{}`: a dash that programs do not take for a hyphen",
                written
            ),
            edit,
        ),
        Some(Oddity::Joined) => {
            let is_row = context.open.iter().any(|open| open.ports == ports);
            (
                message!("`{}`: the hyphen of a range is lost", written),
                edit.filter(|_| is_row),
            )
        }
        _ => return None,
    };
    Some(
        Found::at(&RULE, case.entry, message)
            .edit(edit)
            .claim(ports, case.transports),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn a_hyphen_that_is_lost_is_one_finding() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        for text in [
            "34783497/udp\n16384-16387/udp\n",
            "3478-3497/udp\n1638416387/udp\n",
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("L006"), "{found:?}");
            assert_eq!(fixed(&rows, text), "3478-3497/udp\n16384-16387/udp\n");
        }
        assert_eq!(
            audit(&rows, "20240501\n3478-3497/udp\n16384-16387/udp\n"),
            [""; 0]
        );
    }

    #[test]
    fn it_is_one_finding_with_the_plain_text() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        let text = "3478–3497/udp\n5223/tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L006"), "{found:?}");
        assert_eq!(fixed(&rows, text), "3478-3497/udp\n5223/tcp\n");
    }
}
