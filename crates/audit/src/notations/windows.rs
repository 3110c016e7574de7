//! Windows: `netsh advfirewall ... remoteport=80,443`, and `New-NetFirewallRule -RemotePort 80,443`.

use std::ops::Range;

use super::comments::Comments;
use super::{CLOSED, NO_PORTS, is_not_open, value, words};
use crate::expression::{Reader, program_group};
use crate::list::{Group, Rewrite};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "windows",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_remark,
    comments: Comments::Kept,
};

fn is_in(text: &str) -> bool {
    // Few texts have one of the words; only of these is each line looked at.
    let lower = text.to_ascii_lowercase();
    if !FIREWALL.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let lines = commands(&Reader::new(text)).into_iter();
    let rules: Vec<Rule> = lines.map(|(_, span)| rule(&text[span])).collect();
    rules.iter().any(|rule| rule.is_known) && rules.iter().any(|rule| !rule.ports.is_empty())
}

/// What the word ends with that makes a line a rule.
const FIREWALL: [&str; 2] = ["advfirewall", "-netfirewallrule"];

/// What a line ends with that goes on: in PowerShell, and in a batch file.
const CONTINUED: [char; 2] = ['`', '^'];

/// The lines with commands: comments have none, and neither has text that is printed.
fn commands(reader: &Reader<'_>) -> Vec<(usize, Range<usize>)> {
    let mut lines: Vec<(usize, Range<usize>)> = reader.continued_lines(&CONTINUED).collect();
    let mut is_comment = false;
    lines.retain(|(_, span)| {
        let line = &reader.text[span.clone()];
        let begins = !is_comment && line.trim_start().starts_with("<#");
        is_comment = (is_comment || begins) && !line.contains("#>");
        !is_comment && !begins && !line.trim_end().ends_with("#>") && !is_remark(line)
    });
    lines
}

/// Whether a line is a comment, or prints what is behind its first word.
fn is_remark(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches('@');
    let first = line.split_ascii_whitespace().next().unwrap_or_default();
    let is_word = |word: &&str| first.eq_ignore_ascii_case(word);
    let is_printed = ["echo", "write-host", "write-output"].iter().any(is_word);
    // `echo y | netsh ...` runs its second command.
    line.starts_with(['#', ':']) || is_word(&"rem") || is_printed && !line.contains(['|', '&', ';'])
}

/// A rule, as far as it is read.
#[derive(Default)]
struct Rule {
    is_known: bool,
    is_closed: bool,
    is_outbound: bool,
    transports: Transports,
    /// Where ports are in the line, and whether they are those of the other side.
    ports: Vec<(Range<usize>, bool)>,
}

/// Options with their values: `-RemotePort 80,443`, `remoteport=80,443`.
fn options(line: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut is_open = false;
    // The quotes up to a place.
    let (mut quotes, mut counted) = (0, 0);
    for (start, word) in words(line) {
        if matches!(word, "`" | "^") {
            continue;
        }
        if word.starts_with('#') {
            quotes += line[counted..start].matches('"').count();
            counted = start;
            if quotes.is_multiple_of(2) {
                break;
            }
        }
        let is_option = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
        if let Some(name) = word.strip_prefix('-').filter(|name| is_option(name)) {
            let end = start + word.len();
            found.push((name.to_ascii_lowercase(), end..end));
            is_open = true;
        } else if let Some((name, value)) = word.split_once('=').filter(|_| !is_open) {
            let from = start + name.len() + 1;
            let value = value::value(line, from..from + value.len());
            found.push((name.to_ascii_lowercase(), value.span));
        } else if word == "|" || word.ends_with(';') {
            is_open = false;
        } else if let Some((_, span)) = found.last_mut().filter(|_| is_open) {
            let is_first = span.start == span.end;
            *span = if is_first { start } else { span.start }..start + word.len();
        }
    }
    found
}

fn rule(line: &str) -> Rule {
    let mut rule = Rule::default();
    for (_, word) in words(line) {
        let word = word.to_ascii_lowercase();
        rule.is_known |= word == FIREWALL[0] || word.ends_with(FIREWALL[1]);
        rule.is_closed |= word == "delete" || word.starts_with("remove-");
    }
    for (name, span) in options(line) {
        let written = line[span.clone()]
            .trim_matches(['"', '\''])
            .to_ascii_lowercase();
        match name.as_str() {
            "protocol" => {
                rule.transports = Transports::of_protocol(&written).unwrap_or_default();
            }
            "dir" | "direction" => rule.is_outbound = written.starts_with("out"),
            "action" => rule.is_closed |= is_not_open(&written),
            "enable" | "enabled" => rule.is_closed |= matches!(written.as_str(), "no" | "false"),
            "remoteport" | "localport" if written != "any" => {
                rule.ports.push((span, name == "remoteport"));
            }
            _ => {}
        }
    }
    rule
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    for (at, span) in commands(reader) {
        let rule = rule(&text[span.clone()]);
        let line = text[span.clone()].to_ascii_lowercase();
        let has_word = ["remoteport", "localport"]
            .iter()
            .any(|word| line.contains(word));
        let is_any = line.contains("port any") || line.contains("port=any");
        if has_word && !is_any && rule.ports.is_empty() {
            let reason =
                "it is no rule with ports; write `-RemotePort 80,443` or `remoteport=80,443`";
            reader.unknown(span, rule.transports, reason.to_owned());
            continue;
        }
        if rule.is_closed || rule.ports.is_empty() {
            reader.leave(at, if rule.is_closed { CLOSED } else { NO_PORTS });
            continue;
        }
        // Packets go to the other side, or come to a port of this one.
        let is_destination =
            |(_, is_remote): &&(Range<usize>, bool)| *is_remote == rule.is_outbound;
        let Some((ports, _)) = rule
            .ports
            .iter()
            .find(is_destination)
            .or(rule.ports.first())
        else {
            continue;
        };
        let place = span.start + ports.start..span.start + ports.end;
        let group = group(text, &place);
        let first = reader.entries.len();
        reader.expression(place.clone(), rule.transports, group)?;
        report_spaces(reader, &place, first);
    }
    Ok(())
}

/// Reports ports, of the entries from `first` on, that only a space parts from those before them, for
/// netsh also behind a comma.
fn report_spaces(reader: &mut Reader<'_>, place: &Range<usize>, first: usize) {
    let text = reader.text;
    let is_netsh = text[..place.start].ends_with('=') && !text[place.clone()].contains('"');
    let places = reader.entries[first..]
        .iter()
        .map(|entry| entry.span.clone());
    let places: Vec<Range<usize>> = places.collect();
    for pair in places.windows(2) {
        let between = text.get(pair[0].end..pair[1].start).unwrap_or_default();
        let has_space = between.contains([' ', '\t']) && !between.contains('\n');
        if has_space && (is_netsh || between.trim().is_empty()) {
            let reason = "a space ends the list here; write the ports with commas alone";
            reader.refused(pair[1].clone(), reason);
        }
    }
}

/// The longest hashtable that is recognised, in bytes before a value.
const MAX_HASHTABLE: usize = 4_096;

/// Whether a brace of a hashtable of PowerShell is open there.
fn is_in_hashtable(before: &str) -> bool {
    let before = before.as_bytes();
    let near = &before[before.len().saturating_sub(MAX_HASHTABLE)..];
    let opening = memchr::memmem::rfind(near, b"@{");
    opening.is_some_and(|at| !near[at..].contains(&b'}'))
}

/// The ports of a rule. What is in quotes in PowerShell is one port or range; netsh has `=` before
/// the quotes, and takes a list in them.
fn group(text: &str, place: &Range<usize>) -> Group {
    let written = &text[place.clone()];
    let quotes = ["\"", "'"];
    // A value of a hashtable, `@{ RemotePort = '80' }`, is as one behind `-RemotePort`.
    let before = text[..place.start].trim_end_matches([' ', '\t']);
    let is_netsh = before.ends_with('=') && !is_in_hashtable(before);
    let quote = quotes.iter().find(|quote| written.contains(**quote));
    let quote = quote.filter(|_| !is_netsh);
    let has_list = |quote: &&&str| {
        written
            .split(**quote)
            .skip(1)
            .step_by(2)
            .any(|part| part.contains(','))
    };
    Group {
        // In an array, PowerShell computes `80-90`.
        quote: quote.copied().unwrap_or(if is_netsh { "" } else { "\"" }),
        rewrite: Rewrite::one_if(quote.as_ref().is_some_and(has_list)),
        ..program_group(&["-"], Some(","))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ports, shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_space_between_ports_is_reported() {
        let netsh = "netsh advfirewall firewall add rule name=a dir=out action=allow protocol=TCP remoteport=";
        let shell = "New-NetFirewallRule -Direction Outbound -Protocol TCP -RemotePort ";
        for (begin, list, count) in [
            (netsh, "80,443,5223", 0),
            (netsh, "80 443,5223", 1),
            (netsh, "80, 443,5223", 1),
            (shell, "80, 443,5223", 0),
            (shell, "80 443,5223", 1),
        ] {
            let text = format!("{begin}{list}\n");
            assert_eq!(ports(&text), "80/tcp 443/tcp 5223/tcp", "{text}");
            assert_eq!(unread(&text).len(), count, "{text}");
        }
    }

    #[test]
    fn reads_rules_of_netsh_and_of_powershell() {
        let netsh = "netsh advfirewall firewall add rule name=\"a\" dir=out action=allow protocol=TCP localport=99 remoteport=80,443-445\nnetsh advfirewall firewall add rule name=b dir=in action=block protocol=UDP localport=53\nnetsh advfirewall firewall add rule name=c dir=in action=allow ^\n  protocol=UDP localport=53\n";
        assert_eq!(shown(netsh).0, "windows");
        assert_eq!(ports(netsh), "80/tcp 443-445/tcp 53/udp");
        for ports_of_rule in [
            "80,443",
            "80, 443",
            "\"80\",\"443\"",
            "@(80, 443)",
            "@(\"80\", \"443\")",
            "80,`\n  443",
        ] {
            let text = format!(
                "New-NetFirewallRule -DisplayName \"Web 2\" -Protocol TCP `\n  -Direction Outbound -RemotePort {ports_of_rule} -Action Allow\n"
            );
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
        }
        let variable = "$web = 80, 443\n$all = @(\n  53\n)\nNew-NetFirewallRule -Protocol TCP -RemotePort $web\nNew-NetFirewallRule -Protocol UDP -LocalPort $all\n";
        assert_eq!(ports(variable), "80/tcp 443/tcp 53/udp");
    }

    #[test]
    fn damage_is_found_in_its_rule() {
        let rows = ["443/tcp", "5223/tcp", "3478-3497/udp"];
        let right = "New-NetFirewallRule -Protocol TCP -RemotePort 443, 5223\nnetsh advfirewall firewall add rule dir=out protocol=UDP remoteport=3478-3497\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        let wrong = right.replace("5223", "5232").replace("3478-", "3478:");
        let found = audit(&rows, &wrong);
        assert!(found[0].starts_with("1:52 L005"), "{found:?}");
        assert!(found[1].starts_with("2:69 L006"), "{found:?}");
        assert_eq!((found.len(), fixed(&rows, &wrong)), (2, right.to_owned()));
    }

    #[test]
    fn powershell_computes_no_range() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        let rule = "New-NetFirewallRule -Protocol UDP -RemotePort ";
        for (text, right) in [
            (
                format!("{rule}@(3478, 3497)\n"),
                format!("{rule}@(\"3478-3497\")\n"),
            ),
            (
                format!("$udp = 3478, 16384\n{rule}$udp\n"),
                format!("$udp = \"3478-3497\", \"16384-16387\"\n{rule}$udp\n"),
            ),
        ] {
            assert_eq!(fixed(&rows, &text), right);
        }
    }

    #[test]
    fn ports_that_are_no_option_are_reported() {
        let rule = "New-NetFirewallRule -Protocol TCP -RemotePort 80\n";
        let found = unread(&format!(
            "{rule}$p = @{{\n  Protocol = \"TCP\"\n  RemotePort = 443\n}}\n"
        ));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("4:1 it is no rule with ports"),
            "{found:?}"
        );
        for other in [
            "# RemotePort\n",
            "New-NetFirewallRule -Protocol TCP -RemotePort Any\n",
        ] {
            assert_eq!(unread(&format!("{rule}{other}")), [""; 0]);
        }
    }

    #[test]
    fn comments_and_printed_text_are_no_rules() {
        let rule = "netsh advfirewall firewall add rule dir=out action=allow protocol=TCP";
        let of_powershell = "New-NetFirewallRule -Direction Outbound -Protocol TCP -RemotePort";
        for other in [
            format!("REM {rule} remoteport=5223"),
            format!("@rem {rule} remoteport=5223"),
            format!(":: {rule} remoteport=5223"),
            format!("echo {rule} remoteport=5223"),
            format!("#{of_powershell} 5223"),
            format!("<# {of_powershell} 5223 #>"),
            format!("<#\n{of_powershell} 5223\n#>"),
            format!("Write-Host \"{of_powershell} 5223\""),
            format!("{of_powershell} 53 # 5223"),
        ] {
            let text = format!("{rule} remoteport=80\n{other}\n{rule} remoteport=443\n");
            let expected = if other.contains(" 53 ") {
                "80/tcp 53/tcp 443/tcp"
            } else {
                "80/tcp 443/tcp"
            };
            assert_eq!(ports(&text), expected, "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        let run = format!("echo y | {rule} remoteport=80\n");
        assert_eq!(ports(&run), "80/tcp");
        let named = format!("{of_powershell} 80 -DisplayName \"Rule #1\" -Profile Any\n");
        assert_eq!(ports(&named), "80/tcp");
    }

    #[test]
    fn a_value_of_a_hashtable_is_an_array() {
        let rows = ["16384-16387/udp", "16393-16402/udp"];
        let text = "$p = @{ Protocol='UDP'; RemotePort='16384-16402' }\nNew-NetFirewallRule @p\n";
        let right = text.replace("'16384-16402'", "'16384-16387','16393-16402'");
        assert_eq!(fixed(&rows, text), right);
    }
}
