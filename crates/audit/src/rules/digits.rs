//! L005: a digit was lost, doubled or swapped.

use appleports_model::{Level, PortRange, Rule, message};

use super::{Case, faulty_end};
use crate::digits::{Damage, damage};
use crate::judge::{Context, Found, Uncovered, rewritten};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L005",
    level: Level::Error,
    short: "damaged number",
    title: "a number is damaged: a digit lost, doubled or swapped, or two ports joined",
    why: "The list opens other ports than those it is for, and looks right.",
    example: "`6384-16387` beside the article's 16384-16387.",
    help: "compare the number with the article",
};

/// A digit alone has lost too much to be known again.
const MIN_DIGITS: usize = 2;

fn slip(case: &Case<'_>, open: &Uncovered<'_>) -> Option<Damage> {
    let entry = case.entry;
    let (first, last) = (&entry.numbers.0, &entry.numbers.1);
    let is_single = first == last && entry.ports.is_none_or(PortRange::is_single);
    if is_single || open.ports.is_single() {
        let is_same_kind = is_single && open.ports.is_single();
        return (is_same_kind && !case.is_right && first.len() >= MIN_DIGITS)
            .then(|| damage(first, &open.first))
            .flatten();
    }
    if *last == open.last {
        damage(first, &open.first)
    } else if *first == open.first {
        damage(last, &open.last)
    } else {
        None
    }
}

/// Whether the article has, or had, a row with these very ports: then they are no slip.
pub(super) fn is_row(context: &Context<'_>, case: &Case<'_>) -> bool {
    let Some(ports) = case.entry.ports else {
        return false;
    };
    let mut rows = context.article.all.iter();
    let mut gone = context.article.gone.iter();
    rows.any(|row| row.ports == ports && case.may_be(row.transport))
        || gone.any(|row| row.ports == ports && case.may_be(row.transport))
}

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if is_row(context, case) || context.list.is_names && !context.is_mostly_right {
        return None;
    }
    let mut fitting: Option<(Damage, &Uncovered<'_>)> = None;
    for open in &context.uncovered {
        let Some(damage) = Some(open)
            .filter(|open| case.may_be(open.row.transport))
            .and_then(|open| slip(case, open))
        else {
            continue;
        };
        match fitting {
            Some((_, other)) if other.ports != open.ports => return None,
            Some(_) => {}
            None => fitting = Some((damage, open)),
        }
    }
    let (damage, open) = fitting?;
    let row = &open.row;
    let place = faulty_end(context, case.entry, open.ports);
    let written = &context.text[place.clone()];
    let edit = rewritten(context.text, context.list, case.entry, &[open.ports]);
    let claimed = if case.transports.is_empty() {
        row.transport.map_or(Transports::NONE, Transports::one)
    } else {
        case.transports
    };
    let evidence = row.evidence();
    let message = message!(
        "`{}`: {}; the article has {} ({evidence})",
        written,
        damage,
        row.name()
    );
    Some(
        Found::at(&RULE, case.entry, message)
            .pointing_at(context.text, case.entry, &place)
            .row(row)
            .edit(edit)
            .claim(open.ports, claimed),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed, helps};

    #[test]
    fn a_service_alone_may_have_a_slip() {
        let found = audit(&["123/udp"], "ntp 1123/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L005"), "{found:?}");
    }

    #[test]
    fn the_end_that_is_damaged_is_shown() {
        let rows = ["16384-16387/udp"];
        for (text, place, written) in [
            ("from,to,proto\n16384,1638,udp\n", "2:7", "1638"),
            ("from,to,proto\n6384,16387,udp\n", "2:1", "6384"),
            (
                "[{\"FromPort\":16384,\"ToPort\":1638,\"IpProtocol\":\"udp\"}]\n",
                "1:29",
                "1638",
            ),
            (
                "- port: 16384\n  endPort: 1638\n  protocol: UDP\n",
                "2:12",
                "1638",
            ),
            (
                "- endPort: 1638\n  port: 16384\n  protocol: UDP\n",
                "1:12",
                "1638",
            ),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            let expected = format!("{place} L005 `{written}`: a digit is lost");
            assert!(found[0].starts_with(&expected), "{found:?}");
            let right = text
                .replace("1638,", "16387,")
                .replace("1638\n", "16387\n")
                .replace("\n6384", "\n16384");
            assert_eq!(fixed(&rows, text), right);
            let meant = if written == "1638" { "16387" } else { "16384" };
            assert_eq!(helps(&rows, text), [format!("write `{meant}`")]);
        }
    }

    #[test]
    fn one_slip_is_one_finding() {
        let rows = ["16384-16387/udp", "3478-3497/udp", "5223/tcp", "80/tcp"];
        for (damaged, right) in [
            ("6384-16387/udp", "16384-16387/udp"),
            ("16384-1638/udp", "16384-16387/udp"),
            ("16384-16378/udp", "16384-16387/udp"),
            ("163884-16387/udp", "16384-16387/udp"),
            ("478–3497/udp", "3478-3497/udp"),
            ("523/tcp", "5223/tcp"),
            ("52231/tcp", "5223/tcp"),
        ] {
            let text: String = rows
                .iter()
                .flat_map(|row| [if *row == right { damaged } else { row }, "\n"])
                .collect();
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{damaged}: {found:?}");
            assert!(found[0].contains("L005"), "{found:?}");
            assert_eq!(
                fixed(&rows, &text),
                rows.map(|row| format!("{row}\n")).concat()
            );
        }
    }

    #[test]
    fn a_slip_in_services_is_found_and_other_services_are_none() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        let text = "http 80/tcp\nhttps 443/tcp\napns 5232/tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("3:6 L005"), "{found:?}");
        assert_eq!(fixed(&rows, text), text.replace("5232", "5223"));
        let system = "http 80/tcp\nftp 21/tcp\nssh 22/tcp\nsgi-dgl 5232/tcp\n";
        let found = audit(&rows, system);
        assert!(
            found.iter().all(|finding| !finding.contains("L005")),
            "{found:?}"
        );
    }

    #[test]
    fn two_rows_that_fit_are_no_explanation() {
        let found = audit(&["5223/tcp", "5228/tcp"], "522/tcp\n");
        assert!(
            found.iter().all(|finding| !finding.contains("L005")),
            "{found:?}"
        );
    }
}
