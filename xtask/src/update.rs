//! `cargo xtask update`: the repository brings itself up to date.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use appleports_model::escape::terminal;
use appleports_pipeline::{
    BUILT_IN, Failure, Fetcher, Limits, Policy, Progress, PullRequest, REST, UpdateOptions,
    Updated, day, refusal_issue, update,
};
use appleports_store::publish;
use clap::Args;
use jiff::tz::TimeZone;

use crate::regenerate::LIBRARY_TABLE;

/// The options of the command line.
#[derive(Args)]
pub(crate) struct Options {
    /// A saved page instead of a download
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// The locale, such as en-us
    #[arg(long, value_name = "L")]
    locale: Option<String>,
    /// The address of the page
    #[arg(long, value_name = "U")]
    url: Option<String>,
    /// The date of the capture
    #[arg(long, value_name = "YYYY-MM-DD")]
    captured: Option<String>,
    /// Take a capture that a guard refuses; the reason is stored beside it
    #[arg(long, value_name = "REASON")]
    accept: Option<String>,
    /// Commit on a branch of its own
    #[arg(long)]
    commit: bool,
    /// Another checkout than this one
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Runs the update; exit code 0 also where nothing has changed, 3 where a guard refused.
pub(crate) fn run(root: &Path, options: Options) -> ExitCode {
    match attempt(root, options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(Failure::Refused(findings)) = error.downcast_ref() {
                eprintln!("refused: nothing was changed; see update/issue.md");
                for finding in findings {
                    eprintln!("  {}", terminal::line(&finding.to_string()));
                }
                return ExitCode::from(3);
            }
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn attempt(root: &Path, options: Options) -> anyhow::Result<()> {
    let commits = options.commit;
    let options = UpdateOptions {
        root: options.root.unwrap_or_else(|| root.to_owned()),
        from: options.from,
        locale: options.locale,
        url: options.url,
        captured: options.captured.as_deref().map(day).transpose()?,
        accept: options.accept,
        today: jiff::Timestamp::now()
            .to_zoned_datetime(TimeZone::UTC)
            .date(),
    };
    let root = &options.root;
    let folder = root.join("update");
    // The text of an update that is done cannot be made again, so see first that there is
    // room for it.
    write(&folder, "pull-request.md", "")?;
    // What an earlier run wrote must not be taken for this one's.
    for name in ["pull-request.md", REST, "issue.md"] {
        let _ = fs::remove_file(folder.join(name));
    }
    let fetcher = Fetcher::new(Policy::sources(), Limits::default(), |progress| {
        if let Progress::Asking(url) = progress {
            eprintln!("asking {url}");
        }
    })?;
    let request = match update(&options, &fetcher) {
        Ok(Updated::Unchanged(why)) => {
            println!("unchanged: {why}");
            return Ok(());
        }
        Ok(Updated::Changed(request)) => request,
        Err(Failure::Refused(findings)) => {
            write(&folder, "issue.md", &refusal_issue(&findings))?;
            return Err(Failure::Refused(findings).into());
        }
        Err(failure) => return Err(failure.into()),
    };
    if let Err(error) = write(&folder, "pull-request.md", &request.body) {
        println!("{}", request.body);
        return Err(error);
    }
    if let Some(rest) = &request.rest {
        write(&folder, REST, rest)?;
    }
    println!("changed: {}", request.title);
    if commits {
        commit(root, &request)?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    Ok(publish(folder, &[(name, text.as_bytes())])?)
}

/// Commits on a branch of its own. Branch names come from ids, which are plain.
fn commit(root: &Path, request: &PullRequest) -> anyhow::Result<()> {
    let branch = format!("update/{}", request.capture);
    git(root, &["checkout", "--quiet", "-B", &branch])?;
    let paths = ["sources", "output", "snapshots", LIBRARY_TABLE, BUILT_IN];
    let there: Vec<&str> = paths
        .into_iter()
        .filter(|path| root.join(path).exists())
        .collect();
    git(root, &[&["add", "--"], there.as_slice()].concat())?;
    let body = format!("{}\n\nCapture {}.", request.title, request.capture);
    git(root, &["commit", "--quiet", "--message", &body])?;
    println!("committed on {branch}");
    Ok(())
}

fn git(root: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .status()
        .context("git cannot be run")?;
    if !status.success() {
        bail!("git {} failed", arguments[0]);
    }
    Ok(())
}
