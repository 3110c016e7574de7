//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
#[path = "../../../crates/ingest/tests/it/pages.rs"]
mod pages;
#[path = "../../../crates/fetch/tests/it/common.rs"]
mod server;

mod architecture;
mod arrows;
mod corpus;
mod promises;
mod update;
