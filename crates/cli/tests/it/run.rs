//! Running the command as a user does.

use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

use crate::seed::sources;

/// The variable that says where a person's folder for caches is.
pub(crate) const CACHES: &str = if cfg!(target_os = "macos") {
    "HOME"
} else {
    "XDG_CACHE_HOME"
};

/// Where it is for the tests: not where that of the person is who runs them.
pub(crate) const OWN_CACHES: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/caches");

/// The command.
pub(crate) fn program() -> Command {
    let mut command = Command::cargo_bin("appleports").unwrap();
    command.env(CACHES, OWN_CACHES);
    command
}

/// The command in `folder`, with the sources that are there, on the day after the capture that
/// tests count on. Captures of later days are added on a later day, and ages are of a later day.
pub(crate) fn alone(folder: &Path, arguments: &[&str]) -> Assert {
    let is_later = arguments
        .iter()
        .any(|argument| ["ingest", "status"].contains(argument));
    let day = if is_later { "2026-10-12" } else { "2015-10-24" };
    on(day, folder, arguments)
}

/// The command in `folder`, with the sources that are there, on a day.
pub(crate) fn on(day: &str, folder: &Path, arguments: &[&str]) -> Assert {
    program()
        .current_dir(folder)
        .env("APPLEPORTS_TODAY", day)
        .args(arguments)
        .assert()
}

/// The command in `folder`, with the evidence that tests count on.
pub(crate) fn appleports(folder: &Path, arguments: &[&str]) -> Assert {
    let sources = sources().display().to_string();
    alone(folder, &[&["--sources", &sources], arguments].concat())
}

/// What it said to the person.
pub(crate) fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// What it said to the person besides which sources are of a later day: the facts that tests count
/// on are of later days than their capture.
pub(crate) fn complaint(assert: &Assert) -> String {
    let all = stderr(assert);
    let lines = all.split_inclusive('\n');
    lines.filter(|line| !line.starts_with("later: ")).collect()
}

/// Its result.
pub(crate) fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// An empty folder.
pub(crate) fn scratch() -> TempDir {
    tempfile::tempdir().unwrap()
}
