//! `explorer`: one self-contained page to search, filter and see the ports.
//!
//! The data stand in the page as JSON; a content security policy lets no other script,
//! style or address in. The page builds its elements from text alone, so that no cell
//! becomes markup.

mod data;

use appleports_model::Dataset;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The file name below the output folder.
pub(super) const FILE: &str = "explorer/index.html";

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");

/// One idea a file, in the order in which they build on each other.
const SCRIPTS: &[&str] = &[
    include_str!("elements.js"),
    include_str!("data.js"),
    include_str!("editions.js"),
    include_str!("asked.js"),
    include_str!("query.js"),
    include_str!("rules.js"),
    include_str!("table.js"),
    include_str!("scale.js"),
    include_str!("gestures.js"),
    include_str!("map.js"),
    include_str!("pointing.js"),
    include_str!("controls.js"),
    include_str!("detail.js"),
    include_str!("rules_dialog.js"),
    include_str!("main.js"),
];

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let script = format!("\"use strict\";\n{}", SCRIPTS.concat());
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(STYLE),
    );
    // The data come last: what stands in them must not be taken for a placeholder.
    let page = PAGE
        .replace("{{policy}}", &policy)
        .replace("{{style}}", STYLE)
        .replace("{{script}}", &script)
        .replacen("{{data}}", &data::json(dataset), 1);
    (page.into_bytes(), Some(dataset.records.len() as u64))
}

/// How a content security policy names an inline script or style.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}
