//! Prints a capture with hostile text in each field, for the programs that read our
//! outputs: `cargo run --package appleports-cli --example hostile > page.html`.

use std::io::Write;

#[path = "../tests/it/page.rs"]
mod page;

fn main() -> std::io::Result<()> {
    let texts = [page::short(), page::long()].concat();
    let page = page::page(&page::rows(&texts));
    std::io::stdout().lock().write_all(page.as_bytes())
}
