//! Files of a git revision, read with the `git` program.

use anyhow::bail;
use appleports_store::MAX_STORED;

use crate::git::Git;
use crate::includes::check_includes;

/// The bytes of the file at `path` in a revision: from the current folder, or else from the
/// nearest folder above it that has the file in this revision.
///
/// # Errors
/// When `revision` is not the name of one, there is no `git` program, the current
/// folder is in no repository, the repository's configuration includes other files, or the
/// revision has no such file.
pub(crate) fn file_of_revision(git: &Git, revision: &str, path: &str) -> anyhow::Result<Vec<u8>> {
    check_name(revision)?;
    check_includes(git, revision)?;
    let inside = git.ask(&["rev-parse", "--git-dir"])?;
    if !inside.is_success {
        bail!(
            "git:{revision}: the current folder is in no git repository ({})",
            inside.complaint()
        );
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
        bail!("git:{revision}: the repository has no such revision");
    }
    let commit = commit.text();
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
        bail!(
            "git:{revision}: the revision has no {path} ({})",
            size.complaint()
        );
    }
    let bytes = size.text().parse::<u64>();
    if bytes.is_ok_and(|bytes| bytes > MAX_STORED) {
        bail!("git:{revision}: {path} has more than {MAX_STORED} bytes");
    }
    let blob = git.ask(&["cat-file", "blob", &object])?;
    if !blob.is_success {
        bail!(
            "git:{revision}: {path} cannot be read ({})",
            blob.complaint()
        );
    }
    Ok(blob.bytes)
}

/// Refuses what git could take for an option, a path or a range.
fn check_name(revision: &str) -> anyhow::Result<()> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/@{}~^-+".contains(c);
    if revision.is_empty()
        || revision.len() > 200
        || revision.starts_with('-')
        || revision.contains("..")
        || !revision.chars().all(is_plain)
    {
        bail!(
            "`git:{revision}`: not the name of a revision; give a branch, a tag or a commit, such as git:main"
        );
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
