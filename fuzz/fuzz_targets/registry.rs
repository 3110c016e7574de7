//! Any bytes as the IANA registry, CSV or XML.
#![no_main]

use appleports_ingest::read_registry;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(registry) = read_registry("e", "p", bytes) {
        for entry in registry.entries() {
            assert!(entry.line > 0);
        }
    }
});
