//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

mod incoming;
