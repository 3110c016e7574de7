//! The command as an ordinary person: who is asked for rights, as root is not.
#![allow(clippy::print_stdout, reason = "tests say why they are left out")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::run::CACHES;
use crate::{seed, tree};

/// The user `nobody`, where the test itself runs as root.
const NOBODY: u32 = 65_534;

/// A folder of an ordinary person's own with the evidence in it, and the program.
pub(crate) struct Person {
    folder: TempDir,
    program: PathBuf,
    is_root: bool,
}

impl Person {
    /// `None`, with the reason printed, where nobody can be an ordinary person here.
    pub(crate) fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let program = assert_cmd::cargo::cargo_bin!("appleports");
        let mut person = Self {
            folder,
            program: program.to_owned(),
            is_root,
        };
        tree::copy(seed::sources(), &person.path("sources"));
        if is_root {
            // Where the program stands, others may not look.
            let copy = person.path("appleports");
            fs::copy(program, &copy).unwrap();
            fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
            person.program = copy;
            hand_over(person.folder.path());
        }
        person.mode("sources/corrections.toml", 0o000);
        let is_asked = match person.command(&["build"]).output() {
            Ok(output) => output.status.code() == Some(2),
            Err(error) => {
                println!("left out: cannot run as an ordinary user here ({error})");
                return None;
            }
        };
        person.mode("sources/corrections.toml", 0o644);
        if !is_asked {
            println!("left out: this system does not ask for rights");
            return None;
        }
        Some(person)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(self.folder.path())
            .env(CACHES, self.path("caches"))
            .args(arguments);
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that must be done.
    pub(crate) fn done(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {said}");
    }

    /// Runs a command while `closed` has this mode: it must end with exit code 2, name
    /// the place, say what to do, and leave every file as it was.
    pub(crate) fn refused(&self, arguments: &[&str], closed: &str, mode: u32, names: &str) {
        let before = self.files();
        let usual = fs::metadata(self.path(closed)).unwrap().mode();
        self.mode(closed, mode);
        let output = self.run(arguments);
        self.mode(closed, usual & 0o777);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let what = format!("{arguments:?}, {closed} {mode:o}: {said}");
        assert_eq!(output.status.code(), Some(2), "{what}");
        assert!(said.contains(names), "{what}");
        assert!(
            said.contains("permission denied") || said.contains("Permission denied"),
            "{what}"
        );
        assert!(said.contains("change its owner or its mode"), "{what}");
        assert!(self.files() == before, "{what}");
    }

    /// All files with their bytes; temporary files among them.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let names = tree::files(self.folder.path());
        let names = names.into_iter().filter(|name| name != "appleports");
        names
            .map(|name| (name.clone(), fs::read(self.path(&name)).unwrap()))
            .collect()
    }
}

/// Gives a folder and what is below it to the ordinary user.
fn hand_over(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            hand_over(&entry.unwrap().path());
        }
    }
}
