//! `diff git:REV` in repositories that are made to do harm: no command that their configuration
//! names is run, and nothing is fetched.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::run::{alone, stderr};
use crate::seed;

/// A repository with one commit, and the file that each of its commands would make.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = Self { folder };
        fs::create_dir(own.path("output")).unwrap();
        let ports = seed::output().join("ports.json");
        fs::copy(ports, own.path("output/ports.json")).unwrap();
        own.git(&["init", "-q", "-b", "main"]);
        own.git(&["add", "output"]);
        own.git(&["commit", "-q", "-m", "first"]);
        own
    }

    /// One whose file is missing, and is to be had of a remote only.
    fn partial() -> Self {
        let own = Self::new();
        let blob = own.git(&["rev-parse", "HEAD:output/ports.json"]).stdout;
        let blob = String::from_utf8(blob).unwrap();
        let (folder, file) = blob.trim().split_at(2);
        fs::remove_file(own.path(&format!(".git/objects/{folder}/{file}"))).unwrap();
        for (name, value) in [
            ("core.repositoryformatversion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
        ] {
            own.git(&["config", name, value]);
        }
        own
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let output = plain_git(self.folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        output
    }

    /// Whether a command was run, since the last question.
    fn was_run(&self) -> bool {
        fs::remove_file(self.path("mark")).is_ok()
    }
}

fn plain_git(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .output()
        .unwrap()
}

#[test]
fn a_missing_file_is_not_fetched() {
    for (url, setting) in [
        ("ssh://nowhere.invalid/x", Some("core.sshCommand")),
        ("ext::sh -c touch% MARK", None),
        ("HERE", Some("remote.origin.uploadpack")),
    ] {
        let own = Repository::partial();
        let mark = own.path("mark").display().to_string();
        let here = own.folder.path().display().to_string();
        let url = url.replace("MARK", &mark).replace("HERE", &here);
        own.git(&["config", "remote.origin.url", &url]);
        own.git(&["config", "protocol.ext.allow", "always"]);
        if let Some(setting) = setting {
            let command = format!("touch {mark}; false");
            own.git(&["config", setting, &command]);
        }
        // The harm is there: git alone runs the command.
        plain_git(
            own.folder.path(),
            &["cat-file", "-s", "HEAD:output/ports.json"],
        );
        assert!(own.was_run(), "{url}: git alone");
        let refused = alone(own.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
        assert!(!own.was_run(), "{url}: {}", stderr(&refused));
        assert!(
            stderr(&refused).contains("the revision has no output/ports.json"),
            "{}",
            stderr(&refused)
        );
    }
}

#[test]
fn no_command_of_the_configuration_is_run() {
    let own = Repository::new();
    let mark = own.path("mark").display().to_string();
    let command = format!("sh -c 'touch {mark}; cat'");
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.askPass",
        "credential.helper",
        "diff.x.textconv",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "alias.rev-parse",
        "alias.cat-file",
        "pager.cat-file",
        "pager.rev-parse",
    ] {
        own.git(&["config", name, &command]);
    }
    fs::write(own.path(".git/info/attributes"), "* diff=x filter=x\n").unwrap();
    for hook in [
        "post-checkout",
        "post-index-change",
        "reference-transaction",
    ] {
        let path = own.path(&format!(".git/hooks/{hook}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\ntouch {mark}\n")).unwrap();
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&path, executable).unwrap();
    }
    plain_git(own.folder.path(), &["status"]);
    assert!(own.was_run(), "git alone");
    alone(own.folder.path(), &["diff", "git:HEAD", "output"]).success();
    assert!(!own.was_run());
}

/// A pipe in which nothing is ever written.
fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_pipe_in_the_repository_is_not_waited_for() {
    let own = Repository::new();
    let branch = own.path(".git/refs/heads/main");
    fs::remove_file(&branch).unwrap();
    make_pipe(&branch);
    let refused = alone(own.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
    let expected = "git did not answer within 10 seconds (`git ";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}

#[test]
fn no_file_is_included() {
    let own = Repository::new();
    let pipe = own.path("pipe");
    make_pipe(&pipe);
    let pipe = pipe.display();
    let config = own.path(".git/config");
    let plain = fs::read_to_string(&config).unwrap();
    for section in [
        "[include]\n\tpath",
        "[INCLUDE]\n\tPath",
        "[includeIf \"gitdir:/**\"]\n\tpath",
    ] {
        // Git would wait for the pipe if it opened it.
        fs::write(&config, format!("{plain}{section} = {pipe}\n")).unwrap();
        let refused = alone(own.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains("includes other files"), "{section}: {said}");
    }
    fs::write(&config, plain).unwrap();
    alone(own.folder.path(), &["diff", "git:HEAD", "output"]).success();
}

#[test]
fn no_file_is_included_by_a_working_tree() {
    let own = Repository::new();
    let pipe = own.path("pipe");
    make_pipe(&pipe);
    own.git(&["config", "extensions.worktreeConfig", "true"]);
    let linked = tempfile::tempdir().unwrap();
    let linked = linked.path().join("linked");
    own.git(&["worktree", "add", "--quiet", &linked.display().to_string()]);
    // Git passes over a repository that is none.
    fs::create_dir_all(own.path("output/.git")).unwrap();
    let include = format!("[include]\n\tpath = {}\n", pipe.display());
    let refused = |folder: &Path, expected: &str| {
        let refused = alone(folder, &["diff", "git:HEAD", "ports.json"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains(expected), "{}: {said}", folder.display());
    };
    for (config, folder) in [
        (own.path(".git/config.worktree"), own.path("output")),
        (
            own.path(".git/worktrees/linked/config.worktree"),
            linked.join("output"),
        ),
    ] {
        alone(&folder, &["diff", "git:HEAD", "ports.json"]).success();
        // Git would wait for the pipe if it opened it.
        fs::write(&config, &include).unwrap();
        refused(&folder, "includes other files");
        fs::write(&config, format!("{include}[core")).unwrap();
        refused(
            &folder,
            "the configuration of the repository cannot be read",
        );
        fs::remove_file(&config).unwrap();
    }
}

#[test]
fn a_working_tree_is_found_as_git_finds_it() {
    let own = Repository::new();
    let pipe = own.path("pipe");
    make_pipe(&pipe);
    own.git(&["config", "extensions.worktreeConfig", "true"]);
    let include = format!("[include]\n\tpath = {}\n", pipe.display());
    let refused = |folder: &Path, expected: &str| {
        // Git would wait for the pipe if it opened it.
        let refused = alone(folder, &["diff", "git:HEAD", "ports.json"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains(expected), "{}: {said}", folder.display());
    };
    let repository = own.path(".git");
    own.git(&["pack-refs", "--all"]);
    fs::write(repository.join("config.worktree"), &include).unwrap();
    // A repository without a working tree, whose HEAD leads to a branch that is packed.
    fs::remove_file(repository.join("HEAD")).unwrap();
    std::os::unix::fs::symlink("refs/heads/main", repository.join("HEAD")).unwrap();
    refused(&repository, "includes other files");
    // A file in the place of a repository: what git takes off its end, and no more.
    let elsewhere = own.path("elsewhere ");
    fs::rename(&repository, &elsewhere).unwrap();
    let link = format!("gitdir: {}", elsewhere.display());
    let lines = "\n".repeat(9000);
    for (link, expected) in [
        (link.as_bytes(), "includes other files"),
        (&[link.as_bytes(), b"\r\n"].concat(), "includes other files"),
        (
            &[link.as_bytes(), lines.as_bytes()].concat(),
            "which repository this file leads to",
        ),
        (b"gitdir: \xff", "which repository this file leads to"),
    ] {
        fs::write(&repository, link).unwrap();
        refused(&own.path("output"), expected);
    }
}

#[test]
fn git_has_one_time_limit_for_all_its_answers() {
    use std::os::unix::fs::PermissionsExt;
    let own = Repository::new();
    let path = std::env::var("PATH").unwrap();
    let folder = own.path("slow");
    fs::create_dir(&folder).unwrap();
    // Each answer comes in time; all of them together do not.
    let slow = format!("#!/bin/sh\nsleep 3\nPATH='{path}' exec git \"$@\"\n");
    fs::write(folder.join("git"), slow).unwrap();
    fs::set_permissions(folder.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let start = std::time::Instant::now();
    let mut command = assert_cmd::Command::cargo_bin("appleports").unwrap();
    let command = command
        .current_dir(own.folder.path())
        .env("PATH", format!("{}:{path}", folder.display()))
        .args(["diff", "git:main", "output"]);
    let refused = command.assert().code(2);
    let expected = "git did not answer within 10 seconds (`git ";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    assert!(start.elapsed().as_secs() < 15);
}
