//! The ports for nmap(1): `nmap -sS -sU $(cat FILE) HOST`.

use appleports_model::{Dataset, Transport};

use super::{joined, open_ports};

pub(super) fn write(dataset: &Dataset) -> String {
    let parts: Vec<String> = open_ports(dataset)
        .iter()
        .map(|(transport, set)| {
            let letter = match transport {
                Transport::Tcp => 'T',
                Transport::Udp => 'U',
                Transport::Sctp | Transport::Dccp => 'S',
            };
            let ports: Vec<String> = set
                .ranges()
                .iter()
                .map(|range| joined(*range, '-'))
                .collect();
            format!("{letter}:{}", ports.join(","))
        })
        .collect();
    format!("-p {}\n", parts.join(","))
}
