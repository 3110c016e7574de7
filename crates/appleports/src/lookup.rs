//! Finding services in the compiled-in table.

use crate::table::{SERVICES, TCP, UDP};
use crate::{Service, Transport};

/// A stretch of ports that the same rows cover: its first port and its rows, which hold
/// up to the next stretch.
pub(crate) type Stretch = (u16, &'static [&'static Service]);

/// The rows of the article that cover a port, the narrowest range first.
///
/// No I/O, no allocation: a binary search in a few hundred stretches of ports. Empty for
/// a port that the article does not list.
///
/// ```
/// use appleports::{lookup, Transport};
///
/// let imaps = lookup(993, Transport::Tcp)[0];
/// assert_eq!(imaps.name, Some("imaps"));
/// assert!(lookup(0, Transport::Tcp).is_empty());
/// ```
pub fn lookup(port: u16, transport: Transport) -> &'static [&'static Service] {
    let stretches = match transport {
        Transport::Tcp => TCP,
        Transport::Udp => UDP,
    };
    let behind = stretches.partition_point(|(first, _)| *first <= port);
    match behind.checked_sub(1).and_then(|at| stretches.get(at)) {
        Some((_, services)) => services,
        None => &[],
    }
}

/// All rows, in the order of `ports.csv`: by first port, last port, transport, id.
///
/// ```
/// let widest = appleports::services().iter().max_by_key(|row| row.count()).unwrap();
/// println!("{}-{}: {}", widest.first, widest.last, widest.title);
/// ```
pub fn services() -> &'static [Service] {
    SERVICES
}

/// The rows with this service name, in the article or in the registry, case aside
/// (RFC 6335, section 5.1).
///
/// ```
/// let ports: Vec<u16> = appleports::named("IMAPS").map(|row| row.first).collect();
/// assert_eq!(ports, [993]);
/// ```
pub fn named(name: &str) -> impl Iterator<Item = &'static Service> + '_ {
    SERVICES.iter().filter(move |row| {
        row.name
            .iter()
            .chain(row.iana_names)
            .any(|own| own.eq_ignore_ascii_case(name))
    })
}
