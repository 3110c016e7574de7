//! Files of a git revision, read with the `git` program.

use thiserror::Error;

use crate::git::{Git, GitError};
use crate::includes::{IncludesError, check_includes};
use crate::objects::{self, Object, ObjectError, is_id};

/// The most steps back from a branch or tag, each of which git is asked for.
const MAX_STEPS: usize = 200;

/// The most tags of tags.
const MAX_TAGS: usize = 8;

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
    /// It goes further back than is followed.
    #[error("git:{revision}: more than {MAX_STEPS} steps back; give the id of the commit")]
    TooFar {
        /// The revision.
        revision: String,
    },
    /// A commit, a tree or the file is larger than any.
    #[error("git:{revision}: {error}")]
    Object {
        /// The revision.
        revision: String,
        /// What is too large, or why there is no answer.
        error: ObjectError,
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
    let prefix = git.ask(&["rev-parse", "--show-prefix"])?.text();
    let mut tree = commit.ids("tree").into_iter().next();
    let (mut file, mut complaint) = (None, "it is not in its tree".to_owned());
    // From the root to the current folder: the last one that has the file is the nearest.
    let mut folders = prefix.split('/').filter(|folder| !folder.is_empty());
    while let Some(folder) = tree {
        match find(git, &folder, &mut path.split('/')) {
            Ok(found) => file = found.or(file),
            Err(ObjectError::Missing {
                complaint: nearest, ..
            }) => complaint = nearest,
            Err(error) => return Err(of(revision, error)),
        }
        tree = match folders.next() {
            Some(name) => find(git, &folder, &mut std::iter::once(name))
                .map_err(|error| of(revision, error))?,
            None => None,
        };
    }
    let no_file = |complaint: String| RevisionError::NoFile {
        revision: revision.to_owned(),
        path: path.to_owned(),
        complaint,
    };
    let file = file.ok_or_else(|| no_file(complaint))?;
    match objects::read(git, &file, "blob") {
        Ok(object) => Ok(object.bytes),
        Err(ObjectError::Missing { complaint, .. }) => Err(no_file(complaint)),
        Err(error) => Err(of(revision, error)),
    }
}

fn of(revision: &str, error: ObjectError) -> RevisionError {
    RevisionError::Object {
        revision: revision.to_owned(),
        error,
    }
}

/// The id of what is at a path below a tree.
fn find<'p>(
    git: &Git,
    tree: &str,
    path: &mut impl Iterator<Item = &'p str>,
) -> Result<Option<String>, ObjectError> {
    let mut id = tree.to_owned();
    for name in path {
        let object = objects::read(git, &id, "tree")?;
        match object.entry(name, id.len()) {
            Some(entry) if object.kind == "tree" => id = entry,
            _ => return Ok(None),
        }
    }
    Ok(Some(id))
}

/// The commit of a revision of the repository that the current folder is in.
fn commit_of(git: &Git, revision: &str) -> Result<Object, RevisionError> {
    let inside = git.ask(&["rev-parse", "--git-dir"])?;
    if !inside.is_success {
        return Err(RevisionError::NoRepository {
            revision: revision.to_owned(),
            complaint: inside.complaint(),
        });
    }
    let unknown = || RevisionError::Unknown {
        revision: revision.to_owned(),
    };
    let (name, parents) = steps(revision)?;
    let answer = git.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
    let mut id = Some(answer.text()).filter(|id| answer.is_success && is_id(id));
    let mut parents = parents.into_iter();
    // A tag may lead to another one.
    for _ in 0..MAX_STEPS + MAX_TAGS {
        let wanted = id.ok_or_else(unknown)?;
        let object = match objects::read(git, &wanted, "commit") {
            Ok(object) => object,
            Err(ObjectError::Missing { .. }) => return Err(unknown()),
            Err(error) => return Err(of(revision, error)),
        };
        id = match object.kind.as_str() {
            "tag" => object.ids("object").into_iter().next(),
            "commit" => match parents.next() {
                Some(parent) => object.ids("parent").into_iter().nth(parent),
                None => return Ok(object),
            },
            _ => None,
        };
    }
    Err(unknown())
}

/// The name at the start of a revision, and which parent each `~` and `^` behind it leads to, step
/// by step: git itself would read every commit on the way.
fn steps(revision: &str) -> Result<(&str, Vec<usize>), RevisionError> {
    let no_name = || RevisionError::Name {
        revision: revision.to_owned(),
    };
    let end = revision.find(['~', '^']).unwrap_or(revision.len());
    let (name, mut rest) = revision.split_at(end);
    if name.is_empty() {
        return Err(no_name());
    }
    let mut parents = Vec::new();
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        let peeled = ["{commit}", "{}"]
            .iter()
            .find_map(|suffix| rest.strip_prefix(suffix));
        if let Some(next) = peeled.filter(|_| sign == '^') {
            rest = next;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit());
        let (digits, next) = rest.split_at(end.unwrap_or(rest.len()));
        let number: usize = match digits {
            "" => 1,
            digits => digits.parse().map_err(|_| no_name())?,
        };
        match (sign, number) {
            ('^', 0) => {}
            ('^', parent) => parents.push(parent - 1),
            ('~', steps) if steps <= MAX_STEPS => parents.extend(std::iter::repeat_n(0, steps)),
            ('~', _) => parents.resize(MAX_STEPS + 1, 0),
            _ => return Err(no_name()),
        }
        if parents.len() > MAX_STEPS {
            return Err(RevisionError::TooFar {
                revision: revision.to_owned(),
            });
        }
        rest = next;
    }
    Ok((name, parents))
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
    use super::{RevisionError, check_name, steps};

    #[test]
    fn steps_back_are_counted() {
        let of = |revision| steps(revision).ok();
        assert_eq!(of("main"), Some(("main", vec![])));
        assert_eq!(of("v1.0^{commit}"), Some(("v1.0", vec![])));
        assert_eq!(of("HEAD~2^^3~0^0"), Some(("HEAD", vec![0, 0, 0, 2])));
        assert_eq!(of("HEAD~200").map(|(_, steps)| steps.len()), Some(200));
        for far in ["HEAD~201", "HEAD~200^", "HEAD~18446744073709551615"] {
            assert!(
                matches!(steps(far), Err(RevisionError::TooFar { .. })),
                "{far}"
            );
        }
        for bad in [
            "~2",
            "^",
            "HEAD^{/x}",
            "HEAD^{tree}",
            "HEAD~99999999999999999999",
            "HEAD~x",
        ] {
            assert!(
                matches!(steps(bad), Err(RevisionError::Name { .. })),
                "{bad}"
            );
        }
    }

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
