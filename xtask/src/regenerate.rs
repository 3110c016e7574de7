//! `cargo xtask regenerate [--check]`: everything that is generated and committed.

use std::path::Path;

use appleports_emit::{columns_doc, rust_table};
use appleports_pipeline::{
    AssembleOptions, BuildOptions, Failure, assemble, assemble_with, build, findings_doc, render,
};
use appleports_store::{SourceFolder, publish, write_file};

/// The table that is compiled into the library.
pub(crate) const LIBRARY_TABLE: &str = "crates/appleports/src/table.rs";

/// Builds output/, the lists of findings and columns, and the library's table.
pub(crate) fn run(root: &Path) -> Result<bool, Failure> {
    let summary = build(&BuildOptions::of_clone(root))?;
    print!("{summary}");
    publish(
        &root.join("docs"),
        &documents()
            .each_ref()
            .map(|(name, text)| (*name, text.as_bytes())),
    )?;
    write_library_table(root)?;
    Ok(true)
}

/// What is generated below docs/.
fn documents() -> [(&'static str, String); 2] {
    [
        ("findings.md", findings_doc()),
        ("columns.md", columns_doc()),
    ]
}

/// Compiles the dataset into the library crate.
pub(crate) fn write_library_table(root: &Path) -> Result<(), Failure> {
    let dataset = assemble(&SourceFolder::new(root.join("sources")), None)?;
    write_file(&root.join(LIBRARY_TABLE), rust_table(&dataset).as_bytes())?;
    Ok(())
}

/// Compares what the sources give with what is committed, byte for byte.
pub(crate) fn check(root: &Path) -> Result<bool, Failure> {
    let sources = SourceFolder::new(root.join("sources"));
    let assembled = assemble_with(&sources, &AssembleOptions::default())?;
    let dataset = &assembled.dataset;
    let mut files: Vec<(String, Vec<u8>)> = render(&assembled)
        .into_iter()
        .map(|output| (format!("output/{}", output.name), output.bytes))
        .collect();
    files.push((LIBRARY_TABLE.to_owned(), rust_table(dataset).into_bytes()));
    for (name, text) in documents() {
        files.push((format!("docs/{name}"), text.into_bytes()));
    }
    let mut fresh = true;
    for (name, bytes) in files {
        if std::fs::read(root.join(&name)).unwrap_or_default() != bytes {
            eprintln!("{name} is not what the sources give; run `cargo xtask regenerate`");
            fresh = false;
        }
    }
    Ok(fresh)
}
