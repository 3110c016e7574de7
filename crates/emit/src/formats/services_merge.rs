//! services(5), merged into the file of a system.
//!
//! The base's lines stay as they are, byte for byte. What it lacks follows in a
//! marked block at its end, so that the base's own answers do not change: the C
//! library takes the first entry that fits. A block of an earlier merge is replaced; if
//! somebody wrote lines behind it, the new one comes after them.

use std::collections::BTreeSet;

use appleports_model::escape::terminal::line as visible;
use appleports_model::{Dataset, ServicesFile, ServicesLines, Transport};

use super::services::{comment, left_out};
use super::services_line::line;

/// The first and the last line of the block.
const BEGIN: &str = "# BEGIN appleports: ports that Apple products use; generated, do not edit";
const END: &str = "# END appleports";

/// A block that ends after another one within it: what of it is ours cannot be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NestedBlock {
    /// The 1-based line on which it ends.
    pub line: usize,
}

/// The base file without the blocks that earlier merges added, wherever they stand.
///
/// A first line that nothing closes is a comment like any other, and so is a last line that closes
/// nothing: what stands beside it may be somebody's own, and stays.
///
/// # Errors
/// [`NestedBlock`] where lines of the base may be in a block.
pub fn services_base(bytes: &[u8]) -> Result<Vec<u8>, NestedBlock> {
    let mut base = Vec::with_capacity(bytes.len());
    // Where in `base` the last block begins, and whether one before it is not closed.
    let (mut open, mut is_in_another) = (None, false);
    for (at, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let text = line.trim_ascii_end();
        if text == BEGIN.as_bytes() {
            is_in_another |= open.is_some();
            open = Some(base.len());
        }
        base.extend_from_slice(line);
        if text == END.as_bytes() {
            match open.take() {
                Some(start) => base.truncate(start),
                None if is_in_another => return Err(NestedBlock { line: at + 1 }),
                None => {}
            }
        }
    }
    Ok(base)
}

/// The base with the dataset's entries after it. `base` are the bytes, as
/// [`services_base`] gives them, and `file` is what they say.
pub fn merge_services(dataset: &Dataset, base: &[u8], file: &ServicesFile) -> Vec<u8> {
    let mut out = base.to_vec();
    let all = ServicesLines::of(&dataset.records);
    let mut added = String::new();
    for ((port, transport), services_line) in &all.lines {
        let known = names_at(file, *port, *transport);
        let lacking: Vec<&str> = services_line
            .names()
            .filter(|name| !known.contains(name))
            .collect();
        let Some((name, aliases)) = lacking.split_first() else {
            continue;
        };
        let here: Vec<String> = file
            .at(*port, *transport)
            .map(|entry| visible(&entry.name))
            .collect();
        let comment = if here.is_empty() {
            comment(services_line)
        } else {
            format!("above: {}; {}", here.join(", "), comment(services_line))
        };
        added.push_str(&line(name, *port, *transport, aliases, &comment));
    }
    for comment in left_out(&all).values().flatten() {
        added.push_str(comment);
        added.push('\n');
    }
    if !added.is_empty() {
        if !out.is_empty() && !out.ends_with(b"\n") {
            out.push(b'\n');
        }
        out.extend_from_slice(format!("{BEGIN}\n{added}{END}\n").as_bytes());
    }
    out
}

/// All names that the base has for a port. The C library tells upper from lower case.
fn names_at(file: &ServicesFile, port: u16, transport: Transport) -> BTreeSet<&str> {
    file.at(port, transport)
        .flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases))
        .map(String::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, NestedBlock, services_base};

    #[test]
    fn only_whole_blocks_are_taken_out() {
        let base = |lines: &[&str]| {
            let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
            services_base(text.as_bytes()).map(|base| String::from_utf8(base).unwrap())
        };
        for (lines, left) in [
            (
                &["a 1/tcp", BEGIN, "x 2/tcp", END, "b 3/tcp"][..],
                "a 1/tcp\nb 3/tcp\n".to_owned(),
            ),
            // The first block has lost its last line.
            (
                &[BEGIN, "own 2/tcp", BEGIN, "x 3/tcp", END],
                format!("{BEGIN}\nown 2/tcp\n"),
            ),
            (&[BEGIN, "own 2/tcp"], format!("{BEGIN}\nown 2/tcp\n")),
            (&["own 2/tcp", END], format!("own 2/tcp\n{END}\n")),
        ] {
            assert_eq!(base(lines), Ok(left));
        }
        let nested = [BEGIN, "own 2/tcp", BEGIN, "x 3/tcp", END, "own 4/tcp", END];
        assert_eq!(base(&nested), Err(NestedBlock { line: 7 }));
    }
}
