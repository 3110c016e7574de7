//! nmap: `-p T:80,443,U:53`.

use super::is_hash_comment;
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "nmap",
    is_in,
    read,
    is_comment: is_hash_comment,
};

/// The letters for transports.
const LETTERS: [(&str, &str); 3] = [("T:", "tcp"), ("U:", "udp"), ("S:", "sctp")];

fn list(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("-p")?;
    let rest = rest.trim_start();
    let has_letter = LETTERS.iter().any(|(letter, _)| rest.starts_with(letter));
    has_letter.then(|| rest.split_whitespace().next().unwrap_or_default())
}

fn is_in(text: &str) -> bool {
    text.lines().any(|line| list(line).is_some())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    for (at, span) in reader.lines() {
        let line = &reader.text[span.clone()];
        let Some(list) = list(line) else {
            reader.leave(at, "no list for -p");
            continue;
        };
        let mut starts: Vec<(usize, Transports)> = Vec::new();
        for (letter, name) in LETTERS {
            let transports = Transports::of_word(name).unwrap_or_default();
            starts.extend(list.match_indices(letter).map(|(at, _)| (at, transports)));
        }
        starts.sort_unstable_by_key(|(at, _)| *at);
        let from = span.start + (list.as_ptr() as usize - line.as_ptr() as usize);
        for (index, (start, transports)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(list.len(), |(next, _)| *next);
            reader.expression(
                from + start + 2..from + end,
                *transports,
                group("-", Some(",")),
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn letters_are_transports() {
        assert_eq!(
            shown("-p T:80,443,U:3478-3497\n"),
            (
                "nmap",
                ["80/tcp@1:6", "443/tcp@1:9", "3478-3497/udp@1:15"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }
}
