//! Values of programs that end at a space: `dst-port=443, 2197`, `--dport 16384 : 16387`. People
//! write spaces all the same; what they meant is read and reported.

use std::ops::Range;

use appleports_model::is_dash;

use crate::expression::Reader;
use crate::list::Group;
use crate::read::ReadError;
use crate::scan::{Item, braced};
use crate::transports::Transports;

/// A value as it was meant.
pub(super) struct Value {
    /// Where it is in the line, with what follows the spaces in it.
    pub(super) span: Range<usize>,
    /// Where it goes on behind the first space that ends it for the program; at its end where
    /// there is none.
    rest: usize,
}

/// Whether a word is ports of a list: digits and the signs between them, `2197/tcp`, `443,U:53`.
fn is_ports(word: &str) -> bool {
    let (list, _) = word.split_once('/').unwrap_or((word, ""));
    let is_part = |part: &str| {
        let letter = part.strip_prefix(['T', 'U', 'S']);
        let part = letter
            .and_then(|rest| rest.strip_prefix(':'))
            .unwrap_or(part);
        let mut numbers = part.split([':', '-']);
        numbers.all(|number| number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    list.contains(|c: char| c.is_ascii_digit()) && list.split(',').all(is_part)
}

/// Whether the last number of a value and the word behind it are one number: `5 223`.
fn is_thousands(value: &str, word: &str) -> bool {
    let are_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    // Not the whole value, which grows by each word: the number has at most two digits.
    let end = &value.as_bytes()[value.len().saturating_sub(3)..];
    let sign = end.iter().rposition(|byte| b",=\"'".contains(byte));
    let head = sign.map_or(&[][..], |at| &end[at + 1..]);
    let tail = word.split(',').next().unwrap_or_default().as_bytes();
    !head.is_empty() && are_digits(head) && tail.len() == 3 && are_digits(tail)
}

/// Whether a word is the mark of a footnote: `1)`.
pub(super) fn is_footnote(word: &str) -> bool {
    let number = word.strip_suffix(')').unwrap_or_default();
    matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where the range ends whose end follows a value behind spaces: `16384 - 16387`, `16384- 16387`,
/// `16384 -16387`.
fn range_end(line: &str, value: &str, (start, next): (usize, &str)) -> Option<usize> {
    let is_sign = |c: char| matches!(c, '-' | ':' | '.') || is_dash(c);
    let first = value.trim_end_matches(is_sign);
    if !first.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if crate::scan::is_between(next) && first.len() == value.len() {
        let (start, last) = next_word(line, start + next.len())?;
        return is_end(last).then_some(start + last.len());
    }
    let last = next.trim_start_matches(is_sign);
    let (start, last) = match (first.len() < value.len(), last.len() < next.len()) {
        (true, false) => (start, next),
        (false, true) if last.is_empty() => next_word(line, start + next.len())?,
        (false, true) => (start + next.len() - last.len(), last),
        _ => return None,
    };
    is_end(last).then_some(start + last.len())
}

/// Where a word ends of which a part ends at a place: a shell joins it with the next line where no
/// space begins that, `80,\` and `443`.
pub(crate) fn joined(text: &str, end: usize) -> usize {
    let mut end = end;
    while text[..end].ends_with('\\') {
        let behind = &text[end..];
        let next = behind.strip_prefix("\r\n").or(behind.strip_prefix('\n'));
        let length = next.map_or(0, |next| {
            next.find(char::is_whitespace).unwrap_or(next.len())
        });
        if length == 0 {
            break;
        }
        end = text.len() - next.map_or(0, str::len) + length;
    }
    end
}

/// The value that begins with the word at a place of a line.
pub(super) fn value(line: &str, word: Range<usize>) -> Value {
    let mut end = word.end;
    // `${ports// /,}` and `"$(echo "$ports")"` may have spaces and quotes in them.
    let start = word.start + usize::from(line[word.start..].starts_with('"'));
    let braced = braced(&line[start..]).map(|length| {
        let behind = start + length;
        behind + usize::from(start > word.start && line[behind..].starts_with('"'))
    });
    let quoted = quoted(&line[word.start..]).map(|length| word.start + length);
    if let Some(behind) = quoted.max(braced.filter(|behind| *behind > end)) {
        let end = end.max(behind);
        return Value {
            span: word.start..end,
            rest: end,
        };
    }
    let mut rest = None;
    while let Some((start, next)) = next_word(line, end) {
        let value = &line[word.start..end];
        let is_behind_digit = value.ends_with(|c: char| c.is_ascii_digit());
        let list = next.strip_prefix(',').filter(|_| is_behind_digit);
        let list = list.or_else(|| value.ends_with(',').then_some(next));
        // `443 , 2197`.
        let behind_comma = list.filter(|list| list.is_empty());
        let behind_comma = behind_comma.and_then(|_| next_word(line, start + next.len()));
        if list.is_some_and(is_ports) {
            rest.get_or_insert(start);
            end = start + next.len();
        } else if let Some((last, ports)) = behind_comma.filter(|(_, ports)| is_ports(ports)) {
            rest.get_or_insert(start);
            end = last + ports.len();
        } else if is_behind_digit && (is_thousands(value, next) || is_footnote(next)) {
            end = start + next.len();
        } else if let Some(behind) = range_end(line, value, (start, next)) {
            end = behind;
        } else if is_behind_digit && is_end(next) && !next.contains("::") {
            // `3478 3497,5223`: the sign between them is lost.
            rest.get_or_insert(start);
            end = start + next.len();
        } else {
            break;
        }
    }
    Value {
        span: word.start..end,
        rest: rest.unwrap_or(end),
    }
}

/// How long the text in quotes at the start of another one is.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(text[1..].find(quote)? + 2)
}

/// Whether a word begins with the end of a range; `-4` is an option.
fn is_end(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits > 1 && is_ports(word)
}

/// The word behind the spaces at a place.
fn next_word(line: &str, at: usize) -> Option<(usize, &str)> {
    let behind = &line[at..];
    let inner = behind.trim_start_matches([' ', '\t']);
    let word = inner.split_ascii_whitespace().next()?;
    (inner.len() < behind.len() && inner.starts_with(word))
        .then_some((line.len() - inner.len(), word))
}

impl Value {
    /// Its place in the text, in which the line begins at `line`.
    pub(super) fn place(&self, line: usize) -> Range<usize> {
        line + self.span.start..line + self.span.end
    }

    /// Reports what is behind a space.
    pub(super) fn report_space(&self, reader: &mut Reader<'_>, line: usize) {
        if self.rest < self.span.end {
            let reason = "a space ends the list here; write the ports without spaces";
            reader.refused(line + self.rest..line + self.span.end, reason);
        }
    }

    /// As [`Self::report_space`], for a program that takes no comma at the end either.
    pub(super) fn report(&self, reader: &mut Reader<'_>, line: usize) {
        self.report_space(reader, line);
        let written = &reader.text[self.place(line)];
        let list = written.split('/').next().unwrap_or(written);
        let list = list.trim_end_matches(['"', '\'']);
        if list.ends_with(',') && list.contains(|c: char| c.is_ascii_digit()) {
            let end = line + self.span.start + list.len();
            let reason = "a comma ends the list, and a port has to follow it";
            reader.refused(end - 1..end, reason);
        }
    }
}

/// The port or range of a part of a list that has spaces in it: `5 223`, `16384 :16387`.
fn spaced(text: &str, part: &Range<usize>) -> Option<Item> {
    let written = &text[part.clone()];
    if !written.contains([' ', '\t']) {
        return None;
    }
    Item::grouped(text, part).or_else(|| {
        let (first, last) = written.split_once([':', '-'])?;
        let first = part.start..part.start + first.trim_end().len();
        let last = part.end - last.trim_start().len()..part.end;
        let mut item = Item::of_cell(text, &first)?;
        item.end_at(text, &last).then_some(())?;
        item.span.end = last.end;
        Some(item)
    })
}

/// Reads a list with commas of which a part has spaces in it; false where none has.
pub(super) fn read_spaced(
    reader: &mut Reader<'_>,
    span: &Range<usize>,
    transports: Transports,
    group: &Group,
) -> Result<bool, ReadError> {
    let text = reader.text;
    let place = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        start..start + part.len()
    };
    let item = |part: &str| spaced(text, &place(part));
    let parts = || text[span.clone()].split(',').map(str::trim);
    if !parts().any(|part| item(part).is_some()) {
        return Ok(false);
    }
    let group_index = reader.new_group(group.clone());
    for part in parts() {
        match item(part) {
            Some(item) => {
                reader.add(item, transports, group_index)?;
            }
            None => reader.scan(place(part), transports, group_index)?,
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_range_that_lost_its_sign_takes_nothing_with_it() {
        let rows = ["80/udp", "3478-3497/udp", "16384-16387/udp"];
        for right in [
            "nmap -p U:80,3478-3497,16384-16387 -T4 17.0.0.0/24\n",
            "nmap -p U:80,16384-16387,3478-3497 host\n",
            "-A O -p udp -m multiport --dports 80,3478:3497,16384:16387 -j ACCEPT\n",
            "add action=accept chain=f protocol=udp dst-port=80,3478-3497,16384-16387\n",
            "ufw allow 80,3478:3497,16384:16387/udp\n",
            "ufw allow out to any port 80,3478:3497,16384:16387 proto udp\n",
        ] {
            assert_eq!(audit(&rows, right), [""; 0]);
            let text = right.replace("3478-", "3478 ").replace("3478:", "3478 ");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 2, "{text}{found:?}");
            assert!(found[0].contains("L004"), "{found:?}");
            assert!(found[1].contains("L017"), "{found:?}");
            assert_eq!(fixed(&rows, &text), right);
        }
        // What is no port is no part of the list.
        for target in ["10.0.0.1", "2001::10", "17.0.0.0/24", "-T4"] {
            let text = format!("nmap -p U:80,3478-3497,16384-16387 {target}\n");
            assert_eq!(audit(&rows, &text), [""; 0]);
        }
    }
}
