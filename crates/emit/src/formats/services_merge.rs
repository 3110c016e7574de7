//! services(5), merged into the file of a system.
//!
//! The base's lines stay as they are, byte for byte. What it lacks follows in a
//! marked block at its end, so that the base's own answers do not change: the C
//! library takes the first entry that fits.

use std::collections::BTreeSet;

use appleports_model::{Dataset, ServicesFile, Transport};

use super::services::{entries, line};

/// The first and the last line of the block.
const BEGIN: &str = "# BEGIN appleports: ports that Apple products use; generated, do not edit";
const END: &str = "# END appleports";

/// The base file without the block that an earlier merge added.
pub fn services_base(bytes: &[u8]) -> &[u8] {
    let Some(start) = line_start(bytes, BEGIN.as_bytes()) else {
        return bytes;
    };
    let end = line_start(&bytes[start..], END.as_bytes()).map(|end| start + end + END.len());
    // Whatever stands behind the block is not ours; then the whole file is the base.
    match end.map(|end| bytes[end..].trim_ascii()) {
        Some([]) => &bytes[..start],
        _ => bytes,
    }
}

/// Where a line with this text begins.
fn line_start(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii_end() == text {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// The base with the dataset's entries after it. `base` are the bytes, as
/// [`services_base`] gives them, and `file` is what they say.
pub fn merge_services(dataset: &Dataset, base: &[u8], file: &ServicesFile) -> Vec<u8> {
    let mut out = base.to_vec();
    if !out.is_empty() && !out.ends_with(b"\n") {
        out.push(b'\n');
    }
    let all = entries(dataset);
    let mut added = String::new();
    for ((port, transport), entry) in all.lines() {
        let known = names_at(file, *port, *transport);
        let lacking: Vec<&str> = entry.names().filter(|name| !known.contains(name)).collect();
        let Some((name, aliases)) = lacking.split_first() else {
            continue;
        };
        let here: Vec<&str> = file
            .at(*port, *transport)
            .map(|entry| entry.name.as_str())
            .collect();
        let comment = if here.is_empty() {
            entry.comment().to_owned()
        } else {
            format!("above: {}; {}", here.join(", "), entry.comment())
        };
        added.push_str(&line(name, *port, *transport, aliases, &comment));
    }
    for comment in all.comments() {
        added.push_str(comment);
        added.push('\n');
    }
    if !added.is_empty() {
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
