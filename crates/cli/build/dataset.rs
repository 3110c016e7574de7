//! The dataset that the command carries, if it is that of the sources.

use std::fs;
use std::path::Path;

use super::digest_of;

/// The files of the dataset as they are committed, below the repository's root. `BUILT_FROM` names
/// the registry, and has the digest of its name, of the others and of the sources.
pub(crate) const OUTPUTS: [&str; 2] = ["output/ports.json", "output/findings.json"];
pub(crate) const ADDITIONS: &str = "crates/cli/built-in/additions.json";
pub(crate) const BUILT_FROM: &str = "crates/cli/built-in/built-from";

/// The rows, the findings, the additions and the registry; none where they are not those that were
/// generated from these sources.
pub(crate) fn dataset(root: &Path, sources: &[(String, Vec<u8>)]) -> Option<[Vec<u8>; 4]> {
    let read = |path: &str| fs::read(root.join(path)).ok();
    let [ports, findings] = OUTPUTS.map(read);
    let (ports, findings, additions) = (ports?, findings?, read(ADDITIONS)?);
    let from = String::from_utf8(read(BUILT_FROM)?).ok()?;
    let from = from.strip_prefix("sha256 ")?.strip_suffix('\n')?;
    let (sha256, registry) = from.split_once("\nregistry ")?;
    let others = [&*ports, &findings, &additions, registry.as_bytes()];
    if digest_of(sources, others) != sha256 {
        return None;
    }
    let (_, registry) = sources.iter().find(|(path, _)| path == registry)?;
    Some([
        compact(&ports),
        compact(&findings),
        additions,
        registry.clone(),
    ])
}

/// Our JSON without line breaks and indentation: texts have neither, since JSON escapes them.
fn compact(json: &[u8]) -> Vec<u8> {
    let lines = json.split(|byte| *byte == b'\n');
    lines.flat_map(<[u8]>::trim_ascii_start).copied().collect()
}
