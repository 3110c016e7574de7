//! The arrows between the crates and within the pipeline, as ARCHITECTURE.md states them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
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
        "audit",
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
    allowed.insert(
        "appleports-site".into(),
        vec!["appleports-pipeline", "appleports-model", "appleports-emit"],
    );
    let mut cli = top.to_vec();
    cli.push("appleports-site");
    allowed.insert("appleports-cli".into(), cli);
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

/// The text of every source file below a folder, by the room that it is in: the folder's file or
/// subfolder.
fn rooms(folder: &Path) -> BTreeMap<String, String> {
    let mut rooms: BTreeMap<String, String> = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let below = path.strip_prefix(folder).unwrap();
            let room = below.components().next().unwrap().as_os_str();
            let room = Path::new(room).file_stem().unwrap();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim().starts_with("//"));
            let code: String = code.flat_map(|line| [line, "\n"]).collect();
            rooms
                .entry(room.to_string_lossy().into_owned())
                .or_default()
                .push_str(&code);
        }
    }
    rooms
}

#[test]
fn the_rooms_of_the_pipeline_form_no_circle() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/pipeline/src");
    let mut rooms = rooms(&folder);
    // It only lists the rooms and what others may use of them.
    rooms.remove("lib").unwrap();
    let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
    let mut left: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (room, text) in &rooms {
        // `use crate::{day, locale};` is the same as two lines.
        let imports = text.split("crate::").skip(1).flat_map(|rest| {
            let list = rest
                .strip_prefix('{')
                .and_then(|list| list.split('}').next());
            let names = list.unwrap_or(rest).split(", ");
            names.take(if list.is_some() { usize::MAX } else { 1 })
        });
        let arrows = imports.map(|name| {
            let name = name.trim();
            &name[..name.find(|c| !is_word(c)).unwrap_or(name.len())]
        });
        let arrows: BTreeSet<&str> = arrows.filter(|name| name != room).collect();
        for name in &arrows {
            assert!(
                rooms.contains_key(*name),
                "{room} must import from the room itself, not `crate::{name}`"
            );
        }
        left.insert(room, arrows);
    }
    // Again and again, the rooms go whose imports are all gone.
    while !left.is_empty() {
        let free: Vec<&str> = left
            .iter()
            .filter(|(_, arrows)| arrows.iter().all(|arrow| !left.contains_key(arrow)))
            .map(|(room, _)| *room)
            .collect();
        assert!(!free.is_empty(), "these import each other: {left:?}");
        left.retain(|room, _| !free.contains(room));
    }
}
