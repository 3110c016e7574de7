//! What a plain list has beside an entry, and so what a further one is written with: each line, array or
//! variable of a file may have signs of its own.

use super::quotes::own_quote;
use super::{line, suffix};
use crate::list::{Entry, List};

/// Signs with which something begins that a program reads, and of which one value says nothing about
/// what parts two.
const OF_PROGRAMS: [char; 8] = ['=', '(', '{', '[', '"', '\'', '$', '`'];

/// Signs of markup behind an entry: what follows it belongs to the whole of it.
const MARKUP: [char; 5] = ['*', '_', '`', '~', '<'];

/// The entries on the line of an entry, and the place of the entry among them.
fn of_line<'l>(list: &'l List, entry: &Entry) -> (&'l [Entry], usize) {
    let entries = &list.entries;
    let first = entries.partition_point(|other| other.line < entry.line);
    let end = entries.partition_point(|other| other.line <= entry.line);
    let at = entries[first..end].partition_point(|other| other.span.start < entry.span.start);
    (&entries[first..end], at)
}

/// What is between two entries that follow each other, without their quotes; none where it is more than
/// commas and spaces.
fn between<'t>(text: &'t str, one: &Entry, other: &Entry) -> Option<&'t str> {
    let end = one.span.end + suffix(text, one).len();
    let mut sign = text.get(end..other.span.start)?;
    if let Some(quote) = own_quote(text, one, end) {
        sign = sign.strip_prefix(quote)?.strip_suffix(quote)?;
    }
    let is_separator = |c: char| matches!(c, ',' | ';' | ' ' | '\t');
    ((1..=4).contains(&sign.len()) && sign.chars().all(is_separator)).then_some(sign)
}

/// The bracket that is open last in a part of a line.
fn open_bracket(before: &str) -> Option<char> {
    let mut closed = 0_usize;
    let mut signs = before.chars().rev();
    signs.find(|c| match c {
        ')' | ']' | '}' => {
            closed += 1;
            false
        }
        '(' | '[' | '{' if closed > 0 => {
            closed -= 1;
            false
        }
        c => matches!(c, '(' | '[' | '{'),
    })
}

/// What parts a further entry on the same line from an entry: what is between this one and the one
/// beside it; else a comma within `[`, and where only people read the line what other lines have. None
/// where nobody can say.
pub(super) fn separator(text: &str, list: &List, entry: &Entry) -> Option<String> {
    let (entries, at) = of_line(list, entry);
    let before = at.checked_sub(1).and_then(|before| entries.get(before));
    let pairs = [
        before.zip(entries.get(at)),
        entries.get(at).zip(entries.get(at + 1)),
    ];
    let mut pairs = pairs.into_iter().flatten();
    if let Some(sign) = pairs.find_map(|(one, other)| between(text, one, other)) {
        return Some(sign.to_owned());
    }
    let line = line(text, entry.span.start)?;
    let before = &text[line.start..entry.span.start];
    if open_bracket(before) == Some('[') {
        return Some(", ".to_owned());
    }
    let usual = list.groups[entry.group].separator.as_deref()?;
    let usual = if usual == "\n" { ", " } else { usual };
    (!before.contains(OF_PROGRAMS)).then(|| usual.to_owned())
}

/// Whether a line takes a range without quotes behind an entry: an array of numbers takes none.
pub(super) fn takes_bare_range(text: &str, list: &List, entry: &Entry) -> bool {
    let Some(line) = line(text, entry.span.start) else {
        return false;
    };
    let before = &text[line.start..entry.span.start];
    let is_range = |other: &Entry| other.numbers.0 != other.numbers.1 && other.oddity.is_none();
    !matches!(open_bracket(before), Some('[' | '{')) || of_line(list, entry).0.iter().any(is_range)
}

/// Whether markup goes on behind a place: `**443**`.
pub(super) fn is_in_markup(text: &str, end: usize) -> bool {
    text[end..].starts_with(MARKUP)
}

/// How entries that have a line each are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// By their lines alone.
    Alone,
    /// By a comma behind each, the last one included.
    Commas,
    /// By a comma behind each but the last one, which is the entry.
    CommasBetween,
}

/// How the lines around an entry, which ends at a place and is alone on its line, are parted; none where
/// nobody can say.
pub(super) fn lines(text: &str, list: &List, entry: &Entry, end: usize) -> Option<Lines> {
    let own = line(text, entry.span.start)?;
    let behind = text[end..own.end].trim();
    let has_comma = behind.starts_with(',');
    let rest = behind.strip_prefix(',').unwrap_or(behind).trim_start();
    if !(rest.is_empty() || rest.starts_with('#') || rest.starts_with("//")) {
        return None;
    }
    let index = list
        .entries
        .partition_point(|other| other.span.start < entry.span.start);
    let before = index
        .checked_sub(1)
        .and_then(|before| list.entries.get(before));
    let is_near = |other: &&Entry| other.line + 1 == entry.line;
    let has_comma_before = before.filter(is_near).map(|before| {
        let end = before.span.end + suffix(text, before).len();
        text[end..own.start].trim_start().starts_with(',')
    });
    match (has_comma, has_comma_before) {
        (true, None | Some(true)) => Some(Lines::Commas),
        (true, Some(false)) => None,
        // A comma behind the entry would be in the comment.
        (false, Some(true)) => rest.is_empty().then_some(Lines::CommasBetween),
        (false, before) => {
            let above = text[..own.start].trim_end().chars().next_back();
            let below = text[own.end..].trim_start().chars().next();
            let opens = matches!(above, Some('(' | '[' | '{' | '=' | '"' | '\''));
            let closes = matches!(below, Some(']' | '}'));
            (!(closes || opens && before.is_none())).then_some(Lines::Alone)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    const ROWS: [&str; 6] = [
        "80/tcp",
        "443/tcp",
        "5223/tcp",
        "3478-3497/udp",
        "16384-16387/udp",
        "16393-16402/udp",
    ];

    /// Each line of a file has signs of its own.
    #[test]
    fn what_is_added_is_parted_as_its_own_line_is() {
        for (text, right) in [
            (
                "UDP_PORTS=\"3478:3497 16384:16387 16393:16402\"\nTCP_PORTS=80,443\n",
                "UDP_PORTS=\"3478:3497 16384:16387 16393:16402\"\nTCP_PORTS=80,443,5223\n",
            ),
            (
                "TCP_PORTS=\"80,443,5223\"\nUDP_PORTS=\"53 3478:3497 16384:16387\"\n",
                "TCP_PORTS=\"80,443,5223\"\nUDP_PORTS=\"53 3478:3497 16384:16387 16393:16402\"\n",
            ),
            (
                "tcp: \"80 443 5223\"\nudp: [\"16384-16402\", \"3478-3497\"]\n",
                "tcp: \"80 443 5223\"\nudp: [\"16384-16387\", \"16393-16402\", \"3478-3497\"]\n",
            ),
            (
                "80 (TCP), 443 (TCP), 3478-3497 (UDP)\n",
                "80 (TCP), 443 (TCP), 5223 (TCP), 3478-3497 (UDP), 16384-16387 (UDP), 16393-16402 (UDP)\n",
            ),
            (
                "80 (TCP)\n443 (TCP)\n5223 (TCP)\n3478-3497 (UDP)\n16384-16402 (UDP)\n",
                "80 (TCP)\n443 (TCP)\n5223 (TCP)\n3478-3497 (UDP)\n16384-16387 (UDP)\n16393-16402 (UDP)\n",
            ),
        ] {
            assert_eq!(fixed(&ROWS, text), right);
        }
    }

    #[test]
    fn lists_with_a_line_for_each_entry_keep_their_commas() {
        let rows = &ROWS[..3];
        for (text, right) in [
            (
                "tcp_ports = [\n  80,\n  443\n]\n",
                "tcp_ports = [\n  80,\n  443,\n  5223\n]\n",
            ),
            (
                "tcp_ports = [\n  80,\n]\n",
                "tcp_ports = [\n  80,\n  443,\n  5223,\n]\n",
            ),
            (
                "tcp_ports = [\n  80,\n  443, # web\n]\n",
                "tcp_ports = [\n  80,\n  443, # web\n  5223,\n]\n",
            ),
            (
                "TCP_PORTS=(\n  80\n  443\n)\n",
                "TCP_PORTS=(\n  80\n  443\n  5223\n)\n",
            ),
            ("80/tcp,\n443/tcp,\n", "80/tcp,\n443/tcp,\n5223/tcp,\n"),
        ] {
            assert_eq!(fixed(rows, text), right);
        }
    }

    #[test]
    fn nothing_is_added_where_nobody_can_say_how() {
        for text in [
            "TCP_PORTS=(\n  80\n  443)\n",
            "TCP_PORTS=\"\n80\n443\"\n",
            "tcp_ports = [\n  80,\n  443 # web\n]\n",
            "tcp_ports = [\n  443\n]\n",
            "TCP_PORTS=443\n",
            "TCP_PORTS=\"443\"\n",
            "**80** TCP, **443** TCP\n",
        ] {
            assert_ne!(audit(&ROWS[..3], text), [""; 0], "{text}");
            assert_eq!(fixed(&ROWS[..3], text), text);
        }
        // An array of numbers has no ranges.
        let text = "udp = [53, 123]\n";
        assert_ne!(audit(&ROWS[3..], text), [""; 0]);
        assert_eq!(fixed(&ROWS[3..], text), text);
    }
}
