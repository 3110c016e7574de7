//! L015: numbers that make no range.

use appleports_model::{Level, PortRange, Rule, message};

use super::{Case, faulty_end, oddly_written, two_keys};
use crate::article::Row;
use crate::judge::{Context, Found, Uncovered, rewritten};
use crate::list::Oddity;

pub(super) const RULE: Rule = Rule {
    code: "L015",
    level: Level::Error,
    short: "invalid port",
    title: "not a valid port or range of ports",
    why: "The range runs backwards, the number is not within 1 to 65535, or a leading zero makes it octal; no program opens what was meant.",
    example: "`8999-8000`, or `49152-65536`.",
    help: "write the lower port first, and ports from 1 to 65535",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if let Some(ports) = case.ports() {
        if case.entry.oddity == Some(Oddity::Decimal) {
            let written = &context.text[case.entry.span.clone()];
            let message = message!("`{}` is a decimal number, and no port", written);
            return Some(oddly_written(context, case, &RULE, (ports, message)));
        }
        let octal = (case.entry.oddity == Some(Oddity::Octal)).then(|| octal(context, case, ports));
        return octal.or_else(|| one_key(context, case, ports));
    }
    let (first, last) = (&case.entry.numbers.0, &case.entry.numbers.1);
    let written = written(context, case);
    let found = |row: &Row<'_>, ports: PortRange| {
        let (name, evidence) = (row.name(), row.evidence());
        let message = message!(
            "`{}` is not a valid range; the article has {} ({evidence})",
            written,
            name
        );
        let place = faulty_end(context, case.entry, ports);
        Found::at(&RULE, case.entry, message)
            .pointing_at(context.text, case.entry, &place)
            .row(row)
            .help(format!("write `{ports}`, if that row is meant"))
            .claim(ports, case.transports)
    };
    let turned = turned(first, last);
    let is_turned = |open: &&Uncovered<'_>| Some(open.ports) == turned;
    let has_end = |open: &&Uncovered<'_>| open.first == *first || open.last == *last;
    let open = || {
        let rows = context.uncovered.iter();
        // Where each end has a place of its own, one port is a range as well.
        let has_ends = case.entry.last_span.is_some();
        rows.filter(move |open| {
            (has_ends || !open.ports.is_single()) && case.may_be(open.row.transport)
        })
    };
    if let Some(row) = open().find(is_turned) {
        let edit = rewritten(context.text, context.list, case.entry, &[row.ports]);
        return Some(found(&row.row, row.ports).edit(edit));
    }
    // It stands for the one row that begins or ends as it does.
    let mut rows = open().filter(has_end);
    Some(match (rows.next(), rows.next()) {
        (Some(row), None) => {
            // `3478-97`, and one above the highest port.
            let is_short = row.first == *first && row.last.ends_with(last.as_str());
            let is_certain = is_short || is_above(last) && row.last == u16::MAX.to_string();
            let edit = rewritten(context.text, context.list, case.entry, &[row.ports]);
            found(&row.row, row.ports).edit(edit.filter(|_| is_certain))
        }
        _ => alone(context, case, &written, turned),
    })
}

/// The entry as it is written, its ends with a hyphen where each has a cell.
fn written(context: &Context<'_>, case: &Case<'_>) -> String {
    let (first, last) = &case.entry.numbers;
    match case.entry.last_span {
        Some(_) => format!("{first}-{last}"),
        None => context.text[case.entry.span.clone()].to_owned(),
    }
}

/// The range that runs the other way.
fn turned(first: &str, last: &str) -> Option<PortRange> {
    let ends = last.parse().ok().zip(first.parse().ok());
    ends.and_then(|(first, last)| PortRange::new(first, last).ok())
}

fn is_above(number: &str) -> bool {
    let number = number.parse::<u32>();
    number.is_ok_and(|number| number > u32::from(u16::MAX))
}

/// An entry that no row explains.
fn alone(
    context: &Context<'_>,
    case: &Case<'_>,
    written: &str,
    turned: Option<PortRange>,
) -> Found {
    let (entry, (first, last)) = (case.entry, &case.entry.numbers);
    let is_one = entry.last_span.is_none() && first == last;
    let message = if is_one {
        message!("`{}` is not a port; ports are 1 to 65535", written)
    } else {
        message!("`{}` is not a valid range", written)
    };
    let help = match turned {
        Some(ports) if ports.first() > 0 && !is_one => {
            format!("write the lower port first: `{ports}`")
        }
        _ => "write ports from 1 to 65535".to_owned(),
    };
    let is_port = |number: &str| number.parse::<u16>().is_ok_and(|port| port > 0);
    let is_last = is_port(first) && !is_port(last);
    let place = entry.last_span.clone().filter(|_| is_last);
    let place = place.unwrap_or_else(|| entry.span.clone());
    Found::at(&RULE, entry, message)
        .pointing_at(context.text, entry, &place)
        .help(help)
}

/// A number that its program reads as octal: `05223` is 2707. It is meant as a decimal one where
/// the article has that.
fn octal(context: &Context<'_>, case: &Case<'_>, ports: PortRange) -> Found {
    let (first, last) = &case.entry.numbers;
    let number = if first.starts_with('0') { first } else { last };
    let notation = context.list.notation;
    let message = match u32::from_str_radix(number, 8) {
        Ok(value) => message!("`{}` is octal in {}: {}", number, notation, value),
        Err(_) => message!("`{}` is octal in {}, and no valid number", number, notation),
    };
    let found = Found::at(&RULE, case.entry, message);
    if case.is_right {
        let edit = rewritten(context.text, context.list, case.entry, &[ports]);
        found.edit(edit).claim(ports, case.transports)
    } else {
        found.help("write the number without a leading zero".to_owned())
    }
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
    fn a_long_number_is_not_passed_over() {
        let found = audit(&["80/tcp"], "{\"tcp\": [80, 1234567]}\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L015 `1234567`"), "{found:?}");
        let found = audit(&["80"], "[80, 1234567]\n");
        assert!(found[0].contains("L017 `1234567`"), "{found:?}");
        let found = audit(&["80/tcp"], "http 80/tcp\nother 70000/tcp\nnone 0/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:7 L015 `70000`"), "{found:?}");
    }

    #[test]
    fn the_help_says_what_to_write() {
        let rows = ["80/tcp", "16384-16387/udp"];
        for (written, help) in [
            ("8999-8000/tcp", "write the lower port first: `8000-8999`"),
            ("65536/tcp", "write ports from 1 to 65535"),
            ("0-7/tcp", "write ports from 1 to 65535"),
            (
                "16384-1640/udp",
                "write `16384-16387`, if that row is meant",
            ),
        ] {
            let list = format!("80/tcp\n{written}\n");
            let helps = helps(&rows, &list);
            assert!(
                helps.iter().any(|shown| shown == help),
                "{written}: {helps:?}"
            );
        }
    }

    #[test]
    fn the_cell_that_is_wrong_is_shown() {
        let rows = ["16384-16387/udp", "80/tcp"];
        for (row, place, written) in [
            ("16384,1600,udp", "3:7", "16384-1600"),
            ("90,70000,udp", "3:4", "90-70000"),
            ("0,90,udp", "3:1", "0-90"),
            ("90,80,udp", "3:1", "90-80"),
        ] {
            let text = format!("from,to,proto\n80,,tcp\n{row}\n");
            let found = audit(&rows, &text);
            let expected = format!("{place} L015 `{written}` is not a valid range");
            assert!(
                found.iter().any(|finding| finding.starts_with(&expected)),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_leading_zero_is_octal_for_some_programs() {
        let rows = ["443/tcp", "5223/tcp"];
        for (right, notation) in [
            ("tcp dport { 443, 5223 } accept\n", "nftables"),
            (
                "-A O -p tcp -m multiport --dports 443,5223 -j ACCEPT\n",
                "iptables",
            ),
            (
                "- port: 443\n  protocol: TCP\n- port: 5223\n  protocol: TCP\n",
                "yaml",
            ),
        ] {
            let text = right.replace("5223", "05223");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            let expected = format!("L015 `05223` is octal in {notation}: 2707");
            assert!(found[0].contains(&expected), "{found:?}");
            assert_eq!(fixed(&rows, &text), right);
            let text = right.replace("5223", "05298");
            let found = audit(&rows, &text);
            assert!(
                found
                    .iter()
                    .any(|finding| finding.contains("no valid number")),
                "{found:?}"
            );
            assert_eq!(fixed(&rows, &text), text);
        }
        for decimal in [
            "ufw allow 443/tcp\nufw allow 05223/tcp\n",
            "443/tcp\n05223/tcp\n",
            "- port: 443\n  protocol: TCP\n- port: \"05223\"\n  protocol: TCP\n",
        ] {
            assert_eq!(audit(&rows, decimal), [""; 0], "{decimal}");
        }
    }

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
        for (damaged, range) in [("3478-97", "3478-3497"), ("49152-65536", "49152-65535")] {
            assert_eq!(fixed(&rows, &right.replace(range, damaged)), right);
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

    #[test]
    fn a_number_of_a_spreadsheet_is_a_decimal_one() {
        let rows = ["80/tcp", "5223/tcp"];
        for (text, right) in [
            ("80/tcp\n5223.0\n", "80/tcp\n5223/tcp\n"),
            ("80/tcp\n5223.0/tcp\n", "80/tcp\n5223/tcp\n"),
            (
                "port,protocol\n80,tcp\n5223.0,tcp\n",
                "port,protocol\n80,tcp\n5223,tcp\n",
            ),
        ] {
            let found = audit(&rows, text);
            assert!(
                found[0].contains(" L015 `5223.0` is a decimal number"),
                "{found:?}"
            );
            assert_eq!((found.len(), fixed(&rows, text)), (1, right.to_owned()));
        }
        let text = "80/tcp\n5223/tcp\n17.0.0.0/8\n17.0/8\nmacOS 13.0\n";
        assert_eq!(audit(&rows, text), [""; 0]);
    }

    #[test]
    fn a_port_as_a_range_with_one_wrong_end_stands_for_its_row() {
        let rows = ["443/tcp", "80/tcp"];
        let text = "- protocol: tcp\n  fromPort: 4443\n  toPort: 443\n- protocol: tcp\n  fromPort: 80\n  toPort: 80\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:13 L015 `4443-443`"), "{found:?}");
        assert!(
            helps(&rows, text).contains(&"write `443`, if that row is meant".to_owned()),
            "{found:?}"
        );
    }
}
