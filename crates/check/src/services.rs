//! How a row of `ports.csv` stands in a services(5) file, at its first port.

use appleports_model::{PortRange, Record, ServicesEntry, ServicesFile, Transport};

/// What a services file says about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome<'a> {
    /// The name is the official one.
    Same,
    /// The name is an alias of the entry's official name.
    Alias(&'a ServicesEntry),
    /// The port has other names, and the file does not know ours.
    OtherName(Vec<&'a ServicesEntry>),
    /// By our name, the file gives another port: this entry. Beside it the entries of our port.
    Conflicting(&'a ServicesEntry, Vec<&'a ServicesEntry>),
    /// The file has neither the name nor the port.
    Missing,
    /// The article gives no name, the file does.
    Offered(Vec<&'a ServicesEntry>),
    /// Nothing to compare: no transport, or no name on either side.
    Nothing,
}

pub(crate) fn outcome<'a>(
    record: &Record,
    ports: PortRange,
    transport: Option<Transport>,
    file: &'a ServicesFile,
) -> Outcome<'a> {
    let Some(transport) = transport else {
        return Outcome::Nothing;
    };
    let name = record.name_at(ports.first());
    let here: Vec<&ServicesEntry> = file.at(ports.first(), transport).collect();
    if name.is_empty() {
        return if here.is_empty() {
            Outcome::Nothing
        } else {
            Outcome::Offered(here)
        };
    }
    // By name, the C library gives the first line that has it, as the official name or an alias.
    let first = file.named(name, transport).next();
    if let Some(elsewhere) = first.filter(|entry| entry.port != ports.first()) {
        Outcome::Conflicting(elsewhere, here)
    } else if here.iter().any(|entry| entry.is_named(name)) {
        Outcome::Same
    } else if let Some(entry) = here.iter().find(|entry| entry.has_alias(name)) {
        Outcome::Alias(entry)
    } else if here.is_empty() {
        Outcome::Missing
    } else {
        Outcome::OtherName(here)
    }
}

/// How the rows of `ports.csv` that have a name and a transport stand in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServicesSummary {
    /// The name is the official one.
    pub same: u32,
    /// The port has other names.
    pub other_name: u32,
    /// The name is an alias.
    pub alias: u32,
    /// Neither name nor port is there.
    pub missing: u32,
    /// The name is there for another port.
    pub conflicting: u32,
}

/// Counts how the rows stand in a file.
pub fn summarise_services(records: &[Record], file: &ServicesFile) -> ServicesSummary {
    let mut summary = ServicesSummary::default();
    for record in records {
        for (ports, transport) in record.rows() {
            match outcome(record, ports, transport, file) {
                Outcome::Same => summary.same += 1,
                Outcome::OtherName(_) => summary.other_name += 1,
                Outcome::Alias(_) => summary.alias += 1,
                Outcome::Missing => summary.missing += 1,
                Outcome::Conflicting(..) => summary.conflicting += 1,
                Outcome::Offered(_) | Outcome::Nothing => {}
            }
        }
    }
    summary
}
