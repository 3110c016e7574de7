//! What may have ports in YAML and is no value to read: templates, and arguments in one line.

use std::ops::Range;

use crate::expression::Reader;
use crate::notations::json::{TRANSPORTS, is_port_key, plain_key};
use crate::notations::{REMARKS, is_closed_by, words};
use crate::transports::Transports;

/// Why arguments of a task are not read.
const IN_ONE_LINE: &str =
    "its arguments are in one line; write a key with its value a line, `port: 80`";

/// Whether a value is one of a template, which another program fills in: `{{ item }}`.
pub(super) fn is_template(value: &str) -> bool {
    value.contains("{{")
}

/// Why the value of a template is not read.
pub(super) fn of_template(value: &str) -> String {
    let value = value.trim_matches(['"', '\'']);
    format!("the value of `{value}` is not known")
}

/// Reports the ports among arguments in one line: `iptables: chain=OUTPUT destination_port=443`.
pub(super) fn report_arguments(reader: &mut Reader<'_>, line: Range<usize>) {
    let text = reader.text;
    let key = text[line.clone()].split(':').next().unwrap_or_default();
    let key = key.trim_start_matches([' ', '-']).to_ascii_lowercase();
    if REMARKS.contains(&key.as_str()) {
        return;
    }
    let mut transports = Transports::NONE;
    let mut places: Vec<Range<usize>> = Vec::new();
    for (start, word) in words(&text[line.clone()]) {
        // An option of a program is no argument of a task: `--port=10259`.
        let is_option = word.trim_start_matches(['[', '"', '\'']).starts_with('-');
        let Some((key, value)) = word.split_once('=').filter(|_| !is_option) else {
            continue;
        };
        let key = plain_key(key);
        if is_closed_by(&key, value) {
            return;
        }
        let is_port = matches!(key.as_str(), "port" | "ports") || is_port_key(&key);
        if TRANSPORTS.contains(&key.as_str()) {
            transports = Transports::of_protocol(value).unwrap_or_default();
        } else if is_port && (is_template(value) || value.contains(char::is_numeric)) {
            let start = line.start + start;
            places.push(start..start + word.len());
        }
    }
    for place in places {
        reader.unknown(place, transports, IN_ONE_LINE.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::audit;

    const PLAIN: &str = "- iptables:\n    protocol: udp\n    destination_port: 53\n";

    #[test]
    fn what_a_template_may_stand_for_is_not_missing() {
        let rows = ["53/udp", "80/tcp", "443/tcp"];
        for task in [
            "- iptables:\n    protocol: tcp\n    destination_port: \"{{ item }}\"\n  loop: [\"80\", \"443\"]\n",
            "- ufw: {rule: allow, port: \"{{ item }}\", proto: tcp}\n  loop: [80, 443]\n",
            "- ufw: {rule: allow, ports: [\"{{ item }}\", \"{{ other }}\"], proto: tcp}\n",
            "- fromPort: {{ .Values.first }}\n  toPort: {{ .Values.last }}\n  protocol: tcp\n",
        ] {
            let found = audit(&rows, &format!("{PLAIN}{task}"));
            let count = 1 + usize::from(task.contains("other"));
            assert_eq!(found.len(), count, "{task}{found:?}");
            assert!(found[0].contains("L017 "), "{found:?}");
            // One of another transport stands for none of them.
            let task = task.replace("tcp", "udp");
            let found = audit(&rows, &format!("{PLAIN}{task}"));
            assert_eq!(found.len(), count + 2, "{task}");
        }
        let address = "- ufw: {rule: allow, from: \"{{ net }}\", port: 80, proto: tcp}\n";
        assert_eq!(ports(&format!("{PLAIN}{address}")), "53/udp 80/tcp");
        let closed = "- ufw: {rule: deny, port: \"{{ item }}\", proto: tcp}\n";
        assert_eq!(unread(&format!("{PLAIN}{closed}")), [""; 0]);
    }

    #[test]
    fn a_template_hides_no_other_ports() {
        let text = "- destination_ports:\n  - \"80\"\n  - \"{{ x }}\"\n  - \"8O81\"\n  - \"{{ y }}\"\n  proto: tcp\n";
        let flow = "- {proto: tcp, ports: [\"80\", \"{{ x }}\", \"8O81\", \"{{ y }}\"]}\n";
        for text in [text, flow] {
            assert_eq!(ports(text), "80/tcp 8081/tcp");
            let found = unread(text);
            assert_eq!(found.len(), 2, "{found:?}");
            assert!(found[0].contains("{{ x }}") && found[1].contains("{{ y }}"));
        }
        // The template stands for a port of its own key alone.
        let text = "- tcp_ports: [80]\n  udp_ports: [\"{{ x }}\"]\n";
        let found = audit(&["80/tcp", "443/tcp", "53/udp"], text);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn arguments_in_one_line_are_reported() {
        let rows = ["53/udp", "80/tcp"];
        let task = "- name: Web port=80\n  community.general.ufw: rule=allow proto=tcp port=80\n";
        let text = format!("{PLAIN}{task}");
        assert_eq!(ports(&text), "53/udp");
        let found = audit(&rows, &text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("5:47 L017 `port=80`"), "{found:?}");
        let closed = format!("{PLAIN}- ufw: rule=deny proto=tcp port=80\n");
        assert_eq!(unread(&closed), [""; 0]);
        // Those of a program of a Pod are none of a task.
        let pod = "- args:\n  - --port=10259\n  - \"--secure-port=1\"\n- args: [\"--port=2\"]\n";
        assert_eq!(unread(&format!("{PLAIN}{pod}")), [""; 0]);
    }
}
