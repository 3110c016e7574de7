//! Stable keys for records.

use std::collections::BTreeSet;

use crate::record::Record;
use crate::text::fold;

/// Gives each record its key and returns nothing else.
///
/// The key says what the record is about, in the reader's terms: ports,
/// transports, service name, such as `500-udp-isakmp`, `1099+8043-tcp-rmiregistry`
/// or `11211-unknown` where the article gives no transport. It uses only fields
/// that do not change with the language of the capture, and no position, so it
/// stays when rows move and when wording changes. Where two records agree in all
/// of these, the later ones add their title, and if that is the same too, a
/// digest of their used-by text.
pub fn assign_ids(records: &mut [Record]) {
    let mut seen = BTreeSet::new();
    for record in records {
        let base = base(record);
        let candidates = [
            base.clone(),
            format!("{base}-{}", slug(&record.title)),
            format!(
                "{base}-{:08x}",
                fnv1a(&format!(
                    "{}\n{}\n{}",
                    record.title, record.used_by, record.note
                ))
            ),
        ];
        let id = candidates
            .into_iter()
            .find(|id| !id.ends_with('-') && !seen.contains(id))
            .unwrap_or_else(|| next_free(&base, &seen));
        seen.insert(id.clone());
        record.id = id;
    }
}

fn base(record: &Record) -> String {
    let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
    let transports: Vec<&str> = record.transports.iter().map(|t| t.as_str()).collect();
    let mut id = ports.join("+");
    id.push('-');
    id.push_str(if transports.is_empty() { "unknown" } else { "" });
    id.push_str(&transports.join("+"));
    let name = slug(&record.service_name);
    if !name.is_empty() {
        id.push('-');
        id.push_str(&name);
    }
    id
}

/// Folded text with everything but letters and digits as single hyphens, at most 40 bytes.
fn slug(text: &str) -> String {
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

/// FNV-1a, 32 bits: a short stable digest for keys, not for security.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Only reached when two records collide in every text they have.
fn next_free(base: &str, seen: &BTreeSet<String>) -> String {
    let mut count = 2_u32;
    loop {
        let id = format!("{base}-again{count}");
        if !seen.contains(&id) {
            return id;
        }
        count += 1;
    }
}
