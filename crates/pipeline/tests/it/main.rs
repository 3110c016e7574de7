//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
mod common;
#[path = "../../../ingest/tests/it/pages.rs"]
mod pages;

mod audit;
mod audit_damage;
mod built_in;
mod compare;
mod data_package;
mod explorer;
mod filtered;
mod guards;
mod history;
mod ingestion;
mod languages;
mod merge;
mod products;
mod reading;
mod receipt;
mod registries;
mod room;
mod row_findings;
mod seed;
mod snapshots;
mod table_side;
mod unread;
mod unread_rows;
mod vocabulary;
