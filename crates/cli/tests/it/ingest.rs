//! What `ingest` asks of a table of facts, of a page's language, and what it says of the guards.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::run::{alone, scratch, stderr, stdout};
use crate::seed::repository;
use crate::tree;

const TABLE: &str = "Port,Type,Title,RFC,Service name,Used by,Confirmed\n80,TCP,Web,2616,http,Mail,2024-11\n443,TCP,Secure web,2818,https,Mail,2024\n";

/// A folder with the committed sources up to 2022.
fn sources() -> TempDir {
    let folder = scratch();
    tree::copy(
        &repository().join("sources"),
        &folder.path().join("sources"),
    );
    for entry in fs::read_dir(folder.path().join("sources/apple/en-us")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().as_ref() > "2022-08-25" {
            fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    folder
}

fn manifest(text: &str, form: &str) -> String {
    let hash = appleports_model::sha256_hex(text.as_bytes());
    format!(
        "file = \"table.csv\"\nurl = \"https://support.apple.com/en-us/103229\"\narticle_id = \"103229\"\nlocale = \"en-us\"\ncaptured = \"2025-01-01\"\nmedia_type = \"text/csv\"\nsha256 = \"{hash}\"\n{form}obtained = \"written down for a test\"\nlicence = \"facts\"\n"
    )
}

fn write(folder: &Path, table: &str, manifest: Option<&str>) {
    fs::write(folder.join("table.csv"), table).unwrap();
    let beside = folder.join("table.toml");
    match manifest {
        Some(text) => fs::write(beside, text).unwrap(),
        None => drop(fs::remove_file(beside)),
    }
}

#[test]
fn a_table_of_facts_needs_a_manifest_that_says_so() {
    let folder = sources();
    let ingest = |more: &[&str]| alone(folder.path(), &[&["ingest", "table.csv"], more].concat());
    write(folder.path(), TABLE, None);
    let named = ["--locale", "en-us", "--captured", "2025-01-01"];
    let refused = ingest(&named).code(2);
    let expected =
        "error: table.csv:1: a table that says when its rows were confirmed is not a page";
    assert!(
        stderr(&refused).starts_with(expected),
        "{}",
        stderr(&refused)
    );
    write(folder.path(), TABLE, Some(&manifest(TABLE, "")));
    ingest(&[]).code(2);
    assert!(
        !folder
            .path()
            .join("sources/apple/en-us/2025-01-01")
            .exists()
    );

    write(
        folder.path(),
        TABLE,
        Some(&manifest(TABLE, "form = \"facts\"\n")),
    );
    ingest(&["--captured", "2025-01-02"]).code(2);
    ingest(&["--locale", "de-de"]).code(2);
    ingest(&[]).success();
    let stored = folder.path().join("sources/apple/en-us/2025-01-01");
    assert_eq!(
        fs::read_to_string(stored.join("capture.csv")).unwrap(),
        TABLE
    );
    let kept = fs::read_to_string(stored.join("capture.toml")).unwrap();
    assert!(
        kept.contains("form = \"facts\"") && kept.contains("written down for a test"),
        "{kept}"
    );
    // The manifest is about these bytes.
    let other = TABLE.replace("2024-11", "2024-12");
    fs::write(folder.path().join("table.csv"), other).unwrap();
    let refused = ingest(&[]).code(2);
    assert!(
        stderr(&refused).contains("sha256 is that of other bytes"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn ingest_says_at_once_that_the_guards_refuse() {
    let folder = sources();
    write(
        folder.path(),
        TABLE,
        Some(&manifest(TABLE, "form = \"facts\"\n")),
    );
    let dry = alone(folder.path(), &["ingest", "--dry-run", "table.csv"]).success();
    let said = stderr(&dry);
    assert!(
        said.starts_with("refused: the guards would refuse this capture"),
        "{said}"
    );
    assert!(
        said.contains(
            "  G002: 2 rows, 56 in apple/en-us/2022-08-25; gone: 22/tcp ssh, 25/tcp smtp, "
        ),
        "{said}"
    );
    assert!(
        said.contains("; products without a row: AirPlay, "),
        "{said}"
    );
    assert!(
        said.contains("appleports build --capture apple/en-us/2025-01-01 --accept REASON"),
        "{said}"
    );
    let stored = alone(folder.path(), &["ingest", "table.csv"]).success();
    assert!(stderr(&stored).starts_with("refused: the capture is stored, but no command uses it"));
    // No command does, and each says which one it uses.
    for arguments in [
        ["find", "ssh"],
        ["why", "22"],
        ["export", "--format=list"],
        ["history", "--port=22"],
        ["check", "--deny=error"],
    ] {
        let used = alone(folder.path(), &arguments).success();
        let said = stderr(&used);
        assert!(
            said.contains("apple/en-us/2022-08-25 is used instead"),
            "{arguments:?}: {said}"
        );
        assert!(!stdout(&used).contains("2025-01-01"), "{arguments:?}");
    }
    alone(folder.path(), &["build"]).code(3);
    let refused = alone(
        folder.path(),
        &["find", "ssh", "--capture", "apple/en-us/2025-01-01"],
    );
    refused.code(3);
    alone(folder.path(), &["build", "--accept", "a test"]).success();
    let used = alone(folder.path(), &["find", "ssh"]).code(1);
    assert!(stderr(&used).is_empty() || !stderr(&used).contains("is used instead"));
}

#[test]
fn a_page_in_another_language_than_the_one_asked_for_is_refused() {
    let folder = sources();
    let row = "<tr><td>80<td>TCP<td>Web<td>2616<td>http<td>Mail";
    for (page, locale) in [
        (
            format!("<html lang=\"de-DE\"><title>TCP UDP</title><table>{row}</table></html>"),
            "de-de",
        ),
        (
            format!("<html lang=\"fr\"><title>TCP UDP</title><table>{row}</table></html>"),
            "fr",
        ),
        (
            format!(
                "<html><title>TCP UDP</title><link rel=canonical href=\"https://support.apple.com/ja-jp/103229\"><table>{row}</table></html>"
            ),
            "ja-jp",
        ),
        (
            format!(
                "<html lang=en><title>TCP UDP</title><link rel=canonical href=\"https://support.apple.com/en-gb/103229\"><table>{row}</table></html>"
            ),
            "en-gb",
        ),
        (
            format!(
                "<html lang=de-DE><title>TCP UDP</title><link rel=canonical href=\"https://support.apple.com/en-us/103229\"><table>{row}</table></html>"
            ),
            "de-de",
        ),
    ] {
        fs::write(folder.path().join("page.html"), page).unwrap();
        let arguments = [
            "ingest",
            "page.html",
            "--locale",
            "en-us",
            "--captured",
            "2025-01-01",
        ];
        let refused = alone(folder.path(), &arguments).code(2);
        let expected = format!("page.html: the page is in `{locale}`, not in `en-us`");
        assert!(stderr(&refused).contains(&expected), "{}", stderr(&refused));
    }
}

#[test]
fn contradicting_siblings_are_one_error_with_file_and_line() {
    let folder = sources();
    let path = folder.path().join("sources/siblings/2024-07-29.facts.toml");
    let text = fs::read_to_string(&path).unwrap();
    let twice = format!("{text}[[article.fact]]\nproduct = \"\"\ntcp = \"1\"\n");
    fs::write(&path, &twice).unwrap();
    let manifest = path.with_file_name("2024-07-29.toml");
    let kept = fs::read_to_string(&manifest).unwrap();
    let hash = |text: &str| appleports_model::sha256_hex(text.as_bytes());
    fs::write(&manifest, kept.replace(&hash(&text), &hash(&twice))).unwrap();
    let refused = alone(folder.path(), &["build"]).code(2);
    let line = twice.lines().count() - 1;
    let expected = format!(
        "sources/siblings/2024-07-29.facts.toml:{line}: the article 101555 gives the ports of all products together here and on line "
    );
    assert!(stderr(&refused).contains(&expected), "{}", stderr(&refused));
}

#[test]
fn an_address_of_another_page_is_refused_by_name() {
    let folder = sources();
    let page = fs::read_to_string(repository().join("sources/apple/en-us/2022-08-25/capture.csv"));
    fs::write(folder.path().join("page.csv"), page.unwrap()).unwrap();
    let ingest = |url: &str| {
        let more = ["--dry-run", "--locale", "en-us", "--url", url];
        alone(
            folder.path(),
            &[&["ingest", "page.csv"], &more[..]].concat(),
        )
    };
    for other in [
        "https://support.apple.com/en-us/102266",
        "https://en.wikipedia.org/wiki/Ports",
    ] {
        let said = stderr(&ingest(other).code(3));
        assert!(said.contains(other), "{said}");
    }
    ingest("https://support.apple.com/en-us/103229").success();
    ingest("https://web.archive.org/web/2022/https://support.apple.com/en-us/HT202944").success();
}

#[test]
fn many_files_at_once_are_stored_as_one_by_one() {
    let page = |rows: u16| {
        let row = |at: u16| format!("{},TCP,Service {at},{at},name-{at},Mail\n", 1_000 + at);
        let rows: String = (1..=rows).map(row).collect();
        format!("Port,Type,Title,RFC,Service name,Used by\n{rows}")
    };
    let files = [
        ("a.csv", "2024-01-05", 40),
        // It is older, and the next one is too short.
        ("b.csv", "2024-01-03", 41),
        ("c.csv", "2024-01-07", 20),
        ("d.csv", "2024-01-08", 42),
        // The same once more, and another one of its day, which ends the run.
        ("d.csv", "2024-01-08", 42),
        ("e.csv", "2024-01-05", 43),
        ("f.csv", "2024-01-09", 42),
    ];
    let new = || {
        let folder = sources();
        fs::remove_dir_all(folder.path().join("sources/apple")).unwrap();
        for (name, day, rows) in files {
            let (path, text) = (folder.path().join(name), page(rows));
            let manifest = manifest(&text, "").replace("table.csv", name);
            let manifest = manifest.replace("2025-01-01", day);
            fs::write(path.with_extension("toml"), manifest).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    };
    let stored = |folder: &TempDir| -> Vec<(String, Vec<u8>)> {
        let apple = folder.path().join("sources/apple");
        let files = tree::files(&apple).into_iter();
        let read = |file: String| {
            let bytes = fs::read(apple.join(&file)).unwrap();
            (file, bytes)
        };
        files.map(read).collect()
    };
    let (single, many) = (new(), new());
    let (mut shown, mut said) = (String::new(), String::new());
    for (name, ..) in files {
        let done = alone(single.path(), &["ingest", name]);
        shown.push_str(&stdout(&done));
        said.push_str(&stderr(&done));
        if name == "e.csv" {
            done.code(2);
            break;
        }
        done.success();
    }
    let names: Vec<&str> = files.iter().map(|(name, ..)| *name).collect();
    let done = alone(many.path(), &[&["ingest"], names.as_slice()].concat()).code(2);
    assert_eq!((stdout(&done), stderr(&done)), (shown, said.clone()));
    assert!(said.starts_with("refused: the capture is stored"), "{said}");
    assert!(said.contains("another capture is stored here"), "{said}");
    assert_eq!(stored(&many), stored(&single));
    assert_eq!(stored(&many).len(), 8);
}

#[test]
fn nothing_stands_beside_standard_input() {
    let folder = sources();
    write(
        folder.path(),
        TABLE,
        Some(&manifest(TABLE, "form = \"facts\"\n")),
    );
    let text = fs::read_to_string(folder.path().join("table.toml")).unwrap();
    fs::write(
        folder.path().join("<stdin>.toml"),
        text.replace("table.csv", "<stdin>"),
    )
    .unwrap();
    let mut command = assert_cmd::Command::cargo_bin("appleports").unwrap();
    command
        .current_dir(folder.path())
        .args(["ingest", "-", "--dry-run"]);
    let shown = command.write_stdin(TABLE).assert();
    assert!(!stdout(&shown).contains("2025-01-01"), "{}", stdout(&shown));
}
