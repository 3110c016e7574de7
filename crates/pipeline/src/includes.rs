//! Files that the configuration of a repository would have git read: they can be any of this
//! computer, pipes and devices among them.
//!
//! `git config --no-includes` reads none of them where it is asked for the repository's file, or for
//! a file by its path. Asked for that of the working tree, git first reads the whole configuration,
//! includes and all, to find out where the file is. So it is found here.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use appleports_store::{StoreError, read_own};
use thiserror::Error;

use crate::git::{Answer, Git, GitError};

/// The settings that include a file.
const INCLUDES: &str = r"^include(if\..*)?\.path$";

/// The name of the configuration of one working tree.
const WORKTREE_FILE: &str = "config.worktree";

/// A file in the place of a repository has its path and no more.
const MAX_LINK: u64 = 8 * 1024;

/// Why git is not asked for a revision of this repository.
#[derive(Debug, Error)]
pub enum IncludesError {
    /// Git gave no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The current folder is not known.
    #[error(transparent)]
    CurrentFolder(io::Error),
    /// Git cannot be asked about a configuration in such a place.
    #[error("git:{revision}: {path}: the path is not UTF-8")]
    NotUtf8 {
        /// The revision that was asked for.
        revision: String,
        /// The configuration.
        path: String,
    },
    /// Git cannot read the configuration.
    #[error("git:{revision}: the configuration of the repository cannot be read ({complaint})")]
    Configuration {
        /// The revision that was asked for.
        revision: String,
        /// What git said.
        complaint: String,
    },
    /// The configuration includes other files.
    #[error(
        "git:{revision}: the configuration of the repository includes other files, and would have them read; write the old file with `git show {revision}:output/ports.json > old.json` and compare `old.json`"
    )]
    Includes {
        /// The revision that was asked for.
        revision: String,
    },
    /// A file in the place of a repository cannot be read.
    #[error("{path}: it cannot be read which repository this file leads to: {error}")]
    Link {
        /// The file.
        path: String,
        /// Why not.
        error: LinkError,
    },
}

/// Why a file in the place of a repository cannot be read.
#[derive(Debug, Error)]
pub enum LinkError {
    /// It is no file, or too large.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Git reads a path up to a NUL.
    #[error("it has a NUL, where git would end the path; remove the file")]
    Nul,
    /// It is no text.
    #[error(transparent)]
    NotUtf8(#[from] FromUtf8Error),
}

/// Refuses a repository whose configuration includes files. The question itself includes none.
pub(crate) fn check_includes(git: &Git, revision: &str) -> Result<(), IncludesError> {
    let revision = || revision.to_owned();
    // Where there is no repository, or none that can be read, the next question is told so.
    let mut includes = ask(git, &["--local"])?.is_success;
    let folder = std::env::current_dir().map_err(IncludesError::CurrentFolder)?;
    for file in worktree_files(&folder)? {
        let name = file.to_str().ok_or_else(|| IncludesError::NotUtf8 {
            revision: revision(),
            path: file.display().to_string(),
        })?;
        let answer = ask(git, &["--file", name])?;
        match answer.code {
            Some(0) => includes = true,
            Some(1) => {}
            _ => {
                return Err(IncludesError::Configuration {
                    revision: revision(),
                    complaint: answer.complaint(),
                });
            }
        }
    }
    if includes {
        return Err(IncludesError::Includes {
            revision: revision(),
        });
    }
    Ok(())
}

fn ask(git: &Git, of: &[&str]) -> Result<Answer, GitError> {
    let question = ["--no-includes", "--name-only", "--get-regexp", INCLUDES];
    git.ask(&[&["config"], of, &question].concat())
}

/// The configurations of working trees that git could read from a folder: those of each
/// repository that the folder could be in, since git passes over one that is damaged.
fn worktree_files(folder: &Path) -> Result<Vec<PathBuf>, IncludesError> {
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
fn link(folder: &Path, dot_git: &Path) -> Result<Option<PathBuf>, IncludesError> {
    if !dot_git.is_file() {
        return Ok(None);
    }
    let text = read_own(dot_git, MAX_LINK)
        .map_err(LinkError::from)
        .and_then(|bytes| Ok(String::from_utf8(bytes)?))
        .and_then(|text| {
            if text.contains('\0') {
                Err(LinkError::Nul)
            } else {
                Ok(text)
            }
        })
        .map_err(|error| IncludesError::Link {
            path: dot_git.display().to_string(),
            error,
        })?;
    let path = text.strip_prefix("gitdir: ");
    Ok(path.map(|path| folder.join(path.trim_end_matches(['\n', '\r']))))
}
