//! The repository's own tasks: `cargo xtask regenerate [--check]` and `corpus DIR`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool"
)]

mod bench;
mod corpus;
mod faults;
mod floor;
mod fuzz;
mod page;
mod update;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use appleports_emit::rust_table;
use appleports_pipeline::{
    BuildOptions, Failure, assemble, build, findings_doc, render, store_rfc_facts,
};
use appleports_store::{SourceFolder, publish, write_file};

const USAGE: &str =
    "usage: cargo xtask regenerate [--check] | rfc-facts FILE | corpus DIR | update ...

regenerate          build output/ from sources/, docs/findings.md from the rules, and the
                    table of the library crate
regenerate --check  fail if one of these files is not fresh
rfc-facts FILE      take the facts about the cited RFCs from an RFC index into sources/rfc/
update [--from FILE] [--locale L] [--url U] [--captured DATE] [--commit] [--root DIR]
                    take a new capture, build, and write update/pull-request.md
faults [--every N]  make every call of build, ingest and update fail in turn, with strace
fuzz [--minutes N [--write]]
                    run each fuzz target for so many minutes (12) and keep what they find;
                    --write puts the table into SECURITY.md
bench [--write]     time whole processes side by side; --write puts it into BENCHMARKS.md
corpus DIR          read every capture in DIR and print a table of what came of it";

/// The table that is compiled into the library.
const LIBRARY_TABLE: &str = "crates/appleports/src/table.rs";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let done = match arguments.as_slice() {
        ["update", rest @ ..] => return update::run(&root, rest),
        ["regenerate"] => regenerate(&root),
        ["regenerate", "--check"] => check(&root),
        ["rfc-facts", file] => rfc_facts(&root, Path::new(file)),
        ["faults"] => faults::run(&root, 1).map_err(Failure::from),
        ["faults", "--every", every] => match every.parse() {
            Ok(every) if every > 0 => faults::run(&root, every).map_err(Failure::from),
            _ => Err(anyhow::anyhow!("--every {every}: a number from 1").into()),
        },
        ["fuzz", rest @ ..] => match rest {
            [] => fuzz::run(&root, 12, false).map_err(Failure::from),
            ["--minutes", minutes, rest @ ..] => match minutes.parse() {
                Ok(minutes) if minutes > 0 => {
                    fuzz::run(&root, minutes, rest == ["--write"]).map_err(Failure::from)
                }
                _ => Err(anyhow::anyhow!("--minutes {minutes}: a number from 1").into()),
            },
            _ => Err(anyhow::anyhow!("fuzz [--minutes N [--write]]").into()),
        },
        ["bench"] => bench::run(&root, false).map_err(Failure::from),
        ["bench", "--write"] => bench::run(&root, true).map_err(Failure::from),
        ["floor", "parse"] => floor::parse(&root).map_err(Failure::from),
        ["floor", "csv", file] => floor::csv(Path::new(file)).map_err(Failure::from),
        ["floor", "html", file] => floor::html(Path::new(file)).map_err(Failure::from),
        ["floor", "merge", old, new] => {
            floor::merge(Path::new(old), Path::new(new)).map_err(Failure::from)
        }
        ["corpus", folder] => corpus::run(&root.join("sources"), Path::new(folder)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(fresh) => ExitCode::from(u8::from(!fresh)),
        Err(failure) => {
            eprintln!("error: {failure:?}");
            ExitCode::from(2)
        }
    }
}

/// The target folder that this very program was built into.
fn target_folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.ancestors().nth(2).map(Path::to_owned);
    anyhow::Context::context(folder, "this program is in no target folder")
}

fn regenerate(root: &Path) -> Result<bool, Failure> {
    let summary = build(&BuildOptions {
        sources: root.join("sources"),
        output: root.join("output"),
        capture: None,
        iana: None,
        accept: None,
    })?;
    print!("{summary}");
    publish(
        &root.join("docs"),
        &[("findings.md", findings_doc().as_bytes())],
    )?;
    write_library_table(root)?;
    Ok(true)
}

/// Compiles the dataset into the library crate.
fn write_library_table(root: &Path) -> Result<(), Failure> {
    let dataset = assemble(&SourceFolder::new(root.join("sources")), None)?;
    write_file(&root.join(LIBRARY_TABLE), rust_table(&dataset).as_bytes())?;
    Ok(())
}

fn rfc_facts(root: &Path, file: &Path) -> Result<bool, Failure> {
    let id = store_rfc_facts(&SourceFolder::new(root.join("sources")), file)?;
    println!("stored sources/{id}.facts.toml");
    Ok(true)
}

/// Compares what the sources give with what is committed, byte for byte.
fn check(root: &Path) -> Result<bool, Failure> {
    let dataset = assemble(&SourceFolder::new(root.join("sources")), None)?;
    let mut files: Vec<(String, Vec<u8>)> = render(&dataset)
        .into_iter()
        .map(|output| (format!("output/{}", output.name), output.bytes))
        .collect();
    files.push((LIBRARY_TABLE.to_owned(), rust_table(&dataset).into_bytes()));
    files.push(("docs/findings.md".to_owned(), findings_doc().into_bytes()));
    let mut fresh = true;
    for (name, bytes) in files {
        if std::fs::read(root.join(&name)).unwrap_or_default() != bytes {
            eprintln!("{name} is not what the sources give; run `cargo xtask regenerate`");
            fresh = false;
        }
    }
    Ok(fresh)
}
