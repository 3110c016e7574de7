//! SECURITY.md names no test that is not there.

use std::fs;
use std::path::Path;

#[test]
fn every_promise_is_backed_by_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut checked = 0;
    for command in page.split('`').skip(1).step_by(2) {
        let words: Vec<&str> = command.split(' ').collect();
        let there = match words.as_slice() {
            ["cargo", "test", "-p", package] => {
                let name = package.strip_prefix("appleports-").unwrap();
                root.join("crates").join(name).join("tests").is_dir()
            }
            ["cargo", "test", "-p", package, "--test", "it", tests]
            | [
                "cargo",
                "test",
                "-p",
                package,
                "--test",
                "it",
                tests,
                "--",
                "--include-ignored",
            ] => {
                let folder = package
                    .strip_prefix("appleports-")
                    .map_or_else(|| (*package).to_owned(), |name| format!("crates/{name}"));
                let folder = root.join(folder).join("tests/it");
                let name = tests.strip_suffix("::").unwrap_or_default();
                let main = fs::read_to_string(folder.join("main.rs")).unwrap_or_default();
                main.contains(&format!("\nmod {name};\n"))
                    && folder.join(format!("{name}.rs")).is_file()
            }
            ["cargo", "test", ..] => false,
            ["cargo", "xtask", task, ..] => {
                root.join(format!("xtask/src/{task}.rs")).is_file()
                    || root.join(format!("xtask/src/{task}/mod.rs")).is_file()
            }
            [path] if path.starts_with(".ci/") => root.join(path).is_file(),
            _ => continue,
        };
        assert!(there, "SECURITY.md: `{command}`");
        checked += 1;
    }
    assert!(checked > 10, "only {checked}");
}

#[test]
fn the_tables_that_commands_write_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (page, name, least) in [("SECURITY.md", "fuzz", 7), ("BENCHMARKS.md", "bench", 40)] {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
        let (table, _) = rest.split_once(&format!("<!-- end {name} -->")).unwrap();
        assert!(table.lines().count() >= least, "{page}: {table}");
    }
}
