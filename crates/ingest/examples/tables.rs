//! Prints the tables of a page on stdin as JSON, for the browser to compare with its own:
//! `cargo run --package appleports-ingest --example tables < page.html`.

use std::error::Error;
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let mut page = String::new();
    std::io::stdin().lock().read_to_string(&mut page)?;
    let tables = appleports_ingest::page_tables(&page)?;
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &tables)?;
    Ok(out.flush()?)
}
