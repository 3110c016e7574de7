//! services(5): `name port/transport aliases # comment`.

use super::comments::Comments;
use super::{comment_at, is_hash_comment, words};
use crate::expression::{NO_PORT, Reader, group};
use crate::list::Oddity;
use crate::read::{Notation, ReadError, Shape};
use crate::scan::{Item, Scanner, Token, is_unseen};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "services",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

/// The fewest entries of a short file that may have a row that is none.
const MIN_ENTRIES: usize = 3;

/// Where the ports of an entry are, if the line is one.
fn entry(line: &str) -> Option<(usize, &str)> {
    let line = &line[..comment_at(line)];
    let mut words = words(line);
    let (_, name) = words.next()?;
    let (at, place) = words.next()?;
    // Most lines of other files end here, before each word is looked at.
    let (_, transport) = place.split_once('/')?;
    let is_place = place
        .trim_start_matches(is_unseen)
        .starts_with(char::is_numeric)
        && Transports::of_stated(transport).is_some();
    let is_name = is_place
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
        && Transports::of_word(name).is_none()
        && !is_port(name)
        && !words.any(|(_, alias)| is_port(alias));
    is_name.then_some((at, place))
}

/// Whether a word is a port, as in `80/tcp 443/tcp`: names and aliases are none.
fn is_port(word: &str) -> bool {
    matches!(
        Scanner::new(word, 0..word.len()).next(),
        Some(Token::Item(_))
    )
}

/// Whether comments say that the file lists what has a name, and perhaps that nothing has one.
fn is_by_name(text: &str) -> bool {
    let begins = |line: &str| {
        let known = ["# services(5)", "# No service name: "];
        known.iter().any(|comment| line.starts_with(comment))
    };
    text.lines().any(begins)
}

fn is_in(text: &str) -> bool {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut all, mut entries, mut has_alias) = (0, 0, false);
    for line in lines {
        all += 1;
        if let Some((at, place)) = entry(line) {
            entries += 1;
            let behind = &line[at + place.len()..comment_at(line)];
            has_alias |= !behind.trim().is_empty();
        }
    }
    // Other lists have no aliases, so that one damaged row makes no other list of this one.
    let is_damaged = || has_alias && entries >= MIN_ENTRIES && entries + 1 == all;
    (all > 0 || is_by_name(text)) && (entries * 10 >= all * 9 || is_damaged())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    reader.is_table = true;
    // services(5) has no ranges; Wireshark's file does. In another list that has one, no port stands
    // for several, and rows without a name are missing as others are.
    let is_range =
        |place: &str| place.contains(|c: char| !c.is_ascii_alphanumeric() && !"/+".contains(c));
    let mut lines = reader.text.lines();
    reader.is_names = is_by_name(reader.text)
        || !lines.any(|line| entry(line).is_some_and(|(_, place)| is_range(place)));
    let mut group = group("-", None);
    group.has_suffix = true;
    let group_index = reader.new_group(group);
    for (at, span) in reader.lines() {
        let line = &reader.text[span.clone()];
        let Some((start, place)) = entry(line) else {
            let written = line[..comment_at(line)].trim();
            reader.leave(at, "no entry");
            if written.contains(char::is_numeric) {
                let start = span.start + line.find(written).unwrap_or_default();
                let reason = "it is not a name with a port and its transport".to_owned();
                reader.unknown(start..start + written.len(), Transports::NONE, reason);
            }
            continue;
        };
        let from = span.start + start;
        let text = reader.text;
        let name = text[span.start..from].trim();
        let content = format!("{name} {place}").to_ascii_lowercase();
        reader.row(0, span.clone(), |_| content);
        let (number, word) = place.split_once('/').unwrap_or((place, ""));
        let transports = Transports::of_stated(word).unwrap_or_default();
        let ports = from..from + number.len();
        let word = ports.end + 1..from + place.len();
        let items = Scanner::new(text, ports.clone()).filter_map(|token| match token {
            Token::Item(item) => Some(item),
            _ => None,
        });
        let mut items: Vec<Item> = items.collect();
        if items.is_empty() {
            reader.unknown(ports.clone(), transports, NO_PORT.to_owned());
        }
        if let [item] = items.as_mut_slice() {
            // `5223./tcp`, and a no-break space on each side of a hyphen.
            let odd = if text[ports.clone()].contains(char::is_whitespace) {
                Some(Oddity::Dash)
            } else {
                Some(Oddity::Mark).filter(|_| number.ends_with('.'))
            };
            item.oddity = item.oddity.max(odd);
            if odd.is_some() {
                item.span = ports;
            }
            item.suffix = Some((transports, word));
        }
        for item in items {
            reader.add(item, transports, group_index)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::audit;

    #[test]
    fn digits_of_another_script_are_a_service_too() {
        let text = "http ８０/tcp\nhttps 443/tcp\napns 5223/tcp\n";
        let found = audit(&["80/tcp", "443/tcp", "5223/tcp"], text);
        assert_eq!(shown(text).0, "services");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("1:6 L007"), "{found:?}");
    }

    #[test]
    fn a_line_that_is_no_service_is_reported() {
        let text = format!("{}http tcp/80\n# 9\n", "a 7/tcp\n".repeat(9));
        assert_eq!(shown(&text).0, "services");
        assert_eq!(
            unread(&text),
            ["10:1 it is not a name with a port and its transport"]
        );
    }

    #[test]
    fn a_damaged_row_is_one_finding() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp", "3478-3497/udp"];
        let right = "# mine\nhttp 80/tcp www www-http # HTTP\nhttps 443/tcp\napns 5223/tcp\nstun 3478-3497/udp\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        for (from, to) in [
            ("3478-", "3478- "),
            ("3478-", "3478 "),
            ("3478-", "\u{200b}3478-"),
            ("3478", "З478"),
            ("3478-", "3478\u{a0}-\u{a0}"),
            ("5223", "5223."),
            ("5223", "5223*"),
            ("5223", "5 223"),
            ("5223/", "5223 "),
        ] {
            let text = right.replace(from, to);
            let found = audit(&rows, &text);
            assert_eq!(shown(&text).0, "services", "{text}");
            let line = if from.contains("5223") { "4:" } else { "5:" };
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert!(found[0].starts_with(line), "{text}{found:?}");
        }
    }

    #[test]
    fn ports_behind_ports_are_no_services() {
        for text in ["80/tcp 443/tcp 53/udp\n", "web 80/tcp 443/tcp 53/udp\n"] {
            assert_ne!(shown(text).0, "services", "{text}");
        }
        assert_eq!(
            shown("80/tcp 443/tcp\n53/udp 123/udp\n"),
            (
                "lines",
                ["80/tcp@1:1", "443/tcp@1:8", "53/udp@2:1", "123/udp@2:8"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn a_list_with_a_range_is_no_services_file() {
        let found = audit(
            &["80/tcp", "3478-3497/udp", "5223/tcp"],
            "stun 3478-3497/udp\nhttp 80/tcp\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("5223/tcp is missing"), "{found:?}");
    }

    #[test]
    fn a_file_of_comments_alone_is_an_empty_one() {
        let text = "# services(5): ports of nobody.\n# 5223 tcp: Push\n";
        assert_eq!(shown(text), ("services", Vec::new()));
        assert_eq!(audit(&["5223/tcp"], text), [""; 0]);
        assert_ne!(shown("# mine\n# 5223 tcp: Push\n").0, "services");
    }

    #[test]
    fn reads_entries_and_no_comments() {
        assert_eq!(
            shown("# 99/tcp\nhttp\t80/tcp\twww # 12\nx-500 500/udp\n"),
            (
                "services",
                ["80/tcp@2:6", "500/udp@3:7"].map(str::to_owned).to_vec()
            )
        );
    }
}
