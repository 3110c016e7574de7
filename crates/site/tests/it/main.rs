//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
mod made;

mod api;
mod feed;
mod hostile;
mod links;
mod nested;
mod pages;
mod refused;
mod same;
