//! Mappings in braces: `{protocol: UDP, port: 1900}`.

use std::ops::Range;

use super::Member;
use crate::notations::comment_at;

/// The longest mapping in bytes.
const MAX_FLOW: usize = 1_000;

/// The innermost mappings in braces, each with its members; comments have none.
pub(super) fn mappings(text: &str) -> Vec<(Range<usize>, Vec<Member>)> {
    let mut found = Vec::new();
    let mut open = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (at, c) in line[..comment_at(line)].char_indices() {
            match c {
                '{' => open = Some(start + at),
                '}' => {
                    let from = open.take().filter(|from| start + at - from <= MAX_FLOW);
                    if let Some(from) = from {
                        let span = from..start + at + 1;
                        found.push((span.clone(), members(text, span.start + 1..span.end - 1)));
                    }
                }
                _ => {}
            }
        }
        start += line.len();
    }
    found
}

fn members(text: &str, inner: Range<usize>) -> Vec<Member> {
    let parts = text[inner].split(',').filter_map(|part| {
        let (key, value) = part.split_once(':')?;
        let start = value.trim().as_ptr() as usize - text.as_ptr() as usize;
        let key = key.trim().trim_matches(['"', '\'']);
        Some(Member {
            key: key.to_ascii_lowercase(),
            value: start..start + value.trim().len(),
        })
    });
    parts.collect()
}
