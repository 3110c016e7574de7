//! The committed facts about the cited RFCs, taken from an RFC index.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use appleports_check::parse_corrections;
use appleports_model::{CorrectedField, Date, RfcIndex, SourceId};
use appleports_store::{Manifest, SourceFolder, publish};

use crate::captures::Captures;
use crate::failure::{EditionError, Failure};
use crate::interpret::vocabulary;
use crate::kinds::rfc_index;

/// Takes number, month, status and successors of every RFC that a stored capture
/// or a correction cites, and of all that replaced it, from the index at `path`,
/// and stores them as `sources/rfc/<date>.facts.toml` with its manifest.
///
/// # Errors
/// [`Failure::Input`] when a source or the index cannot be read, when the index
/// has no date, or when the facts cannot be written.
pub fn store_rfc_facts(sources: &SourceFolder, path: &Path) -> Result<SourceId, Failure> {
    let (info, index) = rfc_index::outside(path)?;
    let id = info
        .source_id()
        .ok_or_else(|| EditionError::UndatedRfcIndex {
            path: path.display().to_string(),
        })?;
    let date = id.date();
    let text = facts(date, &index, &with_successors(&index, cited(sources)?));
    let file = format!("{date}.facts.toml");
    let manifest = Manifest {
        url: Some(rfc_index::URL.to_owned()),
        obtained: "taken from the RFC index by `cargo xtask rfc-facts`".to_owned(),
        licence: Some("facts; no text of the index".to_owned()),
        ..Manifest::of(&id, &file, "application/toml", text.as_bytes())
    };
    let manifest = manifest.to_toml()?;
    let name = format!("{date}.toml");
    publish(
        &sources.writable()?.join(id.kind().folder()),
        &[(&file, text.as_bytes()), (&name, manifest.as_bytes())],
    )?;
    Ok(id)
}

/// The RFCs that any stored capture or any correction cites.
fn cited(sources: &SourceFolder) -> Result<BTreeSet<u32>, Failure> {
    let mut numbers = BTreeSet::new();
    for capture in &Captures::read(sources, &vocabulary(sources)?)?.all {
        let cited = capture.records().iter().map(|record| &record.rfcs);
        numbers.extend(cited.flatten());
    }
    let (path, text) = sources.corrections()?;
    for correction in parse_corrections(&path, &text)? {
        if correction.field == CorrectedField::Rfcs {
            numbers.extend(
                correction
                    .value
                    .split(' ')
                    .filter_map(|word| word.parse::<u32>().ok()),
            );
        }
    }
    Ok(numbers)
}

/// The numbers and all that replaced them, link by link.
fn with_successors(index: &RfcIndex, numbers: BTreeSet<u32>) -> BTreeSet<u32> {
    let mut open: Vec<u32> = numbers.into_iter().collect();
    let mut all = BTreeSet::new();
    while let Some(number) = open.pop() {
        if all.insert(number) {
            open.extend(
                index
                    .get(number)
                    .into_iter()
                    .flat_map(|entry| &entry.obsoleted_by),
            );
        }
    }
    all
}

fn facts(date: Date, index: &RfcIndex, numbers: &BTreeSet<u32>) -> String {
    let mut out = format!(
        "# Facts about the RFCs that the article cites, and about their successors, from\n\
         # the RFC index of {date}. Written by `cargo xtask rfc-facts`; do not edit.\n"
    );
    for entry in numbers.iter().filter_map(|number| index.get(*number)) {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "\n[[rfc]]\nnumber = {}\ndate = \"{}\"\nstatus = \"{}\"\nobsoleted_by = {:?}\n",
            entry.number,
            entry.date,
            entry.status.replace(['"', '\\'], ""),
            entry.obsoleted_by
        );
    }
    out
}
