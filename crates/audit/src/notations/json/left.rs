//! Objects that are left alone: what opens nothing, and protocols that have no ports.

use std::ops::Range;

use super::object::is_transport_key;
use super::plain_key;
use super::value::Value;
use crate::notations::csv::is_of_others;
use crate::notations::{CLOSED, is_closed_by};

/// Why an object is left alone; none where it is read.
pub(super) fn reason(text: &str, members: &[(Range<usize>, Value)]) -> Option<&'static str> {
    if is_closed(text, members) {
        return Some(CLOSED);
    }
    // Of ICMP, a cloud writes the type and the code in the place of the ports.
    let is_other = members.iter().any(|(key, value)| {
        let is_one = |span: &Range<usize>| is_of_others(&text[span.clone()]);
        is_transport_key(text, key) && matches!(value, Value::Scalar(span) if is_one(span))
    });
    is_other.then_some("an object of another protocol")
}

/// Whether an object says that its ports are not open.
pub(super) fn is_closed(text: &str, members: &[(Range<usize>, Value)]) -> bool {
    members.iter().any(|(key, value)| {
        let key = plain_key(&text[key.clone()]);
        matches!(value, Value::Scalar(span) if is_closed_by(&key, &text[span.clone()]))
    })
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    #[test]
    fn types_of_icmp_are_no_ports() {
        for (protocol, first, last) in [
            ("\"icmp\"", "8", "-1"),
            ("\"icmp\"", "3", "4"),
            ("\"icmpv6\"", "-1", "-1"),
            ("\"1\"", "8", "0"),
            ("58", "128", "0"),
            ("\"esp\"", "0", "0"),
        ] {
            let text = format!(
                "[{{\"IpProtocol\": \"tcp\", \"FromPort\": 80, \"ToPort\": 80}}, {{\"IpProtocol\": {protocol}, \"FromPort\": {first}, \"ToPort\": {last}}}]"
            );
            assert_eq!(ports(&text), "80/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
    }
}
