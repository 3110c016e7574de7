//! Any bytes as the RFC index: text, XML or facts.
#![no_main]

use appleports_ingest::{read_rfc_index, rfc_index_date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = rfc_index_date(bytes);
    if let Ok(index) = read_rfc_index("e", "p", bytes) {
        for entry in index.entries() {
            let _ = index.successors(entry.number);
        }
    }
});
