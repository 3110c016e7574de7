//! L009: a sign between groups of three digits.

use appleports_model::{Level, PortRange, Rule, message};

use super::Case;
use crate::judge::{Context, Found, replaced, rewritten};
use crate::list::{Entry, Oddity};

pub(super) const RULE: Rule = Rule {
    code: "L009",
    level: Level::Error,
    short: "thousands separator",
    title: "a thousands separator in a number",
    why: "Programs read two ports, or none, where one is meant.",
    example: "`5,223` for 5223, or `16,384-16,387`.",
    help: "write the number without the separator",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let entry = case.entry;
    if entry.oddity == Some(Oddity::Thousands) {
        let ports = case.ports()?;
        let written = &context.text[entry.span.clone()];
        let edit = rewritten(context.text, context.list, entry, &[ports]);
        let message = message!("`{}`: {} with a thousands separator", written, ports);
        return Some(
            Found::at(&RULE, entry, message)
                .edit(edit)
                .claim(ports, case.transports),
        );
    }
    parted(context, case)
}

/// The most entries that one range is parted into: `16,384-16,387`.
const MAX_PARTS: usize = 3;

/// `5,223` in a list with commas, or `16,384-16,387`.
fn parted(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let rest = &context.list.entries[case.at..];
    let mut numbers = own_numbers(&rest[0]);
    let mut found = None;
    for further in 1..MAX_PARTS.min(rest.len()) {
        let (one, other) = (&rest[further - 1], &rest[further]);
        let between = context.text.get(one.span.end..other.span.start);
        let head = numbers.last_mut()?;
        let is_one = one.group == other.group
            && one.line == other.line
            && matches!(between, Some("," | "'" | "’" | " " | "\u{a0}"))
            && (1..=2).contains(&head.len())
            && other.numbers.0.len() == 3;
        if !is_one {
            break;
        }
        head.push_str(&other.numbers.0);
        numbers.extend(own_numbers(other).into_iter().skip(1));
        found = whole(context, case, &rest[..=further], &numbers).or(found);
    }
    found
}

/// The numbers of an entry as they are written, one or both ends.
fn own_numbers(entry: &Entry) -> Vec<String> {
    let (first, last) = &entry.numbers;
    if first == last {
        vec![first.clone()]
    } else {
        vec![first.clone(), last.clone()]
    }
}

/// The entries as the one range that they are, if a row of the article has it.
fn whole(
    context: &Context<'_>,
    case: &Case<'_>,
    entries: &[Entry],
    numbers: &[String],
) -> Option<Found> {
    let read: Vec<u16> = numbers
        .iter()
        .map_while(|number| number.parse().ok())
        .collect();
    let ports = match read.as_slice() {
        [port] if numbers.len() == 1 => PortRange::single(*port),
        [first, last] if numbers.len() == 2 => PortRange::new(*first, *last).ok()?,
        _ => return None,
    };
    let (one, end) = (entries.first()?, entries.last()?);
    let open = context.uncovered.iter().find(|open| open.ports == ports)?;
    // A part that is right by itself is another port: in `8,443` it may be 80 that is damaged.
    let allowed = context.allowed(case.transports);
    let is_another_port = |entry: &Entry| {
        entry.ports.is_some_and(|ports| {
            crate::article::covers(allowed, ports) && !context.is_elsewhere(ports)
        })
    };
    if entries.iter().any(is_another_port) {
        return None;
    }
    let span = one.span.start..end.span.end;
    let evidence = open.row.evidence();
    let message = message!(
        "`{}`: the article has {} ({evidence})",
        &context.text[span.clone()],
        open.row.name()
    );
    // The transport may be known of the last part alone.
    let transports = if end.transports.is_empty() {
        case.transports
    } else {
        end.transports
    };
    let mut found = Found::at(&RULE, one, message)
        .row(&open.row)
        .edit(Some(replaced(span, ports, &context.list.groups[one.group])))
        .claim(ports, transports);
    found.further = entries.len() - 1;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn groups_of_digits_are_one_number() {
        let rows = ["5223/tcp", "16384-16387/udp", "80/tcp", "443/tcp"];
        for (text, right) in [
            (
                "80,443,5,223\n16,384-16,387\n",
                "80,443,5223\n16384-16387\n",
            ),
            (
                "80\n443\n5.223\n16384-16387\n",
                "80\n443\n5223\n16384-16387\n",
            ),
        ] {
            let found = audit(&rows, text);
            assert!(
                found.iter().all(|finding| finding.contains("L009")),
                "{found:?}"
            );
            assert_eq!(fixed(&rows, text), right);
        }
        let found = audit(&["80/tcp", "443/tcp", "8443/tcp"], "8,443\n");
        assert!(
            found.iter().all(|finding| !finding.contains("L009")),
            "{found:?}"
        );
        let found = audit(&["443/tcp", "8443/tcp"], "443,8,443\n");
        assert!(found[0].contains("L009"), "{found:?}");
        assert_eq!(audit(&["22/tcp", "443/tcp"], "22,443\n"), [""; 0]);
    }

    #[test]
    fn every_notation_has_groups_of_digits() {
        let rows = ["5223/tcp", "16384-16387/udp", "80/tcp", "443/tcp"];
        let right = [
            "config rule\n\toption proto 'tcp'\n\toption dest_port '80 443 5223'\nconfig rule\n\toption proto 'udp'\n\toption dest_port '16384-16387'\n",
            "config rule\n\toption proto 'tcp'\n\tlist dest_port '80'\n\tlist dest_port '443'\n\tlist dest_port '5223'\nconfig rule\n\toption proto 'udp'\n\tlist dest_port '16384-16387'\n",
            "Status: active\n\nTo Action From\n-- ------ ----\n80/tcp ALLOW Anywhere\n443/tcp ALLOW Anywhere\n5223/tcp ALLOW Anywhere\n16384:16387/udp ALLOW Anywhere\n",
            "- port: 80\n  protocol: TCP\n- port: 443\n  protocol: TCP\n- port: 5223\n  protocol: TCP\n- port: 16384\n  endPort: 16387\n  protocol: UDP\n",
            "- port: 80\n  protocol: TCP\n- port: 443\n  protocol: TCP\n- port: \"5223\"\n  protocol: TCP\n- port: \"16384-16387\"\n  protocol: UDP\n",
            "ufw allow 80,443/tcp\nufw allow 5223/tcp\nufw allow 16384:16387/udp\n",
            "[app]\nports=80,443/tcp|5223/tcp|16384:16387/udp\n",
            "-A O -p tcp -m multiport --dports 80,443 -j ACCEPT\n-A O -p tcp --dport 5223 -j ACCEPT\n-A O -p udp --dport 16384:16387 -j ACCEPT\n",
            "tcp dport { 80, 443, 5223 } accept\nudp dport { 16384-16387 } accept\n",
            "tcp dport 80 accept\ntcp dport 443 accept\ntcp dport 5223 accept\nudp dport 16384-16387 accept\n",
            "permit tcp any any eq 80 443\npermit tcp any any eq 5223\npermit udp any any range 16384 16387\n",
            "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p tcp --dport 443 -j ACCEPT\n-A O -p tcp --dport 5223 -j ACCEPT\n-A O -p udp --dport 16384:16387 -j ACCEPT\n",
            "pass out proto tcp to port 80\npass out proto tcp to port 443\npass out proto tcp to port 5223\npass out proto udp to port 16384:16387\n",
            "add action=accept dst-port=80,443,5223 protocol=tcp\nadd action=accept dst-port=16384-16387 protocol=udp\n",
            "pass out proto tcp to port { 80, 443, 5223 }\npass out proto udp to port 16384:16387\n",
            "<zone>\n<port port=\"80\" protocol=\"tcp\"/>\n<port port=\"443\" protocol=\"tcp\"/>\n<port port=\"5223\" protocol=\"tcp\"/>\n<port port=\"16384-16387\" protocol=\"udp\"/>\n</zone>\n",
            "[\"80/tcp\", \"443/tcp\", \"5223/tcp\", \"16384-16387/udp\"]\n",
            "port,proto\n80,tcp\n443,tcp\n\"5223\",tcp\n\"16384-16387\",udp\n",
        ];
        for text in right {
            for (sign, number) in [".", ",", "'", "’", "\u{202f}"]
                .into_iter()
                .flat_map(|sign| [(sign, "5223"), (sign, "16384"), (sign, "16387")])
            {
                if !text.contains(number) {
                    continue;
                }
                let (head, tail) = number.split_at(number.len() - 3);
                let damaged = text.replace(number, &[head, sign, tail].concat());
                let found = audit(&rows, &damaged);
                assert_eq!(found.len(), 1, "{damaged}: {found:?}");
                assert!(found[0].contains("L009"), "{damaged}: {found:?}");
                assert_eq!(fixed(&rows, &damaged), text, "{damaged}");
            }
        }
    }
}
