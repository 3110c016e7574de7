//! Which lines of YAML open nothing: those of a mapping with a key such as `action: deny`, before
//! or behind its ports and as deep as these may be, those below `denied:`, and those of source ports.

use super::{is_closed_by, is_not_open};

/// Keys below which ports are those that packets come from.
const SOURCES: [&str; 3] = ["source", "sources", "src"];

/// Whether what is below a key is about where packets come from.
pub(super) fn is_source(key: &str) -> bool {
    SOURCES
        .iter()
        .any(|source| key.eq_ignore_ascii_case(source))
}

/// Whether no port below a key is open: it is about where packets come from, or names what is denied.
pub(super) fn has_none_open(key: &str) -> bool {
    is_source(key) || names_denied(key)
}

/// Whether a key names what is denied. Not `block`: in Ansible it groups tasks.
fn names_denied(key: &str) -> bool {
    is_not_open(key) && !key.eq_ignore_ascii_case("block")
}

/// A line of YAML.
struct Line<'t> {
    /// The column of its first sign, which may be a dash.
    indent: usize,
    /// The column behind the dash.
    column: usize,
    /// The key with its value; blank where it has none.
    key: &'t str,
    value: &'t str,
}

fn line(text: &str) -> Option<Line<'_>> {
    let code = text.trim_end();
    let inner = code.trim_start();
    let behind = inner.strip_prefix("- ").map_or(inner, str::trim_start);
    let (key, value) = behind.split_once(':').unwrap_or_default();
    let is_key = !key.contains([' ', '{', '[']) && (value.is_empty() || value.starts_with(' '));
    let (key, value) = if is_key { (key, value) } else { ("", "") };
    (!inner.is_empty()).then(|| Line {
        indent: code.len() - inner.len(),
        column: code.len() - behind.len(),
        key: key.trim_matches(['"', '\'']),
        value: value.trim().trim_matches(['"', '\'']),
    })
}

/// A mapping while its lines are read.
struct Mapping {
    column: usize,
    start: usize,
    is_closed: bool,
}

/// For each line whether it opens nothing. A key of the whole document closes nothing: the document
/// has more than one rule.
pub(super) fn closed_lines(text: &str) -> Vec<bool> {
    let count = text.split('\n').count();
    let mut closed = vec![false; count];
    let mut open: Vec<Mapping> = Vec::new();
    // The column of the key that is above source ports, or ports that are denied.
    let mut source: Option<usize> = None;
    for (at, written) in text.split('\n').enumerate() {
        let Some(line) = line(written) else {
            continue;
        };
        let is_item = line.column > line.indent;
        while let Some(last) = open.pop_if(|last| last.column > line.indent) {
            close(&last, at, &mut closed);
        }
        source = source.filter(|column| line.indent > *column || is_item && line.indent == *column);
        closed[at] |= source.is_some();
        if line.key.is_empty() {
            continue;
        }
        if is_item || open.last().is_none_or(|last| last.column < line.column) {
            open.push(Mapping {
                column: line.column,
                start: at,
                is_closed: false,
            });
        }
        let key = line.key.to_ascii_lowercase();
        if names_denied(&key) || line.column > 0 && is_source(&key) {
            let below = || line.value.is_empty().then_some(line.column);
            source = source.or_else(below);
            closed[at] |= line.value.starts_with(['{', '[']);
        }
        if line.column == 0 {
            continue;
        }
        if let Some(last) = open.last_mut() {
            last.is_closed |= is_closed_by(&key, line.value) && key != "policy";
        }
    }
    for last in open {
        close(&last, count, &mut closed);
    }
    closed
}

/// Marks the lines of a mapping that ends before a line.
fn close(mapping: &Mapping, end: usize, closed: &mut [bool]) {
    if mapping.is_closed {
        closed[mapping.start..end].fill(true);
    }
}

#[cfg(test)]
mod tests {
    use super::closed_lines;
    use crate::notations::testing::{ports, unread};

    #[test]
    fn a_key_closes_its_mapping_and_those_within() {
        let text = "action: deny\nrules:\n- action: Deny\n  to:\n    ports:\n    - 1\n- to:\n    port: 2\n\n- to:\n    port: 3\n  jump: DROP\n- policy: drop\n  rules:\n  - port: 4\n";
        let closed = closed_lines(text);
        let lines: Vec<usize> = (1..)
            .zip(closed)
            .filter(|line| line.1)
            .map(|line| line.0)
            .collect();
        assert_eq!(lines, [3, 4, 5, 6, 10, 11, 12]);
    }

    #[test]
    fn rules_that_open_nothing_and_source_ports_are_left_alone() {
        let open = "rules:\n  - {protocol: TCP, port: 80}\n";
        for closed in [
            "  - action: deny\n    protocol: TCP\n    destination:\n      port: 81\n",
            "  - destination:\n      port: 81\n    protocol: TCP\n    action: Deny\n",
            "  - destination: {port: 81}\n    protocol: TCP\n    action: Deny\n",
            "  - {action: deny, destination: {port: 81}}\n",
            "  - {destination: {port: 81}, action: deny}\n",
            "  - enabled: false\n    match:\n      protocol: TCP\n      port: 81\n",
            "  - rule: deny\n    proto: tcp\n    port: 81\n",
            "  - delete: true\n    proto: tcp\n    port: 81\n",
            "  - jump: DROP\n    protocol: tcp\n    destination_port: 81\n",
            "  - protocol: tcp\n    source:\n      port: 81\n",
            "  - protocol: tcp\n    source: {port: 81}\n",
            "  - {protocol: tcp, source: {ports: [81]}}\n",
            "  - protocol: tcp\n    source:\n      ports:\n      - 81\n",
        ] {
            let text = format!("{open}{closed}");
            assert_eq!(ports(&text), "80/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
            let text = format!("{text}  - {{protocol: UDP, port: 82}}\n");
            assert_eq!(ports(&text), "80/tcp 82/udp", "{text}");
        }
    }

    #[test]
    fn lists_in_other_yaml_are_closed_as_well() {
        let text = "- name: open\n  firewalld:\n    port: 80/tcp\n    state: enabled\n- name: close\n  firewalld:\n    port: 81/tcp\n    state: disabled\n- name: open\n  firewalld:\n    port: 82/tcp\n";
        assert_eq!(ports(text), "80/tcp 82/tcp");
    }

    #[test]
    fn objects_of_json_that_open_nothing_and_source_ports_are_left_alone() {
        for closed in [
            r#"{"protocol": "tcp", "source": {"port": 81}}"#,
            r#"{"protocol": "tcp", "source": {"ports": [81]}, "destination": {"ports": [82]}}"#,
            r#"{"Protocol": "6", "PortRange": {"From": 81, "To": 81}, "RuleAction": "deny"}"#,
            r#"{"rule": "deny", "protocol": "tcp", "port": 81}"#,
            r#"{"jump": "DROP", "to": {"protocol": "tcp", "port": 81}}"#,
            r#"{"delete": true, "protocol": "tcp", "port": 81}"#,
        ] {
            let text = format!("[{{\"protocol\": \"tcp\", \"port\": 80}}, {closed}]");
            let expected = if closed.contains("82") {
                "80/tcp 82/tcp"
            } else {
                "80/tcp"
            };
            assert_eq!(ports(&text), expected, "{text}");
        }
        assert_eq!(ports(r#"{"defaultAction": "deny", "ports": [80]}"#), "80/");
    }

    #[test]
    fn what_is_below_a_key_for_what_is_denied_is_not_open() {
        for text in [
            "[{\"allowed\": [{\"IPProtocol\": \"tcp\", \"ports\": [\"80\"]}]}, {\"denied\": [{\"IPProtocol\": \"tcp\", \"ports\": [\"25\"]}]}, {\"blocked\": {\"tcp\": [26]}}]\n",
            "- allowed:\n  - protocol: tcp\n    ports:\n    - '80'\n- denied:\n  - protocol: tcp\n    ports:\n    - '25'\n  name: b\n",
            "denied:\n- protocol: tcp\n  ports:\n  - '25'\nallowed:\n- protocol: tcp\n  ports:\n  - '80'\n",
            "- {allowed: [{protocol: tcp, ports: [80]}]}\n- {denied: [{protocol: tcp, ports: [25]}]}\n",
            "denied: [{protocol: tcp, ports: [25]}]\nallowed: [{protocol: tcp, ports: [80]}]\n",
        ] {
            assert_eq!(ports(text), "80/tcp", "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_block_of_tasks_is_open() {
        let task = |port: u16| format!("{{rule: allow, port: \"{port}\", proto: tcp}}");
        let (one, two) = (task(80), task(443));
        for text in [
            format!("- block:\n  - name: a\n    ufw: {one}\n  - ufw: {two}\n  when: is_mac\n"),
            format!("- {{block: [{{ufw: {one}}}, {{ufw: {two}}}]}}\n"),
            "- block:\n  - ufw:\n      rule: allow\n      port: \"80\"\n      proto: tcp\n  - ufw:\n      rule: allow\n      port: 443\n      proto: tcp\n  when: is_mac\n".to_owned(),
        ] {
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        let json = r#"[{"block": [{"rule": "allow", "port": 80, "protocol": "tcp"}]}]"#;
        assert_eq!(ports(json), "80/tcp");
    }
}
