//! The list with one more entry.

use appleports_model::{PortRange, Transport};

use super::around::{around, end, is_behind_comma};
use super::continued::is_continued;
use super::quotes::own_quote;
use super::{Edit, line, line_end, shown, sign, slots, suffix};
use crate::judge::Context;
use crate::list::{Entry, List, Oddity};
use crate::notations::comment_at;
use crate::read::Shape;
use crate::transports::Transports;

/// The entry that another one is written behind.
struct Neighbour<'a> {
    entry: &'a Entry,
    /// What is written behind the new ports: `/tcp`.
    suffix: String,
    /// Whether its transport is another, or written wrong.
    is_other: bool,
    /// Where it ends, with its own transport.
    end: usize,
}

/// The list with one more entry, behind the last one of its transport; none where it has rules.
pub(crate) fn append(
    context: &Context<'_>,
    ports: PortRange,
    transport: Transport,
) -> Option<Edit> {
    let (text, list) = (context.text, context.list);
    let is_list = matches!(list.notation.shape, Shape::Plain | Shape::List);
    if list.is_table || !is_list {
        return None;
    }
    let neighbour = neighbour(context, ports, transport)?;
    let group = &list.groups[neighbour.entry.group];
    let separator = group.separator.as_deref()?;
    let written = shown(ports, sign(text, neighbour.entry, group));
    let written = format!("{written}{}", neighbour.suffix);
    if !group.quote.is_empty() {
        let is_quoted = text[neighbour.end..].starts_with('"');
        let written = if is_quoted || !ports.is_single() {
            format!("\"{written}\"")
        } else {
            written
        };
        let at = neighbour.end + usize::from(is_quoted);
        return Some(Edit::one(at..at, format!("{separator}{written}")));
    }
    if list.notation.shape == Shape::Plain {
        return in_lines(text, list, &neighbour, ports, &written);
    }
    let end = neighbour.end;
    Some(Edit::one(end..end, format!("{separator}{written}")))
}

/// The last entry of the transport, or of another where each has its own; what is written wrong in
/// one is not repeated.
fn neighbour<'a>(
    context: &Context<'a>,
    ports: PortRange,
    transport: Transport,
) -> Option<Neighbour<'a>> {
    let (text, list) = (context.text, context.list);
    if context.has_protocol_line {
        return None;
    }
    let sought = if context.has_transports {
        Transports::one(transport)
    } else {
        Transports::NONE
    };
    let has_room = |entry: &&Entry| {
        let group = &list.groups[entry.group];
        let is_enough = group.used.saturating_add(slots(ports)) <= group.slots;
        entry.last_span.is_none() && group.separator.is_some() && is_enough
    };
    // Not to the list of something else: `ADMIN_TCP="22"`.
    let is_of_article =
        |entry: &&Entry| context.scope_changes == 0 || context.is_beside_right(entry);
    let has_room = |entry: &&Entry| has_room(entry) && is_of_article(entry);
    let mut entries = list.entries.iter().rev().filter(has_room);
    let is_wrong = |entry: &Entry| entry.is_misspelt || entry.oddity == Some(Oddity::Glued);
    let is_own = |entry: &&Entry| entry.transports == sought && !is_wrong(entry);
    if let Some(entry) = entries.clone().find(is_own) {
        return Some(Neighbour {
            entry,
            suffix: suffix(text, entry).to_owned(),
            is_other: false,
            end: end(text, entry)?,
        });
    }
    let has_own = |entry: &&Entry| suffix(text, entry).starts_with('/') || is_wrong(entry);
    let entry = entries.find(|entry| list.notation.shape == Shape::Plain && has_own(entry))?;
    Some(Neighbour {
        entry,
        suffix: format!("/{transport}"),
        is_other: true,
        end: end(text, entry)?,
    })
}

/// In a plain list: on a line of its own where the neighbour has one, else behind it with the sign that
/// its line has. In brackets, quotes and values of variables no sign is guessed.
fn in_lines(
    text: &str,
    list: &List,
    neighbour: &Neighbour<'_>,
    ports: PortRange,
    written: &str,
) -> Option<Edit> {
    let entry = neighbour.entry;
    let line = line(text, entry.span.start)?;
    let around = around(text, list, entry)?;
    if entry.is_spread || around.is_value && around.sign.is_none() {
        return None;
    }
    let (before, end) = (&text[line.start..entry.span.start], neighbour.end);
    let title = before.trim();
    let is_blank = title.is_empty() || Transports::of_word(title).is_some();
    if is_blank && around.is_alone {
        if is_continued(text, line.start) {
            // It ends a command; another line would be one of its own.
            return None;
        }
        let space = &before[..before.len() - before.trim_start().len()];
        let before = if neighbour.is_other { space } else { before };
        let added = format!("{}{before}{written}", line_end(text, line.end));
        let rest = &text[end..line.end];
        let is_last = goes_on_below(rest) && !is_behind_comma(text, list, entry);
        return is_last.then(|| Edit::one(line.end..line.end, added));
    }
    if around.is_alone && Transports::of_word(title.trim_end_matches(':')).is_none() {
        // A value of something, such as a key of YAML: it takes one.
        return None;
    }
    let group = &list.groups[entry.group];
    let of_file = group.separator.as_deref().filter(|sign| *sign != "\n");
    if around.sign.is_none() && before.contains([';', '|', '&']) {
        // Commands in one line, each with its own ports.
        return None;
    }
    let separator = around.sign.as_deref().or(of_file).unwrap_or(", ");
    if let Some(quote) = own_quote(text, entry, end) {
        let at = end + 1;
        return Some(Edit::one(
            at..at,
            format!("{separator}{quote}{written}{quote}"),
        ));
    }
    // What else is glued to it may be a pair of marks: `**443**`.
    let is_end = |c: char| c.is_whitespace() || ",;\"')]}".contains(c);
    let is_free = text[end..].chars().next().is_none_or(is_end);
    let is_taken = is_free && (ports.is_single() || !around.is_number);
    is_taken.then(|| Edit::one(end..end, format!("{separator}{written}")))
}

/// Whether what is behind an entry leaves the line below to another one.
fn goes_on_below(rest: &str) -> bool {
    let code = rest[..comment_at(rest)].trim_end();
    let count = |signs: [char; 3]| code.matches(signs).count();
    !code.ends_with([',', ';', '|', '\\', '"', '\'', '`', '*'])
        && count(['(', '[', '{']) == count([')', ']', '}'])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    const ROWS: [&str; 5] = [
        "80/tcp",
        "443/tcp",
        "5223/tcp",
        "3478-3497/udp",
        "16384-16387/udp",
    ];

    #[test]
    fn a_port_is_added_with_the_sign_of_its_own_line() {
        let spaces = "UDP_PORTS=\"3478:3497 16384:16387\"\n";
        for (text, right) in [
            (
                format!("{spaces}TCP_PORTS=80,443\n"),
                format!("{spaces}TCP_PORTS=80,443,5223\n"),
            ),
            (
                "TCP_PORTS=\"80,443,5223\"\nUDP_PORTS=\"53 3478:3497\"\n".to_owned(),
                "TCP_PORTS=\"80,443,5223\"\nUDP_PORTS=\"53 3478:3497 16384:16387\"\n".to_owned(),
            ),
            (
                "tcp: \"80 443 5223\"\nudp: [\"53\", \"3478-3497\"]\n".to_owned(),
                "tcp: \"80 443 5223\"\nudp: [\"53\", \"3478-3497\", \"16384-16387\"]\n".to_owned(),
            ),
            (
                "tcp: 80 443 5223\nudp: [\"3478 3497\", \"61100-61122\"]\n".to_owned(),
                "tcp: 80 443 5223\nudp: [\"3478-3497\", \"61100-61122\", \"16384-16387\"]\n"
                    .to_owned(),
            ),
            (
                "80 (TCP), 443 (TCP), 3478-3497 (UDP)\n".to_owned(),
                "80 (TCP), 443 (TCP), 5223 (TCP), 3478-3497 (UDP), 16384-16387 (UDP)\n".to_owned(),
            ),
            (
                "80 (TCP)\n443 (TCP) # web\n3478-3497 (UDP)\n".to_owned(),
                "80 (TCP)\n443 (TCP) # web\n5223 (TCP)\n3478-3497 (UDP)\n16384-16387 (UDP)\n"
                    .to_owned(),
            ),
        ] {
            assert_eq!(fixed(&ROWS, &text), right);
        }
    }

    #[test]
    fn a_port_of_another_transport_has_the_indentation_of_its_list() {
        let text =
            "firewall:\n  allow: |\n    80/tcp\n    443/tcp\n    5223/tcp\n    3478-3497/udp\n";
        let cut = text.replace("    3478-3497/udp\n", "") + "    16384-16387/udp\n";
        assert_eq!(fixed(&ROWS, text), format!("{text}    16384-16387/udp\n"));
        assert_eq!(fixed(&ROWS, &cut), format!("{cut}    3478-3497/udp\n"));
        let tcp = "allow: |\n    80/tcp\n    443/tcp\n    5223/tcp\n";
        let right = format!("{tcp}    3478-3497/udp\n    16384-16387/udp\n");
        assert_eq!(fixed(&ROWS, tcp), right);
    }

    #[test]
    fn no_sign_is_guessed_in_brackets_and_quotes() {
        let udp = "UDP_PORTS=\"3478:3497 16384:16387\"\n";
        for text in [
            format!("TCP_PORTS=(\n  80\n  443)\n{udp}"),
            format!("TCP_PORTS=\"\n80\n443\"\n{udp}"),
            format!("TCP_PORTS=\"80 \\\n 443\"\n{udp}"),
            format!("{udp}fw tcp 80/tcp \\\n 443/tcp\n"),
            format!("{udp}A=80/tcp,\\\n443/tcp\n"),
            format!("{udp}open 80/tcp; open 443/tcp\n"),
            format!("{udp}A=80/tcp,^\r\n443/tcp\r\n"),
            "tcp_ports = [\n  80,\n  443\n]\nudp_ports = [\"3478-3497\", \"16384-16387\"]\n"
                .to_owned(),
            "tcp_ports = [\n  80,\n  443,\n]\nudp_ports = [\"3478-3497\", \"16384-16387\"]\n"
                .to_owned(),
            "var tcp = []int{\n\t80,\n\t443,\n}\nUDP 3478-3497, 16384-16387\n".to_owned(),
            "80/tcp,\n443/tcp,\n3478-3497/udp,\n16384-16387/udp\n".to_owned(),
            "3478-3497/udp,\n16384-16387/udp,\n80/tcp,\n443/tcp\n".to_owned(),
            "tcp = [443]\nudp = [\"3478-3497\", \"16384-16387\"]\n".to_owned(),
            "**443** TCP, **3478-3497** UDP\n".to_owned(),
            "443 (TCP, RFC 9110)\n3478-3497 (UDP, RFC 8489)\n".to_owned(),
        ] {
            let found = audit(&ROWS, &text);
            assert!(
                found.iter().any(|found| found.contains("L001")),
                "{text}{found:?}"
            );
            assert_eq!(fixed(&ROWS, &text), text);
        }
    }

    #[test]
    fn an_array_of_numbers_takes_no_range() {
        let tcp = "tcp = [80, 443, 5223]\n";
        for udp in [
            "udp = [53, 123]",
            "udp = [53, 3478]",
            "udp = (3478, 53)",
            "udp = [3478, 3497]",
        ] {
            let text = format!("{tcp}{udp}\n");
            assert_ne!(audit(&ROWS, &text), [""; 0], "{text}");
            assert_eq!(fixed(&ROWS, &text), text);
        }
        let text = format!("{tcp}udp = [53, 16384-16387]\n");
        let right = text.replace("87]", "87, 3478-3497]");
        assert_eq!(fixed(&ROWS, &text), right);
        for text in [
            "[web]\nudp_port = 3478\ntcp_ports = [80, 443, 5223]\n",
            "UDP_PORT = 3478  # stun\nTCP_PORTS = [80, 443, 5223]\n",
        ] {
            assert_eq!(fixed(&ROWS, text), text);
        }
        let shell = "UDP_PORT=3478\nTCP_PORTS=\"80 443 5223\"\n";
        assert!(fixed(&ROWS, shell).starts_with("UDP_PORT=3478-3497\n"));
        let text = "tcp = [80, 443]\nudp = [\"3478-3497\", \"16384-16387\"]\n";
        assert_eq!(fixed(&ROWS, text), text.replace("443]", "443, 5223]"));
    }

    #[test]
    fn no_port_is_added_to_the_list_of_something_else() {
        let udp = "3478-3497, 16384-16387";
        for text in [
            format!("FT_TCP=\"80,443\"\nFT_UDP=\"{udp}\"\nADMIN_TCP=\"22,8443\"\n"),
            format!("FaceTime TCP: 80, 443\nFaceTime UDP: {udp}\nAdmin VPN TCP: 22, 8443\n"),
            format!("[facetime]\ntcp = [80, 443]\nudp = \"{udp}\"\n[admin]\ntcp = [22, 8443]\n"),
            format!("TCP 80, 443\nUDP {udp}\nno longer needed: TCP 7, 22\n"),
        ] {
            let after = fixed(&ROWS, &text);
            assert_eq!(
                after,
                text.replace("80, 443", "80, 443, 5223")
                    .replace("80,443", "80,443,5223")
            );
        }
        let only = format!("FT_UDP=\"{udp}\"\nADMIN_TCP=\"22,8443\"\n");
        assert_eq!(fixed(&ROWS, &only), only);
    }
}
