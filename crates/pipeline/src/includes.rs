//! Files that the configuration of a repository would have git read: they can be any of this
//! computer, pipes and devices among them.
//!
//! `git config --no-includes` reads none of them where it is asked for the repository's file, or for
//! a file by its path. Asked for that of the working tree, git first reads the whole configuration,
//! includes and all, to find out where the file is. So it is found here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
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
    for file in worktree_files(&std::env::current_dir()?)? {
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
fn worktree_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let named: Option<OsString> = std::env::var_os("GIT_DIR");
    let mut repositories: Vec<PathBuf> = named.map(PathBuf::from).into_iter().collect();
    for folder in folder.ancestors() {
        let dot_git = folder.join(".git");
        repositories.extend(link(folder, &dot_git)?);
        repositories.push(dot_git);
        repositories.push(folder.to_owned());
    }
    let files = repositories.iter();
    let files = files.map(|repository| repository.join(WORKTREE_FILE));
    Ok(files
        .filter(|file| file.symlink_metadata().is_ok())
        .collect())
}

/// The repository that a file in its place leads to, as in a linked working tree. It is found as
/// git finds it (`read_gitfile`), or the repository is refused.
fn link(folder: &Path, dot_git: &Path) -> anyhow::Result<Option<PathBuf>> {
    if !dot_git.is_file() {
        return Ok(None);
    }
    let text = read_own(dot_git, MAX_LINK)
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(String::from_utf8(bytes)?))
        .with_context(|| {
            let path = dot_git.display();
            format!("{path}: it cannot be read which repository this file leads to")
        })?;
    let path = text.strip_prefix("gitdir: ");
    Ok(path.map(|path| folder.join(path.trim_end_matches(['\n', '\r']))))
}
