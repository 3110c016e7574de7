//! L008: a footnote mark beside a port.

use appleports_model::{Level, Rule, message};

use super::{Case, oddly_written};
use crate::judge::{Context, Found};
use crate::list::Oddity;

pub(super) const RULE: Rule = Rule {
    code: "L008",
    level: Level::Error,
    short: "mark beside a port",
    title: "a footnote mark or another sign beside a port",
    why: "It came with the text of a page; programs do not read the port, or read another one.",
    example: "`5223¹`, `5223*` or `5223[2]`, and `**5223**` in a rule.",
    help: "remove the mark",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports()?;
    let written = &context.text[case.entry.span.clone()];
    let message = match case.entry.oddity {
        Some(Oddity::Footnote) => {
            message!("`{}`: a footnote mark was copied with the port", written)
        }
        Some(Oddity::Mark) => {
            let notation = context.list.notation;
            message!(
                "`{}`: signs beside the port that {} does not read",
                written,
                notation
            )
        }
        _ => return None,
    };
    Some(oddly_written(context, case, &RULE, (ports, message)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn signs_beside_a_port_in_a_rule_are_one_finding() {
        let rows = ["80/tcp", "3478-3497/udp"];
        for right in [
            "tcp dport 80 accept\nudp dport { 3478-3497 } accept\n",
            "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p udp --dport 3478:3497 -j ACCEPT\n",
            "add chain=f action=accept protocol=tcp dst-port=80\nadd chain=f action=accept protocol=udp dst-port=3478-3497\n",
            "pass out proto tcp to port 80\npass out proto udp to port { 3478:3497 }\n",
            "ufw allow out to any port 80 proto tcp\nufw allow out to any port 3478:3497 proto udp\n",
            "ufw allow 80/tcp\nufw allow 3478:3497/udp\n",
            "config rule\n option proto tcp\n option dest_port 80\nconfig rule\n option proto udp\n option dest_port 3478-3497\n",
        ] {
            for range in ["80", "3478-3497", "3478:3497"] {
                if !right.contains(range) {
                    continue;
                }
                for (before, behind) in [
                    ("**", "**"),
                    ("`", "`"),
                    ("'", ""),
                    ("", "'"),
                    ("", "."),
                    ("", ")"),
                    ("(", ")"),
                    ("\u{a0}", ""),
                ] {
                    let text = right.replacen(range, &format!("{before}{range}{behind}"), 1);
                    let found = audit(&rows, &text);
                    assert_eq!(found.len(), 1, "{text}{found:?}");
                    assert!(found[0].contains("L008"), "{text}{found:?}");
                    assert_eq!(fixed(&rows, &text), right);
                }
            }
        }
        for right in [
            "tcp dport 80 accept\nudp dport { 3478-3497 } accept\n",
            "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p udp --dport 3478:3497 -j ACCEPT\n",
            "ufw allow out to any port 80 proto tcp\nufw allow 3478:3497/udp\n",
        ] {
            let text = right.replacen("80", "80 1)", 1);
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert_eq!(fixed(&rows, &text), right);
        }
        for right in [
            "(iptables -A O -p tcp --dport 80 -j ACCEPT)\niptables -A O -p udp --dport '3478:3497' -j ACCEPT\n",
            "nft 'add rule inet f o tcp dport 80'\nudp dport {3478-3497} accept;\n",
            "pass out proto tcp to port {80}\npass out proto udp to port { 3478:3497 }\n",
        ] {
            assert!(
                audit(&rows, right)
                    .iter()
                    .all(|finding| !finding.contains("L008")),
                "{right}"
            );
        }
    }

    #[test]
    fn a_mark_behind_a_space_is_no_port() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        let text = "3478-3497 [1]/udp\n5223 (2) tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found.iter().all(|finding| finding.contains("L008")),
            "{found:?}"
        );
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
