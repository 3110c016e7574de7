//! What is known about a port.

use core::fmt;

/// The transport of a port; the article lists no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Transmission Control Protocol.
    Tcp,
    /// User Datagram Protocol.
    Udp,
}

impl fmt::Display for Transport {
    /// As services(5) writes it: `tcp`, `udp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        })
    }
}

/// What the IANA registry (RFC 6335) says to the article's name, at the first port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// The registry has this name for the port and transport.
    Match,
    /// The registry has other names there.
    OtherName,
    /// The name is registered, but not here.
    NameElsewhere,
    /// The registry has the name on this port, for another transport.
    OtherTransport,
    /// The registry has nothing on the port and does not know the name.
    Unassigned,
    /// The article gives no name; the registry has one.
    NoName,
    /// Neither has a name.
    NoNameUnassigned,
    /// The article gives no transport to compare.
    NoTransport,
}

/// One range of one row of the article, for one transport: one row of `ports.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Service {
    /// The stable key of the row, the same as in the published dataset.
    pub id: &'static str,
    /// The first port, 1 to 65535.
    pub first: u16,
    /// The last port, not below the first.
    pub last: u16,
    /// `None` where the article gives no transport; [`lookup`](crate::lookup) never
    /// returns such a row, [`services`](crate::services) does.
    pub transport: Option<Transport>,
    /// The service name at the first port, in the article's spelling.
    pub name: Option<&'static str>,
    /// The article's "service or protocol name", in the language of the capture.
    pub title: &'static str,
    /// Canonical product names, sorted as in the article.
    pub products: &'static [&'static str],
    /// The RFCs that the article cites, as published.
    pub rfcs: &'static [u16],
    /// Whether the article calls the service deprecated.
    pub deprecated: bool,
    /// The registry's verdict on the name.
    pub verdict: Verdict,
    /// All names that the registry has for the first port and transport.
    pub iana_names: &'static [&'static str],
}

impl Service {
    /// Whether the row covers the port.
    ///
    /// ```
    /// let imaps = appleports::named("imaps").next().unwrap();
    /// assert!(imaps.contains(993) && !imaps.contains(994));
    /// ```
    pub const fn contains(&self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    /// How many ports the row covers: 1 to 65535.
    pub const fn count(&self) -> u32 {
        self.last as u32 - self.first as u32 + 1
    }
}
