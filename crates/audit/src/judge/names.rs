//! What the names in a list stand for.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortRange, Transport};

use super::Coverage;
use crate::article::Article;
use crate::list::List;
use crate::notations::usual_port;
use crate::transports::Transports;

/// Services that services(5) of most systems has, beside those that the article and Cisco name.
const SERVICES: [(&str, u16); 21] = [
    ("bgp", 179),
    ("domain-s", 853),
    ("ftps", 990),
    ("git", 9418),
    ("http-alt", 8080),
    ("imap2", 143),
    ("ipsec-nat-t", 4500),
    ("mysql", 3306),
    ("openvpn", 1194),
    ("postgresql", 5432),
    ("radius", 1812),
    ("redis", 6379),
    ("rsync", 873),
    ("sip-tls", 5061),
    ("sips", 5061),
    ("smtps", 465),
    ("submissions", 465),
    ("webcache", 8080),
    ("x11", 6000),
    ("xmpp-client", 5222),
    ("xmpp-server", 5269),
];

/// The port of a service that the article does not name so.
fn usual(name: &str, transports: Transports) -> Option<u16> {
    let service = SERVICES.iter().find(|(known, _)| *known == name);
    service
        .map(|(_, port)| *port)
        .or_else(|| usual_port(name, transports))
}

/// The ports behind names: `https`, `$ports`.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Those of services that the article names.
    known: BTreeSet<(PortRange, Transports)>,
    /// Those that other names may stand for.
    possible: BTreeSet<(PortRange, Transports)>,
    /// Names of services, and those that the audit is not about.
    services: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(list: &List, article: &Article<'_>) -> Self {
        let mut services: BTreeMap<String, Vec<(PortRange, Transport)>> = BTreeMap::new();
        for row in article.all.iter().filter(|row| row.ports.is_single()) {
            let name = row.record.name_at(row.ports.first()).to_ascii_lowercase();
            let transport = row.transport.map(|transport| (row.ports, transport));
            services.entry(name).or_default().extend(transport);
        }
        let mut names = Self::default();
        // The transports of the other names, and whether they may have several ports.
        let mut others = BTreeSet::new();
        // A list may name one service thousands of times, which may have thousands of rows.
        let distinct: BTreeSet<&(String, Transports)> = list.names.iter().collect();
        for (name, stated) in distinct {
            let Some(transports) = article.of_audit(*stated) else {
                names.services.insert(name.clone());
                continue;
            };
            let rows = services.get(&name.to_ascii_lowercase());
            let rows = rows.into_iter().flatten();
            let mut rows = rows.filter(|(_, one)| is_of(transports, *one)).peekable();
            let usual = usual(name, transports).map(PortRange::single);
            if let Some(ports) = usual.filter(|_| rows.peek().is_none()) {
                names.services.insert(name.clone());
                names.known.insert((ports, transports));
            } else if rows.peek().is_none() {
                // `OpenSSH` is a profile, which may have several.
                let is_set = name.starts_with(['$', '@', '%']) || name.contains(char::is_uppercase);
                others.insert((transports, is_set));
            } else {
                names.services.insert(name.clone());
            }
            names
                .known
                .extend(rows.map(|(ports, one)| (*ports, Transports::one(*one))));
        }
        for (transports, is_set) in others {
            let rows = article.all.iter();
            let rows = rows.filter(|row| is_set || row.ports.is_single());
            names.possible.extend(rows.filter_map(|row| {
                let transport = row.transport.filter(|one| is_of(transports, *one))?;
                Some((row.ports, Transports::one(transport)))
            }));
        }
        names
    }

    /// Whether a name is that of a service.
    pub(crate) fn is_service(&self, name: &str) -> bool {
        self.services.contains(name)
    }

    /// Adds what the list has by name.
    pub(crate) fn add_known(&self, coverage: &mut Coverage) {
        for (ports, transports) in &self.known {
            coverage.add(*ports, *transports);
        }
    }

    /// Adds what the list may have by name.
    pub(crate) fn add_possible(&self, coverage: &mut Coverage) {
        self.add_known(coverage);
        for (ports, transports) in &self.possible {
            coverage.add(*ports, *transports);
        }
    }
}

fn is_of(transports: Transports, one: Transport) -> bool {
    transports.is_empty() || transports.has(one)
}
