//! Cross-checks of the records against the IANA registry.

mod iana_status;

pub use iana_status::cross_check;
