//! Look-ups answer from a dataset that was assembled beforehand exactly as from the sources.

use std::fs;
use std::path::Path;

use appleports_emit::{EXPORTS, FORMATS, OPENERS};
use appleports_pipeline::{AssembleOptions, assemble_with};
use appleports_store::{SourceFolder, digest_of, visible_files};

use crate::built_in::SAID;
use crate::run::{program, scratch, stderr, stdout};
use crate::seed::repository;
use crate::tree;

#[path = "../../build/dataset.rs"]
mod dataset;

use dataset::{ADDITIONS, BUILT_FROM, OUTPUTS, dataset};

/// The answer of the command in a folder: its result, what it told the person, and its code.
fn answer(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = program();
    let run = command
        .current_dir(folder)
        .env("APPLEPORTS_TODAY", "2026-10-12")
        .env_remove("APPLEPORTS_SOURCES")
        .args(arguments)
        .assert();
    let code = run.get_output().status.code();
    (stdout(&run), stderr(&run), code)
}

/// Compares an empty folder, where the command answers from what it carries, with the clone.
fn same(arguments: &[&str]) {
    let empty = scratch();
    let (result, said, code) = answer(empty.path(), arguments);
    let (expected, told, expected_code) = answer(&repository(), arguments);
    assert_eq!(result, expected, "{arguments:?}");
    assert_eq!(said, format!("{SAID}{told}"), "{arguments:?}");
    assert_eq!(code, expected_code, "{arguments:?}");
}

#[test]
fn every_format_is_the_same() {
    let others = FORMATS.iter().chain(EXPORTS).map(|format| format.name);
    for format in OPENERS.iter().map(|format| format.name).chain(others) {
        same(&["export", "--format", format]);
        same(&["export", "--format", format, "--product", "FaceTime"]);
    }
}

#[test]
fn every_filter_is_the_same() {
    for arguments in [
        "find",
        "find airplay",
        "find kerberos --format json",
        "find nothing like it",
        "find siri imessage",
        "find 16384-16472/udp --format csv",
        "find --service http --transport tcp",
        "find --registered --port 1-1024",
        "find --product Mail --product FaceTime",
        "export --format csv --registered",
        "export --format nftables --unknown-as both",
        "export --format services --registry iana/2026-08-17 --port 5223",
        "export --format csv --port 9",
        "products",
        "products --all --format json",
        "products mail",
        "history",
        "history --format json",
        "history --format svg",
        "history --product iChat",
        "why 1-65535",
        "why 9/sctp 8021",
        "find airplay --locale de-de",
        "why 5223 --capture apple/en-us/2018-02-13",
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        same(&arguments);
    }
}

#[test]
fn hundreds_of_ports_and_all_products_are_the_same() {
    let sources = SourceFolder::new(repository().join("sources"));
    let options = AssembleOptions::default();
    let assembled = assemble_with(&sources, &options).unwrap();
    let records = &assembled.dataset.records;
    let listed = records.iter().flat_map(|record| &record.ports);
    let listed = listed.flat_map(|ports| [ports.first(), ports.last()]);
    let others = (0..400_u32).map(|at| u16::try_from(1 + at * 163).unwrap());
    let ports: Vec<String> = listed.chain(others).map(|port| port.to_string()).collect();
    let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
    same(&[&["why"], ports.as_slice()].concat());
    same(&[&["why", "--format", "json"], ports.as_slice()].concat());
    for ports in ports.chunks(90) {
        same(&["why", ports[0]]);
    }
    let products = assembled.dataset.products.iter();
    let products: Vec<&str> = products.map(|product| product.name.as_str()).collect();
    let options = products.iter().flat_map(|name| ["--product", name]);
    let options: Vec<&str> = options.collect();
    same(&[&["find"], options.as_slice()].concat());
    for name in products.iter().step_by(11) {
        same(&["find", name]);
    }
}

/// A folder with the files that the dataset is taken from.
fn copy() -> tempfile::TempDir {
    let folder = scratch();
    tree::copy(
        &repository().join("sources"),
        &folder.path().join("sources"),
    );
    for file in OUTPUTS.into_iter().chain([ADDITIONS, BUILT_FROM]) {
        let to = folder.path().join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(repository().join(file), to).unwrap();
    }
    folder
}

#[test]
fn a_dataset_of_other_sources_is_not_carried() {
    let is_carried = |root: &Path| {
        let files = visible_files(&root.join("sources")).unwrap();
        dataset(root, &files).is_some()
    };
    let whole = copy();
    assert!(is_carried(whole.path()), "run `cargo xtask regenerate`");
    // The notes of this computer are no sources.
    fs::write(whole.path().join("sources/.checked.toml"), "").unwrap();
    assert!(is_carried(whole.path()));
    for file in [
        "sources/vocabulary/products.toml",
        "sources/corrections.toml",
        "sources/iana/2026-08-17.csv",
        "sources/apple/de-de/2015-10-23/capture.md",
        OUTPUTS[0],
        OUTPUTS[1],
        ADDITIONS,
        BUILT_FROM,
    ] {
        let changed = copy();
        let path = changed.path().join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes.insert(bytes.len() / 2, b'\n');
        fs::write(&path, bytes).unwrap();
        assert!(!is_carried(changed.path()), "{file}");
        fs::remove_file(&path).unwrap();
        assert!(!is_carried(changed.path()), "{file}");
    }
    let more = copy();
    fs::write(more.path().join("sources/iana/2026-09-01.csv"), "").unwrap();
    assert!(!is_carried(more.path()));
}
