//! Files that the configuration of a repository would have git read: they can be any of this
//! computer, pipes and devices among them.
//!
//! `git config --no-includes` reads none of them where it is asked for the repository's file, or for
//! a file by its path. Asked for that of the working tree, git first reads the whole configuration,
//! includes and all, to find out where the file is. So it is found here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::bail;
use appleports_store::read_own;

use crate::git::{Answer, Git};

/// The settings that include a file.
const INCLUDES: &str = r"^include(if\..*)?\.path$";

/// The name of the configuration of one working tree.
const WORKTREE_FILE: &str = "config.worktree";

/// A file in the place of a repository has its path and no more.
const MAX_LINK: u64 = 8 * 1024;

/// Refuses a repository whose configuration includes files. The question itself includes none.
pub(crate) fn check_includes(git: &Git, revision: &str) -> anyhow::Result<()> {
    // Where there is no repository, or none that can be read, the next question is told so.
    let mut includes = ask(git, &["--local"])?.is_success;
    for file in worktree_files(&std::env::current_dir()?) {
        let Some(name) = file.to_str() else {
            bail!("git:{revision}: {}: the path is not UTF-8", file.display());
        };
        let answer = ask(git, &["--file", name])?;
        match answer.code {
            Some(0) => includes = true,
            Some(1) => {}
            _ => bail!(
                "git:{revision}: the configuration of the repository cannot be read ({})",
                answer.complaint()
            ),
        }
    }
    if includes {
        bail!(
            "git:{revision}: the configuration of the repository includes other files, and would have them read; write the old file with `git show {revision}:output/ports.json > old.json` and compare `old.json`"
        );
    }
    Ok(())
}

fn ask(git: &Git, of: &[&str]) -> anyhow::Result<Answer> {
    let question = ["--no-includes", "--name-only", "--get-regexp", INCLUDES];
    git.ask(&[&["config"], of, &question].concat())
}

/// The configurations of working trees that git could read from a folder: those of each
/// repository that the folder could be in, since git passes over one that is damaged.
fn worktree_files(folder: &Path) -> Vec<PathBuf> {
    let named: Option<OsString> = std::env::var_os("GIT_DIR");
    let found = folder.ancestors().flat_map(|folder| {
        let dot_git = folder.join(".git");
        let bare = Some(folder.to_owned()).filter(|own| own.join("HEAD").exists());
        [link(folder, &dot_git), Some(dot_git), bare]
    });
    let repositories = found.flatten().chain(named.map(PathBuf::from));
    let files = repositories.map(|repository| repository.join(WORKTREE_FILE));
    files
        .filter(|file| file.symlink_metadata().is_ok())
        .collect()
}

/// The repository that a file in its place leads to, as in a linked working tree.
fn link(folder: &Path, dot_git: &Path) -> Option<PathBuf> {
    let text = String::from_utf8(read_own(dot_git, MAX_LINK).ok()?).ok()?;
    let path = text.strip_prefix("gitdir:")?.trim();
    Some(folder.join(path))
}
