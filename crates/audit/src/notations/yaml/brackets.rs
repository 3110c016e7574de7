//! A list in brackets that goes on in the lines below its key: `ports: [80,`, and then `443]`.

use std::ops::Range;

use super::unknown::is_template;
use crate::notations::trimmed;

/// The elements that a line of such a list has, each without what is around it, and where the list
/// ends, if it does in this line. Mappings in it are read as such.
pub(in crate::notations) fn elements(
    text: &str,
    line: Range<usize>,
) -> (Vec<Range<usize>>, Option<usize>) {
    let inner = text[line.clone()].trim_start();
    let mut start = line.end - inner.strip_prefix('[').unwrap_or(inner).len();
    let first = start;
    let (mut parts, mut end, mut depth) = (Vec::new(), None, 0_usize);
    // In quotes a comma may be one between thousands, and a bracket the mark of a footnote.
    let (mut quote, mut is_begun) = (None, false);
    for (at, c) in text[first..line.end].char_indices() {
        let at = first + at;
        match (quote, c) {
            (Some(sign), _) if sign == c => quote = None,
            (None, '"' | '\'') if !is_begun => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth > 0 => depth -= 1,
            (None, ',' | ']') if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
                end = (c == ']').then_some(start);
            }
            _ => {}
        }
        if end.is_some() {
            break;
        }
        is_begun = start <= at && (is_begun || !c.is_whitespace());
    }
    if end.is_none() {
        parts.push(start..line.end);
    }
    let parts = parts.into_iter().map(|part| trimmed(text, part));
    let is_element = |part: &Range<usize>| {
        let written = &text[part.clone()];
        !written.is_empty() && (!written.starts_with('{') || is_template(written))
    };
    (parts.filter(is_element).collect(), end)
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

    #[test]
    fn braces_in_a_line_hide_none_of_its_elements() {
        let text = "- ports: [80,\n    {port: 81, protocol: UDP}, 443,\n    5223]\n  proto: tcp\n";
        assert_eq!(ports(text), "80/tcp 81/udp 443/tcp 5223/tcp");
        let one = text.replace("\n    ", " ");
        assert_eq!(ports(&one), "80/tcp 81/udp 443/tcp 5223/tcp");
        let text = text.replace("{port: 81, protocol: UDP}", "\"{{ web }}\"");
        let reason = "2:5 the value of `{{ web }}` is not known";
        assert_eq!(unread(&text), [reason]);
    }
}
