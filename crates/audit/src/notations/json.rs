//! JSON: arrays of numbers, strings or objects.

mod left;
mod object;
mod rows;
mod scalar;
mod shapes;
mod value;

use serde::de::IgnoredAny;

use super::comments::Comments;
use crate::expression::{Reader, group};
use crate::list::Group;
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;
use object::object;
use scalar::scalar;
use shapes::Pairs;
use value::{MAX_DEPTH, Parser, Value, depth};

pub(super) const NOTATION: Notation = Notation {
    name: "json",
    shape: Shape::List,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: |line| {
        line.chars()
            .all(|c| matches!(c, '{' | '}' | '[' | ']' | ',' | ' '))
    },
    comments: Comments::Kept,
};

/// Text that has to be JSON is as well where it is damaged: it is refused then, with the reason.
fn is_in(text: &str) -> bool {
    let text = text.trim_start();
    let is_open = text.starts_with(['[', '{']);
    is_open && serde_json::from_str::<IgnoredAny>(text).is_ok() || value::is_broken(text)
}

/// Keys with ports, with the first one and with the last one.
const PORTS: [&str; 6] = ["port", "ports", "dport", "dports", "portrange", "range"];
pub(super) const FIRST: [&str; 11] = [
    "first",
    "from",
    "start",
    "begin",
    "portfirst",
    "fromport",
    "startport",
    "portstart",
    "firstport",
    "portrangemin",
    "minport",
];
pub(super) const LAST: [&str; 11] = [
    "last",
    "to",
    "end",
    "until",
    "portlast",
    "toport",
    "endport",
    "portend",
    "lastport",
    "portrangemax",
    "maxport",
];

/// Keys that are of ports only beside a transport, or below a key of ports.
const GENERAL: [&str; 3] = ["number", "num", "value"];
const GENERAL_FIRST: [&str; 3] = ["min", "low", "lower"];
const GENERAL_LAST: [&str; 3] = ["max", "high", "upper"];

/// A key in small letters, without signs between its words: `FromPort`, `from_port`.
pub(super) fn plain_key(key: &str) -> String {
    let letters = key.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a key that is none of the others has ports: `destinationPortRanges`, `tcp_ports`.
pub(super) fn is_port_key(key: &str) -> bool {
    let key = plain_key(key);
    let ends = ["port", "ports", "portrange", "portranges"];
    let sources = ["source", "src", "sport"];
    let is_other = sources.iter().any(|source| key.starts_with(source));
    let begins = [
        "destination",
        "dest",
        "dst",
        "tcp",
        "udp",
        "allowed",
        "open",
        "container",
        "host",
        "remote",
    ];
    let rest = begins.iter().find_map(|begin| key.strip_prefix(begin));
    !is_other && rest.is_some_and(|rest| ends.contains(&rest))
}

/// Keys with a transport.
pub(super) const TRANSPORTS: [&str; 6] = [
    "transport",
    "transports",
    "protocol",
    "protocols",
    "proto",
    "ipprotocol",
];

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    if depth(text) > MAX_DEPTH {
        let reason = format!("its values are nested more than {MAX_DEPTH} deep");
        return Err(ReadError::Malformed("json", reason));
    }
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Err(ReadError::Malformed("json", value::reason(&error)));
    }
    let mut parser = Parser { text, at: 0 };
    let Some(value) = parser.value() else {
        return Ok(());
    };
    // The program's own document has former rows and totals as well.
    if let Value::Object(members) = &value {
        if members
            .iter()
            .any(|(key, _)| text[key.clone()] == *"nftables")
        {
            let reason = "`nft -j` is not read; use the text of `nft list ruleset`".to_owned();
            return Err(ReadError::Malformed("json", reason));
        }
        let member = |name: &str| members.iter().find(|(key, _)| text[key.clone()] == *name);
        if let (Some(_), Some((_, records))) = (member("schema_version"), member("records")) {
            return walk(reader, records, Transports::NONE, false);
        }
    }
    walk(
        reader,
        &value,
        Transports::NONE,
        matches!(value, Value::Array(_)),
    )
}

fn transports(text: &str, value: &Value) -> Transports {
    match value {
        Value::Scalar(span) => Transports::of_protocol(&text[span.clone()]).unwrap_or_default(),
        Value::Array(all) => all.iter().fold(Transports::NONE, |set, element| {
            set.and(transports(text, element))
        }),
        Value::Object(_) | Value::Empty(_) => Transports::NONE,
    }
}

/// Reads what may be ports; with `is_ports` numbers and texts are some.
fn walk(
    reader: &mut Reader<'_>,
    value: &Value,
    set: Transports,
    is_ports: bool,
) -> Result<(), ReadError> {
    match value {
        Value::Scalar(span) if is_ports && !value.is_null(reader.text) => {
            scalar(reader, span, set, None)
        }
        Value::Scalar(_) | Value::Empty(_) => Ok(()),
        Value::Array(values) => {
            let pairs = if is_ports {
                shapes::pairs(reader.text, values)
            } else {
                Pairs::No
            };
            if pairs == Pairs::Unknown {
                shapes::unknown(reader, values, set);
                return Ok(());
            }
            let mut array_group: Option<usize> = None;
            let first = reader.entries.len();
            let separator = separator(reader.text, values);
            rows::keep(reader, values);
            for value in values {
                match value {
                    Value::Scalar(span) if is_ports => {
                        let place =
                            *array_group.get_or_insert_with(|| reader.new_group(array(separator)));
                        scalar(reader, span, set, Some(place))?;
                    }
                    _ if pairs == Pairs::Ranges && shapes::range(reader, value, set)? => {}
                    _ => walk(reader, value, set, is_ports)?,
                }
            }
            if array_group.is_some() && reader.entries.len() == first {
                // No entry is in it.
                reader.groups.pop();
            }
            Ok(())
        }
        Value::Object(members) => object(reader, members, set, is_ports),
    }
}

fn array(separator: &str) -> Group {
    Group {
        quote: "\"",
        ..group("-", Some(separator))
    }
}

/// The longest text between two values that is written again.
const MAX_SEPARATOR: usize = 40;

/// What the list itself has between two values: `, `, or the start of another line.
fn separator<'t>(text: &'t str, values: &[Value]) -> &'t str {
    let between = match values {
        [Value::Scalar(first), Value::Scalar(second), ..] => {
            text[first.end..second.start].trim_matches('"')
        }
        _ => "",
    };
    let is_plain = |c: char| c == ',' || c.is_ascii_whitespace();
    if between.len() <= MAX_SEPARATOR && between.contains(',') && between.chars().all(is_plain) {
        between
    } else {
        ", "
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn days_are_no_range_of_ports() {
        let text = "{\"from\": \"2024-01-02\", \"to\": \"2024-02-01\", \"ports\": [80]}";
        assert_eq!(shown(text).1, ["80/@1:54"]);
    }

    #[test]
    fn keys_of_clouds_are_known() {
        let text = "{\"rules\":[{\"destinationPortRanges\":[\"80\",\"443\"],\"sourcePortRange\":\"1\",\"protocol\":\"Tcp\"},{\"portStart\":53,\"portEnd\":54,\"protocol\":\"udp\"},{\"port_range_min\":5,\"port_range_max\":6},{\"tcp_ports\":\"7,8\"}]}";
        let found: Vec<String> = shown(text)
            .1
            .into_iter()
            .filter_map(|entry| Some(entry.split_once('@')?.0.to_owned()))
            .collect();
        assert_eq!(
            found,
            ["80/tcp", "443/tcp", "53-54/udp", "5-6/", "7/tcp", "8/tcp"]
        );
        let refused = crate::read::read(b"{\"nftables\": []}", None).unwrap_err();
        assert!(
            refused.to_string().contains("nft list ruleset"),
            "{refused}"
        );
    }

    #[test]
    fn ends_may_be_named_as_clouds_name_them() {
        let text = r#"{"rules":[{"IpProtocol":"udp","FromPort":53,"ToPort":54},{"IpProtocol":"tcp","FromPort":80,"ToPort":80}]}"#;
        assert_eq!(shown(text).1, ["53-54/udp@1:42", "80/tcp@1:89"]);
        assert_eq!(
            shown(r#"[{"port":53,"endPort":54,"protocol":"UDP"}]"#).1,
            ["53-54/udp@1:10"]
        );
    }

    #[test]
    fn transports_may_be_numbers_of_protocols_and_objects_switched_off() {
        let text = r#"[{"IpProtocol":"6","FromPort":80,"ToPort":80},{"port":81,"enabled":false},{"port":82,"disabled":"true"},{"port":83,"active":true,"state":"off"}]"#;
        assert_eq!(shown(text).1, ["80/tcp@1:31"]);
    }

    fn entries(text: &str) -> Vec<String> {
        let (notation, entries) = shown(text);
        assert_eq!(notation, "json", "{text}");
        entries
    }

    #[test]
    fn reads_numbers_strings_and_objects() {
        assert_eq!(
            entries("[80, \"443/tcp\", \"3478–3497\"]"),
            ["80/@1:2", "443/tcp@1:7", "3478-3497/@1:18"]
        );
        assert_eq!(
            entries(
                "[{\"id\": 7, \"port\": 80, \"proto\": \"tcp\"},\n {\"from\": 1, \"to\": \"9\", \"protocol\": \"udp\"}]"
            ),
            ["80/tcp@1:20", "1-9/udp@2:11"]
        );
        assert_eq!(
            entries("{\"tcp\": [80], \"vlan\": [12], \"udp\": [\"53\"]}"),
            ["80/tcp@1:10", "53/udp@1:38"]
        );
    }
}
