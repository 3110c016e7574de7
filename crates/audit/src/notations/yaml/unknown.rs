//! What may have ports in YAML and is no value to read: templates, and arguments in one line.

use std::ops::Range;

use crate::expression::Reader;
use crate::notations::json::{TRANSPORTS, is_port_key, plain_key};
use crate::notations::{REMARKS, comment_at, is_closed_by, words};
use crate::transports::Transports;

/// Why arguments of a task are not read.
const IN_ONE_LINE: &str =
    "its arguments are in one line; write a key with its value a line, `port: 80`";

/// The most bytes of a file in which the mappings of loops are sought, once for each template.
const MAX_TASKS: usize = 1 << 16;

/// Whether a value is one of a template, which another program fills in: `{{ item }}`.
pub(super) fn is_template(value: &str) -> bool {
    value.contains("{{")
}

/// Why the value of a template is not read.
pub(super) fn of_template(value: &str) -> String {
    let value = value.trim_matches(['"', '\'']);
    format!("the value of `{value}` is not known")
}

/// Whether a template is an element of its task's loop, whose mappings give a number by that key, and
/// are read themselves: `{{ item.port }}` beside `- {port: 80}`.
pub(super) fn is_of_loop(text: &str, value: Range<usize>) -> bool {
    let inner = text[value.clone()].split("{{").nth(1).unwrap_or_default();
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let key = inner.trim_start().strip_prefix("item.").unwrap_or_default();
    let key = &key[..key.len() - key.trim_start_matches(is_in_name).len()];
    // Behind a comma is another port, which no loop gives.
    if key.is_empty() || inner.contains(',') || text.len() > MAX_TASKS {
        return false;
    }
    let key = format!("{key}:");
    loop_of(text, value.start).any(|line| {
        line.match_indices(&key).any(|(at, _)| {
            let given = line[at + key.len()..].trim_start_matches([' ', '"', '\'']);
            let is_whole = !line[..at].ends_with(is_in_name);
            is_whole && given.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// The lines of the loop, which may be above or below, of the task that has a key at a place.
fn loop_of(text: &str, at: usize) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = text.lines().map(|own| &own[..comment_at(own)]).collect();
    let own = text[..at].matches('\n').count();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let column = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    // The item of the list in which all between is indented more.
    let begins = |least: &mut usize, line: &str| {
        let is_blank = line.trim_start().is_empty();
        let begins = line.trim_start().starts_with("- ") && indent(line) < *least;
        *least = (*least).min(if is_blank { usize::MAX } else { indent(line) });
        begins
    };
    let within = lines.get(own).map_or(0, |line| column(line));
    let mut least = within;
    let mut above = (0..=own).rev();
    let first = above.find(|at| lines.get(*at).is_some_and(|line| begins(&mut least, line)));
    let mut least = within;
    let behind = lines.iter().skip(own + 1);
    let behind = behind.take_while(|line| !begins(&mut least, line)).count();
    let first = first.unwrap_or_default();
    let all = lines.into_iter().skip(first).take(own + 1 + behind - first);
    let is_loop = |line: &&str| {
        let inner = line.trim_start_matches([' ', '-']);
        inner.starts_with("loop:") || inner.starts_with("with_")
    };
    let mut all = all.skip_while(move |line| !is_loop(line));
    let head = all.next();
    let above = head.map_or(0, column);
    let rest = all.take_while(move |line| {
        let inner = line.trim_start();
        inner.is_empty() || indent(line) > above || indent(line) == above && !is_key(inner)
    });
    head.into_iter().chain(rest)
}

/// Whether a line is no item of a list, and no end of one.
fn is_key(inner: &str) -> bool {
    !inner.starts_with(['-', ']', '}'])
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
    fn a_template_for_ports_that_are_read_is_not_reported() {
        let task = "- iptables:\n    protocol: \"{{ item.proto }}\"\n    destination_port: \"{{ item.port }}\"\n  loop:\n";
        let text = format!(
            "{task}    - {{ proto: tcp, port: 80 }}\n    - {{ proto: udp, port: \"53:54\" }}\n"
        );
        assert_eq!(ports(&text), "80/tcp 53-54/udp");
        assert_eq!(unread(&text), [""; 0]);
        let text = format!("{PLAIN}{task}    - {{ proto: tcp, ports: 80 }}\n");
        assert_eq!(unread(&text).len(), 1);
    }

    #[test]
    fn only_the_loop_of_its_own_task_gives_a_template() {
        let task = "- ufw:\n    port: \"{{ item.port }}\"\n    proto: udp\n";
        let given = "- {port: 53, proto: udp}\n";
        let mut right = vec![format!(
            "- ufw: {{port: \"{{{{ item.port }}}}\"}}\n  loop: [{{port: 53}}]\n"
        )];
        for space in ["  ", "    "] {
            right.push(format!("{task}  loop:\n\n{space}{given}"));
            right.push(format!("{task}  when: a\n  with_items:\n{space}{given}"));
            let (name, module) = ("- name: a\n  loop:\n", task.replacen('-', " ", 1));
            right.push(format!("{name}{space}{given}{module}"));
        }
        for text in right {
            assert_eq!(unread(&format!("{text}{PLAIN}")), [""; 0], "{text}");
        }
        let list = "- ufw:\n    ports: [\"{{ item.port }}\", 443]\n    proto: udp\n";
        let text = format!("{list}  loop:\n  {given}");
        assert_eq!(ports(&text), "443/udp 53/udp");
        assert_eq!(unread(&text), [""; 0]);
        let text = text.replace("[\"{{ item.port }}\", 443]", "\"{{ item.port }},443\"");
        assert_eq!(unread(&text).len(), 1);
        let other = "  loop: \"{{ web_ports }}\"\n";
        for text in [
            format!("{PLAIN}{task}{other}- ufw:\n    port: 53\n    proto: udp\n"),
            format!("- ufw:\n    port: 53\n{task}{other}"),
            format!("{task}{other}  vars:\n    port: 53\n"),
            format!("{task}{other}- ufw: {{port: \"{{{{ item.port }}}}\"}}\n  loop:\n  {given}"),
            format!("{task}  # port: 53\n"),
        ] {
            assert_eq!(unread(&text).len(), 1, "{text}");
        }
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
