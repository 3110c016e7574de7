//! The integration tests of this crate, one file for each behaviour, in one program: linking
//! takes longer than most of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

// What several of them use.
mod page;
#[path = "../../../ingest/tests/it/pages.rs"]
mod pages;
#[cfg(unix)]
mod person;
mod run;
mod seed;
#[path = "../../../fetch/tests/it/common.rs"]
mod server;
mod tree;

mod action;
mod again;
mod answers;
mod asked;
mod audit;
mod baseline;
mod built_in;
mod captures;
mod check;
mod commands;
mod diff;
mod export;
mod fetch;
mod firewalls;
mod foreign_lines;
mod foreign_repositories;
mod guards;
mod hook;
mod hostile;
mod ingest;
mod library;
mod links;
mod minified;
mod no_text;
mod permissions;
mod pf;
mod prepared;
mod products;
mod races;
mod readme;
mod shapes;
mod short_pages;
mod sides;
mod site;
mod strange_files;
mod surroundings;
mod terminal;
mod today;
mod unread;
mod untrusted_output;
mod whole;
mod why;
