//! firewalld: `<port protocol="tcp" port="80"/>` in services, zones and policies.

use std::ops::Range;

use super::CLOSED;
use super::comments::Comments;
use crate::expression::{Reader, program_group};
use crate::list::Repeat;
use crate::read::{MAX_ENTRIES, Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "firewalld",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: |line| line.starts_with("<!--") && line.ends_with("-->"),
    comments: Comments::Kept,
};

/// The longest element in bytes.
const MAX_TAG: usize = 500;

fn is_in(text: &str) -> bool {
    text.trim_start().starts_with('<') && !elements(text, "<port").is_empty()
}

/// Where the value of an attribute is.
fn attribute(tag: &str, name: &str) -> Option<(usize, usize)> {
    let mut places = tag.match_indices(name);
    places.find_map(|(at, _)| {
        let rest = &tag[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let is_whole = tag[..at].ends_with(char::is_whitespace);
        let start = tag.len() - value.len() + 1;
        let length = tag[start..].find(quote)?;
        is_whole.then_some((start, start + length))
    })
}

/// Whether an element is a line of its own, with nothing but a few spaces before it.
fn is_line(text: &str, span: Range<usize>) -> bool {
    let before = &text.as_bytes()[span.start.saturating_sub(MAX_TAG)..span.start];
    let mut before = before.iter().rev();
    let starts = before.find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'\n');
    let element = &text[span.clone()];
    let ends = text[span.end..].starts_with(['\n', '\r']);
    starts && ends && element.ends_with("/>") && !element.contains('\n')
}

/// Where the elements of a name begin, `<port`, those in comments left out.
fn elements(text: &str, element: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('<') {
        let start = at + next;
        let rest = &text[start..];
        at = if let Some(comment) = rest.strip_prefix("<!--") {
            comment
                .find("-->")
                .map_or(text.len(), |end| start + 4 + end)
        } else {
            let name = rest.strip_prefix(element);
            if name.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace())) {
                found.push(start);
            }
            start + 1
        };
    }
    found
}

/// The rich rule around an element, before and behind its place. It may have one element.
fn rule_around(text: &str, at: usize) -> Option<[String; 2]> {
    let bytes = text.as_bytes();
    let low = at.saturating_sub(MAX_TAG);
    let before = String::from_utf8_lossy(&bytes[low..at]);
    let behind = String::from_utf8_lossy(&bytes[at..text.len().min(at + MAX_TAG)]);
    let begin = &before[before.rfind("<rule")?..];
    let end = &behind[..behind.find("</rule").unwrap_or(behind.len())];
    (!begin.contains("</rule")).then(|| [begin, end].map(str::to_owned))
}

/// Whether an element is in a rich rule that opens nothing.
fn is_closed(text: &str, at: usize) -> bool {
    let Some(rule) = rule_around(text, at) else {
        return false;
    };
    let has = |name: &str| rule.iter().any(|part| part.contains(name));
    let is_idle = has("<log") || has("<mark") || has("<audit");
    has("<drop") || has("<reject") || is_idle && !has("<accept")
}

/// The element that begins at a place, without the sign that ends it.
fn tag(text: &str, at: usize) -> Option<&str> {
    let rest = &text.as_bytes()[at..text.len().min(at + MAX_TAG)];
    let end = rest.iter().position(|byte| *byte == b'>')?;
    Some(&text[at..at + end])
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let elements_of_ports = elements(text, "<port");
    // What is around each of them is read.
    if elements_of_ports.len() > MAX_ENTRIES {
        return Err(ReadError::TooManyEntries);
    }
    for at in elements_of_ports {
        let Some(tag) = tag(text, at) else {
            continue;
        };
        if is_closed(text, at) {
            reader.leave(reader.line_of(at), CLOSED);
            continue;
        }
        let transports = attribute(tag, "protocol")
            .and_then(|(start, end)| Transports::of_stated(&tag[start..end]));
        if let (Some((start, end)), Some(transports)) = (attribute(tag, "port"), transports) {
            let mut group = program_group(&["-"], None);
            if is_line(text, at..at + tag.len() + 1) && rule_around(text, at).is_none() {
                group.repeat = Repeat::Line;
            }
            reader.expression(at + start..at + end, transports, group)?;
        } else {
            let reason = "it has no port with a protocol in quotes".to_owned();
            reader.unknown(
                at..at + tag.len() + 1,
                transports.unwrap_or_default(),
                reason,
            );
        }
    }
    services(reader)
}

/// Services that firewalld defines itself, with the article's name of their port; none where the
/// article has no such port.
const SERVICES: [(&str, Option<&str>); 20] = [
    ("cockpit", None),
    ("dhcp", None),
    ("dhcpv6", None),
    ("dhcpv6-client", None),
    ("dns", Some("domain")),
    ("http", Some("http")),
    ("https", Some("https")),
    ("imap", Some("imap")),
    ("imaps", Some("imaps")),
    ("ipp", Some("ipp")),
    ("ipp-client", None),
    ("ldap", Some("ldap")),
    ("ldaps", Some("ldaps")),
    ("mdns", Some("mdns")),
    ("ntp", Some("ntp")),
    ("samba-client", None),
    ("smtp", Some("smtp")),
    ("snmp", None),
    ("ssh", Some("ssh")),
    ("tftp", None),
];

/// Reads the services that a zone or a policy opens by name.
fn services(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    for at in elements(text, "<service") {
        let name = tag(text, at).and_then(|tag| attribute(tag, "name"));
        let Some((start, end)) = name.filter(|_| !is_closed(text, at)) else {
            continue;
        };
        let place = at + start..at + end;
        let name = &text[place.clone()];
        match SERVICES.iter().find(|(service, _)| *service == name) {
            Some((_, Some(known))) => reader.name((*known).to_owned(), Transports::NONE)?,
            Some(_) => {}
            None => {
                let reason = format!("the service `{name}` is not in this file");
                reader.unresolved(place, format!("@{name}"), Transports::NONE, reason)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};

    #[test]
    fn what_is_no_port_is_reported() {
        let text = "<service>\n<port port=\"80\" protocol=\"tcp\"/>\n<port port=\"443\"/>\n<port port=\"5x\" protocol=\"tcp\"/>\n<source-port port=\"7\" protocol=\"tcp\"/>\n</service>\n";
        assert_eq!(shown(text).1, ["80/tcp@2:13"]);
        assert_eq!(
            unread(text),
            [
                "3:1 it has no port with a protocol in quotes",
                "4:13 it is not a port"
            ]
        );
    }

    #[test]
    fn a_service_of_another_file_is_reported_and_nothing_is_missing() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        let port = "<port port=\"80\" protocol=\"tcp\"/>";
        let text = format!("<zone>\n<service name=\"push\"/>\n{port}\n</zone>\n");
        let expected = "2:16 L017 `push` was not read: the service `push` is not in this file";
        assert_eq!(crate::rules::testing::audit(&rows, &text), [expected]);
        let known = text.replace("push", "dhcpv6-client");
        assert_eq!(crate::rules::testing::audit(&rows, &known).len(), 2);
        assert_eq!(unread(&known), [""; 0]);
    }

    #[test]
    fn reads_the_ports_of_a_service() {
        let text = "<service>\n<short>9</short>\n  <port port=\"3478-3497\" protocol='udp'/>\n</service>\n";
        assert_eq!(
            shown(text),
            ("firewalld", vec!["3478-3497/udp@3:15".to_owned()])
        );
    }

    #[test]
    fn rich_rules_that_open_nothing_are_left_alone() {
        let rule = |port: &str, verdict: &str| {
            format!("<rule><port port=\"{port}\" protocol=\"tcp\"/>{verdict}</rule>\n")
        };
        let text = [
            "<zone>\n",
            &rule("80", "<accept/>"),
            &rule("81", "<drop/>"),
            &rule("82", "<reject type=\"x\"/>"),
            "<port port=\"83\" protocol=\"tcp\"/>\n</zone>\n",
        ]
        .concat();
        let entries = shown(&text).1;
        assert_eq!(entries, ["80/tcp@2:19", "83/tcp@5:13"]);
    }

    #[test]
    fn comments_open_nothing() {
        let text = "<zone>\n<!-- <port port=\"9\" protocol=\"tcp\"/> -->\n<port\n port=\"80\" protocol=\"tcp\"/>\n<!-- <port port=\"7\"";
        assert_eq!(shown(text), ("firewalld", vec!["80/tcp@4:8".to_owned()]));
    }

    #[test]
    fn a_rich_rule_has_one_element() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        let port = "<port port=\"16384-16402\" protocol=\"udp\"/>\n";
        let zone = |text: &str| format!("<zone>\n{text}</zone>\n");
        let text = zone(&format!(
            "<rule family=\"ipv4\">\n{port}<accept/>\n</rule>\n"
        ));
        assert_eq!(crate::rules::testing::fixed(&rows, &text), text);
        let text = zone(port);
        let right = zone(&(port.replace("16402", "16387") + &port.replace("16384", "16393")));
        assert_eq!(crate::rules::testing::fixed(&rows, &text), right);
    }
}
