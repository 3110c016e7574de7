#![doc = include_str!("../README.md")]
#![no_std]

mod lookup;
mod service;
// Generated, and longer than wide.
#[rustfmt::skip]
mod table;

pub use lookup::{lookup, named, services};
pub use service::{Service, Transport, Verdict};
pub use table::EDITION;
