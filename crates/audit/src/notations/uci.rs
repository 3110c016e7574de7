//! UCI of `OpenWrt`: `option dest_port` in a section with `option proto`.

use super::comments::Comments;
use super::{CLOSED, is_closing, is_hash_comment, is_idle, slip_of, words};
use crate::expression::{Reader, program_group};
use crate::list::{Group, Rewrite};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "uci",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Shell,
};

/// The options with the ports that packets go to. A redirect with both opens the outer one.
const PORTS: [&str; 2] = ["dest_port", OUTER];
const OUTER: &str = "src_dport";

/// An option of a section, as a file or `uci show` has it.
struct Setting<'t> {
    /// The section, where the line has it: `firewall.@rule[0]`.
    section: &'t str,
    name: &'t str,
    /// Where the value is in the line.
    value: usize,
    /// Whether it has one port or range in each item: `list`, and what `uci show` prints.
    is_list: bool,
}

fn unquoted(word: &str) -> &str {
    word.trim_matches(['\'', '"'])
}

/// `option dest_port '80'`, `firewall.@rule[0].dest_port='80'`, `uci set ...`.
fn setting(line: &str) -> Option<Setting<'_>> {
    let mut fields = words(line).skip_while(|(_, word)| matches!(*word, "uci" | "-q"));
    let (start, first) = fields.next()?;
    match first {
        "option" | "list" => Some(Setting {
            section: "",
            name: unquoted(fields.next()?.1),
            value: fields.next()?.0,
            is_list: first == "list",
        }),
        "set" | "add_list" => shown(line, fields.next()?.0, first == "add_list"),
        _ => shown(line, start, true),
    }
}

/// An option behind the name of its section, at a place of the line.
fn shown(line: &str, start: usize, is_list: bool) -> Option<Setting<'_>> {
    let (key, value) = line[start..].split_once('=')?;
    let (section, name) = unquoted(key).rsplit_once('.')?;
    let is_key = section.contains('.') && !key.contains(char::is_whitespace);
    is_key.then_some(Setting {
        section,
        name,
        value: line.len() - value.len(),
        is_list,
    })
}

fn is_in(text: &str) -> bool {
    let mut options = text.lines().filter_map(setting);
    options.any(|option| PORTS.contains(&option.name))
}

/// A place with ports.
struct Ports {
    /// Whether they are those of a redirect from outside.
    is_outer: bool,
    is_list: bool,
    span: std::ops::Range<usize>,
}

/// A section while it is read.
#[derive(Default)]
struct Section<'t> {
    name: &'t str,
    transports: Transports,
    /// Whether it is a redirect, whose options take one port or range.
    is_redirect: bool,
    /// The ports, each place with whether its items stay as they are.
    ports: Vec<Ports>,
    misspelt: Vec<(std::ops::Range<usize>, String)>,
    is_closed: bool,
    /// What each option says, and where.
    options: Vec<String>,
    span: std::ops::Range<usize>,
}

fn close(reader: &mut Reader<'_>, mut section: Section<'_>) -> Result<(), ReadError> {
    if !section.is_closed {
        section.options.sort();
        reader.row(0, section.span.clone(), |_| section.options.join("\n"));
    }
    for (place, reason) in section.misspelt.into_iter().filter(|_| !section.is_closed) {
        reader.unknown(place, section.transports, reason);
    }
    let has_outer = section.ports.iter().any(|ports| ports.is_outer);
    let is_redirect = section.is_redirect || has_outer;
    // `list` adds to the ports, `option` sets them.
    let key = |ports: &Ports| (!ports.is_list).then_some(ports.is_outer);
    let keys: Vec<Option<bool>> = section.ports.iter().map(key).collect();
    for (at, place) in section.ports.into_iter().enumerate() {
        let is_replaced = keys[at].is_some() && keys[at + 1..].contains(&keys[at]);
        let (is_outer, ports) = (place.is_outer, place.span);
        let line = reader.line_of(ports.start);
        if section.is_closed {
            reader.leave(line, CLOSED);
        } else if has_outer && !is_outer {
            reader.leave(line, "the port inside, of a redirect");
        } else if is_replaced {
            let reason = "a later line of this section sets it again, and only that one counts";
            reader.unread(ports, reason.to_owned());
        } else if unquoted(&reader.text[ports.clone()]).starts_with('!') {
            reader.excluded(ports, section.transports);
        } else {
            let group = Group {
                rewrite: Rewrite::one_if(is_redirect || place.is_list),
                ..program_group(&["-", ":"], Some(" "))
            };
            reader.expression(ports, section.transports, group)?;
        }
    }
    Ok(())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let mut section = Section::default();
    for (at, span) in reader.lines() {
        let line = &text[span.clone()];
        let line = line.trim_end();
        let first = words(line).find(|(_, word)| !matches!(*word, "uci" | "-q"));
        // `uci show` has `firewall.@rule[0]=rule` where a file has `config rule`.
        if matches!(first, Some((_, "config" | "add"))) {
            close(reader, std::mem::take(&mut section))?;
            section.is_redirect = words(line).any(|(_, word)| unquoted(word) == "redirect");
            reader.leave(at, "a section");
            continue;
        }
        let Some(setting) = setting(line) else {
            continue;
        };
        if setting.section != section.name {
            close(reader, std::mem::take(&mut section))?;
            section.name = setting.section;
        }
        let value = &line[setting.value..];
        if section.options.is_empty() {
            section.span.start = span.start;
        }
        section.span.end = span.end;
        section
            .options
            .push(format!("{}={}", setting.name, unquoted(value)));
        let word = words(value).next().map_or("", |(_, word)| unquoted(word));
        if setting.name == "proto" {
            for word in value.split_ascii_whitespace() {
                let set = Transports::of_protocol(word).unwrap_or_default();
                section.transports = section.transports.and(set);
            }
        } else if setting.name == "target" && (is_closing(word) || is_idle(word))
            || setting.name == "enabled" && matches!(word, "0" | "no" | "off" | "false")
        {
            section.is_closed = true;
            reader.leave(at, CLOSED);
        } else if PORTS.contains(&setting.name) {
            let place = span.start + setting.value..span.start + line.len();
            section.ports.push(Ports {
                is_outer: setting.name == OUTER,
                is_list: setting.is_list,
                span: place,
            });
        } else if let Some(name) =
            slip_of(setting.name, &PORTS).filter(|_| setting.name != "src_port")
        {
            let place = span.start + setting.value..span.start + line.len();
            section
                .misspelt
                .push((place, super::misspelt(setting.name, name)));
        } else {
            reader.leave(at, "another option");
        }
    }
    close(reader, section)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn an_option_that_is_set_again_is_reported() {
        let text = "config rule\n\toption proto udp\n\toption dest_port '53'\n\toption dest_port '123'\n\toption target ACCEPT\n";
        assert_eq!(shown(text).1, ["123/udp@4:20"]);
        let reason = "a later line of this section sets it again, and only that one counts";
        assert_eq!(unread(text), [format!("3:19 {reason}")]);
        let list = text.replace("option dest_port", "list dest_port");
        assert_eq!((shown(&list).1.len(), unread(&list).len()), (2, 0));
    }

    #[test]
    fn negations_and_words_are_reported_and_comments_are_none() {
        let text = "config rule\n\toption dest_port '80 8x' # 7\n\tlist dest_port !25\n\tlist dest_port '8O'\n";
        assert_eq!(shown(text).1, ["80/@2:20", "80/@4:18"]);
        assert_eq!(
            unread(text),
            [
                "2:23 it is not a port",
                "3:17 it matches every port but these; list the ports that are meant"
            ]
        );
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "config rule\n\toption dest_port '80'\n\toption target 'DROP'\nconfig rule\n\toption enabled '0'\n\toption dest_port '81'\nconfig rule\n\toption dest_port '82'\n\toption enabled '1'\n\toption target ACCEPT\nconfig rule\n\toption dest_port '83'\n\toption target 'MARK'\n";
        assert_eq!(shown(text).1, ["82/@8:20"]);
    }

    #[test]
    fn a_misspelt_option_is_reported() {
        let text = "config rule\n\toption dest_port '80'\nconfig rule\n\toption src_port '1'\n\toption dest_ports '443'\n";
        assert_eq!(shown(text).1, ["80/@2:20"]);
        let reason = "`dest_ports` is not an option; `dest_port` may be meant";
        assert_eq!(unread(text), [format!("5:20 {reason}")]);
    }

    #[test]
    fn a_redirect_opens_the_port_outside() {
        let text = "config redirect\n\toption dest_port '8443'\n\toption src_dport '443'\nconfig redirect\n\toption dest_port '80'\n\toption proto '6'\n";
        assert_eq!(shown(text).1, ["443/@3:20", "80/tcp@5:20"]);
    }

    #[test]
    fn an_item_of_a_list_and_the_port_of_a_redirect_stay_one() {
        let rows = ["3478-3497/udp", "16384-16387/udp", "16393-16402/udp"];
        let rule = "config rule\n\toption proto 'udp'\n\toption target 'ACCEPT'\n";
        let redirect = rule.replace("rule", "redirect");
        let shown = "firewall.@rule[0].proto='udp'\nfirewall.@rule[0].dest_port=";
        for text in [
            format!("{rule}\tlist dest_port '16384-16402'\n\tlist dest_port '3478-3497'\n"),
            format!("{redirect}\toption src_dport '16384-16402'\n"),
            format!("{redirect}\toption dest_port '16384-16402'\n"),
            format!("{shown}'3478-3497' '16384-16402'\n"),
            format!("uci add_list {}'16384-16402'\n", &shown[shown.len() - 28..]),
        ] {
            let found = audit(&rows, &text);
            assert!(
                found.iter().any(|finding| finding.contains("L013")),
                "{found:?}"
            );
            assert_eq!(fixed(&rows, &text), text);
        }
        let text = format!("{rule}\tlist dest_port '3478–3497'\n");
        assert_eq!(fixed(&rows, &text), text.replace('–', "-"));
        let text = format!("{rule}\toption dest_port '16384-16402'\n");
        let after = text.replace("16384-16402", "16384-16387 16393-16402");
        assert_eq!(fixed(&rows, &text), after);
    }

    #[test]
    fn the_transport_may_come_behind_the_ports() {
        let text = "config rule\n\toption name 'Apple 80'\n\toption src_port '1'\n\toption dest_port '3478-3497 5223'\n\toption proto 'tcp udp'\n\nconfig rule\n\tlist dest_port '53'\n";
        assert_eq!(
            shown(text),
            (
                "uci",
                ["3478-3497/tcp+udp@4:20", "5223/tcp+udp@4:30", "53/@8:18"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn what_uci_shows_and_takes_is_read() {
        let shown_text = "firewall.@rule[0]=rule\nfirewall.@rule[0].name='Apple 80'\nfirewall.@rule[0].proto='tcp' 'udp'\nfirewall.@rule[0].dest_port='5223' '80'\nfirewall.@rule[1]=rule\nfirewall.@rule[1].dest_port='81'\nfirewall.@rule[1].target='DROP'\nfirewall.@redirect[0].src_dport='53'\nfirewall.@redirect[0].proto='udp'\n";
        let entries = ["5223/tcp+udp@4:30", "80/tcp+udp@4:37", "53/udp@8:34"];
        assert_eq!(
            shown(shown_text),
            ("uci", entries.map(str::to_owned).to_vec())
        );
        let text = "uci add firewall rule\nuci set firewall.@rule[-1].dest_port='80'\nuci set firewall.@rule[-1].proto='tcp'\nuci add firewall rule\nuci add_list firewall.@rule[-1].dest_port='53'\nuci set firewall.@rule[-1].proto='udp'\nuci commit firewall\n";
        assert_eq!(shown(text).1, ["80/tcp@2:39", "53/udp@5:44"]);
    }
}
