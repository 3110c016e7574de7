//! Formats for `export` alone: one file each, one line in [`OPENERS`] or [`EXPORTS`].
//!
//! A row without a transport opens nothing unless it was asked for; each format names
//! such rows in a comment where it has comments. Where nothing is to be opened there is
//! nothing to write, see [`opens_nothing`].

mod firewalld;
mod iptables;
mod list;
mod markdown;
mod nftables;
mod nmap;
#[cfg(feature = "parquet")]
mod parquet;
mod pf;
mod ufw;
mod wireshark;

use std::collections::BTreeMap;

use appleports_model::{Dataset, PortRange, PortSet, Record, Transport, one_line};

use crate::formats::Format;

/// The formats that open ports, or have them scanned: the union of the rows.
pub static OPENERS: &[Format] = &[
    Format {
        name: "nftables",
        file: "appleports.nft",
        write: |dataset| text(nftables::write(dataset)),
    },
    Format {
        name: "iptables",
        file: "appleports.rules",
        write: |dataset| text(iptables::write(dataset)),
    },
    Format {
        name: "pf",
        file: "appleports.conf",
        write: |dataset| text(pf::write(dataset)),
    },
    Format {
        name: "firewalld",
        file: "appleports.xml",
        write: |dataset| text(firewalld::write(dataset)),
    },
    Format {
        name: "ufw",
        file: "appleports",
        write: |dataset| text(ufw::write(dataset)),
    },
    Format {
        name: "nmap",
        file: "appleports.nmap",
        write: |dataset| text(nmap::write(dataset)),
    },
    Format {
        name: "list",
        file: "appleports.txt",
        write: |dataset| text(list::write(dataset)),
    },
];

/// Further formats that `export` knows besides those of the output folder.
pub static EXPORTS: &[Format] = &[
    Format {
        name: "wireshark",
        file: "appleports.services",
        write: |dataset| text(wireshark::write(dataset)),
    },
    #[cfg(feature = "parquet")]
    Format {
        name: "parquet",
        file: "ports.parquet",
        write: parquet::write,
    },
    Format {
        name: "markdown",
        file: "appleports.md",
        write: |dataset| text(markdown::write(dataset)),
    },
];

fn text(text: String) -> (Vec<u8>, Option<u64>) {
    (text.into_bytes(), None)
}

/// The ports to open: the union of all ranges, transport by transport. Only TCP and
/// UDP occur in the article.
fn open_ports(dataset: &Dataset) -> BTreeMap<Transport, PortSet> {
    let mut ranges: BTreeMap<Transport, Vec<PortRange>> = BTreeMap::new();
    for record in &dataset.records {
        // The verdicts, one a row: a filter may have left single rows of a record.
        for check in &record.cross_check {
            if let Some(transport) = check.transport {
                ranges.entry(transport).or_default().push(check.ports);
            }
        }
    }
    let sets = ranges
        .into_iter()
        .map(|(transport, ranges)| (transport, ranges.into_iter().collect()));
    sets.collect()
}

/// What rules for a firewall are about.
const INBOUND: &str =
    "Inbound: these rules let packets in; they say nothing of connections that go out.";

/// Whether the formats that open ports have nothing to open. Not every reader of theirs
/// takes a file without ports.
pub fn opens_nothing(dataset: &Dataset) -> bool {
    open_ports(dataset).is_empty()
}

/// The lines that head a file: what it is, and its sources.
fn heading(dataset: &Dataset) -> Vec<String> {
    let mut lines = vec!["Ports that Apple products use, from Apple's support article.".to_owned()];
    for source in &dataset.sources {
        lines.push(format!("Source: {}", one_line(&source.id)));
    }
    lines
}

/// The lines that head a file of rules: also what they are about, and the rows that they
/// leave out.
fn rules_heading(dataset: &Dataset) -> Vec<String> {
    let mut lines = heading(dataset);
    lines.push(INBOUND.to_owned());
    lines.extend(without_transport(dataset));
    lines
}

/// The rows to which the article gives no transport: they open nothing, or what
/// somebody asked for.
fn without_transport(dataset: &Dataset) -> Vec<String> {
    dataset
        .records
        .iter()
        .filter(|record| record.has_no_transport())
        .map(|record| {
            let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
            let text = subject(record);
            let transports: Vec<&str> = record.transports.iter().map(|one| one.as_str()).collect();
            let done = if transports.is_empty() {
                "Not opened".to_owned()
            } else {
                format!("Opened for {} as asked", transports.join(" and "))
            };
            format!(
                "{done}, the article gives no transport: {} ({text})",
                ports.join(", ")
            )
        })
        .collect()
}

/// What a record is about, in a few words: its title, or else who uses it.
fn subject(record: &Record) -> String {
    let text = if record.title.is_empty() {
        &record.used_by
    } else {
        &record.title
    };
    one_line(text).chars().take(60).collect()
}

/// A heading as comments that begin with `#`.
fn comments(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| format!("# {line}\n")).collect();
    lines.concat()
}

/// `first-last` with another character between, or the one port.
fn joined(range: PortRange, between: char) -> String {
    if range.is_single() {
        range.first().to_string()
    } else {
        format!("{}{between}{}", range.first(), range.last())
    }
}

/// The ranges in groups that fit into one multiport match: at most 15 ports, a range
/// counting as two.
fn groups(set: &PortSet) -> Vec<Vec<PortRange>> {
    let mut groups: Vec<Vec<PortRange>> = Vec::new();
    let mut slots = 0;
    for range in set.ranges() {
        let needed = if range.is_single() { 1 } else { 2 };
        match groups.last_mut() {
            Some(group) if slots + needed <= 15 => {
                group.push(*range);
                slots += needed;
            }
            _ => {
                groups.push(vec![*range]);
                slots = needed;
            }
        }
    }
    groups
}
