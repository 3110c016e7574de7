//! The list without an entry.

use std::ops::Range;

use super::around::end;
use super::continued::is_joined;
use super::quotes::around;
use super::{Edit, line, suffix};
use crate::list::{Entry, List};
use crate::read::Shape;
use crate::transports::Transports;

/// The text without the line of an entry.
pub(crate) fn remove_line(text: &str, entry: &Entry) -> Option<Edit> {
    without(text, line(text, entry.span.start)?)
}

/// The text without a line, if it is no part of another one.
fn without(text: &str, line: Range<usize>) -> Option<Edit> {
    if is_joined(text, &line) {
        return None;
    }
    let end = text[line.end..].find('\n');
    let end = end.map_or(text.len(), |at| line.end + at + 1);
    Some(Edit::one(line.start..end, String::new()))
}

/// The list without the entry.
pub(crate) fn remove(text: &str, list: &List, entry: &Entry) -> Option<Edit> {
    if list.is_table || entry.last_span.is_some() {
        return None;
    }
    let end = match list.notation.shape {
        Shape::Plain => end(text, entry)?,
        _ => entry.span.end + suffix(text, entry).len(),
    };
    let line = line(text, entry.span.start)?;
    let rest = [&text[line.start..entry.span.start], &text[end..line.end]].concat();
    let is_alone =
        |text: &str| text.trim().is_empty() || Transports::of_word(text.trim()).is_some();
    list.groups[entry.group].separator.as_ref()?;
    if is_alone(&rest) && list.notation.shape == Shape::Plain {
        return without(text, line);
    }
    let quote = around(text, entry, end).map_or(0, |(quote, _)| quote.len_utf8());
    let (start, end) = (entry.span.start - quote, end + quote);
    if let Some(next) = behind_opening(text, list, entry, start..end) {
        return Some(Edit::one(start..next, String::new()));
    }
    let before = text[..start].trim_end_matches([' ', '\t', '\n', '\r']);
    let comma = before.strip_suffix([',', ';']).unwrap_or(before);
    // Behind a word, the rest of the line would say something else: `TCP 80 and`.
    let is_quoted = comma.len() < start && comma.ends_with(['"', '\'']);
    let is_behind = is_quoted || ends_entry(list, entry, comma.len());
    let is_in_line = list.notation.shape != Shape::Plain || comma.len() >= line.start;
    (is_behind && is_in_line).then(|| Edit::one(comma.len()..end, String::new()))
}

/// Where the next entry begins, with its quote, if this one is the first within a quote, a bracket or a
/// variable: the sign between the two goes with it.
fn behind_opening(text: &str, list: &List, entry: &Entry, span: Range<usize>) -> Option<usize> {
    if !text[..span.start].ends_with(['"', '\'', '(', '[', '{', '=']) {
        return None;
    }
    let index = list
        .entries
        .partition_point(|other| other.span.start <= entry.span.start);
    let next = list.entries.get(index)?;
    let next = next.span.start
        - around(text, next, next.span.end).map_or(0, |(quote, _)| quote.len_utf8());
    let sign = text.get(span.end..next)?;
    let is_separator = |c: char| matches!(c, ',' | ';' | ' ' | '\t');
    (!sign.is_empty() && sign.chars().all(is_separator)).then_some(next)
}

/// Whether the entry before this one ends there, with its transport.
fn ends_entry(list: &List, entry: &Entry, at: usize) -> bool {
    let index = list
        .entries
        .partition_point(|other| other.span.start < entry.span.start);
    let before = index
        .checked_sub(1)
        .and_then(|index| list.entries.get(index));
    before.is_some_and(|before| {
        let transport = before.transport_span.as_ref();
        at == before.span.end || transport.is_some_and(|span| span.end == at)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::fixed;

    #[test]
    fn a_line_stays_with_the_quote_or_the_sign_that_joins_it_to_another() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        for text in [
            "TCP_A='80/tcp\n443/tcp'\nTCP_B='5223/tcp\n443/tcp'\n",
            "TCP_A=\"80/tcp\n443/tcp\"\nTCP_B=\"5223/tcp\n443/tcp\"\n",
            "A=`fw 80/tcp\nfw 443/tcp`\nB=`fw 5223/tcp\nfw 443/tcp`\n",
            "A=80/tcp,\\\n443/tcp\nB=5223/tcp,\\\n443/tcp\nload \"$A\" \"$B\"\n",
            "A=80/tcp,443/tcp\nB=5223/tcp,\\\n443/tcp\nload \"$A\" \"$B\"\n",
            "fw allow 80/tcp \\\n 443/tcp\nfw allow 80/tcp \\\n 5223/tcp\n",
            "fw allow 80/tcp `\r\n 443/tcp\r\nfw allow 80/tcp `\r\n 5223/tcp\r\n",
            "fw allow 80/tcp ^\n 443/tcp\nfw allow 80/tcp ^\n 5223/tcp\n",
        ] {
            assert_eq!(fixed(&rows, text), text);
        }
        let text = "- `80/tcp`\n- `443/tcp`, Apple's\n- `443/tcp`, Apple's\n- `5223/tcp`\n";
        let right = "- `80/tcp`\n- `443/tcp`, Apple's\n- `5223/tcp`\n";
        assert_eq!(fixed(&rows, text), right);
    }

    #[test]
    fn an_entry_goes_with_the_sign_beside_it_and_its_quotes() {
        let (covered, twice) = (
            vec!["443/tcp", "8000-8999/tcp"],
            vec!["80/tcp", "443/tcp", "5223/tcp"],
        );
        for (rows, text, right) in [
            (
                &covered,
                "-A OUTPUT -p tcp -m multiport --dports \"8080,443,8000:8999\" -j ACCEPT\n",
                "-A OUTPUT -p tcp -m multiport --dports \"443,8000:8999\" -j ACCEPT\n",
            ),
            (
                &covered,
                "TCP='8080,443,8000-8999'\n",
                "TCP='443,8000-8999'\n",
            ),
            (
                &twice,
                "tcp: ['80', '443', '5223', '80']\n",
                "tcp: ['80', '443', '5223']\n",
            ),
            (
                &covered,
                "tcp: ['8080', '443', '8000-8999']\n",
                "tcp: ['443', '8000-8999']\n",
            ),
            (
                &twice,
                "New-NetFirewallRule -Protocol TCP -RemotePort '80','443','5223','80'\n",
                "New-NetFirewallRule -Protocol TCP -RemotePort '80','443','5223'\n",
            ),
        ] {
            assert_eq!(fixed(rows, text), right);
        }
    }
}
