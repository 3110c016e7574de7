//! Transport protocols.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
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
