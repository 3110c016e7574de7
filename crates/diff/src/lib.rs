//! Semantic differences between two sets of records.
//!
//! Records are matched by their id, never by their place, so moved rows and
//! reordered files are no change.

use std::collections::BTreeMap;

use appleports_model::Record;

/// What changed between two sets of records, by record id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records that only the new set has.
    pub added: Vec<String>,
    /// Records that only the old set has.
    pub removed: Vec<String>,
    /// Records whose fields differ, with the names of the fields.
    pub changed: Vec<(String, Vec<&'static str>)>,
}

impl Changes {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two sets of records.
pub fn changes(old: &[Record], new: &[Record]) -> Changes {
    let index = |records: &'_ [Record]| -> BTreeMap<String, usize> {
        records
            .iter()
            .enumerate()
            .map(|(at, record)| (record.id.clone(), at))
            .collect()
    };
    let (before, after) = (index(old), index(new));
    let mut changes = Changes::default();
    for (id, at) in &after {
        match before.get(id) {
            None => changes.added.push(id.clone()),
            Some(was) => {
                let fields = changed_fields(&old[*was], &new[*at]);
                if !fields.is_empty() {
                    changes.changed.push((id.clone(), fields));
                }
            }
        }
    }
    changes.removed = before
        .into_keys()
        .filter(|id| !after.contains_key(id))
        .collect();
    changes
}

fn changed_fields(old: &Record, new: &Record) -> Vec<&'static str> {
    [
        ("ports", old.ports != new.ports),
        ("transports", old.transports != new.transports),
        ("port_names", old.port_names != new.port_names),
        ("service_name", old.service_name != new.service_name),
        ("title", old.title != new.title),
        ("rfcs", old.rfcs != new.rfcs),
        ("registration", old.registration != new.registration),
        ("deprecated", old.deprecated != new.deprecated),
        ("used_by", old.used_by != new.used_by),
        ("products", old.products != new.products),
        ("note", old.note != new.note),
        (
            "corrections",
            old.corrections.len() != new.corrections.len(),
        ),
        ("cross_check", verdicts(old) != verdicts(new)),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}

/// What the registry says, without the lines on which it stands.
fn verdicts(record: &Record) -> Vec<(appleports_model::IanaStatus, &[String])> {
    record
        .cross_check
        .iter()
        .map(|check| (check.iana_status, check.iana_names.as_slice()))
        .collect()
}
