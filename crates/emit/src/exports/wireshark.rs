//! A `services` file for Wireshark's configuration folder, with whole ranges.
//!
//! Wireshark knows ranges, which services(5) does not, and takes the last line that
//! fits; so the widest ranges come first.

use appleports_model::{Dataset, PortRange, Record, Transport, joined};

use crate::openers::{heading, subject};

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out = format!("# {}\n", heading(dataset).join("\n# "));
    let mut lines: Vec<(PortRange, Transport, String)> = Vec::new();
    for record in &dataset.records {
        let before = lines.len();
        for check in &record.cross_check {
            let Some(transport) = check.transport else {
                continue;
            };
            for (ports, name) in named(record, check.ports) {
                lines.push((ports, transport, format!("{name}\t{ports}/{transport}\n")));
            }
        }
        if lines.len() == before {
            out.push_str(&left_out(record));
        }
    }
    lines.sort_by_key(|(ports, transport, _)| {
        (std::cmp::Reverse(ports.count()), ports.first(), *transport)
    });
    // Of one range and transport only one name can be shown: the first.
    lines.dedup_by_key(|(ports, transport, _)| (*ports, *transport));
    for (.., line) in lines {
        out.push_str(&line);
    }
    out
}

/// The range under the name of its first port, and each further port that has a name
/// of its own.
fn named(record: &Record, ports: PortRange) -> Vec<(PortRange, &str)> {
    let further = record
        .port_names
        .iter()
        .filter(|entry| ports.contains(entry.port) && entry.port != ports.first())
        .map(|entry| (PortRange::single(entry.port), entry.name.as_str()));
    std::iter::once((ports, record.name_at(ports.first())))
        .chain(further)
        .filter(|(_, name)| is_word(name))
        .collect()
}

/// Whether Wireshark reads the text as one name, and nobody else as a command: it begins a line.
fn is_word(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
    name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.bytes().all(plain)
}

/// The comment on a record that has ports and no name for them, or no transport.
fn left_out(record: &Record) -> String {
    let lacking = if record.transports.is_empty() {
        "No transport"
    } else {
        "No service name"
    };
    format!(
        "# {lacking}: {} ({})\n",
        joined(&record.ports, ", "),
        subject(record)
    )
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn a_name_begins_no_command() {
        for word in ["http", "3com-tsmux", "a::b", "P_x.y"] {
            assert!(is_word(word), "{word}");
        }
        for other in [
            "::stop-commands::x",
            "##[error]x",
            "-x",
            "",
            "two words",
            "a#b",
        ] {
            assert!(!is_word(other), "{other}");
        }
    }
}
