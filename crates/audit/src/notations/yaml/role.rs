//! What the keys of a mapping are about.

use crate::notations::json::{self, plain_key};

/// What a key says of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Ports, where the key has one: `port`, `destination_port_ranges`, `from_port`.
    Ports,
    /// The ports of this side, beside those of the other one: `LocalPort`.
    Local,
    /// The first port, if another key has the last one: `from`.
    First,
    /// The last port: `endPort`, `to_port`, and `to`.
    Last,
    Transport,
    Other,
}

pub(super) fn role(key: &str) -> Role {
    let key = plain_key(key);
    let key = key.as_str();
    if key == "localport" {
        Role::Local
    } else if key == "port" || key == "ports" || key == "portrange" || json::is_port_key(key) {
        Role::Ports
    } else if json::FIRST.contains(&key) {
        if key.contains("port") {
            Role::Ports
        } else {
            Role::First
        }
    } else if json::LAST.contains(&key) {
        Role::Last
    } else if json::TRANSPORTS.contains(&key) {
        Role::Transport
    } else {
        Role::Other
    }
}

/// Whether the value of a key such as `from` may be a port, and no day and no address.
pub(super) fn may_be_end(value: &str) -> bool {
    let is_short = value.chars().count() <= "65,535*".len();
    let is_address = value.contains('/') || value.matches('.').count() > 1;
    is_short && value.starts_with(char::is_numeric) && !is_address
}

/// Whether a value opens every port, or is of a protocol that has all of them.
pub(super) fn is_every(protocol: &str) -> bool {
    matches!(protocol, "-1" | "all" | "any")
}

/// Whether a pair of a key and its value says that packets come in.
pub(super) fn is_inbound(pair: &str) -> bool {
    let pair = pair.split_once(": ");
    pair.is_some_and(|(key, value)| matches!(key, "direction" | "dir") && value.starts_with("in"))
}
