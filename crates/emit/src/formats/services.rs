//! `services`: services(5), one line per port and transport.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{
    Dataset, Finding, PortRange, Record, Rule, Transport, is_service_name, one_line,
};

use super::services_line::{ALIAS_ROOM, MAX_LINE, line, shorten};
use crate::rules;

/// One line: a port and transport with its names.
pub(super) struct Entry {
    name: String,
    /// The further names that fit on the line.
    aliases: Vec<String>,
    /// Those that do not.
    cut: BTreeSet<String>,
    /// The bytes that the further names take, or would.
    used: usize,
    comment: String,
}

impl Entry {
    fn new(name: String, comment: String) -> Self {
        Self {
            name,
            aliases: Vec::new(),
            cut: BTreeSet::new(),
            used: 0,
            comment,
        }
    }

    /// The names that are written, the official one first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .map(String::as_str)
    }

    /// What the comment says, not yet cut to length.
    pub(super) fn comment(&self) -> &str {
        &self.comment
    }

    /// Adds an alias that is new; false where the line has no room for it. Behind one
    /// that has no room there is none for others.
    fn add(&mut self, alias: &str) -> bool {
        if self.names().any(|own| own == alias) || self.cut.contains(alias) {
            return true;
        }
        self.used += alias.len() + 1;
        let fits = self.used <= ALIAS_ROOM;
        if fits {
            self.aliases.push(alias.to_owned());
        } else {
            self.cut.insert(alias.to_owned());
        }
        fits
    }

    /// Adds to the comment; what would be cut off anyway is not kept.
    fn remark(&mut self, comment: &str) {
        if self.comment.len() <= MAX_LINE && !self.comment.contains(comment) {
            self.comment = format!("{}; {comment}", self.comment);
        }
    }
}

/// The file's content before it is written.
#[derive(Default)]
pub(super) struct Entries {
    /// By port and transport.
    lines: BTreeMap<(u16, Transport), Entry>,
    /// Rows that services(5) cannot carry, as comments, by their first port.
    comments: BTreeMap<u16, Vec<String>>,
    pub(super) findings: Vec<Finding>,
}

/// Where a name stands, and the last record that has it.
type Places<'a> = BTreeMap<(String, Transport), (BTreeSet<u16>, Option<&'a Record>)>;

/// Names and ports of a row: a range stands for the port that owns the name.
fn named_ports(record: &Record, ports: PortRange) -> Vec<(u16, &str)> {
    if record.port_names.is_empty() {
        vec![(ports.first(), &record.service_name)]
    } else {
        let own = record.port_names.iter();
        own.filter(|entry| ports.contains(entry.port))
            .map(|entry| (entry.port, entry.name.as_str()))
            .collect()
    }
}

pub(super) fn entries(dataset: &Dataset) -> Entries {
    let mut entries = Entries::default();
    let mut places = Places::new();
    for record in &dataset.records {
        let mut left_out = record.service_name.is_empty() && record.port_names.is_empty();
        if record.transports.is_empty() {
            left_out = true;
        }
        let rows = record.cross_check.iter();
        for (ports, transport) in rows.filter_map(|row| Some((row.ports, row.transport?))) {
            let names = named_ports(record, ports).into_iter();
            for (port, name) in names.filter(|(_, name)| !name.is_empty()) {
                left_out |= !entries.add(record, (port, transport), name, &mut places);
            }
        }
        if left_out {
            entries.comment(record);
        }
    }
    entries.report_repeated_names(places);
    entries
}

impl Entries {
    /// The entries by port and transport.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&(u16, Transport), &Entry)> {
        self.lines.iter()
    }

    /// The comments, by port.
    pub(super) fn comments(&self) -> impl Iterator<Item = &String> {
        self.comments.values().flatten()
    }

    /// Adds a name; false where services(5) cannot carry it.
    fn add<'a>(
        &mut self,
        record: &'a Record,
        (port, transport): (u16, Transport),
        name: &str,
        places: &mut Places<'a>,
    ) -> bool {
        let place = format!("{port}/{transport}");
        let mut names = vec![name];
        if !is_service_name(name) {
            let check = record
                .cross_check
                .iter()
                .find(|check| check.transport == Some(transport) && check.ports.first() == port);
            let registered = check.map_or(&[][..], |check| check.iana_names.as_slice());
            let regular = registered.iter().find(|other| is_service_name(other));
            let Some(regular) = regular.filter(|_| registered.iter().any(|other| other == name))
            else {
                let message = format!("`{name}` on {place} is not in the services file");
                self.find(&rules::NAME_LEFT_OUT, record, message, &[name, &place]);
                return false;
            };
            let message = format!("`{name}` on {place} is written as an alias of `{regular}`");
            let values = [name, &place, regular];
            self.find(&rules::NAME_AS_ALIAS, record, message, &values);
            names.insert(0, regular);
        }
        let comment = describe(record);
        let first = || Entry::new(names[0].to_owned(), comment.clone());
        let entry = self.lines.entry((port, transport)).or_insert_with(first);
        entry.remark(&comment);
        let mut cut = Vec::new();
        for own in names {
            if !entry.add(own) {
                cut.push(own);
            }
            let (ports, owner) = places.entry((own.to_owned(), transport)).or_default();
            ports.insert(port);
            if own == name {
                *owner = Some(record);
            }
        }
        for alias in cut {
            let message = format!("the line of {place} has no room for the alias `{alias}`");
            self.find(&rules::NAME_LEFT_OUT, record, message, &[alias, &place]);
        }
        true
    }

    fn find(&mut self, rule: &Rule, record: &Record, message: String, values: &[&str]) {
        let place = &record.provenance;
        let found = Finding::new(rule, &place.source, place.line_first, message);
        self.findings.push(found.about(&record.id).with(values));
    }

    fn comment(&mut self, record: &Record) {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record
            .transports
            .iter()
            .map(|transport| transport.as_str())
            .collect();
        let transports = if transports.is_empty() {
            "(no transport)".to_owned()
        } else {
            transports.join("/")
        };
        let text = format!("# {} {transports}: {}", ports.join(", "), describe(record));
        let first = record.ports.first().map_or(0, |range| range.first());
        self.comments
            .entry(first)
            .or_default()
            .push(shorten(&text, MAX_LINE).into_owned());
    }

    fn report_repeated_names(&mut self, places: Places<'_>) {
        let repeated = |(_, (ports, _)): &(_, (BTreeSet<u16>, _))| ports.len() > 1;
        for ((name, transport), (ports, owner)) in places.into_iter().filter(repeated) {
            let list: Vec<String> = ports.iter().map(ToString::to_string).collect();
            if let (Some(record), Some(first)) = (owner, ports.first()) {
                let message = format!(
                    "`{name}` stands on {}/{transport}; by name, only {first} is found",
                    list.join(", "),
                );
                let values: Vec<&str> = [name.as_str(), transport.as_str()]
                    .into_iter()
                    .chain(list.iter().map(String::as_str))
                    .collect();
                self.find(&rules::NAME_ON_SEVERAL_PORTS, record, message, &values);
            }
        }
    }
}

/// What the comment says: the title, or the used-by text where there is none.
fn describe(record: &Record) -> String {
    let text = if record.title.is_empty() {
        &record.used_by
    } else {
        &record.title
    };
    let mut text = one_line(text);
    if record.deprecated {
        text.push_str(" [deprecated]");
    }
    if text.is_empty() {
        "no description".to_owned()
    } else {
        text
    }
}

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let entries = entries(dataset);
    let mut out = String::from(
        "# services(5): ports that Apple products use, from Apple's support article.\n",
    );
    for source in dataset.sources_of_rows() {
        let (titled, url) = (source.titled(), &source.url);
        out.push_str(&shorten(
            &one_line(&format!("# Source: {titled}, {url}")),
            MAX_LINE,
        ));
        out.push('\n');
    }
    out.push_str(
        "# Rows without a name or transport are comments. Generated by appleports; do not edit.\n",
    );
    let mut comments = entries.comments.iter().peekable();
    for ((port, transport), entry) in &entries.lines {
        while let Some((_, lines)) = comments.next_if(|(first, _)| *first < port) {
            push_lines(&mut out, lines);
        }
        let aliases: Vec<&str> = entry.names().skip(1).collect();
        out.push_str(&line(
            &entry.name,
            *port,
            *transport,
            &aliases,
            &entry.comment,
        ));
    }
    for (_, lines) in comments {
        push_lines(&mut out, lines);
    }
    (out.into_bytes(), Some(entries.lines.len() as u64))
}

fn push_lines(out: &mut String, lines: &[String]) {
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
}
