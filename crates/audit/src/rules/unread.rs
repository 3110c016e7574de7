//! L017: text that may have ports and was not read.

use appleports_model::{Level, Rule, cut, message};

use crate::judge::{Context, Found, MAX_PER_RULE};
use crate::list::Unread;

pub(super) const RULE: Rule = Rule {
    code: "L017",
    level: Level::Warning,
    short: "not read",
    title: "a part of the list was not read",
    why: "It may have ports, and what it opens cannot be known from this file alone, so the verdict says nothing about it.",
    example: "`tcp dport 5223 jump push`, where the chain `push` is in another file.",
    help: "check these ports yourself, or write them in a form that docs/audit.md lists",
};

/// The most characters of the text that are shown.
const MAX_SHOWN: usize = 60;

/// The most bytes in which they are sought: there may be spaces between.
const MAX_LOOKED_AT: usize = 1_000;

pub(super) fn run(context: &Context<'_>, found: &mut Vec<Found>) {
    let is_service = |name: &String| context.names.is_service(name);
    let unread = context.list.unread.iter();
    let unread = unread.filter(|part| !part.name.as_ref().is_some_and(is_service));
    let (mut more, mut last) = (0, None);
    for (at, part) in unread.enumerate() {
        if at >= MAX_PER_RULE {
            (more, last) = (more + 1, Some(part));
            continue;
        }
        let end = context
            .text
            .floor_char_boundary(part.span.start + MAX_LOOKED_AT);
        let written = &context.text[part.span.start..part.span.end.min(end)];
        let written = written.split_whitespace();
        let written = written.take(MAX_SHOWN).collect::<Vec<&str>>().join(" ");
        let written = cut(&written, MAX_SHOWN);
        let message = if part.is_read {
            message!("`{}`: {}", written, part.reason)
        } else {
            message!("`{}` was not read: {}", written, part.reason)
        };
        let one = Found::placed(&RULE, part.line, part.column, message);
        found.push(if part.is_read {
            one.help("correct this place by hand; its ports were read as they are meant".to_owned())
        } else {
            one
        });
    }
    // They are counted, and not told.
    let one = |part: &Unread| Found::placed(&RULE, part.line, part.column, message!(""));
    found.extend(last.map(|part| one(part).for_all(more)));
}

#[cfg(test)]
mod tests {
    use super::super::testing::audit;

    #[test]
    fn what_a_notation_does_not_know_is_reported_and_not_missing() {
        let rows = ["80/tcp", "5223/tcp"];
        let cells = "80,tcp\n".repeat(10);
        let services = "http 80/tcp\napns 52x3/tcp\n";
        let services = format!("{services}{}", "a 80/tcp\nb 80/tcp\n".repeat(9));
        for (notation, text) in [
            ("lines", "80/tcp\n52x3/tcp\n"),
            ("csv", &format!("port,proto\n{cells}52x3,tcp\n")),
            ("services", &services),
            (
                "json",
                "[{\"port\":80,\"protocol\":\"tcp\"},{\"port\":\"52x3\",\"protocol\":\"tcp\"}]",
            ),
            (
                "yaml",
                "- port: 80\n  protocol: TCP\n- port: 52x3\n  protocol: TCP\n",
            ),
            ("nftables", "tcp dport { 80, 52x3 } accept\n"),
            (
                "iptables",
                "-A O -p tcp -m multiport --dports 80,52x3 -j ACCEPT\n",
            ),
            (
                "cisco",
                "permit tcp any any eq 80\npermit tcp any any eq 52x3\n",
            ),
            (
                "routeros",
                "add action=accept dst-port=80,52x3 protocol=tcp\n",
            ),
            ("pf", "pass out proto tcp to port { 80, 52x3 }\n"),
            ("ufw", "ufw allow 80/tcp\nufw allow 52x3/tcp\n"),
            (
                "ufw-status",
                "80/tcp ALLOW Anywhere\n52x3/tcp ALLOW Anywhere\n",
            ),
            (
                "uci",
                "config rule\n\toption proto tcp\n\toption dest_port '80 52x3'\n",
            ),
            (
                "firewalld",
                "<zone>\n<port port=\"80\" protocol=\"tcp\"/>\n<port port=\"52x3\" protocol=\"tcp\"/>\n</zone>\n",
            ),
            ("nmap", "-p T:80,52x3\n"),
        ] {
            let list = crate::read::read(text.as_bytes(), None).unwrap();
            assert_eq!(list.notation.name, notation, "{text}");
            let found = audit(&rows, text);
            let others: Vec<&String> = found.iter().filter(|line| !line.contains("L014")).collect();
            assert_eq!(others.len(), 1, "{notation}: {found:?}");
            assert!(
                others[0].contains("L017") && others[0].contains("52x3"),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_set_that_a_command_makes_is_empty() {
        let rows = ["80/tcp"];
        let text = "add set inet filter web { type inet_service; }\n\
                    add set inet filter other { type inet_service; }\n\
                    add element inet filter web { 80 }\n\
                    add rule inet filter out tcp dport @web accept\n\
                    add rule inet filter out udp dport @other accept\n";
        assert_eq!(audit(&rows, text), [""; 0]);
        let text = text.replace("add set inet filter other { type inet_service; }\n", "");
        assert_eq!(audit(&rows, &text).len(), 1);
    }

    #[test]
    fn what_is_in_a_comment_is_no_rule() {
        let rows = ["80/tcp", "443/tcp"];
        for text in [
            "tcp dport { 80, 443 } accept comment \"was: tcp dport 25 accept\"\n",
            "-A F -p tcp -m multiport --dports 80,443 -m comment --comment \"todo --dport 25\" -j ACCEPT\n",
            "add chain=forward action=accept comment=\"later: dst-port=25\" protocol=tcp dst-port=80,443\n",
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_chain_of_another_file_is_reported_and_nothing_is_missing() {
        let rows = ["80/tcp", "5223/tcp"];
        let text = "tcp dport 80 accept\ntcp dport 5223 jump push\n";
        assert_eq!(
            audit(&rows, text),
            ["2:11 L017 `5223` was not read: the chain `push` is not in this file"]
        );
        let chain = "chain push {\n accept\n}\n";
        assert_eq!(audit(&rows, &format!("{chain}{text}")), [""; 0]);
    }
}
