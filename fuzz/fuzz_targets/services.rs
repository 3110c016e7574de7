//! Any bytes as a services(5) file.
#![no_main]

use appleports_ingest::read_services;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = read_services("p", bytes) {
        for entry in file.entries() {
            assert!(entry.port > 0 && entry.line > 0 && !entry.name.is_empty());
        }
    }
});
