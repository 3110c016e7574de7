#![doc = include_str!("../README.md")]
#![no_std]

mod lookup;
mod product;
mod service;
// Generated, and longer than wide.
#[rustfmt::skip]
mod table;

pub use lookup::{lookup, named, services};
pub use product::{Product, product, products};
pub use service::{Service, Transport, Verdict};
pub use table::EDITION;
