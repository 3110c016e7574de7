//! L001: a port of the article that the list lacks.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Level, PortRange, PortSet, Rule, Transport, message};

use super::faulty_end;
use crate::article::Row;
use crate::judge::{Context, Coverage, Edit, Found, append, rewritten};
use crate::list::Entry;
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L001",
    level: Level::Error,
    short: "missing port",
    title: "a port of the article is missing from the list",
    why: "Whatever uses the port does not work behind rules made from the list.",
    example: "A list for FaceTime without 5223/tcp.",
    help: "add the port, or say with --product and --transport what the list is for",
};

/// The most pieces of a row that are added for it.
const MAX_PIECES: usize = 16;

pub(super) fn run(
    context: &Context<'_>,
    [intended, as_written]: [&Coverage; 2],
    reduced: &BTreeSet<(PortRange, Transport)>,
    found: &mut Vec<Found>,
) {
    let mut named: BTreeMap<Transport, PortSet> = BTreeMap::new();
    let unread = UnreadNumbers::new(context);
    for row in context.expected() {
        let Some(transport) = row.transport else {
            continue;
        };
        if reduced.contains(&(row.ports, transport)) {
            continue;
        }
        let row_ports: PortSet = [row.for_list(context.list)].into_iter().collect();
        // Rows share ports; a port is missing once.
        let named = named.entry(transport).or_default();
        let lacking = row_ports
            .difference(intended.of(transport))
            .difference(named);
        let [first, ..] = lacking.ranges() else {
            continue;
        };
        for ports in lacking.ranges() {
            named.insert(*ports);
        }
        if let Some(short) = shortened(context, row, transport, &lacking) {
            let edit = rewritten(context.text, context.list, short, &[row.ports]);
            // What was not read may be the rest of it: `16384-` on the line before.
            let edit = edit.filter(|_| !unread.has_end(row.ports));
            let edit = edit.filter(|edit| !is_row_of_another_name(context, edit, short, row.ports));
            let written = short.ports.map_or(String::new(), |ports| ports.to_string());
            let parts = parts(&lacking, transport);
            let evidence = row.evidence();
            let message = message!(
                "{} stops short: {} is missing, a part of {} ({evidence})",
                written,
                parts,
                row.name()
            );
            let place = faulty_end(context, short, row.ports);
            let finding = Found::at(&RULE, short, message).pointing_at(context.text, short, &place);
            found.push(finding.row(row).edit(edit));
            continue;
        }
        if unread.has_end(row.ports) {
            // Its finding stands for the row.
            continue;
        }
        // Where another finding says that a part of the row is meant, that has to be written first.
        let unwritten = row_ports.difference(as_written.of(transport));
        let unmeant = row_ports.difference(intended.of(transport));
        let is_part_meant = unwritten != unmeant;
        let edit = added(context, &lacking, transport).filter(|_| !is_part_meant);
        let evidence = row.evidence();
        let is_whole = *first == row.ports;
        let parts = parts(&lacking, transport);
        if let Some(mention) = context.mentions.of(*first) {
            let message = message!(
                "{} is missing ({evidence}); this line has {}, and it was not read as a port",
                row.name(),
                first
            );
            let help = format!("write it in a form that is read, such as `{first}/{transport}`");
            found.push(
                Found::placed(&RULE, mention.line, mention.column, message)
                    .row(row)
                    .help(help),
            );
            continue;
        }
        let message = if is_whole {
            message!("{} is missing ({evidence})", row.name())
        } else {
            message!(
                "{} is missing, a part of {} ({evidence})",
                parts,
                row.name()
            )
        };
        found.push(Found::on_file(&RULE, message).row(row).edit(edit));
    }
}

/// The list with all that a row lacks; none where that is in more pieces than anybody adds one by
/// one, such as every second port of a range.
fn added(context: &Context<'_>, lacking: &PortSet, transport: Transport) -> Option<Edit> {
    if lacking.ranges().len() > MAX_PIECES {
        return None;
    }
    let mut pieces = lacking.ranges().iter();
    let first = append(context, *pieces.next()?, transport)?;
    pieces.try_fold(first, |edit, ports| {
        Some(edit.and(append(context, *ports, transport)?))
    })
}

/// The numbers in the parts of a list that were not read.
struct UnreadNumbers<'a>(BTreeSet<&'a str>);

impl<'a> UnreadNumbers<'a> {
    fn new(context: &Context<'a>) -> Self {
        let parts = context.list.unread.iter().filter(|part| !part.is_read);
        let numbers = parts.flat_map(|part| {
            let written = &context.text[part.span.clone()];
            written.split(|c: char| !c.is_ascii_digit())
        });
        Self(numbers.filter(|number| !number.is_empty()).collect())
    }

    /// Whether they have the first or the last port of a row.
    fn has_end(&self, ports: PortRange) -> bool {
        let ends = [ports.first(), ports.last()];
        ends.iter()
            .any(|end| self.0.contains(end.to_string().as_str()))
    }
}

/// Whether a row with a name and the last port of a range alone is to be written as that range, where
/// nothing is left of a sign: the port may have a service of its own.
fn is_row_of_another_name(
    context: &Context<'_>,
    edit: &Edit,
    entry: &Entry,
    ports: PortRange,
) -> bool {
    let has_names = matches!(context.list.notation.name, "csv" | "services");
    let is_last = entry.ports == Some(PortRange::single(ports.last()));
    let is_bare = edit
        .parts
        .iter()
        .all(|(span, _)| span.start >= entry.span.start);
    has_names && is_last && is_bare && entry.last_span.is_none()
}

/// `3491-3497/udp`.
fn parts(lacking: &PortSet, transport: Transport) -> String {
    let ranges = lacking.ranges().iter();
    let parts: Vec<String> = ranges.map(|range| format!("{range}/{transport}")).collect();
    parts.join(", ")
}

/// The one entry that has all of a row but its first or its last ports.
fn shortened<'a>(
    context: &Context<'a>,
    row: &Row<'_>,
    transport: Transport,
    lacking: &PortSet,
) -> Option<&'a Entry> {
    let [lacking] = lacking.ranges() else {
        return None;
    };
    let is_whole_row = |ports: PortRange| {
        let mut rows = context.article.all.iter();
        rows.any(|other| {
            other.ports == ports && other.transport.is_none_or(|given| given == transport)
        })
    };
    let is_short = |entry: &&Entry| {
        let transports = context.article.of_audit(entry.transports);
        let is_own = transports
            .is_some_and(|audited| audited.is_empty() || audited == Transports::one(transport));
        entry.ports.is_some_and(|ports| {
            let joins = ports.first() == row.ports.first() && lacking.last() == row.ports.last()
                || ports.last() == row.ports.last() && lacking.first() == row.ports.first();
            is_own
                && joins
                && ports.count() + lacking.count() == row.ports.count()
                && !is_whole_row(ports)
        })
    };
    let mut short = context.list.entries.iter().filter(is_short);
    short
        .next()
        .filter(|_| short.next().is_none() && !context.list.is_names)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn nothing_is_missing_that_a_name_may_stand_for() {
        let rows = ["80/tcp", "443/tcp", "53/udp", "1000-1010/tcp"];
        let found = audit(&rows, "tcp dport { web, 443 } accept\n");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("53/udp is missing"), "{found:?}");
        assert!(found[1].contains("1000-1010/tcp is missing"), "{found:?}");
        assert!(found[2].starts_with("1:13 L017 `web`"), "{found:?}");
        let found = audit(&rows, "tcp dport $web accept\nudp dport 53 accept\n");
        let reported = "1:11 L017 `$web` was not read: the value of `$web` is not known";
        assert_eq!(found, [reported]);
        assert!(!fixed(&rows, "tcp dport { web, 443 } accept\n").contains("80"));
    }

    #[test]
    fn a_range_that_stops_short_is_found_where_it_is() {
        let rows = ["80/tcp", "3478-3497/udp"];
        for text in [
            "80/tcp\n3478-3490/udp\n",
            "80/tcp\n3480-3497/udp\n",
            "tcp dport 80 accept\nudp dport 3478-3490 accept\n",
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].starts_with("2:") && found[0].contains("L001"),
                "{found:?}"
            );
            assert!(found[0].contains("stops short"), "{found:?}");
            let right = text.replace("3490", "3497").replace("3480", "3478");
            assert_eq!(fixed(&rows, text), right);
        }
        let text = "80/tcp\n3478-\n3497/udp\n";
        assert_eq!(audit(&rows, text).len(), 2);
        assert_eq!(fixed(&rows, text), text);
        // Rows of their own are no part of another.
        let rows = ["1-3/tcp", "1-9/tcp"];
        assert!(audit(&rows, "1-3/tcp\n")[0].starts_with("0 L001 4-9/tcp is missing, a part"));
    }

    #[test]
    fn a_row_with_another_name_is_no_range() {
        let rows = ["80/tcp", "3478-3497/udp"];
        for sign in [",", ";", "\t"] {
            let text = "name,port,protocol\nhttp,80,tcp\nipether,3497,udp\n".replace(',', sign);
            assert_eq!(audit(&rows, &text).len(), 1, "{text}");
            assert_eq!(fixed(&rows, &text), text);
        }
        let text = "name,port,protocol\nhttp,80,tcp\nstun,3478,udp\n";
        assert_eq!(fixed(&rows, text), text.replace("3478", "3478-3497"));
    }

    #[test]
    fn a_number_that_was_not_read_is_shown() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
        let text = "# 443\n80/tcp\nhttps is 443 here\nfrom 3478 on, and 3497 is the last\n";
        let found = audit(&rows, text);
        let places: Vec<&str> = found.iter().map(|finding| &finding[..9]).collect();
        assert_eq!(places, ["3:10 L001", "4:6 L001 "], "{found:?}");
        assert!(
            found[0].contains("; this line has 443, and it"),
            "{found:?}"
        );
        assert_eq!(fixed(&rows, text), text);
        for other in ["", "# 443/tcp\n", "blocked: 443/tcp\n", "en443\n"] {
            let found = audit(&["80/tcp", "443/tcp"], &format!("80/tcp\n{other}"));
            assert!(!found[0].contains("this line"), "{found:?}");
        }
    }

    #[test]
    fn what_lacks_is_added_where_its_like_is() {
        let rows = ["80/tcp", "5223/tcp", "53/udp", "8000-8999/tcp"];
        let text = "ufw allow out 80,5223,8000:8100/tcp\nufw allow out 53,9/udp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].contains("8101-8999/tcp is missing, a part of 8000-8999/tcp"),
            "{found:?}"
        );
        // Lines end as those of the list do.
        assert_eq!(
            fixed(&["80/tcp", "443/tcp"], "80/tcp\r\n"),
            "80/tcp\r\n443/tcp\r\n"
        );
        assert_eq!(
            fixed(&["53/tcp", "80/tcp", "443/tcp"], "53/tcp\r\n80/tcp"),
            "53/tcp\r\n80/tcp\r\n443/tcp"
        );
        // An entry has quotes of its own.
        let text = "tcp_ports = [\"80\", \"53\"]\n";
        assert_eq!(
            fixed(&["53/tcp", "80/tcp", "443/tcp"], text),
            "tcp_ports = [\"80\", \"53\", \"443\"]\n"
        );
        let yaml = "ports:\n- port: 80\n";
        assert_eq!(fixed(&["80/tcp", "443/tcp"], yaml), yaml);
        // Nothing is opened by a rule that did not open it before.
        assert!(!fixed(&rows, text).contains("8101"));
        let text = "# mine\n80/tcp # web\n53/udp\n";
        assert_eq!(
            fixed(&rows, text),
            "# mine\n80/tcp # web\n5223/tcp\n8000-8999/tcp\n53/udp\n"
        );
        assert_eq!(fixed(&["80/tcp", "443/tcp"], "[80]\n"), "[80, 443]\n");
        // Many pieces are no slip.
        let odd = |count: usize| (0..count).map(|at| format!("{}/tcp\n", 1001 + 2 * at));
        let rows = ["1000-1033/tcp"];
        assert!(fixed(&rows, &odd(15).collect::<String>()).contains("1030-1033/tcp"));
        let many: String = odd(16).collect();
        assert_eq!(fixed(&rows, &many), many);
        assert_eq!(audit(&["80/tcp", "443/udp"], "80/tcp\n").len(), 1);
        assert_eq!(audit(&["80/tcp", "443"], "80/tcp\n"), [""; 0]);
    }

    #[test]
    fn nothing_is_added_between_ports_that_are_listed_for_another_transport() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp", "16384-16387/udp"];
        let text = "TCP_PORTS=\"80 443 3478 3497\"\nUDP_PORTS=\"53 16384-16387\"\n";
        assert_ne!(audit(&rows, text), [""; 0]);
        assert_eq!(fixed(&rows, text), text);
    }
}
