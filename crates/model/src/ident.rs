//! Stable keys for records.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::fnv1a_32;
use crate::port::PortRange;
use crate::record::Record;
use crate::text::{fold, joined};

/// Gives each record its key and returns nothing else.
///
/// The key says what the record is about, in the reader's terms: ports,
/// transports, service name, such as `500-udp-isakmp`, `1099+8043-tcp-rmiregistry`
/// or `11211-unknown` where the article gives no transport. It uses only fields
/// that do not change with the language of the capture, and no position, so it
/// stays when rows move and when wording changes; nor does the order of ports count.
/// Records that agree in all of these each add their title, and those that agree in the title as well a digest
/// of their texts.
pub fn assign_ids(records: &mut [Record]) {
    set_ids(records, base);
    lengthen(records, |record| {
        format!("{}-{}", record.id, words_of_id(&record.title))
    });
    lengthen(records, |record| {
        let texts = format!(
            "{}\n{}\n{}\n{:?}",
            record.title, record.used_by, record.note, record.rfcs
        );
        format!("{}-{:08x}", record.id, fnv1a_32(texts.bytes()))
    });
    if shared(records).is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    // How often each id was given. A page can hold any number of rows that collide, so the
    // count goes on where it was.
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for record in records {
        if seen.insert(record.id.clone()) {
            continue;
        }
        let count = counts.entry(record.id.clone()).or_insert(1);
        loop {
            *count += 1;
            let id = format!("{}-again{count}", record.id);
            if seen.insert(id.clone()) {
                record.id = id;
                break;
            }
        }
    }
}

fn set_ids(records: &mut [Record], id: impl Fn(&Record) -> String) {
    for record in records {
        record.id = id(record);
    }
}

/// The ids that several records have.
fn shared(records: &[Record]) -> BTreeSet<String> {
    let mut ids: Vec<&str> = records.iter().map(|record| &*record.id).collect();
    ids.sort_unstable();
    let several = ids.chunk_by(|one, next| one == next);
    let several = several.filter(|ids| ids.len() > 1);
    several.map(|ids| ids[0].to_owned()).collect()
}

/// Gives all records that share an id a longer one.
fn lengthen(records: &mut [Record], longer: impl Fn(&Record) -> String) {
    let shared = shared(records);
    let is_shared = |record: &&mut Record| shared.contains(&record.id);
    for record in records.iter_mut().filter(is_shared) {
        let id = longer(record);
        id.trim_end_matches('-').clone_into(&mut record.id);
    }
}

fn base(record: &Record) -> String {
    let mut id = ports_of_id(&record.ports);
    id.push('-');
    if record.transports.is_empty() {
        id.push_str("unknown");
    }
    id.push_str(&joined(&record.transports, "+"));
    let name = words_of_id(&record.service_name);
    if !name.is_empty() {
        id.push('-');
        id.push_str(&name);
    }
    id
}

/// The ports in order; of a list that takes more than 100 bytes, its beginning and a digest of all.
fn ports_of_id(ports: &[PortRange]) -> String {
    let mut ports = ports.to_vec();
    ports.sort_unstable();
    let whole = joined(&ports, "+");
    if whole.len() <= 100 {
        return whole;
    }
    let begin = &whole[..=whole[..80].rfind('+').unwrap_or_default()];
    format!("{begin}{:08x}", fnv1a_32(whole.bytes()))
}

/// A text as a part of a record's id: folded, with a hyphen for every run of other characters than
/// letters, digits and underscores, at most 40 bytes.
fn words_of_id(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
        if out.len() >= 40 {
            break;
        }
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_the_ports_as_far_as_they_are_few() {
        let id = |count: u16| {
            let ports = (0..count).map(|at| PortRange::single(10_000 + 2 * at));
            ports_of_id(&ports.collect::<Vec<_>>())
        };
        let [few, most, more, many] = [2, 16, 18, 2_000].map(id);
        assert_eq!(few, "10000+10002");
        assert_eq!(most.matches('+').count(), 15);
        assert!(
            more.starts_with("10000+10002+") && more.len() < 100,
            "{more}"
        );
        assert!(many.len() < 100 && many != more, "{many}");
    }
}
