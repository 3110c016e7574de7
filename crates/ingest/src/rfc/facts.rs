//! The project's own file of facts about the cited RFCs: TOML, no titles.

use appleports_model::{RfcEntry, RfcIndex};
use serde::Deserialize;
use toml::Spanned;

use crate::lines::LineCounter;
use crate::refusal::{Refusal, check_length};

/// What every file of facts begins with.
pub(crate) const FIRST_WORDS: &[u8] = b"# Facts about the RFCs";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    rfc: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    number: Spanned<u32>,
    date: String,
    status: String,
    obsoleted_by: Vec<u32>,
}

pub(crate) fn read(edition: &str, bytes: &[u8]) -> Result<RfcIndex, Refusal> {
    let refuse = |line: u64, reason: String| Refusal { line, reason };
    check_length(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| refuse(1, "the file is not UTF-8".into()))?;
    let mut lines = LineCounter::new(bytes);
    let facts: Facts = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| lines.at(span.start));
        refuse(line, error.message().to_owned())
    })?;
    let entries = facts.rfc.into_iter().map(|fact| RfcEntry {
        line: u32::try_from(lines.at(fact.number.span().start)).unwrap_or(u32::MAX),
        number: fact.number.into_inner(),
        title: String::new(),
        date: fact.date,
        status: fact.status,
        obsoleted_by: fact.obsoleted_by,
    });
    Ok(RfcIndex::new(edition, false, entries, []))
}
