//! Macros of pf, of which rules take their ports.

use std::collections::BTreeMap;

use super::{destination, is_closed, is_rule, proto, statements};
use crate::expression::Reader;
use crate::transports::Transports;

/// The name of a macro and where its value begins.
pub(super) fn definition(line: &str) -> Option<(&str, usize)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some((name, line.len() - value.len()))
}

/// The transports of the rules that use each macro for destination ports.
pub(super) fn macros(reader: &Reader<'_>) -> BTreeMap<String, Transports> {
    let mut used: BTreeMap<String, Transports> = BTreeMap::new();
    for (_, span) in statements(reader) {
        let line = &reader.text[span];
        if !is_rule(line) || is_closed(line) {
            continue;
        }
        let names = destination(line)
            .unwrap_or_default()
            .split(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '{' | '}'));
        let transports = proto(line);
        for name in names.filter_map(|word| word.strip_prefix('$')) {
            let set = used.entry(name.to_owned()).or_default();
            *set = set.and(transports);
        }
    }
    nested(reader, &mut used);
    used
}

/// The deepest that macros are used in each other.
const MAX_NESTED: usize = 8;

/// Adds the macros that are in the values of others.
fn nested(reader: &Reader<'_>, used: &mut BTreeMap<String, Transports>) {
    for _ in 0..MAX_NESTED {
        let before = used.clone();
        for (_, span) in statements(reader) {
            let line = &reader.text[span];
            let value = definition(line).map(|(name, from)| (used.get(name).copied(), from));
            let Some((Some(transports), from)) = value else {
                continue;
            };
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
            let words = line[from..].split(|c: char| !is_part(c));
            for name in words.filter_map(|word| word.strip_prefix('$')) {
                let set = used.entry(name.to_owned()).or_default();
                *set = set.and(transports);
            }
        }
        if before == *used {
            break;
        }
    }
}
