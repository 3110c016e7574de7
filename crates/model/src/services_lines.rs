//! What a services(5) file can carry of the article: one line for each port and transport.

use std::collections::{BTreeMap, BTreeSet};

use crate::name::is_service_name;
use crate::port::PortRange;
use crate::record::Record;
use crate::transport::Transport;

/// Aliases beyond these bytes would make a line longer than the 128 bytes that some readers
/// of services(5) take.
pub const MAX_ALIAS_BYTES: usize = 80;

/// The lines of a services file, and what does not fit into one.
#[derive(Clone, Debug, Default)]
pub struct ServicesLines<'a> {
    /// By port and transport.
    pub lines: BTreeMap<(u16, Transport), ServicesLine<'a>>,
    /// Records that have no line for one of their rows: a name or a transport is missing, or
    /// services(5) cannot carry the name.
    pub left_out: Vec<&'a Record>,
    /// What is odd about the names, in the order of the records.
    pub oddities: Vec<(&'a Record, Oddity)>,
}

/// One line: the names of a port and transport.
#[derive(Clone, Debug)]
pub struct ServicesLine<'a> {
    /// The official name.
    pub name: String,
    /// The further names that fit on the line.
    pub aliases: Vec<String>,
    /// The records that it is made of.
    pub records: Vec<&'a Record>,
    /// Names that do not fit.
    cut: BTreeSet<String>,
    /// The bytes that the further names take, or would.
    used: usize,
}

/// What is odd about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The name is none by RFC 6335, section 5.1, and has no line.
    NoName {
        /// The name.
        name: String,
        /// Its port and transport, such as `53/tcp`.
        place: String,
    },
    /// The line has no room for the name.
    NoRoom {
        /// The name.
        alias: String,
        /// The port and transport of the line.
        place: String,
    },
    /// The name is none by RFC 6335, but the registry has it beside a regular one: it is an
    /// alias of that.
    AsAlias {
        /// The name.
        name: String,
        /// Its port and transport.
        place: String,
        /// The registered name.
        regular: String,
    },
    /// The name stands on several ports of one transport, and only the first is found by it.
    SeveralPorts {
        /// The name.
        name: String,
        /// The transport.
        transport: Transport,
        /// The ports.
        ports: BTreeSet<u16>,
    },
}

/// Where a name stands, and the record that has it on the highest port, by its id among several:
/// in which order the records come says nothing.
type Places<'a> = BTreeMap<(String, Transport), (BTreeSet<u16>, Option<(u16, &'a Record)>)>;

impl<'a> ServicesLines<'a> {
    /// The lines of the records, in their order. The records have their verdicts.
    pub fn of(records: &'a [Record]) -> Self {
        let mut lines = Self::default();
        let mut places = Places::new();
        for record in records {
            let has_no_name = record.service_name.is_empty() && record.port_names.is_empty();
            let mut is_left_out = has_no_name || record.transports.is_empty();
            let rows = record.cross_check.iter();
            for (ports, transport) in rows.filter_map(|row| Some((row.ports, row.transport?))) {
                for (port, name) in named_ports(record, ports) {
                    is_left_out |= !lines.add(record, (port, transport), name, &mut places);
                }
            }
            if is_left_out {
                lines.left_out.push(record);
            }
        }
        lines.note_repeated_names(places);
        lines
    }

    /// Adds a name; false where services(5) cannot carry it.
    fn add(
        &mut self,
        record: &'a Record,
        (port, transport): (u16, Transport),
        name: &str,
        places: &mut Places<'a>,
    ) -> bool {
        let place = || format!("{port}/{transport}");
        let mut names = vec![name];
        if !is_service_name(name) {
            let Some(regular) = registered_beside(record, (port, transport), name) else {
                let (name, place) = (name.to_owned(), place());
                self.oddities.push((record, Oddity::NoName { name, place }));
                return false;
            };
            let oddity = Oddity::AsAlias {
                name: name.to_owned(),
                place: place(),
                regular: regular.to_owned(),
            };
            self.oddities.push((record, oddity));
            names.insert(0, regular);
        }
        let line = self.lines.entry((port, transport));
        let line = line.or_insert_with(|| ServicesLine::new(names[0].to_owned()));
        line.records.push(record);
        for written in names {
            if !line.add(written) {
                let (alias, place) = (written.to_owned(), place());
                self.oddities
                    .push((record, Oddity::NoRoom { alias, place }));
            }
            let (ports, owner) = places.entry((written.to_owned(), transport)).or_default();
            ports.insert(port);
            let is_later =
                |(last, owner): &mut (u16, &Record)| (port, &record.id) >= (*last, &owner.id);
            if written == name && owner.as_mut().is_none_or(is_later) {
                *owner = Some((port, record));
            }
        }
        true
    }

    fn note_repeated_names(&mut self, places: Places<'a>) {
        for ((name, transport), (ports, owner)) in places {
            if let Some((_, record)) = owner.filter(|_| ports.len() > 1) {
                let oddity = Oddity::SeveralPorts {
                    name,
                    transport,
                    ports,
                };
                self.oddities.push((record, oddity));
            }
        }
    }
}

impl ServicesLine<'_> {
    fn new(name: String) -> Self {
        Self {
            name,
            aliases: Vec::new(),
            records: Vec::new(),
            cut: BTreeSet::new(),
            used: 0,
        }
    }

    /// The names that are written, the official one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .map(String::as_str)
    }

    /// Adds an alias that is new; false where the line has no room for it. Behind one
    /// that has no room there is none for others.
    fn add(&mut self, alias: &str) -> bool {
        if self.names().any(|name| name == alias) || self.cut.contains(alias) {
            return true;
        }
        self.used += alias.len() + 1;
        let fits = self.used <= MAX_ALIAS_BYTES;
        if fits {
            self.aliases.push(alias.to_owned());
        } else {
            self.cut.insert(alias.to_owned());
        }
        fits
    }
}

/// Names and ports of a row, those with a name: a range stands for the port that owns the name.
fn named_ports(record: &Record, ports: PortRange) -> Vec<(u16, &str)> {
    let all: Vec<(u16, &str)> = if record.port_names.is_empty() {
        vec![(ports.first(), &record.service_name)]
    } else {
        let entries = record.port_names.iter();
        entries
            .filter(|entry| ports.contains(entry.port))
            .map(|entry| (entry.port, entry.name.as_str()))
            .collect()
    };
    let named = all.into_iter().filter(|(_, name)| !name.is_empty());
    named.collect()
}

/// The regular name that the registry has beside this irregular one.
fn registered_beside<'a>(
    record: &'a Record,
    (port, transport): (u16, Transport),
    name: &str,
) -> Option<&'a str> {
    let mut checks = record.cross_check.iter();
    let check =
        checks.find(|check| check.transport == Some(transport) && check.ports.first() == port)?;
    let names = &check.iana_names;
    let regular = names.iter().find(|other| is_service_name(other))?;
    names.iter().any(|other| other == name).then_some(regular)
}
