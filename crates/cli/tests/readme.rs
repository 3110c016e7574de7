//! What the README shows is what the program prints.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

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

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(&path, place).unwrap();
        }
    }
}

#[test]
fn the_readme_shows_real_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    copy(&root.join("output"), &folder.path().join("output"));
    let mut readme = fs::read_to_string(root.join("README.md")).unwrap();
    // `cargo xtask update` has the shown output written anew.
    let is_update = std::env::var("APPLEPORTS_README").is_ok_and(|value| value == "update");
    let mut checked = 0;
    for (command, expected) in commands(&readme.clone()) {
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
        let output = Command::cargo_bin("appleports")
            .unwrap()
            .current_dir(folder.path())
            .args(&words)
            .args(["--sources".as_ref(), root.join("sources").as_os_str()])
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        checked += 1;
        if is_update {
            let old = format!("$ {command}\n{expected}");
            let new = format!("$ {command}\n{}\n", shown.trim_end());
            readme = readme.replace(&old, &new);
            continue;
        }
        assert_eq!(
            shown.trim_end(),
            expected.trim_end(),
            "$ {command}\n(the program prints the left)"
        );
    }
    assert!(checked >= 4, "only {checked} commands in the README");

    let shown = Command::cargo_bin("appleports")
        .unwrap()
        .current_dir(&root)
        .arg("check")
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let excerpt = readme
        .split("```text\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    if is_update {
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
