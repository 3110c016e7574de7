//! What iptables refuses, although what was meant is clear.

use super::{ADDING, ONE, SEVERAL, words};
use crate::notations::comment_at;

/// What a line adds.
#[derive(PartialEq, Eq)]
pub(super) enum Added {
    Nothing,
    /// One rule and nothing else, so that it may be written once for each range.
    Rule,
    /// A rule among other commands.
    More,
}

/// What a line says of all the ports in it.
pub(super) struct Line {
    pub(super) added: Added,
    has_protocol: bool,
    has_multiport: bool,
}

impl Line {
    pub(super) fn of(line: &str) -> Self {
        let all = || words(line).map(|(_, word)| word);
        let names_protocol = |word: &str| {
            let long = ["--protocol", "--proto"];
            word.starts_with("-p") || long.iter().any(|option| word.starts_with(option))
        };
        let is_ports = |word: &str| ONE.contains(&word) || SEVERAL.contains(&word);
        let before = all().take_while(|word| !is_ports(word));
        // The option, and its value behind it.
        let mut protocol = before.skip_while(|word| !names_protocol(word));
        let has_protocol = protocol.next().is_some();
        let is_any = matches!(protocol.next(), Some("all" | "0"));
        let adds = all().any(|word| ADDING.contains(&word));
        Self {
            added: if !adds {
                Added::Nothing
            } else if is_joined(line) || !is_command(line) {
                Added::More
            } else {
                Added::Rule
            },
            has_protocol: has_protocol && !is_any,
            has_multiport: all().any(|word| word.ends_with("multiport")),
        }
    }

    /// Why iptables refuses the ports of a rule; `is_one` says that they are behind `--dport`, and
    /// `count` how many there are.
    pub(super) fn refusal(&self, is_one: bool, count: usize) -> Option<&'static str> {
        if self.added == Added::Nothing {
            return None;
        }
        if !self.has_protocol {
            return Some(
                "iptables knows ports only behind a protocol; write `-p tcp` or `-p udp` before them",
            );
        }
        if self.has_multiport || is_one && count < 2 {
            return None;
        }
        Some(if is_one {
            "iptables takes one port or range behind `--dport`; write `-m multiport --dports`"
        } else {
            "iptables knows this option only behind `-m multiport`"
        })
    }
}

/// Whether a line begins with the command or its options: `else iptables -A` and `command: iptables -A`
/// are something else.
fn is_command(line: &str) -> bool {
    let before = words(line).map(|(_, word)| word.trim_matches(['"', '\'']));
    let mut before = before.take_while(|word| !word.starts_with('-'));
    before.all(|word| {
        let name = ["-legacy", "-nft"]
            .iter()
            .find_map(|kind| word.strip_suffix(kind));
        let is_program = name.unwrap_or(word).ends_with("tables") && !word.contains(['=', ':']);
        ["sudo", "exec"].contains(&word) || is_program || word.starts_with('$') || is_counter(word)
    })
}

/// Whether a line has a further command, or goes on in the next. What is in quotes, as a comment of a
/// rule is, has none.
fn is_joined(line: &str) -> bool {
    let code = &line[..comment_at(line)];
    let mut bare = words(code).filter(|(_, word)| !word.starts_with(['"', '\'']));
    bare.any(|(_, word)| word.contains([';', '&', '|', '\\']))
}

/// `[12:345]`, the packets and bytes that a rule has met.
fn is_counter(word: &str) -> bool {
    let numbers = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'));
    numbers.is_some_and(|numbers| numbers.chars().all(|c| c.is_ascii_digit() || c == ':'))
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_rule_that_iptables_refuses_is_read_and_reported() {
        let rows = ["80/tcp", "443/tcp"];
        let right = "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p tcp --dport 443 -j ACCEPT\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        for (rule, reason) in [
            (
                "-A O -p tcp --dport 80,443 -j ACCEPT\n",
                "iptables takes one port or range behind `--dport`; write `-m multiport --dports`",
            ),
            (
                "-A O -p tcp --dports 80,443 -j ACCEPT\n",
                "iptables knows this option only behind `-m multiport`",
            ),
            (
                "-A O -m multiport --dports 80,443 -j ACCEPT\n",
                "iptables knows ports only behind a protocol; write `-p tcp` or `-p udp` before them",
            ),
            (
                "-A O --dport 80 -p tcp -j ACCEPT\n-A O -p tcp --dport 443 -j ACCEPT\n",
                "iptables knows ports only behind a protocol; write `-p tcp` or `-p udp` before them",
            ),
            (
                "-A O -p all -m multiport --dports 80,443 -j ACCEPT\n",
                "iptables knows ports only behind a protocol; write `-p tcp` or `-p udp` before them",
            ),
        ] {
            assert_eq!(shown(rule).1.len(), 2, "{rule}");
            let place = rule.find("80").unwrap() + 1;
            assert_eq!(unread(rule), [format!("1:{place} {reason}")]);
            let other = "-A O -p udp --dport 53 -j ACCEPT\n";
            let found = audit(&["80/tcp", "443/tcp", "53/udp"], &format!("{rule}{other}"));
            assert_eq!(found.len(), 1, "{rule}{found:?}");
        }
        for rule in [
            "iptables -A O -p $proto --dport 80 -j ACCEPT\n",
            "iptables -A O -ptcp --dport 80 -j ACCEPT\n",
            "iptables -A O --protocol=tcp --dport 80 -j ACCEPT\n",
            "-A O -p tcp -m multiport --dport 80,443 -j ACCEPT\n",
            "--dport 80 -j ACCEPT\n",
        ] {
            assert_eq!(unread(rule), [""; 0], "{rule}");
        }
    }

    #[test]
    fn a_line_that_begins_otherwise_is_not_written_twice() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        let rule = "iptables -A OUTPUT -p udp --dport 16384:16402 -j ACCEPT\n";
        for before in [
            "else ",
            "then ",
            "    command: ",
            "ExecStart=/sbin/",
            "[ x ] ",
        ] {
            let text = format!("{before}{rule}");
            assert_ne!(audit(&rows, &text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, &text), text);
        }
        for (before, behind) in [
            ("", ""),
            ("sudo ", " # RTP; RTCP"),
            ("exec ", " -m comment --comment \"a; b & c\""),
            ("  /sbin/", ""),
            ("\t", ""),
        ] {
            let text = format!("{before}{}{behind}\n", rule.trim_end());
            let right = text.replace("16402", "16387") + &text.replace("16384", "16393");
            assert_eq!(fixed(&rows, &text), right);
        }
    }

    #[test]
    fn an_option_with_another_dash_is_reported() {
        let open = "iptables -A O -p tcp --dport 80 -j ACCEPT\n";
        for option in ["–dport", "—dport", "-dport", "--dport\u{a0}443"] {
            let text = format!("{open}iptables -A O -p tcp {option} 5223 -j ACCEPT\n");
            let reason = format!("2:22 `{option}` is not an option; `--dport` may be meant");
            assert_eq!(unread(&text), [reason]);
        }
    }
}
