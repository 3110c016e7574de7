//! What the README, the tutorial and the page of `audit` show is what the program prints.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::run::program;
use crate::tree;

/// Each `$ command` of the console blocks, with the output shown below it.
fn commands(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            found.push((command.to_owned(), String::new()));
        } else if let Some((_, output)) = found.last_mut().filter(|_| inside) {
            output.push_str(line);
            output.push('\n');
        }
    }
    found
}

/// Writes each block with the name of a file behind its language.
fn write_files(text: &str, folder: &Path) {
    for block in text.split("```text ").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap();
        let contents = rest.split("```").next().unwrap();
        fs::write(folder.join(name), contents).unwrap();
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The newest source that the documents are about: a later one does not touch them.
const UNTIL: &str = "2026-10-11";

/// The day on which the documents' answers were given.
const TODAY: &str = "2026-10-12";

/// A folder with the sources up to [`UNTIL`], and what `build` makes of them.
fn as_of_then() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = repository().join("sources");
    for file in tree::files(&from) {
        let is_later = |part: &str| {
            let day = part.get(..UNTIL.len()).unwrap_or_default();
            appleports_model::is_date(day) && day > UNTIL
        };
        if file.split('/').any(is_later) {
            continue;
        }
        let place = folder.path().join("sources").join(&file);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), place).unwrap();
    }
    run(folder.path(), &["build"]);
    folder
}

/// Whether the documents are written anew, which a person may want.
fn is_update() -> bool {
    std::env::var("APPLEPORTS_README").is_ok_and(|value| value == "update")
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = program()
        .current_dir(folder)
        .env("APPLEPORTS_TODAY", TODAY)
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Runs each command of a document in a folder with the sources and outputs, in order.
fn document_shows_real_output(name: &str, least: usize) {
    let root = repository();
    let folder = as_of_then();
    let mut text = fs::read_to_string(root.join(name)).unwrap();
    write_files(&text, folder.path());
    let mut checked = 0;
    for (command, expected) in commands(&text.clone()) {
        let Some(arguments) = command
            .strip_prefix("cargo run --release -- ")
            .or(command.strip_prefix("appleports "))
        else {
            continue;
        };
        let words: Vec<&str> = arguments.split_whitespace().collect();
        assert!(
            !arguments.contains('"'),
            "this test splits at spaces only: {command}"
        );
        let shown = run(folder.path(), &words);
        checked += 1;
        if is_update() {
            let old = format!("$ {command}\n{expected}");
            let new = format!("$ {command}\n{shown}");
            text = text.replace(&old, &new);
            continue;
        }
        assert_eq!(
            shown.trim_end(),
            expected.trim_end(),
            "{name}: $ {command}\n(the program prints the left)"
        );
    }
    assert!(checked >= least, "only {checked} commands in {name}");
    if is_update() {
        fs::write(root.join(name), text).unwrap();
    }
}

#[test]
fn the_tutorial_shows_real_output() {
    document_shows_real_output("docs/tutorial.md", 10);
}

#[test]
fn the_page_of_audit_shows_real_output() {
    document_shows_real_output("docs/audit.md", 7);
}

#[test]
fn the_readme_shows_real_output() {
    document_shows_real_output("README.md", 3);
    // The excerpt of `check`, which as a whole is long.
    let root = repository();
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let shown = run(as_of_then().path(), &["check"]);
    let excerpt = readme.split("```text\n").nth(1).unwrap();
    let excerpt = excerpt.split("```").next().unwrap();
    if is_update() {
        // The same finding as before, if it is still there.
        let message = excerpt.lines().next().unwrap().split(" (").next().unwrap();
        let start = shown
            .find(message)
            .expect("another excerpt of `check` is needed");
        let new = shown[start..].split("\n\n").next().unwrap();
        let readme = readme.replace(excerpt, &format!("{new}\n"));
        fs::write(root.join("README.md"), readme).unwrap();
        return;
    }
    assert!(shown.contains(excerpt), "the excerpt of `check` is stale");
}

/// What the README's picture shows.
const PICTURE: &[&[&str]] = &[
    &["find", "facetime"],
    &["export", "--format", "list", "--product", "facetime"],
    &["why", "16393"],
];

/// The width of the picture's terminal, in characters.
const COLUMNS: usize = 100;

/// The same in pixels, without the margins of 10 on both sides.
const WIDTH: usize = 840;

/// How many characters are seen: colours have no width.
fn visible(text: &str) -> usize {
    anstream::adapter::strip_str(text)
        .to_string()
        .chars()
        .count()
}

/// The lines in [`COLUMNS`], longer ones broken at a space.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split_inclusive(' ') {
            let length = visible(word.trim_end());
            if width > 0 && width + length > COLUMNS {
                out.truncate(out.trim_end().len());
                out.push('\n');
                width = 0;
            }
            out.push_str(word);
            width += visible(word);
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_picture_shows_real_output() {
    let root = repository();
    let folder = as_of_then();
    let mut screen = String::new();
    for arguments in PICTURE {
        let output = program()
            .current_dir(folder.path())
            .env("CLICOLOR_FORCE", "1")
            .env("APPLEPORTS_TODAY", TODAY)
            .args(*arguments)
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        // A prompt as in a terminal, bold.
        let words = arguments.join(" ");
        let shown = wrapped(&shown);
        write!(screen, "\u{1b}[1m$ appleports {words}\u{1b}[0m\n{shown}\n").unwrap();
    }
    let picture = anstyle_svg::Term::new()
        .min_width_px(WIDTH)
        .render_svg(screen.trim_end());
    assert!(
        picture.starts_with(&format!("<svg width=\"{}px\"", WIDTH + 20)),
        "a line is longer than {COLUMNS} columns"
    );
    let place = root.join("docs/terminal.svg");
    if is_update() {
        fs::write(place, picture).unwrap();
        return;
    }
    let committed = fs::read_to_string(place).unwrap();
    assert!(
        committed == picture,
        "docs/terminal.svg is stale; see CONTRIBUTING.md"
    );
}
