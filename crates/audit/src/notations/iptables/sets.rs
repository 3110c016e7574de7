//! The sets of ipset that rules match.

use std::collections::BTreeSet;
use std::ops::Range;

use appleports_model::Quoted;

use crate::expression::Reader;
use crate::notations::words;
use crate::transports::Transports;

/// The sets that the text creates for ipset without ports in them: `create apple hash:net`.
pub(super) fn of_addresses(text: &str) -> BTreeSet<&str> {
    let created = text.lines().filter_map(|line| {
        let mut fields = words(line).map(|(_, word)| word);
        fields.find(|word| matches!(*word, "create" | "-N"))?;
        let name = fields.next()?;
        fields.next().filter(|kind| !kind.contains("port"))?;
        Some(name)
    });
    created.collect()
}

/// Reports the sets that a rule without ports matches: each may have some.
pub(super) fn report(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    transports: Transports,
    of_addresses: &BTreeSet<&str>,
) {
    let text = reader.text;
    let all: Vec<(usize, &str)> = words(&text[line.clone()]).collect();
    for window in all.windows(3) {
        let [(_, "--match-set"), (at, name), (_, flags)] = window else {
            continue;
        };
        if flags.split(',').any(|flag| flag == "dst") && !of_addresses.contains(name) {
            let place = line.start + at..line.start + at + name.len();
            let reason = format!(
                "the set `{}` may have ports, and sets are not read",
                Quoted(name)
            );
            reader.unknown(place, transports, reason);
        }
    }
}
