//! An entry written anew: with other ports, or with another transport.

use std::ops::Range;

use appleports_model::{PortRange, Transport};

use super::around::{around, is_assigned};
use super::continued::is_joined;
use super::quotes::{Quotes, of_several, of_words};
use super::whole::whole;
use super::{Edit, has_others, line, line_end, shown, sign, slots, suffix};
use crate::list::{Entry, Group, List, Repeat};
use crate::read::Shape;
use crate::transports::Transports;

/// The most ranges that are written for one.
const MAX_PARTS: usize = 4;

/// The entry, written as these ranges.
pub(crate) fn rewritten(
    text: &str,
    list: &List,
    entry: &Entry,
    ranges: &[PortRange],
) -> Option<Edit> {
    match ranges {
        [] => None,
        [range] => one(text, list, entry, *range),
        _ if ranges.len() > MAX_PARTS => None,
        _ => several(text, list, entry, ranges),
    }
}

/// Whether the place of an entry takes the ports: where only a space is between the ends of a
/// range, another word is before it than before a port.
fn takes(text: &str, group: &Group, entry: &Entry, range: PortRange) -> bool {
    let before = text[..entry.span.start].trim_end();
    let written = &text[entry.span.clone()];
    let is_compared = written.starts_with("gt ") || written.starts_with("lt ");
    group.range_sign != " " || before.ends_with("range") != range.is_single() && !is_compared
}

/// Whether the last port of a range is written behind a key of its own: `endPort: 3497`.
fn has_key(sign: &str) -> bool {
    sign.ends_with(": ")
}

/// `eq 3478–3497`, written with the word for ranges.
fn for_range(text: &str, group: &Group, entry: &Entry, range: PortRange) -> Option<Edit> {
    let before = text[..entry.span.start].trim_end();
    let start = before.strip_suffix("eq")?.len();
    let is_damaged = entry.numbers.0 != entry.numbers.1;
    (is_damaged && group.range_sign == " " && !range.is_single()).then(|| {
        let written = shown(range, &group.range_sign);
        Edit::one(start..entry.span.end, format!("range {written}"))
    })
}

/// Whether the ports of a container follow, the same ones: `3478-3497:3478-3497`.
fn is_twice(written: &str) -> bool {
    let ends = written.split_once(':');
    ends.is_some_and(|(one, other)| one == other)
}

/// Whether an entry of a plain list is a number of an array, which takes no range.
fn is_number(text: &str, list: &List, entry: &Entry) -> bool {
    let is_plain = list.notation.shape == Shape::Plain;
    is_plain && around(text, list, entry).is_some_and(|around| around.is_number)
}

fn one(text: &str, list: &List, entry: &Entry, range: PortRange) -> Option<Edit> {
    if let Some(last) = &entry.last_span {
        let (first, end) = (range.first().to_string(), range.last().to_string());
        let is_first_right = text[entry.span.clone()] == first;
        let edit = Edit::one(last.clone(), end);
        // What is right already is not written again.
        return Some(
            match (is_first_right, text[last.clone()] == edit.parts[0].1) {
                (true, _) => edit,
                (false, true) => Edit::one(entry.span.clone(), first),
                (false, false) => Edit::one(entry.span.clone(), first).and(edit),
            },
        );
    }
    if !range.is_single() && is_number(text, list, entry) {
        return None;
    }
    let group = &list.groups[entry.group];
    let whole_entry = &Entry {
        span: whole(text, list, entry, range),
        ..entry.clone()
    };
    let entry = whole_entry;
    if !takes(text, group, entry, range) {
        return for_range(text, group, entry, range);
    }
    let sign = sign(text, entry, group);
    if slots(range) > group.slots && !has_key(sign) {
        return None;
    }
    let written = shown(range, sign);
    let written = if is_twice(&text[entry.span.clone()]) {
        format!("{written}:{written}")
    } else {
        written
    };
    let is_quoted = text[..entry.span.start].ends_with(['"', '\'']);
    let quote = if is_quoted || range.is_single() {
        ""
    } else {
        group.quote
    };
    if !quote.is_empty() && is_in_quotes(text, entry) {
        // `powershell -Command "... 3478–3497"`: its own would end those.
        return None;
    }
    Some(Edit::one(
        entry.span.clone(),
        format!("{quote}{written}{quote}"),
    ))
}

/// Whether nothing but an entry, with its transport, is on its line.
fn is_whole_line(text: &str, entry: &Entry) -> bool {
    let end = entry.span.end + suffix(text, entry).len();
    let is_blank =
        |part: &str| part.trim().is_empty() || Transports::of_word(part.trim()).is_some();
    line(text, entry.span.start).is_some_and(|line| {
        is_blank(&text[line.start..entry.span.start]) && is_blank(&text[end..line.end])
    })
}

/// Whether a quote is open before an entry in its line.
fn is_in_quotes(text: &str, entry: &Entry) -> bool {
    let line = line(text, entry.span.start);
    let before = line.map_or("", |line| &text[line.start..entry.span.start]);
    ['"', '\'']
        .iter()
        .any(|quote| before.matches(*quote).count() % 2 == 1)
}

fn several(text: &str, list: &List, entry: &Entry, ranges: &[PortRange]) -> Option<Edit> {
    if is_twice(&text[entry.span.clone()]) {
        return None;
    }
    let group = &list.groups[entry.group];
    let Some(separator) = group.separator.as_deref() else {
        return repeated(text, list, entry, ranges);
    };
    let more: usize = ranges.iter().map(|range| slots(*range)).sum();
    let fewer = entry.ports.map_or(0, slots);
    if entry.last_span.is_some() || (group.used + more).saturating_sub(fewer) > group.slots {
        return None;
    }
    let own;
    let mut separator = separator;
    if list.notation.shape == Shape::Plain {
        let around = around(text, list, entry)?;
        let is_unknown = around.is_value && around.sign.is_none();
        if entry.is_spread || is_unknown || around.is_number {
            return None;
        }
        if let Some(sign) = around.sign {
            own = sign;
            separator = &own;
        } else if around.is_alone && is_whole_line(text, entry) {
            separator = "\n";
        }
    } else if let Some(around) = around(text, list, entry)
        && let Some(sign) = around.sign.filter(|_| around.is_value)
    {
        // What its programs take is one thing, what a script makes of it another.
        own = sign;
        separator = &own;
    }
    let sign = sign(text, entry, group);
    // `80,443/tcp` has one for all of them.
    let is_shared = |suffix: &&str| suffix.starts_with('/') && !group.has_suffix;
    let suffix = Some(suffix(text, entry)).filter(|suffix| !is_shared(suffix));
    let suffix = suffix.unwrap_or_default();
    let all = ranges
        .iter()
        .map(|range| format!("{}{suffix}", shown(*range, sign)));
    let behind = entry.span.end + suffix.len();
    let place = entry.span.start..behind;
    let quotes = if separator.trim_matches(' ').is_empty() {
        of_words(text, list, entry, behind)
    } else {
        of_several(text, list, entry, behind)
    };
    match quotes {
        Quotes::Never => return None,
        Quotes::Each(quote) => {
            let separator = if separator == "\n" { ", " } else { separator };
            let between = format!("{quote}{separator}{quote}");
            return Some(Edit::one(place, all.collect::<Vec<_>>().join(&between)));
        }
        Quotes::Between if !group.quote.is_empty() => {
            let quote = group.quote;
            let joined = all.collect::<Vec<_>>();
            let joined = joined.join(&format!("{quote}{separator}{quote}"));
            return Some(Edit::one(place, format!("{quote}{joined}{quote}")));
        }
        Quotes::Between => {}
    }
    let line = line(text, entry.span.start)?;
    if separator == "\n" {
        if is_joined(text, &line) {
            return None;
        }
        let (before, after) = (&text[line.start..entry.span.start], &text[behind..line.end]);
        let all: Vec<String> = all.map(|part| format!("{before}{part}")).collect();
        let is_plain = before.trim().is_empty() || Transports::of_word(before.trim()).is_some();
        return is_plain
            .then(|| Edit::one(line.start..behind, all.join(line_end(text, line.end))))
            .filter(|_| after.trim().is_empty() || after.trim_start().starts_with('#'));
    }
    let all: Vec<String> = all.collect();
    Some(Edit::one(entry.span.start..behind, all.join(separator)))
}

/// The place that takes one range, written for several: the line once for each, or in braces.
fn repeated(text: &str, list: &List, entry: &Entry, ranges: &[PortRange]) -> Option<Edit> {
    let group = &list.groups[entry.group];
    if !ranges.iter().all(|range| takes(text, group, entry, *range)) {
        return None;
    }
    let sign = sign(text, entry, group);
    let suffix = suffix(text, entry);
    let repeat = match group.repeat {
        Repeat::Line if has_others(list, entry) => Repeat::Never,
        repeat => repeat,
    };
    match repeat {
        Repeat::Never => None,
        Repeat::Braces(separator) => {
            let all: Vec<String> = ranges.iter().map(|range| shown(*range, sign)).collect();
            let joined = format!("{{ {} }}", all.join(separator));
            (suffix.is_empty() && entry.last_span.is_none())
                .then(|| Edit::one(entry.span.clone(), joined))
        }
        Repeat::Line => {
            let line = line(text, entry.span.start)?;
            // What has a number of its own is one rule: a second one would take its place.
            let is_numbered = text[line.clone()].contains(" sequence ");
            if is_joined(text, &line) || entry.is_spread || is_numbered {
                return None;
            }
            let line_with = |range: &PortRange| {
                let written = &text[line.clone()];
                let place = |span: &Range<usize>| span.start - line.start..span.end - line.start;
                let Some(end) = &entry.last_span else {
                    let mut written = written.to_owned();
                    written.replace_range(place(&entry.span), &shown(*range, sign));
                    return Some(written);
                };
                let is_in_line = end.start >= entry.span.end && end.end <= line.end;
                is_in_line.then(|| {
                    let mut written = written.to_owned();
                    written.replace_range(place(end), &range.last().to_string());
                    written.replace_range(place(&entry.span), &range.first().to_string());
                    written
                })
            };
            let lines: Option<Vec<String>> = ranges.iter().map(line_with).collect();
            Some(Edit::one(
                line.clone(),
                lines?.join(line_end(text, line.end)),
            ))
        }
    }
}

/// The entry's own transport, written as another.
pub(crate) fn with_transport(text: &str, entry: &Entry, transport: Transport) -> Option<Edit> {
    let span = entry.transport_span.clone()?;
    let written = &text[span.clone()];
    let is_upper = written.chars().any(|c| c.is_ascii_uppercase());
    let name = transport.as_str();
    let name = if is_upper {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    };
    let is_word = written.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_word && !is_key(text, entry)).then(|| Edit::one(span, name))
}

/// Whether the transport of an entry is the key of its list, `tcp = ["443"]`: there may be another
/// list with the right one.
pub(crate) fn is_key(text: &str, entry: &Entry) -> bool {
    let is_sign = |span: &Range<usize>| {
        let behind = text[span.end..].trim_start_matches(['"', '\'', ' ', '\t']);
        // In `tcp:443` it is written before each port.
        let is_before_port = behind.starts_with(':') && span.end + 1 == entry.span.start;
        text[span.clone()].ends_with(':')
            || (behind.starts_with(['=', ':']) || behind.starts_with("+=")) && !is_before_port
    };
    entry.transport_span.as_ref().is_some_and(is_sign)
}

/// The entry with a transport behind it, as the others of its list have one. The value of a variable
/// gets none: its use may have it.
pub(crate) fn add_transport(
    text: &str,
    list: &List,
    entry: &Entry,
    transport: Transport,
) -> Option<Edit> {
    let group = &list.groups[entry.group];
    let line = line(text, entry.span.start)?;
    let is_value = entry.is_spread || is_assigned(&text[line.start..entry.span.start]);
    let is_taken = group.has_suffix && !list.is_table && !is_value;
    let at = entry.span.end;
    is_taken.then(|| Edit::one(at..at, format!("/{transport}")))
}

/// A part of the text in a group, replaced.
pub(crate) fn replaced(span: Range<usize>, ports: PortRange, group: &Group) -> Edit {
    Edit::one(span, shown(ports, &group.range_sign))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_range_in_quotes_gets_no_others() {
        for quote in ['"', '\''] {
            let text =
                format!("New-NetFirewallRule -Protocol UDP -RemotePort {quote}3478–3497{quote}\n");
            assert_eq!(fixed(&["3478-3497/udp"], &text), text.replace('–', "-"));
        }
    }

    #[test]
    fn no_key_of_a_file_becomes_another() {
        let rows = ["80/tcp", "3478-3497/udp", "16393-16402/udp"];
        for text in [
            "tcp = [\"16393-16402\"]\nudp = [\"3478-3497\"]\n",
            "tcp: 16393-16402\nudp: 3478-3497\n",
            "TCP: [16393-16402]\nUDP: [3478-3497]\n",
        ] {
            let found = audit(&rows, text);
            assert!(found.iter().any(|found| found.contains("L010")), "{text}");
            assert!(fixed(&rows, text).to_lowercase().contains("tcp"), "{text}");
        }
        let text = "TCP 16393-16402\n";
        assert_eq!(fixed(&rows[2..], text), "UDP 16393-16402\n");
    }

    #[test]
    fn a_rule_with_a_number_of_its_own_is_not_repeated() {
        let text = "ipv6 access-list a\n permit udp any any range 16384 16402 sequence 10\n";
        assert_eq!(fixed(&["16384-16387/udp", "16393-16402/udp"], text), text);
    }

    #[test]
    fn a_line_of_its_own_becomes_two() {
        let rows = ["80/tcp", "443/tcp", "16384-16387/udp", "16393-16402/udp"];
        for other in ["80/tcp 443/tcp\n", "80/tcp, 443/tcp\n"] {
            let text = format!("{other}16384-16402/udp\n");
            let right = format!("{other}16384-16387/udp\n16393-16402/udp\n");
            assert_eq!(fixed(&rows, &text), right);
        }
    }

    /// What is behind the arrow is counted from the first port.
    #[test]
    fn the_ports_of_a_redirect_of_pf_stay_together() {
        let text = "rdr pass on em0 proto udp to port 16384:16402 -> 10.0.0.2 port 16384:*\n";
        assert_eq!(fixed(&["16384-16387/udp", "16393-16402/udp"], text), text);
    }
}
