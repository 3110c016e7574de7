//! `RouterOS`: `dst-port=`, `port=` and `any-port=` with `protocol=`, in lines that may be continued.

use super::comments::Comments;
use super::value::{self, Value};
use super::{CLOSED, NO_PORTS, is_closing, is_hash_comment, is_idle, slip_of, words};
use crate::expression::{Reader, program_group};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "routeros",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

/// The keys of ports that packets go to; those of `port` and `any-port` may come from them as well.
const PORTS: [&str; 3] = ["dst-port", "port", "any-port"];

fn is_in(text: &str) -> bool {
    let known = ["dst-port=", "any-port=", "/ip firewall", "/ipv6 firewall"];
    known.iter().any(|begin| text.contains(begin))
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let mut transports = Transports::NONE;
    let mut ports = Vec::new();
    let mut misspelt = Vec::new();
    let mut is_closed = false;
    // How many brackets are open.
    let mut depth = 0_usize;
    // A key whose value is on the next line: `dst-port=\`.
    let mut open = None;
    // `port=` of `/ip service` is a port of the router itself.
    let mut is_firewall = true;
    for (at, span) in reader.lines() {
        let line = &reader.text[span.clone()];
        if line.trim_start().starts_with('#') {
            continue;
        }
        if line.starts_with('/') {
            // Its helpers for protocols open nothing.
            is_firewall = line.contains("firewall") && !line.contains("service-port");
        }
        let mut rest = 0;
        for (start, word) in words(line) {
            // What finds rules opens nothing: `[find dst-port=443]`.
            let is_search = depth > 0 || word.starts_with('[') || word.contains("=[");
            depth = (depth + word.matches('[').count()).saturating_sub(word.matches(']').count());
            if start < rest || is_search {
                continue;
            }
            let continued = open.take();
            let (key, value, from) = match (continued, word.split_once('=')) {
                (Some(key), _) => (key, word, start),
                (None, Some((key, value))) => (key, value, start + key.len() + 1),
                (None, None) => continue,
            };
            if value.ends_with('\\') {
                open = Some(key);
            }
            if key == "protocol" {
                transports = Transports::of_protocol(value).unwrap_or(transports);
            } else if key == "action" && (is_closing(value) || is_idle(value))
                || key == "disabled" && value == "yes"
            {
                is_closed = true;
            } else if PORTS.contains(&key) && (is_firewall || key == "dst-port") {
                let list = value::value(line, from..from + value.len());
                rest = list.span.end;
                ports.push((list, span.start));
            } else if is_firewall
                && continued.is_none()
                && let Some(name) = slip_of(key, &PORTS)
            {
                // Once, however many lines its value has.
                let place = span.start + start..span.start + start + word.len();
                misspelt.push((place, super::misspelt(key, name)));
            }
        }
        if line.trim_end().ends_with('\\') {
            continue;
        }
        depth = 0;
        if is_closed {
            for (list, line) in ports.drain(..) {
                reader.leave(reader.line_of(list.place(line).start), CLOSED);
            }
            reader.leave(at, CLOSED);
        } else if ports.is_empty() {
            reader.leave(at, NO_PORTS);
        }
        for (place, reason) in misspelt.drain(..).filter(|_| !is_closed) {
            reader.unknown(place, transports, reason);
        }
        is_closed = false;
        for (list, line) in ports.drain(..) {
            value_of(reader, &list, line, transports)?;
        }
        transports = Transports::NONE;
    }
    for (list, line) in ports.into_iter().filter(|_| !is_closed) {
        value_of(reader, &list, line, transports)?;
    }
    Ok(())
}

/// Reads the ports of a rule: `80,443`, or `!25`.
fn value_of(
    reader: &mut Reader<'_>,
    value: &Value,
    line: usize,
    transports: Transports,
) -> Result<(), ReadError> {
    let span = value.place(line);
    if reader.text[span.clone()]
        .trim_start_matches('"')
        .starts_with('!')
    {
        reader.excluded(span, transports);
        return Ok(());
    }
    let group = program_group(&["-"], Some(","));
    if !value::read_spaced(reader, &span, transports, &group)? {
        reader.expression(span, transports, group)?;
    }
    value.report(reader, line);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};

    #[test]
    fn ports_of_the_router_itself_are_left_alone() {
        let text = "/ip service\nset ssh port=22\n/ip firewall filter\nadd action=accept port=80 protocol=tcp\n";
        assert_eq!(shown(text).1, ["80/tcp@4:24"]);
    }

    #[test]
    fn a_value_that_a_space_cuts_is_read_and_reported() {
        use crate::rules::testing::{audit, fixed};
        let rows = ["443/tcp", "5223/tcp"];
        let text = "add action=accept protocol=tcp dst-port=443, 5223\n";
        let reason = "a space ends the list here; write the ports without spaces";
        let expected = format!("1:46 L017 `5223`: {reason}");
        assert_eq!(audit(&rows, text), [expected]);
        assert_eq!(fixed(&rows, text), text);
        let rule = "add action=accept protocol=tcp";
        for (option, place) in [("dst-port=$p", "2:41"), ("dst-ports=5223", "2:32")] {
            let text = format!("{rule} dst-port=443\n{rule} {option}\n");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(&format!("{place} L017")), "{found:?}");
        }
    }

    #[test]
    fn ports_of_either_side_are_read_and_negations_reported() {
        let text = "/ip firewall filter\nadd action=accept port=80,443 protocol=tcp\nadd action=accept any-port=53 protocol=17\nadd action=accept dst-port=!25 protocol=tcp\nadd action=accept dst-port=80,52x protocol=tcp\nadd action=drop dst-port=!26 protocol=tcp\n";
        let entries = ["80/tcp@2:24", "443/tcp@2:27", "53/udp@3:28", "80/tcp@5:28"];
        assert_eq!(shown(text).1, entries);
        assert_eq!(
            unread(text),
            [
                "4:28 it matches every port but these; list the ports that are meant",
                "5:31 it is not a port"
            ]
        );
        let found = crate::rules::testing::audit(&["80/tcp", "443/tcp", "99/tcp", "53/udp"], text);
        assert!(
            found.iter().all(|finding| finding.contains("L017")),
            "{found:?}"
        );
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "add action=log dst-port=90\nadd action=add-src-to-address-list dst-port=91\nadd action=drop dst-port=80 protocol=tcp\nadd action=accept disabled=yes protocol=tcp \\\n dst-port=81\nadd dst-port=82 protocol=tcp \\\n action=reject\nadd action=accept dst-port=83 disabled=no protocol=tcp\n";
        assert_eq!(shown(text).1, ["83/tcp@8:28"]);
    }

    #[test]
    fn a_misspelt_option_is_reported_once() {
        let lines = "80,\\\n".repeat(3);
        let text = format!(
            "/ip firewall filter\nadd action=accept dst-port=25\nadd action=accept protocol=tcp dst–port=\\\n{lines}443\n"
        );
        assert_eq!(
            unread(&text),
            ["3:32 `dst–port` is not an option; `dst-port` may be meant"]
        );
    }

    #[test]
    fn a_value_may_be_on_the_next_line() {
        let text = "add chain=forward dst-port=\\\n    80,53-54 protocol=\\\n    udp src-port=1\n";
        assert_eq!(shown(text).1, ["80/udp@2:5", "53-54/udp@2:8"]);
    }

    #[test]
    fn reads_a_rule_over_several_lines() {
        let text = "/ip firewall filter\nadd chain=forward dst-address=17.0.0.0/8 dst-port=80,443,3478–3497 \\\n    protocol=tcp limit=50,5\nadd protocol=udp src-port=53\n";
        assert_eq!(
            shown(text),
            (
                "routeros",
                ["80/tcp@2:51", "443/tcp@2:54", "3478-3497/tcp@2:58"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn a_value_may_be_cut_by_the_end_of_its_line() {
        let text = "add dst-port=80,\\\n    443,53-54 protocol=\\\n    udp\n";
        assert_eq!(
            shown(text).1,
            ["80/udp@1:14", "443/udp@2:5", "53-54/udp@2:9"]
        );
    }

    #[test]
    fn helpers_for_protocols_are_left_alone() {
        let text = "/ip firewall service-port\nset sip ports=5060,5061\n/ip firewall filter\nadd action=accept dst-port=80 protocol=tcp\n";
        assert_eq!(shown(text).1, ["80/tcp@4:28"]);
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn what_finds_a_rule_opens_nothing() {
        let text = "/ip firewall filter\nadd chain=forward protocol=tcp dst-port=80\nremove [find where dst-port=443]\n:if ([:len [find dst-port=\"53\"]] = 0) do={ }\nadd chain=forward dst-port=25 protocol=tcp\n";
        assert_eq!(shown(text).1, ["80/tcp@2:41", "25/tcp@5:28"]);
    }
}
