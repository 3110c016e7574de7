//! Any bytes as a capture: read, normalise, and count the rows.
#![no_main]

use appleports_ingest::read_capture;
use appleports_normalise::{Vocabulary, normalise};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new();
    let phrases = include_str!("../../sources/vocabulary/phrases/de.toml");
    vocabulary
        .add_phrases("de.toml", phrases)
        .expect("the committed phrases");
    let products = include_str!("../../sources/vocabulary/products.toml");
    vocabulary
        .add_products("products.toml", products)
        .expect("the committed products");
    vocabulary
});

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = read_capture("s", "p", bytes) {
        let text = String::from_utf8_lossy(bytes);
        let normalised = normalise(&table, &text, "de-de", &VOCABULARY);
        assert!(normalised.totals.balance());
        assert_eq!(
            normalised.records.len(),
            normalised.totals.rows_emitted as usize
        );
    }
});
