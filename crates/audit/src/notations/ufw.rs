//! ufw: commands such as `ufw allow out 3478:3497/udp`, and profiles of applications.

use super::comments::Comments;
use super::{CLOSED, is_closing, is_hash_comment, joined, value, words};
use crate::expression::{Reader, program_group};
use crate::list::Group;
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "ufw",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Shell,
};

fn is_in(text: &str) -> bool {
    let mut lines = Reader::new(text).logical_lines();
    let has_line = |is_one: fn(&str) -> bool| text.lines().map(str::trim).any(is_one);
    let has_title = has_line(|line| line.starts_with("title=") || line.starts_with("description="));
    let has_name = has_line(|line| line.starts_with('[') && line.ends_with(']'));
    lines.any(|(_, span)| {
        let line = text[span].trim_start();
        let is_profile = has_title || has_name && line.contains('/');
        command(line).is_some() || is_profile && line.starts_with("ports=")
    })
}

/// The part of a command behind `ufw allow`; none where the line is no such command.
fn command(line: &str) -> Option<usize> {
    let mut has_ufw = false;
    // `for p in 80 443; do ufw allow $p; done`.
    let is_start = |at: &usize| {
        ["do ", "then ", "; ", "&& "]
            .iter()
            .any(|opening| line[..*at].ends_with(opening))
    };
    let mut starts = line.match_indices("ufw ").map(|(at, _)| at);
    let from = starts.find(is_start).unwrap_or(0);
    for (at, word) in words(&line[from..]).map(|(at, word)| (from + at, word)) {
        match word {
            "ufw" => has_ufw = true,
            "sudo" | "-" | "\\" | "route" | "--force" | "insert" | "prepend" => {}
            "allow" | "deny" | "limit" | "reject" if has_ufw => return Some(at + word.len()),
            _ if has_ufw && word.bytes().all(|byte| byte.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    None
}

fn of_rule() -> Group {
    program_group(&[":"], Some(","))
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    for (at, span) in reader.logical_lines() {
        let line = &text[span.clone()];
        let indent = line.len() - line.trim_start().len();
        if let Some(value) = line.trim_start().strip_prefix("ports=") {
            let mut from = span.start + line.len() - value.len();
            for part in value.split('|') {
                part_of(reader, from, part)?;
                from += part.len() + 1;
            }
        } else if let Some(behind) = command(&line[indent..]) {
            let verdict = words(&line[indent..indent + behind]).last();
            if verdict.is_some_and(|(_, word)| is_closing(word)) {
                reader.leave(at, CLOSED);
                continue;
            }
            rule(
                reader,
                span.start + indent + behind,
                &line[indent + behind..],
            )?;
        } else {
            reader.leave(at, "no rule with ports");
        }
    }
    Ok(())
}

/// The transports of a rule that states none: a port alone is opened for both.
fn of_one(ports: &str) -> Transports {
    let is_port = ports.bytes().all(|byte| byte.is_ascii_digit());
    let both = is_port.then(|| Transports::of_word("both"));
    both.flatten().unwrap_or_default()
}

/// `80,443/tcp`.
pub(super) fn part_of(reader: &mut Reader<'_>, from: usize, part: &str) -> Result<(), ReadError> {
    let mut group = of_rule();
    let (list, transports) = match part.rsplit_once('/') {
        Some((list, word)) => (list, Transports::of_stated(word)),
        None => (part, Some(of_one(part))),
    };
    let transports = transports.unwrap_or_default();
    group.slots = 15;
    let is_one = !list.contains(',');
    let before = reader.entries.len();
    let span = from..from + list.len();
    if !value::read_spaced(reader, &span, transports, &group)? {
        reader.expression(span, transports, group)?;
    }
    if is_one && part.contains('/') && !transports.is_empty() && reader.entries.len() == before + 1
    {
        let word = from + list.len() + 1..from + part.trim_end().len();
        reader.entries[before].transport_span = Some(word);
    }
    Ok(())
}

/// Words of a rule that are no name of a service or of a profile.
const WORDS: [&str; 8] = [
    "on", "from", "to", "any", "proto", "log", "log-all", "comment",
];

/// `out 3478:3497/udp`, `out to any port 443 proto tcp`.
fn rule(reader: &mut Reader<'_>, from: usize, rest: &str) -> Result<(), ReadError> {
    let all: Vec<(usize, &str)> = words(rest).filter(|(_, word)| *word != "\\").collect();
    let behind = |name: &str, start: usize| {
        let mut places = all.iter().enumerate().skip(start);
        let place = places.find(|(_, (_, word))| *word == name);
        place.and_then(|(at, _)| all.get(at + 1).copied())
    };
    let transports = behind("proto", 0).and_then(|(_, word)| Transports::of_stated(word));
    let to = all.iter().position(|(_, word)| *word == "to");
    if let Some((at, word)) = to.and_then(|to| behind("port", to)) {
        let value = value::value(rest, at..joined(rest, at + word.len()));
        let span = value.place(from);
        let named = transports.unwrap_or_else(|| of_one(&reader.text[span.clone()]));
        if !value::read_spaced(reader, &span, named, &of_rule())? {
            reader.expression(span, named, of_rule())?;
        }
        value.report(reader, from);
        return Ok(());
    }
    if all.iter().any(|(_, word)| *word == "from") {
        return Ok(());
    }
    for (at, word) in &all {
        if matches!(*word, "in" | "out") {
            continue;
        }
        if WORDS.contains(word) {
            break;
        }
        let value = value::value(rest, *at..joined(rest, at + word.len()));
        let written = &rest[value.span.clone()];
        let profile = written.trim_matches(['"', '\'']);
        let behind = all.iter().filter(|(at, _)| *at >= value.span.end);
        let more = behind.take_while(|(_, word)| !word.starts_with(|c: char| c.is_alphabetic()));
        if profile.contains(' ') && profile.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let reason = format!("the profile `{profile}` is not in this file");
            let name = format!("@{profile}");
            reader.unresolved(value.place(from), name, Transports::NONE, reason)?;
        } else if let Some((end, word)) = more.last() {
            let whole = from + at..from + end + word.len();
            let reason = "ufw takes one port or range, or several with commas";
            reader.unknown(whole, Transports::NONE, reason.to_owned());
        } else {
            part_of(reader, from + at, written)?;
            value.report(reader, from);
        }
        break;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ports, shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn names_are_kept() {
        let text = "ufw allow out http\nufw allow out on en0\nufw allow out 5223/tcp\n";
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        let names: Vec<&str> = list.names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names, list.entries.len()), (vec!["http"], 1));
    }

    #[test]
    fn what_is_no_port_is_reported() {
        let text =
            "ufw allow 522E/tcp\nufw allow 80/tcp\nufw allow out to any port 4x4\nports=80,x9\n";
        assert_eq!(
            unread(text),
            ["1:11 it is not a port", "3:27 it is not a port"]
        );
    }

    #[test]
    fn a_port_alone_is_open_for_both_transports() {
        let text = "ufw allow 554\nufw allow out to any port 53\nufw allow 80,443\n";
        let entries = [
            "554/tcp+udp@1:11",
            "53/tcp+udp@2:27",
            "80/@3:11",
            "443/@3:14",
        ];
        assert_eq!(shown(text).1, entries);
        let found = audit(&["554/tcp"], "ufw allow 554\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("1:11 L012"), "{found:?}");
    }

    #[test]
    fn a_value_that_a_space_cuts_is_read_and_reported() {
        let rows = ["443/tcp", "5223/tcp"];
        for (text, place) in [
            ("ufw allow 443, 5223/tcp\n", "1:16 L017 `5223/tcp`"),
            (
                "ufw allow to any port 443, 5223 proto tcp\n",
                "1:28 L017 `5223`",
            ),
            ("ufw allow 443,5223,/tcp\n", "1:19 L017 `,`"),
            (
                "ufw allow 443/tcp\nufw allow $push/tcp\n",
                "2:11 L017 `$push`",
            ),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(place), "{found:?}");
            assert_eq!(fixed(&rows, text), text);
        }
        assert_eq!(
            shown("ufw allow from any to any port 80 comment x\n")
                .1
                .len(),
            1
        );
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "ufw deny 80/tcp\nufw insert 1 reject out 81/tcp\nufw allow 82/tcp\n";
        assert_eq!(shown(text).1, ["82/tcp@3:11"]);
    }

    #[test]
    fn reads_commands_and_profiles() {
        let text = "ufw allow out 3478:3497/udp # 99\nsudo ufw allow out to any port 443 proto tcp\nufw insert 1 allow 80,5223/tcp\nufw deny from 10.0.0.1 port 22\nufw allow OpenSSH\nports=53|123/udp\n";
        assert_eq!(
            shown(text),
            (
                "ufw",
                [
                    "3478-3497/udp@1:15",
                    "443/tcp@2:32",
                    "80/tcp@3:20",
                    "5223/tcp@3:23",
                    "53/tcp+udp@6:7",
                    "123/udp@6:10"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
    }

    #[test]
    fn a_command_goes_on_behind_a_backslash() {
        let text = "ufw allow \\\n  out 53/udp\nufw allow out proto tcp \\\n to any \\\n  port 80,443\nufw \\\n deny 81/tcp\n";
        let entries = ["53/udp@2:7", "80/tcp@5:8", "443/tcp@5:11"];
        assert_eq!(shown(text), ("ufw", entries.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_rule_may_name_a_service_or_a_profile() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        let text = "ufw allow 5223/tcp\nufw allow www/tcp\nufw allow out https\nufw allow rsync\n";
        assert_eq!(audit(&rows, text), [""; 0]);
        for name in ["\"Apple Push\"", "'Nginx HTTPS'", "OpenSSH", "htps/tcp"] {
            let found = audit(
                &rows,
                &format!("ufw allow 80,443,5223/tcp\nufw allow {name}\n"),
            );
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with("2:11 L017"), "{found:?}");
        }
    }

    #[test]
    fn ports_alone_are_no_profile() {
        let profile = "[FaceTime]\ntitle=FaceTime\nports=80/tcp|3478:3497/udp\n";
        assert_eq!(shown(profile).0, "ufw");
        let sections = "[tcp]\nports=80,443\n[udp]\nports=3478-3497\n";
        assert_eq!(ports(sections), "80/tcp 443/tcp 3478-3497/udp");
        let profiles = "[A]\nproto=tcp\nports=80,443\n[B]\nproto=udp\nports=3478-3497\n";
        assert_eq!(shown(profiles).0, "lines");
        let short = "[A]\nports=80/tcp\n";
        assert_eq!(shown(short).0, "ufw");
        let terraform =
            "resource \"a\" \"b\" {\n allow {\n protocol=\"udp\"\nports=[\"3478-3497\"]\n }\n}\n";
        assert_eq!(ports(terraform), "3478-3497/udp");
    }
}
