//! Runs beside each other and beside other programs: nothing of anybody is lost, and nobody waits
//! forever.
#![cfg(unix)]

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use appleports_model::sha256_hex;
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

use crate::run::{CACHES, OWN_CACHES};
use crate::{seed, tree};

const DAY: &str = "2026-01-01";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("appleports"));
    command
        .current_dir(folder)
        .env("APPLEPORTS_TODAY", DAY)
        .env(CACHES, OWN_CACHES)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn of_two_captures_at_once_one_is_stored_and_the_other_refused() {
    let folder = folder();
    let page = seed::sources().join("apple/de-de/2015-10-23/capture.md");
    let text = fs::read_to_string(page).unwrap();
    let texts = ["one", "two"].map(|word| text.replacen("Telnet", word, 1));
    for (at, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{at}.md")), text).unwrap();
    }
    for day in 1..=25 {
        let day = format!("2024-01-{day:02}");
        let children = ["0.md", "1.md"].map(|page| {
            let words = ["ingest", page, "--locale", "de-de", "--captured", &day];
            command(folder.path(), &words).spawn().unwrap()
        });
        let stored = children.map(|mut child| child.wait().unwrap().success());
        let place = folder.path().join("sources/apple/de-de").join(&day);
        let text = fs::read_to_string(place.join("capture.md")).unwrap();
        let at = texts.iter().position(|other| *other == text).unwrap();
        assert!(
            stored[at] && !stored[1 - at],
            "{day}: {stored:?}, {at} is there"
        );
    }
    let status = command(folder.path(), &["build"]).status().unwrap();
    assert!(status.success());
}

/// A folder with more captures than it may have would stop every command.
#[test]
fn captures_at_once_do_not_fill_the_folder_beyond_its_limit() {
    let folder = folder();
    let locale = folder.path().join("sources/apple/de-de");
    fs::remove_dir_all(&locale).unwrap();
    let rows = (1..=4).map(|at| format!("{at},TCP,Title {at},{at},name-{at},Mail\n"));
    let table = "Port,Type,Title,RFC,Service name,Used by\n".to_owned() + &rows.collect::<String>();
    let hash = sha256_hex(table.as_bytes());
    for at in 0..198 {
        let day = format!("2024-{:02}-{:02}", 1 + at / 28, 1 + at % 28);
        let place = locale.join(&day);
        fs::create_dir_all(&place).unwrap();
        let manifest = format!(
            "file = \"capture.csv\"\nurl = \"\"\nlocale = \"de-de\"\ncaptured = \"{day}\"\nmedia_type = \"text/csv\"\nsha256 = \"{hash}\"\nobtained = \"made\"\n"
        );
        fs::write(place.join("capture.csv"), &table).unwrap();
        fs::write(place.join("capture.toml"), manifest).unwrap();
    }
    fs::write(folder.path().join("page.csv"), &table).unwrap();
    let children = ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"].map(|day| {
        let words = ["ingest", "page.csv", "--locale", "de-de", "--captured", day];
        command(folder.path(), &words).spawn().unwrap()
    });
    let stored = children.map(|mut child| child.wait().unwrap().success());
    assert_eq!(
        stored.iter().filter(|is_stored| **is_stored).count(),
        2,
        "{stored:?}"
    );
    assert!(
        command(folder.path(), &["find", "4"])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn an_open_file_is_written_to_and_not_replaced() {
    let folder = folder();
    let log = folder.path().join("log");
    for device in ["/dev/stdout", "/dev/fd/1"] {
        fs::write(&log, "old\n").unwrap();
        let open = OpenOptions::new().append(true).open(&log).unwrap();
        let words = ["export", "--format", "list", "-o", device];
        let status = command(folder.path(), &words).stdout(open).status();
        assert!(status.unwrap().success());
        let text = fs::read_to_string(&log).unwrap();
        assert!(
            text.starts_with("old\n") && text.len() > 100,
            "{device}: {text}"
        );
    }
}

#[test]
fn a_replaced_file_keeps_its_mode_and_owner() {
    let folder = folder();
    let secret = folder.path().join("secret.txt");
    fs::write(&secret, "old").unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o600)).unwrap();
    // Only root can give a file away.
    let is_given = chown(&secret, Some(1234), Some(1235)).is_ok();
    let words = ["export", "--format", "list", "-o", "secret.txt"];
    assert!(command(folder.path(), &words).status().unwrap().success());
    let metadata = fs::metadata(&secret).unwrap();
    assert_eq!(metadata.mode() & 0o777, 0o600);
    if is_given {
        assert_eq!((metadata.uid(), metadata.gid()), (1234, 1235));
    }
    assert_ne!(fs::read(&secret).unwrap(), b"old");
}

#[test]
fn a_lock_of_somebody_else_is_waited_for_with_a_word_and_a_limit() {
    let folder = folder();
    let output = folder.path().join("output");
    fs::create_dir(&output).unwrap();
    let lock = File::open(&output).unwrap();
    lock.lock().unwrap();
    let start = Instant::now();
    let words = ["export", "--format", "list", "-o", "output/list"];
    let mut other = command(folder.path(), &words).spawn().unwrap();
    let run = command(folder.path(), &["build"])
        .stderr(Stdio::piped())
        .output();
    let said = String::from_utf8(run.unwrap().stderr).unwrap();
    assert!(start.elapsed() < Duration::from_mins(2));
    for expected in [
        "waiting: output: until another program unlocks it",
        "output: another program has locked this folder, and 30 seconds were not enough",
    ] {
        assert!(said.contains(expected), "{said}");
    }
    assert!(!other.wait().unwrap().success());
    assert!(tree::files(&output).is_empty());
}
