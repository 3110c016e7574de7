//! L006: a dash instead of a hyphen in a range.

use appleports_model::{Level, PortRange, Rule, message};

use super::{Case, oddly_written};
use crate::article::{Row, beginning_in};
use crate::judge::{Context, Found};
use crate::list::Oddity;

pub(super) const RULE: Rule = Rule {
    code: "L006",
    level: Level::Error,
    short: "wrong hyphen",
    title: "a dash or another sign instead of a hyphen in a range",
    why: "Programs take a hyphen or a colon; with another dash the range matches nothing, or the file does not load.",
    example: "`3478–3497` with an en dash.",
    help: "write a hyphen",
};

/// Signs that are read between two ports, of which one may be forwarded to the other.
const ARROWS: [&str; 4] = ["->", "=>", "→", "⇒"];

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports()?;
    let written = &context.text[case.entry.span.clone()];
    let is_other = ["_", "->", "--", "::"]
        .iter()
        .any(|sign| written.contains(sign));
    let sign = if is_other { "sign" } else { "dash" };
    let message = match case.entry.oddity {
        Some(Oddity::Dash) => message!(
            "`{}`: this {sign} is not a hyphen, and programs do not read it",
            written
        ),
        Some(Oddity::Sign) => {
            let group = &context.list.groups[case.entry.group];
            let inner = written.trim_matches(|c: char| c.is_ascii_digit());
            let how = match group.range_sign.as_ref() {
                " " => "a space".to_owned(),
                range_sign if group.takes(inner.trim()) => format!("`{range_sign}` and no spaces"),
                range_sign => format!("`{range_sign}`"),
            };
            let notation = context.list.notation;
            message!(
                "`{}`: a range is written with {} in {}",
                written,
                how,
                notation
            )
        }
        Some(Oddity::Joined) => message!("`{}`: the hyphen of the range is missing", written),
        _ => return None,
    };
    let is_of_row = || context.uncovered.iter().any(|open| open.ports == ports);
    let set = case.entry.transports;
    let is_for =
        |row: &Row<'_>| set.is_empty() || row.transport.is_none_or(|transport| set.has(transport));
    let is_of_article = || {
        let first = PortRange::single(ports.first());
        let mut rows = beginning_in(&context.article.all, first).iter();
        rows.any(|row| row.ports == ports && is_for(row))
    };
    // An arrow leads from one port to another: that is a range only if it is one of the article.
    if ARROWS.iter().any(|arrow| written.contains(arrow)) && !is_of_article() {
        let message = message!(
            "`{}`: an arrow leads from one port to another, and is no sign of a range",
            written
        );
        let help = "write the ports that are open; a range has a hyphen".to_owned();
        return Some(Found::at(&RULE, case.entry, message).help(help));
    }
    let found = oddly_written(context, case, &RULE, (ports, message));
    // Where the hyphen was is certain only if the ports are those of a row.
    let is_certain = case.entry.oddity != Some(Oddity::Joined) || is_of_row();
    Some(if is_certain { found } else { found.edit(None) })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, audit_of, fixed};

    #[test]
    fn a_hyphen_that_is_lost_is_one_finding() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        for text in [
            "udp:\n  - \"34783497\"\n  - \"16384-16387:16384-16387\"\n",
            "UDP: 34783497, 16384-16387\n",
            "U:34783497,16384-16387\n",
            "udp dport { 34783497, 16384-16387 } accept\n",
            "port,proto\n34783497,udp\n16384-16387,udp\n",
            "[{\"port\": \"34783497\", \"proto\": \"udp\"}, {\"port\": \"16384-16387\", \"proto\": \"udp\"}]\n",
            "- \"3478–3497:3478–3497/udp\"\n- \"16384-16387:16384-16387/udp\"\n",
            "34783497/udp\n16384-16387/udp\n",
            "3478-3497/udp\n1638416387/udp\n",
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("L006"), "{found:?}");
            let right = text
                .replace("34783497", "3478-3497")
                .replace("1638416387", "16384-16387")
                .replace('–', "-");
            assert_eq!(fixed(&rows, text), right);
        }
        for sign in ["_", "--", "->"] {
            let text = format!("16384-16387/udp\n3478{sign}3497/udp\n");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("2:1 L006"), "{found:?}");
            assert_eq!(fixed(&rows, &text), "16384-16387/udp\n3478-3497/udp\n");
        }
        for damaged in ["3478–3497", "34783497"] {
            let text =
                format!("permit udp any any eq {damaged}\npermit udp any any range 16384 16387\n");
            let right = text.replace(&format!("eq {damaged}"), "range 3478 3497");
            assert_eq!(fixed(&rows, &text), right);
        }
        assert_eq!(
            audit(&rows, "20240501\n3478-3497/udp\n16384-16387/udp\n"),
            [""; 0]
        );
    }

    #[test]
    fn an_arrow_between_other_ports_is_no_range() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
        for sign in ["->", "=>", "→", " → ", "⇒"] {
            for (first, last, set) in [
                ("80", "443", "tcp"),
                ("22", "2222", "tcp"),
                ("3478", "16384", "udp"),
            ] {
                let text = format!("443/tcp\n{first}{sign}{last}/{set}\n");
                let found = audit(&rows, &text);
                let about = found.iter().filter(|found| found.starts_with("2:"));
                assert!(
                    about
                        .clone()
                        .all(|found| found.contains("an arrow") || found.contains("L017")),
                    "{text}{found:?}"
                );
                assert!(about.count() == 1 || sign == "=>", "{text}{found:?}");
                // What is missing is added below.
                let after = fixed(&rows, &text);
                let written = format!("{first}{sign}{last}/{set}\n");
                assert!(after.contains(&written), "{text}{after}");
            }
            // `=>` is read nowhere.
            if sign == "=>" {
                continue;
            }
            let text = format!("443/tcp\n80/tcp\n3478{sign}3497/udp\n");
            assert_eq!(fixed(&rows, &text), "443/tcp\n80/tcp\n3478-3497/udp\n");
            // Also one of the article that the list is not for.
            let text = format!("443/tcp\n49152{sign}65535/tcp\n");
            let found = audit_of(&["443/tcp"], &["443/tcp", "49152-65535/tcp"], &text);
            assert!(!found[0].contains("an arrow"), "{found:?}");
        }
    }

    #[test]
    fn a_doubled_colon_is_one_finding() {
        for right in [
            "pass out proto udp to port { 3478:3497, 16384:16387 }\n",
            "a = \"{ 3478:3497, 16384:16387 }\"\npass out proto udp to port $a\n",
            "-A O -p udp -m multiport --dports 3478:3497,16384:16387 -j ACCEPT\n",
            "ufw allow 3478:3497,16384:16387/udp\n",
            "To  Action  From\n3478:3497/udp  ALLOW  Anywhere\n16384:16387/udp  ALLOW  Anywhere\n",
            "To  Action  From\n3478:3497,16384:16387/udp  ALLOW  Anywhere\n",
            "udp 3478:3497, 16384:16387\n",
        ] {
            let rows = ["3478-3497/udp", "16384-16387/udp"];
            assert_eq!(audit(&rows, right), [""; 0], "{right}");
            let text = right.replace("3478:", "3478::");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert!(found[0].contains("L006 `3478::3497"), "{text}{found:?}");
            assert_eq!(fixed(&rows, &text), right);
            let text = right.replace("16384:16387", "16384:16387,9::99");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert!(found[0].contains("L017 `9::99"), "{text}{found:?}");
        }
    }

    #[test]
    fn a_word_between_the_ends_is_one_finding() {
        for (right, other) in [
            ("-A O -p udp --dport 3478:3497 -j ACCEPT\n", "3478 to 3497"),
            ("udp dport 3478-3497 accept\n", "3478 bis 3497"),
            (
                "add action=accept protocol=udp dst-port=3478-3497\n",
                "3478 to 3497",
            ),
        ] {
            let damaged = right
                .replace("3478-3497", other)
                .replace("3478:3497", other);
            let found = audit(&["3478-3497/udp"], &damaged);
            assert_eq!(found.len(), 1, "{damaged}: {found:?}");
            assert!(found[0].contains("L006"), "{found:?}");
            assert_eq!(fixed(&["3478-3497/udp"], &damaged), right);
        }
    }

    #[test]
    fn each_program_has_its_own_sign() {
        for (rule, sign, others) in [
            ("udp dport { 3478-3497 } accept", "-", [":", "..", " to "]),
            ("udp dport 3478-3497 accept", "-", [":", "..", "–"]),
            (
                "-A OUTPUT -p udp --dport 3478:3497 -j ACCEPT",
                ":",
                ["-", "..", "–"],
            ),
            (
                "pass out proto udp to port 3478:3497",
                ":",
                ["-", "..", "–"],
            ),
            (
                "pass out proto udp to port { 3478:3497 }",
                ":",
                ["-", "..", "–"],
            ),
            (
                "add chain=a action=accept protocol=udp dst-port=3478-3497",
                "-",
                [":", "..", "–"],
            ),
            ("ufw allow 3478:3497/udp", ":", ["-", "..", "–"]),
            ("[A]\nports=3478:3497/udp", ":", ["-", "..", "–"]),
            (
                "config rule\n option proto udp\n option dest_port '3478-3497'",
                "-",
                ["..", "_", "–"],
            ),
            (
                "<port port=\"3478-3497\" protocol=\"udp\"/>",
                "-",
                [":", " to ", "–"],
            ),
            ("T:80,U:3478-3497", "-", ["_", "..", "–"]),
        ] {
            let rows = ["80/tcp", "3478-3497/udp"];
            let rows = &rows[usize::from(!rule.contains("T:80"))..];
            let range = format!("3478{sign}3497");
            assert_eq!(audit(rows, rule), [""; 0], "{rule}");
            for other in others {
                let text = rule.replace(&range, &format!("3478{other}3497"));
                let found = audit(rows, &text);
                assert_eq!(found.len(), 1, "{text}: {found:?}");
                assert!(found[0].contains("L006"), "{text}: {found:?}");
                assert_eq!(fixed(rows, &text), rule, "{text}");
            }
        }
    }

    #[test]
    fn most_programs_take_no_spaces_around_the_sign() {
        let rows = ["3478-3497/udp"];
        for right in [
            "-A OUTPUT -p udp --dport 3478:3497 -j ACCEPT",
            "-A OUTPUT -p udp -m multiport --dports 3478:3497 -j ACCEPT",
            "add chain=a action=accept dst-port=3478-3497 protocol=udp",
            "ufw allow 3478:3497/udp",
            "ufw allow out to any port 3478:3497 proto udp",
            "config rule\n option proto udp\n option dest_port '3478-3497'",
            "<port port=\"3478-3497\" protocol=\"udp\"/>",
            "nmap -p U:3478-3497 host",
        ] {
            for (between, sign) in [(" - ", "-"), (" : ", ":"), ("- ", "-"), (" :", ":")] {
                let text = right.replace(&format!("3478{sign}3497"), &format!("3478{between}3497"));
                if text == right {
                    continue;
                }
                let found = audit(&rows, &text);
                assert_eq!(found.len(), 1, "{text}: {found:?}");
                let expected = format!("a range is written with `{sign}` and no spaces");
                assert!(found[0].contains(&expected), "{text}: {found:?}");
                assert_eq!(fixed(&rows, &text), right);
            }
        }
        for spaced in [
            "udp dport 3478 - 3497 accept",
            "udp dport 3478- 3497 accept",
            "udp dport 3478 -3497 accept",
            "udp dport { 3478 - 3497 } accept",
            "pass out proto udp to port 3478 : 3497",
            "pass out proto udp to port { 3478 : 3497 }",
            "3478 - 3497/udp",
        ] {
            assert_eq!(audit(&rows, spaced), [""; 0], "{spaced}");
        }
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
