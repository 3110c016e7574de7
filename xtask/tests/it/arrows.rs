//! The arrows between the crates, as ARCHITECTURE.md states them.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

fn packages() -> Vec<Package> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    metadata.packages
}

#[test]
fn crates_depend_only_along_the_arrows() {
    let middle = [
        "fetch",
        "ingest",
        "normalise",
        "check",
        "emit",
        "diff",
        "store",
    ];
    let mut allowed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    allowed.insert("appleports".into(), vec![]);
    allowed.insert("appleports-model".into(), vec![]);
    for name in middle {
        allowed.insert(format!("appleports-{name}"), vec!["appleports-model"]);
    }
    let all_middle = middle.map(|name| format!("appleports-{name}"));
    let mut pipeline: Vec<&str> = all_middle.iter().map(String::as_str).collect();
    pipeline.push("appleports-model");
    allowed.insert("appleports-pipeline".into(), pipeline);
    let top = [
        "appleports-pipeline",
        "appleports-model",
        "appleports-emit",
        "appleports-store",
    ];
    allowed.insert("appleports-cli".into(), top.to_vec());
    allowed.insert("xtask".into(), top.to_vec());

    let packages = packages();
    assert_eq!(packages.len(), allowed.len(), "a crate has no arrows yet");
    for package in &packages {
        let arrows = &allowed[package.name.as_str()];
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind != DependencyKind::Development)
        {
            let is_ours = dependency.name.starts_with("appleports-");
            assert!(
                !is_ours || arrows.contains(&dependency.name.as_str()),
                "{} must not depend on {}",
                package.name,
                dependency.name
            );
        }
    }
}

/// The others may change their interfaces at any time.
#[test]
fn only_the_library_for_others_is_published() {
    for package in packages() {
        let is_published = package.publish.is_none();
        assert_eq!(
            is_published,
            package.name == "appleports",
            "{}",
            package.name
        );
    }
}

#[test]
fn the_library_for_others_depends_on_nothing() {
    let packages = packages();
    let library = packages.iter().find(|package| package.name == "appleports");
    let mut dependencies = library.unwrap().dependencies.iter();
    assert!(dependencies.all(|dependency| dependency.kind == DependencyKind::Development));
}
