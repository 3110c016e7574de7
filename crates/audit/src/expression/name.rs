//! Words in the place of ports: names that stand for some, and what is no port.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::Range;

use appleports_model::Quoted;

use super::Reader;
use crate::read::{MAX_ENTRIES, ReadError};
use crate::transports::Transports;

/// Why a word in the place of a port is not read.
pub(crate) const NO_PORT: &str = "it is not a port";

/// Whether a word is a variable: `$ports`, or `%ports%` of a batch file.
pub(super) fn is_variable(word: &str) -> bool {
    let batch = word
        .strip_prefix('%')
        .and_then(|name| name.strip_suffix('%'));
    word.starts_with('$') || batch.is_some_and(|name| name.starts_with(char::is_alphabetic))
}

/// Whether a word may stand for a port, or for several: `https`, `$ports`, `@ports`.
pub(crate) fn is_name(word: &str) -> bool {
    let name = word.trim_start_matches(['$', '@']);
    if is_variable(word) {
        return true;
    }
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Whether a word may be meant to be a port: it has a letter or a digit, and is no address.
pub(crate) fn may_be_port(word: &str) -> bool {
    let address = word.split('/').next().unwrap_or_default();
    let is_address = address.parse::<IpAddr>().is_ok() && !is_doubled(address);
    word.chars().any(char::is_alphanumeric) && !is_address
}

/// Whether a word is a range with its colon doubled, which would be an address of IPv6 elsewhere:
/// `9::99`.
pub(crate) fn is_doubled(word: &str) -> bool {
    let Some((first, last)) = word.split_once("::") else {
        return false;
    };
    let ends = first.parse::<u16>().ok().zip(last.parse::<u16>().ok());
    ends.is_some_and(|(first, last)| first < last)
}

impl Reader<'_> {
    /// Keeps a name that is written at a place. It is reported, unless the notation finds the value
    /// of a variable or a set, and unless a service has the name.
    pub(crate) fn named(
        &mut self,
        span: Range<usize>,
        transports: Transports,
    ) -> Result<(), ReadError> {
        let name = &self.text[span.clone()];
        let reason = match name.strip_prefix('@') {
            Some(set) => format!("the set `{}` is not in this file", Quoted(set)),
            None if is_variable(name) => format!("the value of `{}` is not known", Quoted(name)),
            None => format!("the port of `{}` is not known", Quoted(name)),
        };
        self.unresolved(span, name.to_owned(), transports, reason)
    }

    /// Keeps a name that stands for unknown ports, and reports the first place of it.
    pub(crate) fn unresolved(
        &mut self,
        span: Range<usize>,
        name: String,
        transports: Transports,
        reason: String,
    ) -> Result<(), ReadError> {
        self.unresolved
            .entry(name.clone())
            .or_insert((span, reason));
        self.name(name, transports)
    }

    /// Keeps a name that stands for ports.
    pub(crate) fn name(&mut self, name: String, transports: Transports) -> Result<(), ReadError> {
        if self.names.len() == MAX_ENTRIES {
            return Err(ReadError::TooManyEntries);
        }
        self.names.push((name, transports.without_mark().0));
        Ok(())
    }

    /// Reports the names that are left, each once.
    pub(super) fn report_unresolved(&mut self) {
        let mut unresolved = std::mem::take(&mut self.unresolved);
        let names: BTreeSet<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        unresolved.retain(|name, _| names.contains(name.as_str()));
        let mut places: Vec<(Range<usize>, String)> = unresolved.into_values().collect();
        places.sort_by_key(|(span, _)| span.start);
        for (span, reason) in places {
            let name =
                Some(&self.text[span.clone()]).filter(|word| !word.starts_with(['$', '@', '%']));
            let name = name.map(str::to_owned);
            let before = self.reports.count();
            self.unread(span, reason);
            if let Some(part) = self.reports.get_mut(before) {
                part.name = name;
            }
        }
    }

    /// Reports a part of the text that has ports and is not read, so that none of the transports
    /// is called missing.
    pub(crate) fn unknown(&mut self, span: Range<usize>, transports: Transports, reason: String) {
        if self.names.len() < MAX_ENTRIES {
            let name = "@unread".to_owned();
            self.names.push((name, transports.without_mark().0));
        }
        self.unread(span, reason);
    }
}
