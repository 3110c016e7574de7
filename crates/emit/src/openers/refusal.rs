//! Options that contradict a format.

use thiserror::Error;

use super::direction::Direction;

/// Why rules are not written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The format has nothing that the option could change.
    #[error("{option} does not go with --format {name}, only with {}", .formats.join(", "))]
    Option {
        /// The option.
        option: &'static str,
        /// The format.
        name: &'static str,
        /// The formats that have it.
        formats: Vec<&'static str>,
    },
    /// The tool cannot do it in one file.
    #[error("--direction {} does not go with --format {name}: {advice}", .direction.as_str())]
    Direction {
        /// The format.
        name: &'static str,
        /// What was asked for.
        direction: Direction,
        /// What to do instead.
        advice: &'static str,
    },
    /// A list without transports would open ports for the wrong one.
    #[error(
        "--format {name} cannot tell TCP from UDP, and these rows have both; add --transport tcp or --transport udp"
    )]
    TwoTransports {
        /// The format.
        name: &'static str,
    },
}
