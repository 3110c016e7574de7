//! A list in brackets that goes on in the lines below its key: `ports: [80,`, and then `443]`.

use std::ops::Range;

/// The elements that a line of such a list has, each without what is around it, and whether the line
/// ends the list. Mappings in it are read as such.
pub(super) fn elements(text: &str, line: Range<usize>) -> (Vec<Range<usize>>, bool) {
    let written = text[line.clone()].trim_end();
    if written.contains(['{', '}']) {
        return (Vec::new(), written.ends_with(']'));
    }
    let (mut parts, mut start) = (Vec::new(), line.start);
    // In quotes a comma may be one between thousands, and a bracket the mark of a footnote.
    let (mut quote, mut is_end) = (None, false);
    for (at, c) in text[line.clone()].char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(own), _) if own == c => quote = None,
            (None, '[' | ',' | ']') => {
                parts.push(start..line.start + at);
                start = line.start + at + 1;
                is_end = c == ']';
            }
            _ => {}
        }
        if is_end {
            return (without_spaces(text, parts), true);
        }
    }
    parts.push(start..line.end);
    (without_spaces(text, parts), false)
}

/// The parts that have more than spaces, without those around them.
fn without_spaces(text: &str, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let parts = parts.into_iter().map(|own| {
        let inner = text[own.clone()].trim();
        let start = own.end - text[own.clone()].trim_start().len();
        start..start + inner.len()
    });
    parts.filter(|own| !own.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_list_may_go_on_in_the_lines_below() {
        let text = "- proto: udp\n  ports: [\n    \"53\", # names\n    \"3478-3497\"]\n- ports: [80,\n    443,\n\n    5223\n  ]\n  proto: tcp\n- {port: 81, proto: tcp}\n";
        let all = "53/udp 3478-3497/udp 80/tcp 443/tcp 5223/tcp 81/tcp";
        assert_eq!(ports(text), all);
        assert_eq!(unread(text), [""; 0]);
        assert_eq!(ports(&text.replace("ports: [", "ports:\n    [")), all);
        let rows: Vec<&str> = all.split(' ').collect();
        let wrong = text.replace("5223", "5232").replace("478-", "478–");
        let found = audit(&rows, &wrong);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("4:6 L006"), "{found:?}");
        assert!(found[1].starts_with("8:5 L005"), "{found:?}");
        assert_eq!(fixed(&rows, &wrong), text);
        let wrong = text.replace("\"3478-3497", "\"3,478-3,497");
        let found = audit(&rows, &wrong);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("4:6 L009"), "{found:?}");
        let wrong = text.replace("\"53", "\"53[1]");
        let found = audit(&rows, &wrong);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("3:6 L008"), "{found:?}");
    }

    #[test]
    fn mappings_in_a_list_are_read_once() {
        let text = "toPorts:\n- ports: [\n    {port: \"80\", protocol: TCP},\n    {port: \"53\", protocol: UDP}]\n- port: 81\n  protocol: TCP\n";
        assert_eq!(ports(text), "80/tcp 53/udp 81/tcp");
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn a_list_of_other_things_may_as_well() {
        let text = "- loop: [1,\n    2]\n  port: 80\n  proto: tcp\n";
        assert_eq!(ports(text), "80/tcp");
    }
}
