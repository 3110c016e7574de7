//! L009: a sign between groups of three digits.

use appleports_model::{Level, PortRange, Rule, message};

use super::Case;
use crate::judge::{Context, Found, replaced, rewritten};
use crate::list::{Entry, Oddity};

pub(super) const RULE: Rule = Rule {
    code: "L009",
    level: Level::Error,
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

/// `5,223` in a list with commas, or `16,384-16,387`.
fn parted(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let rest = &context.list.entries[case.at..];
    let follows = |one: &Entry, other: &Entry| {
        let between = context.text.get(one.span.end..other.span.start);
        one.group == other.group
            && one.line == other.line
            && matches!(between, Some("," | "'" | " " | "\u{a0}"))
    };
    let is_group = |text: &str| text.len() == 3;
    let [one, other, ..] = rest else { return None };
    let is_start = one.numbers.0 == one.numbers.1 && one.numbers.0.len() < 3;
    if !is_start || !follows(one, other) || !is_group(&other.numbers.0) {
        return None;
    }
    let number = |head: &str, tail: &str| format!("{head}{tail}").parse::<u16>().ok();
    let first = number(&one.numbers.0, &other.numbers.0)?;
    let (ports, end, further) = if other.numbers.0 == other.numbers.1 {
        (PortRange::single(first), other, 1)
    } else {
        let third = rest
            .get(2)
            .filter(|own| follows(other, own) && is_group(&own.numbers.0))?;
        let last = number(&other.numbers.1, &third.numbers.0)?;
        (PortRange::new(first, last).ok()?, third, 2)
    };
    let open = context.uncovered.iter().find(|open| open.ports == ports)?;
    let allowed = context.allowed(case.transports);
    let are_right = rest[..=further].iter().all(|own| {
        own.ports
            .is_some_and(|own| crate::article::outside(own, allowed) == 0)
    });
    if are_right {
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
    found.further = further;
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
            assert!(found.iter().all(|own| own.contains("L009")), "{found:?}");
            assert_eq!(fixed(&rows, text), right);
        }
        assert_eq!(audit(&["22/tcp", "443/tcp"], "22,443\n"), [""; 0]);
    }
}
