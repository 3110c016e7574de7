//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
mod pages;

mod bold_lines;
mod damage;
mod facts;
mod first_rows;
mod iana;
mod limits;
mod rfc;
mod round_trip;
mod services;
