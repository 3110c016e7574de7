//! The integration tests of this crate, one file for each behaviour, in one program.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

mod hostile;
