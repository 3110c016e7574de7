//! L003: more ports than asked for.

use appleports_model::{Level, PortRange, Rule, message};

use super::Case;
use super::not_listed::former_editions;
use crate::article::{covers, outside, within};
use crate::judge::{Context, Found, remove, rewritten};

pub(super) const RULE: Rule = Rule {
    code: "L003",
    level: Level::Warning,
    short: "range too wide",
    title: "a range covers more ports than the article lists",
    why: "Ports that are open and unused can be reached by anything.",
    example: "`8000-9000` for the article's 8000-8999.",
    help: "write the article's range, unless something else needs the other ports",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    let ports = case.ports().filter(|_| !case.is_right)?;
    let allowed = context.allowed(case.transports);
    let asked = within(ports, allowed);
    if asked.is_empty() {
        return None;
    }
    let many = outside(ports, allowed);
    let noun = if many == 1 { "port" } else { "ports" };
    // A range that is mostly something else's is no slip: somebody needs it, or needed it.
    let is_close = asked.iter().map(|part| part.count()).sum::<u32>() >= many;
    // What other entries have already need not be written again.
    let is_covered = || {
        let right = context.right_ports(case.entry);
        right.is_some_and(|right| asked.iter().all(|part| covers(right, *part)))
    };
    let edit = is_close
        .then(|| {
            let removed = is_covered().then(|| remove(context.text, context.list, case.entry));
            let anew = || rewritten(context.text, context.list, case.entry, &asked);
            removed.flatten().or_else(anew)
        })
        .flatten();
    let rows = context.article.rows.iter();
    let mut rows =
        rows.filter(|row| case.may_be(row.transport) && row.ports.intersection(ports).is_some());
    let (row, more) = (rows.next()?, rows.count());
    let shown = shown(context, case, ports);
    if more > 0 {
        let inside = ports.count() - many;
        let message = message!(
            "{} covers {} {noun} too many; the article has {} of its ports, in {} rows",
            shown,
            many,
            inside,
            more + 1
        );
        return Some(Found::at(&RULE, case.entry, message).edit(edit));
    }
    let former = former_editions(context, ports, case.transports)
        .map_or(String::new(), |editions| format!("; {editions}"));
    let evidence = row.evidence();
    let message = message!(
        "{} covers {} {noun} too many; the article has {} ({evidence}){former}",
        shown,
        many,
        row.name()
    );
    Some(Found::at(&RULE, case.entry, message).row(row).edit(edit))
}

/// The ports; where the list has a comparison, that as well: `>= 3478` (3478-65535).
fn shown(context: &Context<'_>, case: &Case<'_>, ports: PortRange) -> String {
    let written = &context.text[case.entry.span.clone()];
    let is_compared = ["<", ">", "gt ", "lt "]
        .iter()
        .any(|sign| written.contains(sign));
    if is_compared {
        format!("`{written}` ({ports})")
    } else {
        ports.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed, helps};

    #[test]
    fn a_range_over_several_rows_says_how_many() {
        let rows = ["80/tcp", "443/tcp", "8000-8999/tcp", "53/udp"];
        assert_eq!(
            audit(&rows, "1-65535/tcp\n53/udp\n"),
            [
                "1:1 L003 1-65535 covers 64533 ports too many; the article has 1002 of its ports, in 3 rows"
            ]
        );
        let found = audit(&["3478-3497/udp"], "udp dport >= 3478 accept\n");
        assert!(
            found[0].starts_with("1:11 L003 `>= 3478` (3478-65535) covers 62038 ports"),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_listed_already_is_removed_as_the_help_says() {
        let rows = ["3478-3497/udp"];
        let text = "3478-3497/udp\n3480-3500/udp\n";
        let helps = helps(&rows, text);
        assert_eq!(helps, ["remove it"]);
        assert_eq!(fixed(&rows, text), "3478-3497/udp\n");
    }

    #[test]
    fn several_right_entries_cover_a_range_together() {
        let rows = ["8000-8999/tcp"];
        let text = "8000-8499/tcp\n8500-8999/tcp\n8000-9000/tcp\n";
        assert_eq!(fixed(&rows, text), "8000-8499/tcp\n8500-8999/tcp\n");
    }

    #[test]
    fn ports_too_many_are_counted() {
        let rows = ["8000-8999/tcp"];
        let found = audit(&rows, "8000:9000/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("L003") && found[0].contains("covers 1 port too many"),
            "{found:?}"
        );
        assert_eq!(fixed(&rows, "8000:9000/tcp\n"), "8000:8999/tcp\n");
        // What is mostly something else's is told and left.
        let other = "1024-65535/tcp\n";
        assert_eq!(fixed(&["5223/tcp"], other), other);
        assert!(audit(&["5223/tcp"], other)[0].contains("covers 64511 ports"));
    }

    #[test]
    fn what_another_list_of_the_file_has_is_written_here_as_well() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        for text in [
            "UDP_IN = \"3478:3499,16384:16387\"\nUDP_OUT = \"3478:3497,16384:16387\"\n",
            "[lan]\nudp = [\"3478-3499\", \"16384-16387\"]\n[guest]\nudp = [\"3478-3497\", \"16384-16387\"]\n",
            "# LAN\n3478-3499/udp\n16384-16387/udp\n# Guest\n3478-3497/udp\n16384-16387/udp\n",
        ] {
            assert_eq!(fixed(&rows, text), text.replace("3499", "3497"));
        }
    }
}
