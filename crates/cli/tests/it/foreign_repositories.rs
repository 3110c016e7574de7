//! `diff git:REV` in repositories that are made to do harm: no command that their configuration
//! names is run, and nothing is fetched.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::run::{alone, program, stderr};
use crate::seed;

/// A repository with one commit, and the file that each of its commands would make.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repo = Self { folder };
        fs::create_dir(repo.path("output")).unwrap();
        let ports = seed::output().join("ports.json");
        fs::copy(ports, repo.path("output/ports.json")).unwrap();
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["add", "output"]);
        repo.git(&["commit", "-q", "-m", "first"]);
        repo
    }

    /// One whose file is missing, and is to be had of a remote only.
    fn partial() -> Self {
        let repo = Self::new();
        let blob = repo.git(&["rev-parse", "HEAD:output/ports.json"]).stdout;
        let blob = String::from_utf8(blob).unwrap();
        let (folder, file) = blob.trim().split_at(2);
        fs::remove_file(repo.path(&format!(".git/objects/{folder}/{file}"))).unwrap();
        for (name, value) in [
            ("core.repositoryformatversion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialclonefilter", "blob:none"),
        ] {
            repo.git(&["config", name, value]);
        }
        repo
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
        let repo = Repository::partial();
        let mark = repo.path("mark").display().to_string();
        let here = repo.folder.path().display().to_string();
        let url = url.replace("MARK", &mark).replace("HERE", &here);
        repo.git(&["config", "remote.origin.url", &url]);
        repo.git(&["config", "protocol.ext.allow", "always"]);
        if let Some(setting) = setting {
            let command = format!("touch {mark}; false");
            repo.git(&["config", setting, &command]);
        }
        // The harm is there: git alone runs the command.
        plain_git(
            repo.folder.path(),
            &["cat-file", "-s", "HEAD:output/ports.json"],
        );
        assert!(repo.was_run(), "{url}: git alone");
        let refused = alone(repo.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
        assert!(!repo.was_run(), "{url}: {}", stderr(&refused));
        assert!(
            stderr(&refused).contains("the revision has no output/ports.json"),
            "{}",
            stderr(&refused)
        );
    }
}

#[test]
fn no_command_of_the_configuration_is_run() {
    let repo = Repository::new();
    let mark = repo.path("mark").display().to_string();
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
        repo.git(&["config", name, &command]);
    }
    fs::write(repo.path(".git/info/attributes"), "* diff=x filter=x\n").unwrap();
    for hook in [
        "post-checkout",
        "post-index-change",
        "reference-transaction",
    ] {
        let path = repo.path(&format!(".git/hooks/{hook}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\ntouch {mark}\n")).unwrap();
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&path, executable).unwrap();
    }
    plain_git(repo.folder.path(), &["status"]);
    assert!(repo.was_run(), "git alone");
    alone(repo.folder.path(), &["diff", "git:HEAD", "output"]).success();
    assert!(!repo.was_run());
}

/// A pipe in which nothing is ever written.
fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

#[test]
fn a_pipe_in_the_repository_is_not_waited_for() {
    let repo = Repository::new();
    let branch = repo.path(".git/refs/heads/main");
    fs::remove_file(&branch).unwrap();
    make_pipe(&branch);
    let refused = alone(repo.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
    let expected = "git did not answer within 10 seconds (`git ";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}

#[test]
fn no_file_is_included() {
    let repo = Repository::new();
    let pipe = repo.path("pipe");
    make_pipe(&pipe);
    let pipe = pipe.display();
    let config = repo.path(".git/config");
    let plain = fs::read_to_string(&config).unwrap();
    for section in [
        "[include]\n\tpath",
        "[INCLUDE]\n\tPath",
        "[includeIf \"gitdir:/**\"]\n\tpath",
    ] {
        // Git would wait for the pipe if it opened it.
        fs::write(&config, format!("{plain}{section} = {pipe}\n")).unwrap();
        let refused = alone(repo.folder.path(), &["diff", "git:HEAD", "output"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains("includes other files"), "{section}: {said}");
    }
    fs::write(&config, plain).unwrap();
    alone(repo.folder.path(), &["diff", "git:HEAD", "output"]).success();
}

#[test]
fn no_file_is_included_by_a_working_tree() {
    let repo = Repository::new();
    let pipe = repo.path("pipe");
    make_pipe(&pipe);
    repo.git(&["config", "extensions.worktreeConfig", "true"]);
    let linked = tempfile::tempdir().unwrap();
    let linked = linked.path().join("linked");
    repo.git(&["worktree", "add", "--quiet", &linked.display().to_string()]);
    // Git passes over a repository that is none.
    fs::create_dir_all(repo.path("output/.git")).unwrap();
    let include = format!("[include]\n\tpath = {}\n", pipe.display());
    let refused = |folder: &Path, expected: &str| {
        let refused = alone(folder, &["diff", "git:HEAD", "ports.json"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains(expected), "{}: {said}", folder.display());
    };
    for (config, folder) in [
        (repo.path(".git/config.worktree"), repo.path("output")),
        (
            repo.path(".git/worktrees/linked/config.worktree"),
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
    let repo = Repository::new();
    let pipe = repo.path("pipe");
    make_pipe(&pipe);
    repo.git(&["config", "extensions.worktreeConfig", "true"]);
    let include = format!("[include]\n\tpath = {}\n", pipe.display());
    let refused = |folder: &Path, expected: &str| {
        // Git would wait for the pipe if it opened it.
        let refused = alone(folder, &["diff", "git:HEAD", "ports.json"]).code(2);
        let said = stderr(&refused);
        assert!(said.contains(expected), "{}: {said}", folder.display());
    };
    let repository = repo.path(".git");
    repo.git(&["pack-refs", "--all"]);
    fs::write(repository.join("config.worktree"), &include).unwrap();
    // A repository without a working tree, whose HEAD leads to a branch that is packed.
    fs::remove_file(repository.join("HEAD")).unwrap();
    std::os::unix::fs::symlink("refs/heads/main", repository.join("HEAD")).unwrap();
    refused(&repository, "includes other files");
    // A file in the place of a repository: what git takes off its end, and no more.
    let elsewhere = repo.path("elsewhere ");
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
        (&[link.as_bytes(), b"\0x\n"].concat(), "it has a NUL"),
    ] {
        fs::write(&repository, link).unwrap();
        refused(&repo.path("output"), expected);
    }
}

/// A commit, a tag or a tree of this many bytes, written as git stores it: some kilobytes.
const LARGE: usize = 48 << 20;

/// The most memory in KiB that git may take to say so: the object would be most of it.
const MAX_KIB: u64 = 32 << 10;

impl Repository {
    /// Stores an object of this kind, made of these bytes.
    fn put(&self, kind: &str, bytes: &[u8]) -> String {
        let file = self.path("object");
        fs::write(&file, bytes).unwrap();
        let file = file.display().to_string();
        let arguments = ["hash-object", "--literally", "-w", "-t", kind, &file];
        let id = String::from_utf8(self.git(&arguments).stdout).unwrap();
        id.trim().to_owned()
    }

    fn id_of(&self, revision: &str) -> String {
        let id = self.git(&["rev-parse", revision]).stdout;
        String::from_utf8(id).unwrap().trim().to_owned()
    }

    /// What `diff git:REV` says, with no program below it allowed to have more memory.
    fn refused_within(&self, revision: &str, path: &str) -> String {
        let program = assert_cmd::cargo::cargo_bin("appleports");
        let output = Command::new("sh")
            .current_dir(self.folder.path())
            .env("PATH", path)
            .args(["-c", "exec \"$0\" diff \"git:$1\" output"])
            .arg(program)
            .arg(revision)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn git_is_asked_for_the_size_of_what_it_reads() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repository::new();
    let path = std::env::var("PATH").unwrap();
    let folder = repo.path("limited");
    fs::create_dir(&folder).unwrap();
    // Git with little memory fails where it holds a large object, and the message is another.
    let limited = format!("#!/bin/sh\nGIT_ALLOC_LIMIT={MAX_KIB}k PATH='{path}' exec git \"$@\"\n");
    fs::write(folder.join("git"), limited).unwrap();
    fs::set_permissions(folder.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{path}", folder.display());
    let (tree, blob) = (
        repo.id_of("HEAD^{tree}"),
        repo.id_of("HEAD:output/ports.json"),
    );
    let (first, by) = (repo.id_of("HEAD"), "a <a@example.com> 1 +0000");
    let words = vec![b'x'; LARGE];
    let signed = format!("author {by}\ncommitter {by}\n\n");
    let commit = [format!("tree {tree}\n{signed}").as_bytes(), &words].concat();
    let commit = repo.put("commit", &commit);
    let tag = format!("object {first}\ntype commit\ntag v1\ntagger {by}\n\n");
    let tag = repo.put("tag", &[tag.as_bytes(), &words].concat());
    let bytes = |id: &str| -> Vec<u8> {
        let digits = (0..id.len()).step_by(2).map(|at| &id[at..at + 2]);
        digits
            .map(|digits| u8::from_str_radix(digits, 16).unwrap())
            .collect()
    };
    let entry = [b"100644 ", words.as_slice(), b"\0", &bytes(&blob)].concat();
    let wide = repo.put("tree", &entry);
    let of_tree = repo.put("commit", format!("tree {wide}\n{signed}").as_bytes());
    let below = [b"40000 output\0".as_slice(), &bytes(&wide)].concat();
    let below = repo.put("tree", &below);
    let of_below = repo.put("commit", format!("tree {below}\n{signed}").as_bytes());
    let child = repo.put(
        "commit",
        format!("tree {tree}\nparent {commit}\n{signed}").as_bytes(),
    );
    for (id, revision, large) in [
        (&commit, "c", format!("the commit {commit}")),
        (&child, "c~1", format!("the commit {commit}")),
        (&child, "c~2", format!("the commit {commit}")),
        (&tag, "c", format!("the tag {tag}")),
        (&tag, "c^{commit}", format!("the tag {tag}")),
        (&of_tree, "c", format!("the tree {wide}")),
        (&of_below, "c", format!("the tree {wide}")),
    ] {
        fs::write(repo.path(".git/refs/tags/c"), format!("{id}\n")).unwrap();
        let said = repo.refused_within(revision, &path);
        let expected = format!("git:{revision}: {large} has 503");
        assert!(said.contains(&expected), "{said}");
    }
    // Small ones are followed, through tags and to parents.
    let small = repo.put(
        "commit",
        format!("tree {tree}\nparent {first}\n{signed}").as_bytes(),
    );
    let tag = format!("object {small}\ntype commit\ntag v1\ntagger {by}\n\n");
    let tag = repo.put("tag", tag.as_bytes());
    fs::write(repo.path(".git/refs/tags/c"), format!("{tag}\n")).unwrap();
    for revision in ["c", "c~1", "c^", "c^{commit}", "c^{}~1", &small[..12]] {
        let revision = format!("git:{revision}");
        alone(repo.folder.path(), &["diff", &revision, "output"]).success();
    }
    for revision in ["git:c~2", "git:c^2"] {
        let refused = alone(repo.folder.path(), &["diff", revision, "output"]).code(2);
        let said = stderr(&refused);
        assert!(
            said.contains("the repository has no such revision"),
            "{said}"
        );
    }
}

#[test]
fn git_has_one_time_limit_for_all_its_answers() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repository::new();
    let path = std::env::var("PATH").unwrap();
    let folder = repo.path("slow");
    fs::create_dir(&folder).unwrap();
    // Each answer comes in time; all of them together do not.
    let slow = format!("#!/bin/sh\nsleep 3\nPATH='{path}' exec git \"$@\"\n");
    fs::write(folder.join("git"), slow).unwrap();
    fs::set_permissions(folder.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let start = std::time::Instant::now();
    let mut command = program();
    let command = command
        .current_dir(repo.folder.path())
        .env("PATH", format!("{}:{path}", folder.display()))
        .args(["diff", "git:main", "output"]);
    let refused = command.assert().code(2);
    let expected = "git did not answer within 10 seconds (`git ";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    assert!(start.elapsed().as_secs() < 15);
}
