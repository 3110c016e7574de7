//! `cargo xtask regenerate [--check]`: everything that is generated and committed.

use std::path::Path;

use appleports_emit::{columns_doc, rust_table};
use appleports_pipeline::{
    AssembleOptions, Assembled, BUILT_IN, BuildOptions, assemble_with, build, built_in,
    findings_doc, render,
};
use appleports_store::{SourceFolder, publish, write_file};

/// The table that is compiled into the library.
pub(crate) const LIBRARY_TABLE: &str = "crates/appleports/src/table.rs";

/// Builds output/, the lists of findings and columns, the library's table, and the dataset that
/// the command carries.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let summary = build(&BuildOptions::of_clone(root))?;
    print!("{summary}");
    publish(
        &root.join("docs"),
        &documents()
            .each_ref()
            .map(|(name, text)| (*name, text.as_bytes())),
    )?;
    let assembled = assembled(root)?;
    let table = rust_table(&assembled.dataset)?;
    write_file(&root.join(LIBRARY_TABLE), table.as_bytes())?;
    let files = built_in(root, &assembled)?;
    let files = files.each_ref().map(|(name, bytes)| (*name, &**bytes));
    publish(&root.join(BUILT_IN), &files)?;
    Ok(true)
}

/// What is generated below docs/.
fn documents() -> [(&'static str, String); 2] {
    [
        ("findings.md", findings_doc()),
        ("columns.md", columns_doc()),
    ]
}

fn assembled(root: &Path) -> anyhow::Result<Assembled> {
    let sources = SourceFolder::new(root.join("sources"));
    Ok(assemble_with(&sources, &AssembleOptions::default())?)
}

/// Compares what the sources give with what is committed, byte for byte.
pub(crate) fn check(root: &Path) -> anyhow::Result<bool> {
    let mut assembled = assembled(root)?;
    let mut files: Vec<(String, Vec<u8>)> = render(&mut assembled)
        .into_iter()
        .map(|output| (format!("output/{}", output.name), output.bytes))
        .collect();
    let dataset = &assembled.dataset;
    files.push((LIBRARY_TABLE.to_owned(), rust_table(dataset)?.into_bytes()));
    for (name, text) in documents() {
        files.push((format!("docs/{name}"), text.into_bytes()));
    }
    for (name, bytes) in built_in(root, &assembled)? {
        files.push((format!("{BUILT_IN}/{name}"), bytes));
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
