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

/// What a search engine shows of the page.
const DESCRIPTION: &str = "<meta name=\"description\" content=\"The TCP and UDP ports that Apple \
    products use, searchable, checked against the IANA registry.\">";

/// Colours, type and the looks of buttons, tables, cards, badges and chips, light and dark: the
/// pages of the site share them with the explorer.
pub const THEME: &str = include_str!("theme.css");

/// Makes links to folders work in a page that was opened from a file: the pages of the site share
/// it with the explorer.
pub const FOLDER_LINKS: &str = include_str!("folder_links.js");

/// What only the explorer has.
const STYLES: &[&str] = &[
    include_str!("hero.css"),
    include_str!("map.css"),
    include_str!("rows.css"),
    include_str!("dialogs.css"),
    include_str!("print.css"),
];

/// One idea a file, in the order in which they build on each other.
const SCRIPTS: &[&str] = &[
    include_str!("text.js"),
    include_str!("elements.js"),
    include_str!("clipboard.js"),
    include_str!("data.js"),
    include_str!("findings.js"),
    include_str!("records.js"),
    include_str!("verdicts.js"),
    include_str!("scale.js"),
    include_str!("editions.js"),
    include_str!("asked.js"),
    include_str!("suggest.js"),
    include_str!("query.js"),
    include_str!("links.js"),
    include_str!("rules.js"),
    include_str!("marks.js"),
    include_str!("counts.js"),
    include_str!("candidates.js"),
    include_str!("copies.js"),
    include_str!("facts.js"),
    include_str!("answer.js"),
    include_str!("table.js"),
    include_str!("gestures.js"),
    include_str!("map.js"),
    include_str!("pointing.js"),
    include_str!("controls.js"),
    include_str!("filters.js"),
    include_str!("start.js"),
    include_str!("detail.js"),
    include_str!("rules_dialog.js"),
    include_str!("keys.js"),
    FOLDER_LINKS,
    include_str!("main.js"),
];

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let around = Around {
        head: DESCRIPTION,
        top: "",
        without: "Without it, read report.md or ports.csv.",
    };
    let page = page(dataset, &around, data::Home::OutputFolder);
    (page, Some(dataset.records.len() as u64))
}

/// The explorer as the first page of the site. `head` goes into its `head` element, `top` above the
/// page: markup of our own, already escaped. Products, ports, findings, editions and data files
/// are links to the site's other pages, relative to this one.
pub fn site_explorer(dataset: &Dataset, head: &str, top: &str) -> Vec<u8> {
    let around = Around {
        head,
        top,
        without: "The pages of products, ports and editions work without it.",
    };
    page(dataset, &around, data::Home::Site)
}

/// What is around the page where it stands.
struct Around<'a> {
    head: &'a str,
    /// The menu.
    top: &'a str,
    /// What to do where no script runs.
    without: &'a str,
}

fn page(dataset: &Dataset, around: &Around<'_>, home: data::Home) -> Vec<u8> {
    let script = script();
    let style = format!("{THEME}{}", STYLES.concat());
    let policy = content_policy(&script, &style);
    let data = data::json(dataset, home);
    let parts = PAGE.split("{{").flat_map(|part| {
        let filled = part.split_once("}}").and_then(|(name, rest)| {
            let text = match name {
                "policy" => &policy,
                "head" => around.head,
                "top" => around.top,
                "without" => around.without,
                "style" => &style,
                "script" => &script,
                "data" => &data,
                _ => return None,
            };
            Some([text, rest])
        });
        filled.unwrap_or(["", part])
    });
    let parts: Vec<&str> = parts.collect();
    parts.concat().into_bytes()
}

/// The scripts as one. An editor and a linter follow their `import` and `export`; the page has one
/// script, in which these mean nothing.
fn script() -> String {
    let mut is_import = false;
    let lines = SCRIPTS.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| {
        let is_left_out = is_import || line.starts_with("import ");
        is_import = is_left_out && !line.ends_with(';');
        !is_left_out
    });
    let lines = lines.map(|line| line.strip_prefix("export ").unwrap_or(line));
    let lines: Vec<&str> = std::iter::once("\"use strict\";").chain(lines).collect();
    lines.join("\n") + "\n"
}

/// The content security policy of a page with one inline script and one inline style: it runs these
/// alone, and loads nothing.
pub fn content_policy(script: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style),
    )
}

/// How a content security policy names an inline script or style.
fn hash(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}
