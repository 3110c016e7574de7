//! The repository's own tasks; `cargo xtask` lists them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool"
)]

mod attack;
mod bench;
mod corpus;
mod faults;
mod floor;
mod fuzz;
mod made_capture;
mod page;
mod promises;
mod regenerate;
mod update;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};
use appleports_pipeline::store_rfc_facts;
use appleports_store::SourceFolder;
use clap::Parser;

/// The repository's own tasks
#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
enum Task {
    /// Build output/ from sources/, docs/findings.md from the rules, and the library's table
    Regenerate {
        /// Only tell whether these files are fresh; exit code 1 if not
        #[arg(long)]
        check: bool,
    },
    /// Take the facts about the cited RFCs from an RFC index into sources/rfc/
    RfcFacts {
        /// rfc-index.txt or rfc-index.xml
        file: PathBuf,
    },
    /// Take a new capture, build, and write update/pull-request.md
    Update(update::Options),
    /// Make every call of build, ingest and update fail in turn, with strace
    Faults {
        /// Only every so many calls
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        every: u32,
    },
    /// Run each fuzz target and keep what they find
    Fuzz {
        /// How long each runs
        #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..))]
        minutes: u32,
        /// Only this one
        #[arg(long, value_name = "NAME")]
        target: Option<String>,
        /// Put the table into SECURITY.md
        #[arg(long)]
        write: bool,
    },
    /// Run every command with files that were made to do harm
    Attack {
        /// How long
        #[arg(long, default_value_t = 60)]
        minutes: u32,
        /// Only the file of this seed
        #[arg(long)]
        seed: Option<u64>,
        /// The seeds from 0 on, the same ones each time, and not those of chance
        #[arg(long)]
        in_order: bool,
    },
    /// Run every command in the table of SECURITY.md and print what came of it
    Promises,
    /// Time whole processes side by side
    Bench {
        /// Put the tables into BENCHMARKS.md
        #[arg(long)]
        write: bool,
        /// Only inputs that are made to be slow or large; fails where one is
        #[arg(long)]
        hostile: bool,
        /// Only those of them with this in their title
        #[arg(long, value_name = "NAME", requires = "hostile")]
        only: Option<String>,
    },
    /// Read every capture in a folder and print a table of what came of it
    Corpus {
        /// The folder
        folder: PathBuf,
    },
    /// The least that a program must do, for `bench`
    #[command(subcommand, hide = true)]
    Floor(floor::Floor),
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let done = match Task::parse() {
        Task::Update(options) => return update::run(&root, options),
        Task::Regenerate { check: false } => regenerate::run(&root),
        Task::Regenerate { check: true } => regenerate::check(&root),
        Task::RfcFacts { file } => rfc_facts(&root, &file),
        Task::Corpus { folder } => corpus::run(&root.join("sources"), &folder),
        Task::Faults { every } => faults::run(&root, every),
        Task::Fuzz {
            minutes,
            target,
            write,
        } => fuzz::run(&root, target.as_deref(), minutes, write),
        Task::Attack {
            minutes,
            seed,
            in_order,
        } => attack::run(&root, minutes, seed, in_order),
        Task::Promises => promises::run(&root),
        Task::Bench {
            hostile: true,
            only,
            ..
        } => bench::run_hostile(&root, only.as_deref().unwrap_or_default()),
        Task::Bench { write, .. } => bench::run(&root, write),
        Task::Floor(floor) => floor.run(&root),
    };
    match done {
        Ok(fresh) => ExitCode::from(u8::from(!fresh)),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The variable that says where a person's folder for caches is. The tasks run the command with one
/// of their own, so that what the person built last stays known.
const CACHES: &str = if cfg!(target_os = "macos") {
    "HOME"
} else {
    "XDG_CACHE_HOME"
};

/// Builds packages in a profile: `release`, or `dist` as they are released. The folder of the
/// programs, in the target folder that this very program was built into.
fn built(root: &Path, profile: &str, packages: &[&str]) -> anyhow::Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(root)
        .args(["build", "--quiet", "--profile", profile]);
    for package in packages {
        cargo.args(["--package", package]);
    }
    ensure!(
        cargo.status()?.success(),
        "{} cannot be built",
        packages.join(", ")
    );
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2);
    Ok(target
        .context("this program is in no target folder")?
        .join(profile))
}

fn rfc_facts(root: &Path, file: &Path) -> anyhow::Result<bool> {
    let id = store_rfc_facts(&SourceFolder::new(root.join("sources")), file)?;
    println!("stored sources/{id}.facts.toml");
    Ok(true)
}
