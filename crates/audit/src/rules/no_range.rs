//! L015: numbers that make no range.

use appleports_model::{Level, PortRange, Rule, message};

use super::{Case, two_keys};
use crate::article::Row;
use crate::judge::{Context, Found, Uncovered, rewritten};

pub(super) const RULE: Rule = Rule {
    code: "L015",
    level: Level::Error,
    title: "not a valid port or range of ports",
    why: "The range runs backwards, or the number is not within 1 to 65535; no program accepts it.",
    example: "`8999-8000`, or `49152-65536`.",
    help: "compare the range with the article",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if let Some(ports) = case.ports() {
        return one_key(context, case, ports);
    }
    let written = &context.text[case.entry.span.clone()];
    let message = if case.entry.numbers.0 == case.entry.numbers.1 {
        message!("`{}` is not a port; ports are 1 to 65535", written)
    } else {
        message!("`{}` is not a valid range", written)
    };
    let found = |row: &Row<'_>| {
        let evidence = row.evidence();
        let name = row.name();
        let message = message!(
            "`{}` is not a valid range; the article has {} ({evidence})",
            written,
            name
        );
        Found::at(&RULE, case.entry, message).row(row)
    };
    let (first, last) = (&case.entry.numbers.0, &case.entry.numbers.1);
    let turned = || {
        let ends = last.parse().ok().zip(first.parse().ok());
        ends.and_then(|(first, last)| PortRange::new(first, last).ok())
    };
    let is_turned = |open: &&Uncovered<'_>| Some(open.ports) == turned();
    let has_end = |open: &&Uncovered<'_>| open.first == *first || open.last == *last;
    let open = || {
        let rows = context.uncovered.iter();
        rows.filter(|open| !open.ports.is_single() && case.may_be(open.row.transport))
    };
    if let Some(row) = open().find(is_turned) {
        let edit = rewritten(context.text, context.list, case.entry, &[row.ports]);
        return Some(found(&row.row).edit(edit).claim(row.ports, case.transports));
    }
    // It stands for the one row that begins or ends as it does.
    let mut rows = open().filter(has_end);
    Some(match (rows.next(), rows.next()) {
        (Some(row), None) => {
            // `3478-97`, and one above the highest port.
            let is_short = row.first == *first && row.last.ends_with(last.as_str());
            let is_above = last
                .parse::<u32>()
                .is_ok_and(|last| last > u32::from(u16::MAX));
            let is_certain = is_short || is_above && row.last == u16::MAX.to_string();
            let edit = rewritten(context.text, context.list, case.entry, &[row.ports]);
            found(&row.row)
                .edit(edit.filter(|_| is_certain))
                .claim(row.ports, case.transports)
        }
        _ => Found::at(&RULE, case.entry, message),
    })
}

/// A range in the place of one port, such as `port:` of Kubernetes.
fn one_key(context: &Context<'_>, case: &Case<'_>, ports: PortRange) -> Option<Found> {
    let help = two_keys(context, case.entry, ports)?;
    let written = &context.text[case.entry.span.clone()];
    let message = message!("`{}`: `port` takes one port, and no range", written);
    Some(
        Found::at(&RULE, case.entry, message)
            .edit(rewritten(context.text, context.list, case.entry, &[ports]))
            .claim(ports, case.transports)
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed, helps};

    #[test]
    fn kubernetes_has_a_key_for_each_end() {
        let rows = ["3478-3497/udp", "80/tcp"];
        let head = "apiVersion: v1\nports:\n- port: 80\n";
        let flow = "- {port: 3478, endPort: 3497, protocol: UDP}\n";
        for (damaged, right) in [
            (
                "- protocol: UDP\n  port: 3478–3497 # a\n",
                "- protocol: UDP\n  port: 3478\n  endPort: 3497 # a\n",
            ),
            (
                "- port: 3478-3497\n  protocol: UDP\n",
                "- port: 3478\n  endPort: 3497\n  protocol: UDP\n",
            ),
            (
                "- port: 3478 to 3497\r\n  protocol: UDP\r\n",
                "- port: 3478\r\n  endPort: 3497\r\n  protocol: UDP\r\n",
            ),
            ("- {port: 3478–3497, protocol: UDP}\n", flow),
            ("- {port: 3478-3497, protocol: UDP}\n", flow),
        ] {
            let text = format!("{head}{damaged}");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(fixed(&rows, &text), format!("{head}{right}"));
        }
        for range in ["3478–3497", "3478-3497", "34783497"] {
            let text = format!("{head}- port: \"{range}\"\n  protocol: UDP\n");
            assert_eq!(
                helps(&rows, &text),
                ["write `port: 3478` and `endPort: 3497`"]
            );
            assert_eq!(fixed(&rows, &text), text);
        }
        // Elsewhere a port may be a range.
        assert_eq!(
            audit(
                &rows,
                "- port: 80\n  proto: tcp\n- port: 3478-3497\n  proto: udp\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn it_stands_for_the_row_that_it_is_made_of() {
        let rows = ["16384-16387/udp", "80/tcp"];
        let found = audit(&rows, "80/tcp\n16387-16384/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            fixed(&rows, "80/tcp\n16387-16384/udp\n"),
            "80/tcp\n16384-16387/udp\n"
        );
        let found = audit(&rows, "80/tcp\n16384-1640/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L015"), "{found:?}");
    }

    #[test]
    fn the_range_is_written_where_it_is_certain() {
        let rows = ["3478-3497/udp", "49152-65535/tcp"];
        let right = "3478-3497/udp\n49152-65535/tcp\n";
        for (damaged, own) in [("3478-97", "3478-3497"), ("49152-65536", "49152-65535")] {
            assert_eq!(fixed(&rows, &right.replace(own, damaged)), right);
        }
        let other = right.replace("3478-3497", "3478-34");
        assert_eq!(fixed(&rows, &other), other);
    }

    #[test]
    fn a_number_that_is_no_port_is_found() {
        for number in ["0", "65536", "99999"] {
            for text in [
                format!("80\n{number}\n"),
                format!("tcp dport {{ 80,\n {number} }} accept\n"),
                format!("port,proto\n{number},tcp\n80,tcp\n"),
            ] {
                let found = audit(&["80/tcp"], &text);
                assert_eq!(found.len(), 1, "{found:?}");
                let expected = format!("L015 `{number}` is not a port; ports are 1 to 65535");
                assert!(
                    found[0].starts_with("2:") && found[0].contains(&expected),
                    "{found:?}"
                );
            }
        }
    }

    #[test]
    fn a_range_that_runs_backwards_is_found() {
        let found = audit(&["80/tcp"], "80\n8999-8000\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L015"), "{found:?}");
    }
}
