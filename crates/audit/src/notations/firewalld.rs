//! firewalld: `<port protocol="tcp" port="80"/>` in services, zones and policies.

use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "firewalld",
    is_in,
    read,
    is_comment: |line| line.starts_with("<!--") && line.ends_with("-->"),
};

/// The longest element in bytes.
const MAX_TAG: usize = 500;

fn is_in(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
        && text.contains("<port ")
}

/// Where the value of an attribute is.
fn attribute(tag: &str, name: &str) -> Option<(usize, usize)> {
    let mut places = tag.match_indices(name);
    places.find_map(|(at, _)| {
        let rest = &tag[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let is_whole = tag[..at].ends_with(char::is_whitespace);
        let start = tag.len() - value.len() + 1;
        let length = tag[start..].find(quote)?;
        is_whole.then_some((start, start + length))
    })
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    for (at, _) in text.match_indices("<port ") {
        let rest = &text.as_bytes()[at..text.len().min(at + MAX_TAG)];
        let Some(end) = rest.iter().position(|byte| *byte == b'>') else {
            continue;
        };
        let tag = &text[at..at + end];
        let transports = attribute(tag, "protocol")
            .and_then(|(start, end)| Transports::of_word(&tag[start..end]));
        if let (Some((start, end)), Some(transports)) = (attribute(tag, "port"), transports) {
            reader.expression(at + start..at + end, transports, group("-", None))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn reads_the_ports_of_a_service() {
        let text = "<service>\n<short>9</short>\n  <port port=\"3478-3497\" protocol='udp'/>\n</service>\n";
        assert_eq!(
            shown(text),
            ("firewalld", vec!["3478-3497/udp@3:15".to_owned()])
        );
    }
}
