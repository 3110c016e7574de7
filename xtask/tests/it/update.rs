//! The whole way of an update, in a scratch git repository with a server on loopback.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use appleports_pipeline::{
    AssembleOptions, BUILT_IN, BuildOptions, assemble_with, build, built_in,
};
use appleports_store::SourceFolder;
use tempfile::TempDir;

use crate::pages::{Era, Row, html_today};
use crate::server::{Answer, Server, response};

fn rows() -> Vec<Row> {
    (1..=40_u16)
        .map(|at| {
            [
                format!("{}", 1000 + at * 10),
                if at % 2 == 0 { "TCP, UDP" } else { "TCP" }.to_owned(),
                format!("Service number {at}"),
                format!("{}", 2000 + at),
                format!("name-{at}"),
                "Mail".to_owned(),
            ]
        })
        .collect()
}

/// The rows with a range grown, a row gone, a row new, and a hostile used-by text.
fn edited() -> Vec<Row> {
    let mut rows = rows();
    "1020-1022".clone_into(&mut rows[1][0]);
    rows.remove(9);
    "Mail, @everyone <img src=x> | `x`".clone_into(&mut rows[4][5]);
    rows.push([
        "6000".into(),
        "UDP".into(),
        "New service".into(),
        "9110".into(),
        "newname".into(),
        "FaceTime".into(),
    ]);
    rows
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ])
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What the command would carry if it were built from this repository.
fn carried(root: &Path) -> [(&'static str, Vec<u8>); 2] {
    let sources = SourceFolder::new(root.join("sources"));
    let assembled = assemble_with(&sources, &AssembleOptions::default()).unwrap();
    built_in(root, &assembled).unwrap()
}

/// A repository with sources (one English capture) and output, all committed.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sources");
    copy(&sources, &root.join("sources"));
    fs::remove_dir_all(root.join("sources/apple")).unwrap();
    let page = root.join("page.html");
    fs::write(&page, html_today(&rows(), Era::Y2024)).unwrap();
    fs::create_dir_all(root.join("output")).unwrap();
    let sources = SourceFolder::new(root.join("sources"));
    let options = appleports_pipeline::IngestOptions {
        url: None,
        captured: "2024-01-01".parse().ok(),
        locale: Some("en-us".into()),
        today: None,
    };
    let mut ingestion = appleports_pipeline::Ingestion::new(&sources).unwrap();
    ingestion
        .store("page.html", &fs::read(&page).unwrap(), &options)
        .unwrap();
    fs::remove_file(page).unwrap();
    build(&BuildOptions::of_clone(root)).unwrap();
    fs::create_dir_all(root.join(BUILT_IN)).unwrap();
    for (name, bytes) in carried(root) {
        fs::write(root.join(BUILT_IN).join(name), bytes).unwrap();
    }
    fs::write(root.join(".gitignore"), "/update\n/sources/.checked.toml\n").unwrap();
    git(root, &["init", "--quiet", "--initial-branch", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "--message", "Start"]);
    folder
}

fn update(root: &Path, url: &str, day: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_AUTHOR_NAME", "Test"),
            ("GIT_AUTHOR_EMAIL", "test@example.com"),
            ("GIT_COMMITTER_NAME", "Test"),
            ("GIT_COMMITTER_EMAIL", "test@example.com"),
        ])
        .args([
            "update",
            "--commit",
            "--url",
            url,
            "--captured",
            day,
            "--root",
        ])
        .arg(root)
        .output()
        .unwrap()
}

fn serve(page: String) -> (Server, String) {
    let server = Server::start(move |path, _| match path {
        "/page" => response("200 OK", "Content-Type: text/html\r\n", page.as_bytes()),
        _ => response("404 Not Found", "", b""),
    });
    let url = format!("{}/page", server.address);
    (server, url)
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn the_same_page_is_no_commit() {
    let folder = repository();
    let (_server, url) = serve(html_today(&rows(), Era::Y2024));
    let output = update(folder.path(), &url, "2024-02-01");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("unchanged: the page is apple/en-us/2024-01-01 still"),
        "{}",
        said(&output)
    );
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    // Other bytes that say the same are no commit either.
    let (_server, url) = serve(html_today(&rows(), Era::Y2024).replace("<body>", "<body >\n"));
    let output = update(folder.path(), &url, "2024-02-01");
    assert!(
        said(&output).contains("has nothing new"),
        "{}",
        said(&output)
    );
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    assert!(!folder.path().join("update/pull-request.md").exists());
    assert_eq!(git(folder.path(), &["rev-list", "--count", "--all"]), "1\n");
}

#[test]
fn an_edited_page_is_the_right_commit_and_text() {
    let folder = repository();
    let (_server, url) = serve(html_today(&edited(), Era::Y2024));
    let output = update(folder.path(), &url, "2024-02-01");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let title = "Apple's ports article: 1 added, 1 removed, 2 changed";
    assert!(said(&output).contains(title), "{}", said(&output));
    assert_eq!(
        git(folder.path(), &["branch", "--show-current"]),
        "update/apple/en-us/2024-02-01\n"
    );
    assert_eq!(
        git(folder.path(), &["log", "-1", "--format=%s"]),
        format!("{title}\n")
    );
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    let files = git(folder.path(), &["diff", "--name-only", "main"]);
    assert!(
        files.contains("sources/apple/en-us/2024-02-01/capture.html\n"),
        "{files}"
    );
    assert!(
        files.contains("output/ports.csv\n") && !files.contains("2024-01-01"),
        "{files}"
    );
    assert!(
        files.contains("crates/cli/built-in/built-from\n"),
        "{files}"
    );
    for (name, bytes) in carried(folder.path()) {
        let file = fs::read(folder.path().join(BUILT_IN).join(name)).unwrap();
        assert!(file == bytes, "{name}");
    }
    let body = fs::read_to_string(folder.path().join("update/pull-request.md")).unwrap();
    let address = url.trim_end_matches("/page");
    let shown = body.replace(address, "http://server");
    insta::assert_snapshot!("pull_request", shown);
    // Nothing is left of the hostile cell but code.
    assert!(!body.replace('`', "").is_empty() && body.contains('`'));
    // A second run finds the repository up to date.
    let again = update(folder.path(), &url, "2024-02-02");
    assert!(said(&again).contains("unchanged"), "{}", said(&again));
    assert!(!folder.path().join("update/pull-request.md").exists());
}

#[test]
fn an_emptied_page_changes_nothing() {
    let folder = repository();
    let half = html_today(&rows()[..10], Era::Y2024);
    for page in ["<html><h1>Ports</h1></html>".to_owned(), half] {
        let (_server, url) = serve(page);
        let output = update(folder.path(), &url, "2024-02-01");
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
        assert_eq!(git(folder.path(), &["branch", "--show-current"]), "main\n");
        let issue = fs::read_to_string(folder.path().join("update/issue.md")).unwrap();
        assert!(issue.contains("G00"), "{issue}");
    }
    let unreachable = Server::start(|_, _| {
        Answer::Raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec())
    });
    let output = update(
        folder.path(),
        &format!("{}/x", unreachable.address),
        "2024-02-01",
    );
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
}

#[test]
fn without_room_for_the_text_nothing_is_changed() {
    let folder = repository();
    fs::write(folder.path().join("update"), "a file in the way").unwrap();
    let (_server, url) = serve(html_today(&edited(), Era::Y2024));
    let output = update(folder.path(), &url, "2024-02-01");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    fs::remove_file(folder.path().join("update")).unwrap();
    let output = update(folder.path(), &url, "2024-02-01");
    assert!(
        said(&output).contains("changed: Apple's"),
        "{}",
        said(&output)
    );
}

/// The committed table of a day.
fn table(day: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../sources/apple/en-us")
        .join(day)
        .join("capture.csv")
}

/// A repository as it was in 2015: the German capture alone.
fn repository_of_2015() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sources");
    copy(&sources, &root.join("sources"));
    for entry in fs::read_dir(root.join("sources/apple")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "de-de" {
            fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    build(&BuildOptions::of_clone(root)).unwrap();
    fs::write(root.join(".gitignore"), "/update\n").unwrap();
    fs::create_dir(root.join("snapshots")).unwrap();
    let old = "---\nsource: x\n---\nold\n";
    fs::write(root.join("snapshots/dataset.snap"), old).unwrap();
    git(root, &["init", "--quiet", "--initial-branch", "main"]);
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "--message", "Start"]);
    folder
}

fn update_from(root: &Path, day: &str, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_AUTHOR_NAME", "Test"),
            ("GIT_AUTHOR_EMAIL", "test@example.com"),
            ("GIT_COMMITTER_NAME", "Test"),
            ("GIT_COMMITTER_EMAIL", "test@example.com"),
        ])
        .args(["update", "--commit", "--from"])
        .arg(table(day))
        .args(more)
        .arg("--root")
        .arg(root)
        .output()
        .unwrap()
}

#[test]
fn eleven_years_are_three_updates() {
    let folder = repository_of_2015();
    let root = folder.path();
    let text = |name: &str| fs::read_to_string(root.join("update").join(name)).unwrap();
    // What a reviewer sees first.
    let head = |text: &str| text.lines().take(40).collect::<Vec<_>>().join("\n");

    let first = update_from(root, "2018-02-13", &[]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    insta::assert_snapshot!("pull_request_2018", head(&text("pull-request.md")));
    let snapshot = fs::read_to_string(root.join("snapshots/dataset.snap")).unwrap();
    assert!(
        snapshot.starts_with("---\nsource: x\n---\n7 tcp/udp | echo"),
        "{snapshot}"
    );

    let refused = update_from(root, "2022-08-25", &[]);
    assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
    assert_eq!(git(root, &["status", "--porcelain"]), "");
    insta::assert_snapshot!("issue_2022", text("issue.md"));
    let reason = "Apple removed macOS Server and generic Unix services";
    let second = update_from(root, "2022-08-25", &["--accept", reason]);
    assert_eq!(second.status.code(), Some(0), "{}", said(&second));
    let body = text("pull-request.md");
    insta::assert_snapshot!("pull_request_2022", head(&body));
    assert!(
        body.contains(&format!("accepted:** `{reason} (G002: 56 rows, 130 in")),
        "{body}"
    );
    let files = git(root, &["show", "--name-only", "--format=", "HEAD"]);
    assert!(
        files.contains("sources/apple/en-us/2022-08-25/accepted.toml\n"),
        "{files}"
    );

    let third = update_from(root, "2026-10-11", &[]);
    assert_eq!(third.status.code(), Some(0), "{}", said(&third));
    insta::assert_snapshot!("pull_request_2026", text("pull-request.md"));
    assert_eq!(git(root, &["status", "--porcelain"]), "");
    let again = update_from(root, "2026-10-11", &[]);
    assert!(said(&again).contains("unchanged"), "{}", said(&again));
}

#[test]
fn a_file_that_cannot_be_written_leaves_everything_as_it_was() {
    let folder = repository_of_2015();
    let root = folder.path();
    // A folder is where the library's table belongs, which is written behind sources and output.
    let table = root.join("crates/appleports/src/table.rs");
    fs::create_dir_all(&table).unwrap();
    fs::write(table.join("x"), "").unwrap();
    let before = git(root, &["status", "--porcelain"]);
    let failed = update_from(root, "2018-02-13", &[]);
    assert_eq!(failed.status.code(), Some(2), "{}", said(&failed));
    assert_eq!(
        git(root, &["status", "--porcelain"]),
        before,
        "{}",
        said(&failed)
    );
    let folder = root.join("sources/apple/en-us/2018-02-13");
    assert!(!folder.exists(), "{}", said(&failed));
}
