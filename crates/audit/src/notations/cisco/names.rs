//! Names of ports that IOS and ASA print for numbers.
//!
//! The tables are those of Cisco's documents: "TCP and UDP Ports" in the ASA configuration guide,
//! and the keywords of `permit` in the IOS command reference. Names for which releases differ
//! ([`UNCERTAIN`]) are left out: they stay names.

use std::ops::Range;
use std::sync::LazyLock;

use appleports_model::Transport;

use crate::notations::slip_of;
use crate::scan::Item;
use crate::transports::Transports;

/// The names for TCP.
const TCP: &[(&str, u16)] = &[
    ("aol", 5190),
    ("bgp", 179),
    ("chargen", 19),
    ("cifs", 3020),
    ("citrix-ica", 1494),
    ("cmd", 514),
    ("ctiqbe", 2748),
    ("daytime", 13),
    ("discard", 9),
    ("domain", 53),
    ("drip", 3949),
    ("echo", 7),
    ("exec", 512),
    ("finger", 79),
    ("ftp", 21),
    ("ftp-data", 20),
    ("gopher", 70),
    ("h323", 1720),
    ("hostname", 101),
    ("http", 80),
    ("https", 443),
    ("ident", 113),
    ("imap4", 143),
    ("irc", 194),
    ("klogin", 543),
    ("kshell", 544),
    ("ldap", 389),
    ("ldaps", 636),
    ("login", 513),
    ("lotusnotes", 1352),
    ("lpd", 515),
    ("netbios-ssn", 139),
    ("nfs", 2049),
    ("nntp", 119),
    ("onep-plain", 15001),
    ("onep-tls", 15002),
    ("pcanywhere-data", 5631),
    ("pim-auto-rp", 496),
    ("pop2", 109),
    ("pop3", 110),
    ("pptp", 1723),
    ("rsh", 514),
    ("rtsp", 554),
    ("sip", 5060),
    ("smtp", 25),
    ("ssh", 22),
    ("sunrpc", 111),
    ("syslog", 514),
    ("tacacs", 49),
    ("talk", 517),
    ("telnet", 23),
    ("time", 37),
    ("uucp", 540),
    ("whois", 43),
    ("www", 80),
];

/// The names for UDP.
const UDP: &[(&str, u16)] = &[
    ("biff", 512),
    ("bootpc", 68),
    ("bootps", 67),
    ("cifs", 3020),
    ("discard", 9),
    ("dnsix", 195),
    ("domain", 53),
    ("echo", 7),
    ("http", 80),
    ("isakmp", 500),
    ("mobile-ip", 434),
    ("nameserver", 42),
    ("netbios-dgm", 138),
    ("netbios-ns", 137),
    ("netbios-ss", 139),
    ("nfs", 2049),
    ("non500-isakmp", 4500),
    ("ntp", 123),
    ("pcanywhere-status", 5632),
    ("pim-auto-rp", 496),
    ("radius", 1645),
    ("radius-acct", 1646),
    ("rip", 520),
    ("ripv6", 521),
    ("secureid-udp", 5510),
    ("sip", 5060),
    ("snmp", 161),
    ("snmptrap", 162),
    ("sunrpc", 111),
    ("syslog", 514),
    ("tacacs", 49),
    ("talk", 517),
    ("tftp", 69),
    ("time", 37),
    ("vxlan", 4789),
    ("who", 513),
    ("www", 80),
    ("xdmcp", 177),
];

/// The port of a name, where it is the same for all of the transports.
pub(crate) fn port(name: &str, transports: Transports) -> Option<u16> {
    let (transports, _) = transports.without_mark();
    let tables = [(Transport::Tcp, TCP), (Transport::Udp, UDP)];
    let meant = |transport: Transport| transports.is_empty() || transports.has(transport);
    let tables = tables
        .into_iter()
        .filter(|(transport, _)| meant(*transport));
    let mut ports = tables.filter_map(|(_, table)| {
        let known = table.iter().find(|(listed, _)| *listed == name);
        known.map(|(_, port)| *port)
    });
    let port = ports.next()?;
    ports.all(|other| other == port).then_some(port)
}

/// Names whose port depends on the release.
const UNCERTAIN: [&str; 3] = ["kerberos", "rpc", "sqlnet"];

/// Whether a word without a known port is meant to be one: it is one slip away from a name, as
/// `htps`, or a name for which releases differ.
pub(super) fn is_near(word: &str) -> bool {
    UNCERTAIN.contains(&word) || slip_of(word, &NAMES).is_some()
}

/// All names, collected once: every word behind the ports of a rule is compared with them.
static NAMES: LazyLock<Vec<&str>> =
    LazyLock::new(|| TCP.iter().chain(UDP).map(|(name, _)| *name).collect());

/// The port or range at a place, by number or by name.
pub(super) fn item(text: &str, place: &Range<usize>, transports: Transports) -> Option<Item> {
    let by_name = || {
        Some(Item {
            first: port(&text[place.clone()], transports)?.to_string(),
            last: None,
            span: place.clone(),
            suffix: None,
            oddity: None,
        })
    };
    Item::of_cell(text, place).or_else(by_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_port_of_its_transport() {
        let set = |word| Transports::of_word(word).unwrap();
        assert_eq!(port("www", set("tcp")), Some(80));
        assert_eq!(port("domain", Transports::NONE), Some(53));
        assert_eq!(port("syslog", set("both")), Some(514));
        assert_eq!(port("tftp", set("tcp")), None);
        assert_eq!(port("log", set("tcp")), None);
    }

    #[test]
    fn every_name_is_there_once() {
        for table in [TCP, UDP] {
            let mut names: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
            names.dedup();
            assert_eq!(names.len(), table.len());
            assert!(names.is_sorted(), "{names:?}");
        }
    }
}
