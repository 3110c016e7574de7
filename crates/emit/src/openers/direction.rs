//! Which way connections go, seen from the firewall.

use serde::Serialize;

/// The direction of the connections that rules accept. The port is the destination port of
/// the first packet in each case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// They start on this side and go to the port elsewhere, as devices do.
    #[default]
    Out,
    /// They arrive at the port on this side, as at a server.
    In,
    /// Either.
    Both,
}

impl Direction {
    /// All directions, the usual one first.
    pub const ALL: [Self; 3] = [Self::Out, Self::In, Self::Both];

    /// The word for it, as in `--direction`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
            Self::Both => "both",
        }
    }

    /// Whether rules of this direction accept connections of the other one.
    pub(super) fn covers(self, one: Self) -> bool {
        self == Self::Both || self == one
    }
}
