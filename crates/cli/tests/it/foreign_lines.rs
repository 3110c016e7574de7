//! What foreign files say begins no line of what is printed, wherever in them it stands.

use std::fs;
use std::path::Path;

use appleports_model::sha256_hex;
use tempfile::TempDir;

use crate::run::{alone, scratch, stderr, stdout};
use crate::{seed, tree};

const ESCAPED: &str = r"a\n::error file=x::pwn ##[error]pwn";
const LINES: &str = "a\n::error file=x::pwn ##[error]pwn";

fn built() -> TempDir {
    let folder = scratch();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    tree::copy(seed::output(), &folder.path().join("output"));
    folder
}

/// Runs a command; the foreign text may be shown, but is no line and no command.
fn harmless(folder: &Path, place: &str, arguments: &[&str]) -> String {
    let assert = alone(folder, arguments);
    let shown = stderr(&assert) + &stdout(&assert);
    let is_command = |line: &str| line.trim_start().starts_with("::") || line.contains("##[");
    assert!(!shown.lines().any(is_command), "{place}: {shown}");
    assert!(shown.len() < 100_000, "{place}: {} bytes", shown.len());
    shown
}

/// Puts the text where `value` is in a file; the file as it was.
fn put(path: &Path, value: &str, text: &str) -> String {
    let whole = fs::read_to_string(path).unwrap();
    let foreign = whole.replacen(value, &value.replacen('$', text, 1), 1);
    let (start, rest) = value.split_once('$').expect("a place for the text");
    let at = whole
        .find(start)
        .unwrap_or_else(|| panic!("{}: {start}", path.display()));
    let after = at + start.len();
    let end = after + whole[after..].find(rest).unwrap();
    let foreign = if foreign == whole {
        format!("{}{text}{}", &whole[..after], &whole[end..])
    } else {
        foreign
    };
    fs::write(path, foreign).unwrap();
    whole
}

#[test]
fn of_an_output() {
    let folder = built();
    let ports = folder.path().join("output/ports.json");
    for place in [
        "\"schema_version\": \"$\"",
        "\"iana_status\": \"$\"",
        "\"registration\": \"$\"",
        "\"kind\": \"$\"",
        "\"transports\": [\n        \"$\"",
        "\"products\": [\n        \"$\"",
        "\"iana_names\": [\n            \"$\"",
        "\"id\": \"$\"",
        "\"title\": \"$\"",
        "\"source\": \"$\"",
        "\"date\": \"$\"",
        "\"$\": ",
    ] {
        let whole = put(&ports, place, ESCAPED);
        for format in ["terminal", "markdown", "json", "html"] {
            let arguments = [
                "diff",
                "apple/de-de/2015-10-23",
                "output",
                "--format",
                format,
            ];
            harmless(folder.path(), place, &arguments);
        }
        harmless(folder.path(), place, &["verify"]);
        harmless(folder.path(), place, &["build", "--output", "output"]);
        fs::write(&ports, whole).unwrap();
    }
    let manifest = folder.path().join("output/datapackage.json");
    for place in [
        "\"title\": \"$\"",
        "\"path\": \"$\"",
        "\"hash\": \"$\"",
        "\"version\": \"$\"",
    ] {
        let whole = put(&manifest, place, ESCAPED);
        let shown = harmless(folder.path(), place, &["verify"]);
        assert!(!shown.is_empty(), "{place}");
        fs::write(&manifest, whole).unwrap();
    }
}

#[test]
fn of_a_baseline() {
    let folder = built();
    let text = alone(folder.path(), &["check", "--format", "json"]);
    fs::write(folder.path().join("baseline.json"), stdout(&text)).unwrap();
    let baseline = folder.path().join("baseline.json");
    for place in [
        "\"code\": \"$\"",
        "\"level\": \"$\"",
        "\"message\": \"$\"",
        "\"record\": \"$\"",
    ] {
        let whole = put(&baseline, place, ESCAPED);
        harmless(
            folder.path(),
            place,
            &["check", "--baseline", "baseline.json"],
        );
        fs::write(&baseline, whole).unwrap();
    }
}

#[test]
fn of_the_sources() {
    let folder = built();
    let capture = "sources/apple/de-de/2015-10-23/capture.toml";
    for (file, place) in [
        (capture, "file = \"$\""),
        (capture, "url = \"$\""),
        (capture, "locale = \"$\""),
        (capture, "captured = \"$\""),
        (capture, "sha256 = \"$\""),
        (capture, "article_id = \"$\""),
        (capture, "obtained = \"$\""),
        ("sources/iana/2015-07-30.toml", "url = \"$\""),
        ("sources/iana/2015-07-30.toml", "captured = \"$\""),
    ] {
        let path = folder.path().join(file);
        for text in [ESCAPED, LINES] {
            let whole = put(&path, place, text);
            for arguments in [
                &["check"][..],
                &["find", "22"],
                &["why", "22"],
                &["status"],
                &["history"],
            ] {
                harmless(folder.path(), place, arguments);
            }
            harmless(folder.path(), place, &["build", "--output", "other"]);
            fs::write(&path, whole).unwrap();
        }
    }
    let path = folder.path().join(capture);
    let whole = fs::read_to_string(&path).unwrap();
    for foreign in [
        format!("\"{ESCAPED}\" = 1\n{whole}"),
        format!("{whole}\n{LINES}"),
        format!("{whole}\n= {}", "x".repeat(2_000_000)),
    ] {
        fs::write(&path, foreign).unwrap();
        harmless(
            folder.path(),
            "capture.toml",
            &["build", "--output", "other"],
        );
    }
    fs::write(&path, whole).unwrap();
    for (name, text) in [
        (
            "sources/.checked.toml",
            format!("\"{ESCAPED}\" = \"2020-01-01\"\nx = \"{ESCAPED}\"\n"),
        ),
        ("sources/.checked.toml", format!("x = {LINES}\n")),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        harmless(folder.path(), name, &["status"]);
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    #[cfg(unix)]
    {
        let odd = folder
            .path()
            .join("sources/apple/de-de")
            .join(LINES.replace("x::", "x"));
        fs::create_dir(&odd).unwrap();
        harmless(
            folder.path(),
            "a folder's name",
            &["build", "--output", "other"],
        );
        fs::remove_dir(odd).unwrap();
    }
}

/// The title, the id and the purpose of another article, at the ends of which are line breaks.
#[test]
fn of_other_articles() {
    let folder = built();
    tree::copy(
        &seed::repository().join("sources/siblings"),
        &folder.path().join("sources/siblings"),
    );
    let facts = folder.path().join("sources/siblings/2024-07-29.facts.toml");
    let manifest = facts.with_file_name("2024-07-29.toml");
    let old = fs::read_to_string(&facts).unwrap();
    let about = fs::read_to_string(&manifest).unwrap();
    for place in ["id = \"$\"", "title = \"$\"", "use = \"$\""] {
        for text in [r"\nforeign: x\n", r"\n::error::x\n", r"\n\n##[error]x"] {
            put(&facts, place, text);
            let new = fs::read(&facts).unwrap();
            let about = about.replace(&sha256_hex(old.as_bytes()), &sha256_hex(&new));
            fs::write(&manifest, about).unwrap();
            for arguments in [
                &["why", "5223"][..],
                &["why", "443", "--format", "json"],
                &["check"],
            ] {
                let shown = harmless(folder.path(), place, arguments);
                let is_foreign = |line: &str| line.starts_with("foreign: ");
                assert!(!shown.lines().any(is_foreign), "{place}: {shown}");
            }
            fs::write(&facts, &old).unwrap();
        }
    }
}

#[test]
fn of_registries_and_indexes() {
    let folder = built();
    for (name, option, text) in [
        (
            "registry.xml",
            "--iana",
            "<registry><record><a&#10;::error::x/></record></registry>".to_owned(),
        ),
        (
            "registry.xml",
            "--iana",
            format!(
                "<registry><record><name>x</name><number>1</number><protocol>{LINES}</protocol></record></registry>"
            ),
        ),
        (
            "registry.xml",
            "--iana",
            format!("<registry>\n<{LINES}></registry>"),
        ),
        (
            "rfc.facts.toml",
            "--rfc-index",
            format!("\"{ESCAPED}\" = 1\n"),
        ),
        (
            "rfc.xml",
            "--rfc-index",
            format!("<rfc-index><rfc-entry><doc-id>{LINES}</doc-id></rfc-entry></rfc-index>"),
        ),
        ("rfc.txt", "--rfc-index", LINES.to_owned()),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        harmless(folder.path(), name, &["check", option, name]);
    }
    fs::write(
        folder.path().join("services"),
        "::error::x\t80/tcp # ##[error]x\n",
    )
    .unwrap();
    harmless(
        folder.path(),
        "services",
        &["check", "--services", "services"],
    );
    fs::write(folder.path().join("old.txt"), "a\n").unwrap();
    fs::write(folder.path().join("new.txt"), "b\n::error::x\n##[error]x\n").unwrap();
    harmless(folder.path(), "a text", &["diff", "old.txt", "new.txt"]);
}
