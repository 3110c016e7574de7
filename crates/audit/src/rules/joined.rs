//! L005: two ports without a sign between them.

use appleports_model::{PortRange, message};

use super::{Case, digits};
use crate::judge::{Context, Found, Uncovered, rewritten};
use crate::list::Oddity;
use crate::transports::Transports;

/// The most missing rows beside a number that is a port by itself: a list that lacks more may have it for
/// something else.
const MAX_MISSING: usize = 4;

/// The digits of an entry that is one number.
fn number(case: &Case<'_>) -> Option<String> {
    let (first, last) = &case.entry.numbers;
    match case.entry.oddity {
        Some(Oddity::Joined) => Some(format!("{first}{last}")),
        None if first == last && case.entry.last_span.is_none() => Some(first.clone()),
        _ => None,
    }
}

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let number = number(case).filter(|_| !digits::is_row(context, case) && !case.is_right)?;
    let open = |ports: PortRange| {
        let mut rows = context.uncovered.iter();
        rows.find(|lacking| lacking.ports == ports && case.may_be(lacking.row.transport))
    };
    let is_port = case.ports().is_some_and(PortRange::is_single);
    let is_other = is_port && context.uncovered.len() > MAX_MISSING;
    if is_other || case.ports().is_some_and(|ports| open(ports).is_some()) {
        return None;
    }
    let single = |text: &str| {
        let port = text.parse().ok().filter(|_| !text.starts_with('0'))?;
        open(PortRange::single(port))
    };
    let mut pairs = (1..number.len()).filter_map(|at| {
        let (first, second) = number.split_at_checked(at)?;
        Some((single(first)?, single(second)?)).filter(|_| first != second)
    });
    // Where it may be parted in two ways, neither is certain.
    let (first, second) = pairs.next().filter(|_| pairs.next().is_none())?;
    Some(found(context, case, [first, second]))
}

fn found(context: &Context<'_>, case: &Case<'_>, pair: [&Uncovered<'_>; 2]) -> Found {
    let written = &context.text[case.entry.span.clone()];
    let [first, second] = pair.map(|lacking| lacking.row.name());
    let [evidence, other] = pair.map(|lacking| lacking.row.evidence());
    let message = message!(
        "`{}`: two ports without a sign between them; the article has {} ({evidence}) and {} ({other})",
        written,
        first,
        second
    );
    let ports = pair.map(|lacking| lacking.ports);
    let found = Found::at(&digits::RULE, case.entry, message)
        .row(&pair[0].row)
        .row(&pair[1].row)
        .help(format!("write {} and {}", ports[0], ports[1]))
        .edit(rewritten(context.text, context.list, case.entry, &ports));
    pair.iter().fold(found, |found, lacking| {
        let transports = lacking
            .row
            .transport
            .map_or(Transports::NONE, Transports::one);
        found.claim(lacking.ports, transports)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn two_ports_without_a_sign_are_one_finding_in_every_notation() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        for right in [
            "80/tcp\n443/tcp\n5223/tcp\n",
            "TCP 80,443, 5223\n",
            "TCP_PORTS=\"80 443 5223\"\n",
            "tcp dport { 80, 443, 5223 } accept\n",
            "port,proto,for\n80,tcp,\n443,tcp,\n5223,tcp,\n",
            "{\"tcp\":[80,443,5223]}\n",
            "-A O -p tcp -m multiport --dports 80,443,5223 -j ACCEPT\n",
            "ufw allow 80,443/tcp\nufw allow 5223/tcp\n",
            "ufw allow 80/tcp\nufw allow 443/tcp\nufw allow 5223/tcp\n",
        ] {
            for (one, other) in [("80", "443"), ("443", "5223")] {
                let at = right.find(one).unwrap();
                let end = right.find(other).unwrap() + other.len();
                let text = format!("{}{one}{other}{}", &right[..at], &right[end..]);
                let found = audit(&rows, &text);
                assert_eq!(found.len(), 1, "{text}{found:?}");
                let expected = "L005 `".to_owned() + one + other + "`: two ports";
                assert!(found[0].contains(&expected), "{found:?}");
                let fixed = fixed(&rows, &text);
                assert_ne!(fixed, text);
                assert_eq!(audit(&rows, &fixed), [""; 0], "{text}{fixed}");
            }
        }
        let found = audit(&["5223/tcp", "5900/tcp"], "52235900/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L005"), "{found:?}");
    }

    #[test]
    fn a_port_that_the_list_has_elsewhere_is_not_joined() {
        let found = audit(&["80/tcp", "443/tcp"], "80/tcp\n80443/tcp\n443/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L015"), "{found:?}");
        let found = audit(
            &["22/tcp", "53/tcp", "80/tcp", "88/tcp", "443/tcp"],
            "8088/tcp\n",
        );
        assert!(
            found.iter().all(|finding| !finding.contains("L005")),
            "{found:?}"
        );
        let found = audit(&["53/tcp", "80/tcp", "5380/tcp"], "5380/tcp\n");
        assert!(
            found.iter().all(|finding| finding.contains("L001")),
            "{found:?}"
        );
    }
}
