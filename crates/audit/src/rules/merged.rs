//! L013: rows that were joined by hand.

use appleports_model::{Level, PortRange, Rule, message};

use super::Case;
use crate::article::{outside, within};
use crate::judge::{Context, Found, rewritten};

pub(super) const RULE: Rule = Rule {
    code: "L013",
    level: Level::Warning,
    short: "joined rows",
    title: "a range joins rows and covers the ports between them",
    why: "The ports between are open, although no row lists them.",
    example: "`80-443` for 80 and 443.",
    help: "write the rows one by one",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case
        .ports()
        .filter(|ports| !case.is_right && !ports.is_single())?;
    let allowed = context.allowed(case.transports);
    let asked = within(ports, allowed);
    let ([first, .., last], 2..) = (asked.as_slice(), asked.len()) else {
        return None;
    };
    let starts = context
        .article
        .rows
        .iter()
        .any(|row| row.ports.first() == ports.first());
    let ends = context
        .article
        .rows
        .iter()
        .any(|row| row.ports.last() == ports.last());
    if first.first() != ports.first() || last.last() != ports.last() || !starts || !ends {
        return None;
    }
    let between = outside(ports, allowed);
    let noun = if between == 1 { "port" } else { "ports" };
    let shown: Vec<String> = asked.iter().take(4).map(PortRange::to_string).collect();
    let more = if asked.len() > 4 { " and more" } else { "" };
    let edit = rewritten(context.text, context.list, case.entry, &asked);
    let message = message!(
        "{} joins {}{more} and covers the {} {noun} between them",
        ports,
        shown.join(" and "),
        between
    );
    let row = context
        .article
        .rows
        .iter()
        .find(|row| row.ports.first() == ports.first())?;
    Some(Found::at(&RULE, case.entry, message).row(row).edit(edit))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed, helps};

    #[test]
    fn neighbours_that_were_merged_are_told_apart() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        let found = audit(&rows, "16384-16402/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("L013") && found[0].contains("covers the 5 ports"),
            "{found:?}"
        );
        assert_eq!(
            fixed(&rows, "16384-16402/udp\n"),
            "16384-16387/udp\n16393-16402/udp\n"
        );
    }

    #[test]
    fn rules_that_are_written_twice_are_counted_in_the_help() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        assert_eq!(
            helps(&rows, "-A O -p udp --dport 16384:16402 -j ACCEPT\n"),
            [
                "write 2 lines: `-A O -p udp --dport 16384:16387 -j ACCEPT` and `-A O -p udp --dport 16393:16402 -j ACCEPT`"
            ]
        );
        assert_eq!(
            helps(&rows, "udp dport { 16384-16402 } accept\n"),
            ["write `16384-16387, 16393-16402`"]
        );
    }

    #[test]
    fn every_notation_writes_the_rows_one_by_one() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        for (text, right) in [
            (
                "-A O -p udp --dport 16384:16402 -j ACCEPT\n",
                "-A O -p udp --dport 16384:16387 -j ACCEPT\n-A O -p udp --dport 16393:16402 -j ACCEPT\n",
            ),
            (
                "access-list 1 permit udp any any range 16384 16402\n",
                "access-list 1 permit udp any any range 16384 16387\naccess-list 1 permit udp any any range 16393 16402\n",
            ),
            (
                "ufw allow 16384:16402/udp\n",
                "ufw allow 16384:16387,16393:16402/udp\n",
            ),
            (
                "udp dport 16384-16402 accept\n",
                "udp dport { 16384-16387, 16393-16402 } accept\n",
            ),
            (
                "pass out proto udp to port 16384:16402\n",
                "pass out proto udp to port { 16384:16387, 16393:16402 }\n",
            ),
            (
                "port,proto\r\n16384-16402,udp\r\n",
                "port,proto\r\n16384-16387,udp\r\n16393-16402,udp\r\n",
            ),
            (
                "from,to,proto\n16384,16402,udp\n",
                "from,to,proto\n16384,16387,udp\n16393,16402,udp\n",
            ),
            (
                "<s>\n <port port=\"16384-16402\" protocol=\"udp\"/>\n</s>\n",
                "<s>\n <port port=\"16384-16387\" protocol=\"udp\"/>\n <port port=\"16393-16402\" protocol=\"udp\"/>\n</s>\n",
            ),
        ] {
            assert_eq!(fixed(&rows, text), right);
        }
        // What else is on the line is not repeated.
        for text in [
            "10 permit udp any any range 16384 16402\n",
            "-D O -p udp --dport 16384:16402 -j ACCEPT\n",
            "iptables -A O -p udp --dport 16384:16402 -j ACCEPT; reboot\n",
            "iptables -A O -p udp \\\n --dport 16384:16402 -j ACCEPT\n",
        ] {
            assert_eq!(fixed(&rows, text), text);
        }
    }
}
