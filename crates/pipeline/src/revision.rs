//! Files of a git revision, read with the `git` program.

use appleports_store::MAX_STORED;
use thiserror::Error;

use crate::git::{Git, GitError};
use crate::includes::{IncludesError, check_includes};

/// Why a file of a revision cannot be read.
#[derive(Debug, Error)]
pub enum RevisionError {
    /// Git gave no answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// Git is not asked.
    #[error(transparent)]
    Includes(#[from] IncludesError),
    /// Git could take the name for an option, a path or a range.
    #[error(
        "`git:{revision}`: not the name of a revision; give a branch, a tag or a commit, such as git:main"
    )]
    Name {
        /// The name.
        revision: String,
    },
    /// There is no repository here.
    #[error("git:{revision}: the current folder is in no git repository ({complaint})")]
    NoRepository {
        /// The revision that was asked for.
        revision: String,
        /// What git said.
        complaint: String,
    },
    /// The repository does not have it.
    #[error("git:{revision}: the repository has no such revision")]
    Unknown {
        /// The revision.
        revision: String,
    },
    /// The revision does not have the file.
    #[error("git:{revision}: the revision has no {path} ({complaint})")]
    NoFile {
        /// The revision.
        revision: String,
        /// The file.
        path: String,
        /// What git said.
        complaint: String,
    },
    /// The file is longer than any that is stored.
    #[error("git:{revision}: {path} has more than {MAX_STORED} bytes")]
    TooLong {
        /// The revision.
        revision: String,
        /// The file.
        path: String,
    },
    /// The file cannot be read.
    #[error("git:{revision}: {path} cannot be read ({complaint})")]
    Unreadable {
        /// The revision.
        revision: String,
        /// The file.
        path: String,
        /// What git said.
        complaint: String,
    },
}

/// The bytes of the file at `path` in a revision: from the current folder, or else from the
/// nearest folder above it that has the file in this revision.
///
/// # Errors
/// When `revision` is not the name of one, there is no `git` program, the current
/// folder is in no repository, the repository's configuration includes other files, or the
/// revision has no such file.
pub(crate) fn file_of_revision(
    git: &Git,
    revision: &str,
    path: &str,
) -> Result<Vec<u8>, RevisionError> {
    check_name(revision)?;
    check_includes(git, revision)?;
    let commit = commit_of(git, revision)?;
    let (revision, name) = (|| revision.to_owned(), || path.to_owned());
    let prefix = git.ask(&["rev-parse", "--show-prefix"])?;
    let prefix = prefix.text();
    let mut folder = prefix.trim_end_matches('/');
    let (object, size) = loop {
        let joint = if folder.is_empty() { "" } else { "/" };
        let object = format!("{commit}:{folder}{joint}{path}");
        let size = git.ask(&["cat-file", "-s", &object])?;
        if size.is_success || folder.is_empty() {
            break (object, size);
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    };
    if !size.is_success {
        return Err(RevisionError::NoFile {
            revision: revision(),
            path: name(),
            complaint: size.complaint(),
        });
    }
    let bytes = size.text().parse::<u64>();
    if bytes.is_ok_and(|bytes| bytes > MAX_STORED) {
        return Err(RevisionError::TooLong {
            revision: revision(),
            path: name(),
        });
    }
    let blob = git.ask(&["cat-file", "blob", &object])?;
    if !blob.is_success {
        return Err(RevisionError::Unreadable {
            revision: revision(),
            path: name(),
            complaint: blob.complaint(),
        });
    }
    Ok(blob.bytes)
}

/// The commit of a revision of the repository that the current folder is in.
fn commit_of(git: &Git, revision: &str) -> Result<String, RevisionError> {
    let inside = git.ask(&["rev-parse", "--git-dir"])?;
    if !inside.is_success {
        return Err(RevisionError::NoRepository {
            revision: revision.to_owned(),
            complaint: inside.complaint(),
        });
    }
    let wanted = format!("{revision}^{{commit}}");
    let commit = git.ask(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ])?;
    if !commit.is_success {
        return Err(RevisionError::Unknown {
            revision: revision.to_owned(),
        });
    }
    Ok(commit.text())
}

/// Refuses what git could take for an option, a path or a range.
fn check_name(revision: &str) -> Result<(), RevisionError> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/@{}~^-+".contains(c);
    if revision.is_empty()
        || revision.len() > 200
        || revision.starts_with('-')
        || revision.contains("..")
        || !revision.chars().all(is_plain)
    {
        return Err(RevisionError::Name {
            revision: revision.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_name;

    #[test]
    fn only_names_of_revisions_pass() {
        for good in [
            "main",
            "v1.0",
            "HEAD~2",
            "origin/main",
            "main@{1}",
            "025c49c",
            "HEAD^",
        ] {
            assert!(check_name(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "-x",
            "--output=x",
            "main:../x",
            "a..b",
            "a b",
            "a\nb",
            "$(x)",
            "é",
        ] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
