//! See `bodies::lists`.
#![no_main]

#[allow(dead_code, reason = "a target asks one of them")]
#[path = "../bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bodies::lists(bytes));
