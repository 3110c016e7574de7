//! Transport protocols.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, de};
use thiserror::Error;

use crate::text::{cut, one_line};

/// A transport protocol that has ports in the registry (RFC 6335, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Transmission Control Protocol.
    Tcp,
    /// User Datagram Protocol.
    Udp,
    /// Stream Control Transmission Protocol.
    Sctp,
    /// Datagram Congestion Control Protocol.
    Dccp,
}

/// The text names no transport that has ports.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is not a transport; known are tcp, udp, sctp and dccp")]
pub struct TransportError(pub String);

impl Transport {
    /// All transports, in the order in which outputs list them.
    pub const ALL: [Self; 4] = [Self::Tcp, Self::Udp, Self::Sctp, Self::Dccp];

    /// The lower-case name, as services(5) and the registry write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Dccp => "dccp",
        }
    }
}

/// Reads a list of transports. A file that repeats one is none of ours, and a row of `ports.csv` would
/// be made for each.
pub(crate) fn each_once<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Transport>, D::Error> {
    let transports = Vec::<Transport>::deserialize(deserializer)?;
    for (at, transport) in transports.iter().enumerate().take(Transport::ALL.len() + 1) {
        if transports[..at].contains(transport) {
            return Err(de::Error::custom(format_args!(
                "{transport} is listed twice"
            )));
        }
    }
    Ok(transports)
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Transport {
    type Err = TransportError;

    fn from_str(text: &str) -> Result<Self, TransportError> {
        let name = text.trim();
        Self::ALL
            .into_iter()
            .find(|transport| name.eq_ignore_ascii_case(transport.as_str()))
            .ok_or_else(|| TransportError(cut(&one_line(text), 100).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_each_transport_once() {
        #[derive(Deserialize)]
        struct Row(#[serde(deserialize_with = "each_once")] Vec<Transport>);

        let read = |text: &str| serde_json::from_str::<Row>(text).map(|row| row.0.len());
        assert_eq!(read(r#"["tcp","udp","sctp","dccp"]"#).unwrap(), 4);
        assert_eq!(read("[]").unwrap(), 0);
        let refused = read(r#"["udp","tcp","udp"]"#).unwrap_err().to_string();
        assert!(refused.contains("udp is listed twice"), "{refused}");
    }
}
