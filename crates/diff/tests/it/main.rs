//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
mod atom;
mod common;

mod changes;
mod classes;
mod edited;
mod feed;
mod laws;
mod matching;
mod order;
mod products;
mod relatives;
mod unread;
mod words;
