//! What `ufw status` prints: `[ 1] 80,443/tcp  ALLOW IN  Anywhere`.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use appleports_model::{Quoted, is_dash};

use super::comments::Comments;
use super::ufw::part_of;
use super::{CLOSED, NO_PORTS, comment_at, is_hash_comment, words};
use crate::expression::{Reader, is_doubled};
use crate::read::{Notation, ReadError, Shape};

pub(super) const NOTATION: Notation = Notation {
    name: "ufw-status",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

const VERDICTS: [&str; 4] = ["ALLOW", "LIMIT", "DENY", "REJECT"];

/// A rule as it is printed.
struct Rule<'t> {
    /// Where it begins, behind its number.
    from: usize,
    /// Where the destination is.
    at: usize,
    destination: &'t str,
    verdict: &'t str,
    /// Whether it is the second line of a rule for both versions of IP.
    is_twin: bool,
}

fn rule(line: &str) -> Option<Rule<'_>> {
    let line = &line[..comment_at(line)];
    let mut from = 0;
    // `[ 1]`.
    if let Some((number, _)) = line.split_once(']')
        && let Some(inner) = number.trim_start().strip_prefix('[')
        && inner.trim().bytes().all(|byte| byte.is_ascii_digit())
    {
        from = number.len() + 1;
    }
    let verdict = |word: &str| VERDICTS.contains(&word);
    let (end, verdict) = words(line).find(|(at, word)| *at >= from && verdict(word))?;
    let mut before = words(&line[from..end]);
    let (mut at, mut destination) = before.next()?;
    // `10.0.0.1 80/tcp`.
    let mut is_twin = false;
    // How many brackets are open of the name of a profile: `22/tcp (OpenSSH (v6))`.
    let mut depth = 0_usize;
    for (next, word) in before {
        is_twin |= word.contains("(v6)");
        if depth > 0 || word.starts_with('(') {
            depth += word.matches('(').count();
            depth = depth.saturating_sub(word.matches(')').count());
            continue;
        }
        match word {
            "on" => break,
            // `5 223/tcp`.
            _ if is_ports(destination) && !is_address_before(destination, word) => {
                destination = &line[from + at..from + next + word.len()];
            }
            _ => (at, destination) = (next, word),
        }
    }
    let at = from + at;
    Some(Rule {
        from,
        at,
        destination,
        verdict,
        is_twin,
    })
}

/// Whether a word before another one is ports, and no address.
fn is_ports(word: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | ':' | '-') || is_dash(c);
    word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(is_part)
}

/// Whether a word of digits and colons is an address of IPv6, which the next one has the ports for:
/// `2001::10 443/tcp`. A range with a colon too many has a transport behind it: `3478::3497 /udp`.
fn is_address_before(word: &str, next: &str) -> bool {
    let has_ports = next.contains(|c: char| c.is_ascii_digit());
    word.parse::<IpAddr>().is_ok() && (has_ports || !is_doubled(word))
}

fn is_in(text: &str) -> bool {
    text.lines().any(|line| rule(line).is_some())
        && (text.contains("Status: active")
            || text.lines().any(|line| {
                let heading: Vec<&str> = line.split_ascii_whitespace().collect();
                heading == ["To", "Action", "From"]
            })
            || text
                .lines()
                .all(|line| line.trim().is_empty() || rule(line).is_some()))
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let single = |rule: &Rule<'_>| (rule.destination.to_owned(), rule.verdict.to_owned());
    let first: BTreeSet<_> = text
        .lines()
        .filter_map(rule)
        .filter(|rule| !rule.is_twin)
        .map(|rule| single(&rule))
        .collect();
    let ports_of_first: BTreeSet<&str> = first
        .iter()
        .flat_map(|(destination, _)| numbers(destination))
        .collect();
    let alone = without_twin(text);
    for (at, span) in reader.lines() {
        match rule(&text[span.clone()]) {
            None => reader.leave(at, "no rule with ports"),
            Some(rule) if matches!(rule.verdict, "DENY" | "REJECT") => reader.leave(at, CLOSED),
            Some(rule) if rule.is_twin && first.contains(&single(&rule)) => {
                reader.leave(at, "a rule that stands above for the other version of IP");
            }
            Some(rule) => {
                // A dot alone is in a number: `5.223/tcp`.
                let dots = rule.destination.matches('.').count();
                let list = rule.destination.split('/').next().unwrap_or_default();
                let is_list = list.split(',').any(|part| is_doubled(part.trim()));
                let is_address = dots > 2 || list.contains("::") && !is_list;
                if is_address || rule.destination == "Anywhere" {
                    reader.leave(at, NO_PORTS);
                } else {
                    let row = &text[span.start + rule.from..span.end];
                    let row = &row[..comment_at(row)];
                    let content = row.split_whitespace().collect::<Vec<_>>().join(" ");
                    reader.row(0, span.clone(), |_| content);
                    let start = span.start + rule.at;
                    part_of(reader, start, rule.destination)?;
                    let mut ports = numbers(rule.destination).filter(|_| rule.is_twin);
                    let other = ports.find_map(|port| alone.get(port));
                    let reason = match other {
                        Some(other) => {
                            format!("the rule for IPv4 has other ports: `{}`", Quoted(other))
                        }
                        None => "no rule for IPv4 has these ports".to_owned(),
                    };
                    let is_known = |port| ports_of_first.contains(port);
                    let is_new = rule.is_twin && !numbers(rule.destination).any(is_known);
                    if other.is_some() || is_new && !first.is_empty() {
                        reader.refused(start..start + rule.destination.len(), &reason);
                    }
                }
            }
        }
    }
    Ok(())
}

/// The destinations of rules for IPv4 from anywhere that have no rule for IPv6, by their ports.
fn without_twin(text: &str) -> BTreeMap<&str, &str> {
    let rules = || text.lines().filter_map(|line| Some((line, rule(line)?)));
    let twins = rules().filter(|(_, rule)| rule.is_twin);
    let twins: BTreeSet<&str> = twins.map(|(_, rule)| rule.destination).collect();
    let is_alone = |(line, rule): &(&str, Rule<'_>)| {
        let is_open = line.contains("Anywhere") && matches!(rule.verdict, "ALLOW" | "LIMIT");
        !rule.is_twin && is_open && !twins.contains(rule.destination)
    };
    let alone = rules().filter(is_alone).map(|(_, rule)| rule.destination);
    alone
        .flat_map(|destination| numbers(destination).map(move |port| (port, destination)))
        .collect()
}

/// The numbers of a destination.
fn numbers(destination: &str) -> impl Iterator<Item = &str> {
    let numbers = destination.split(|c: char| !c.is_ascii_digit());
    numbers.filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_rule_that_differs_from_that_for_the_other_version_is_reported() {
        let text = "To  Action  From\n80/tcp  ALLOW  Anywhere\n3478,3497/udp  ALLOW OUT  Anywhere\n80/tcp (v6)  ALLOW  Anywhere (v6)\n3478:3497/udp (v6)  ALLOW OUT  Anywhere (v6)\n";
        let reason = "5:1 the rule for IPv4 has other ports: `3478,3497/udp`";
        assert_eq!(unread(text), [reason]);
        for right in [
            text.replace("3478,3497", "3478:3497"),
            text.replace(
                "3478,3497/udp  ALLOW OUT  Anywhere",
                "3478,3497/udp  ALLOW OUT  10.0.0.0/8",
            ),
        ] {
            assert_eq!(unread(&right), [""; 0], "{right}");
        }
    }

    #[test]
    fn a_rule_for_one_version_alone_is_reported() {
        let text =
            "To  Action  From\n80/tcp  ALLOW  Anywhere\n443/tcp (v6)  ALLOW  Anywhere (v6)\n";
        assert_eq!(unread(text), ["3:1 no rule for IPv4 has these ports"]);
        let both = text.replace("80/tcp", "443/tcp");
        assert_eq!(unread(&both), [""; 0]);
        let alone = text.replace("80/tcp  ALLOW  Anywhere\n", "");
        assert_eq!(unread(&alone), [""; 0]);
    }

    #[test]
    fn a_space_in_a_port_is_one_finding() {
        let rows = ["5223/tcp", "3478-3497/udp"];
        let right = "     To  Action  From\n[ 1] 5223/tcp  ALLOW OUT  Anywhere\n[ 2] 10.0.0.1 3478:3497/udp  ALLOW OUT  Anywhere\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        for (from, to) in [
            ("5223", "5 223"),
            ("3478:", "3478 "),
            ("3478:", "3478 :"),
            ("3478:", "3478: "),
            ("3478:", "3478 – "),
        ] {
            let text = right.replace(from, to);
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert_eq!(fixed(&rows, &text), right, "{found:?}");
        }
    }

    #[test]
    fn an_address_of_digits_alone_is_no_port() {
        for address in ["2001::10", "2001::3478", "2001:0:0:1:2:3:4:5"] {
            let text = format!("To  Action  From\n{address} 443/tcp  ALLOW OUT  Anywhere\n");
            let at = address.len() + 2;
            assert_eq!(shown(&text).1, [format!("443/tcp@2:{at}")], "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        let alone =
            "To  Action  From\n2001::10  ALLOW OUT  Anywhere\n80/tcp  ALLOW OUT  Anywhere\n";
        assert_eq!(shown(alone).1, ["80/tcp@3:1"]);
        let right = "To  Action  From\n3478:3497/udp  ALLOW OUT  Anywhere\n";
        let text = right.replace("3478:3497/udp", "3478::3497 /udp");
        let found = audit(&["3478-3497/udp"], &text);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn reads_each_rule_once() {
        let text = "Status: active\n\nTo                         Action      From\n--                         ------      ----\n80,443/tcp                 ALLOW       10.0.0.0/8\n53:54/udp                  ALLOW       Anywhere\n22/tcp                     DENY        Anywhere\nAnywhere                   ALLOW       10.0.0.1 99\n80,443/tcp (v6)            ALLOW       Anywhere (v6)\n55/udp (v6)                ALLOW       Anywhere (v6)\n";
        assert_eq!(
            shown(text),
            (
                "ufw-status",
                ["80/tcp@5:1", "443/tcp@5:4", "53-54/udp@6:1", "55/udp@10:1"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn numbers_of_rules_are_no_ports() {
        let text = "Status: active\n\n     To                         Action      From\n     --                         ------      ----\n[ 1] 80,443/tcp                 ALLOW IN    192.168.1.0/24\n[12] 53:54,56:57/udp ALLOW OUT    Anywhere                   # RTP 2024\n";
        assert_eq!(
            shown(text).1,
            [
                "80/tcp@5:6",
                "443/tcp@5:9",
                "53-54/udp@6:6",
                "56-57/udp@6:12"
            ]
        );
    }

    #[test]
    fn the_profile_behind_the_ports_is_a_remark() {
        let text = "Status: active\n\nTo                         Action      From\n--                         ------      ----\n22/tcp (OpenSSH)           DENY IN     Anywhere\n80,443/tcp (WWW Full)      ALLOW IN    Anywhere\n5223/tcp (Push 2)          ALLOW OUT   Anywhere (out)\n10.0.0.1 53/udp (DNS)      ALLOW OUT   Anywhere\n80,443/tcp (WWW Full (v6)) ALLOW IN    Anywhere (v6)\n54/udp (DNS (v6))          ALLOW OUT   Anywhere (v6)\n";
        let entries = [
            "80/tcp@6:1",
            "443/tcp@6:4",
            "5223/tcp@7:1",
            "53/udp@8:10",
            "54/udp@10:1",
        ];
        assert_eq!(shown(text).1, entries);
        assert_eq!(unread(text), ["10:1 no rule for IPv4 has these ports"]);
    }
}
