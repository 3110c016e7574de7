//! `cargo xtask update`: a new capture, through all stages, to a pull request's text.
//!
//! Everything happens in a copy first; the repository is touched only when the
//! guards agree and something has changed.

mod pull_request;
mod staging;

use std::path::{Path, PathBuf};

use appleports_diff::{Body, Changes, Label, Report, changes_between};
use appleports_emit::{Document, rust_table};
use appleports_fetch::Fetcher;
use appleports_model::{Date, Series, SourceId, SourceKind};
use appleports_store::{MAX_OUTPUT, MAX_STORED, SourceFolder, read_limited, read_own};

use crate::assemble::{Assembled, assemble_with};
use crate::baseline::Known;
use crate::build::sources_used;
use crate::build::{BuildOptions, build};
use crate::built_in::{BUILT_IN, built_in};
use crate::captures::DEFAULT_LOCALE;
use crate::failure::{Failure, UpdateError};
use crate::fetch::{FetchOptions, Outcome, fetch};
use crate::ingest::{IngestOptions, Ingestion};
use crate::inputs::AssembleOptions;
use crate::locale::of_address;
use crate::previous::{ManifestError, manifest};
use crate::review::review;
use crate::sides::of_document;

pub use pull_request::{PullRequest, REST, refusal_issue};
use staging::{Copied, Files, apply};

/// Where the library has its table.
const LIBRARY: &str = "crates/appleports/src";

/// What to update, and from what.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// The folder with `sources/` and `output/`.
    pub root: PathBuf,
    /// A saved page instead of a download.
    pub from: Option<PathBuf>,
    /// The locale; [`DEFAULT_LOCALE`] where none is given.
    pub locale: Option<String>,
    /// Another address than the usual one.
    pub url: Option<String>,
    /// The day of the capture, where it is known better than by the page.
    pub captured: Option<Date>,
    /// Why a capture that a guard refuses is taken all the same.
    pub accept: Option<String>,
    /// The day of the update.
    pub today: Date,
}

/// What came of an update.
#[derive(Clone, Debug)]
pub enum Updated {
    /// Nothing has changed, for this reason; the repository is as it was.
    Unchanged(String),
    /// Sources and output are new, and this is what a reviewer needs to know.
    Changed(Box<PullRequest>),
}

/// One side of the update: the dataset and its findings.
pub(crate) struct State {
    pub(crate) document: Document<'static>,
    pub(crate) findings: Known,
}

/// Takes a new capture, builds from it and compares with what was there before.
///
/// # Errors
/// [`Failure::Refused`] when a guard refuses, [`Failure::Input`] otherwise; in both
/// cases nothing below `root` has changed.
pub fn update(options: &UpdateOptions, fetcher: &Fetcher) -> Result<Updated, Failure> {
    let staging = tempfile::tempdir().map_err(|error| UpdateError::NoTemporaryFolder {
        path: std::env::temp_dir().display().to_string(),
        error,
    })?;
    let copied = Copied::of(&options.root, staging.path())?;
    let published = options.root.join("output");
    let sources = SourceFolder::new(staging.path().join("sources"));
    let known = sources.list(SourceKind::Article)?;
    let output = staging.path().join("output");
    let mut before = read_state(&output)?;
    let was_published = |id: &SourceId| manifest_names(&published, id);
    let (id, reason) = match obtain(options, &sources, fetcher)? {
        Outcome::Unchanged(id) => (id.clone(), format!("the page is {id} still")),
        Outcome::Stored(id) | Outcome::Refused(id, _) => {
            (id.clone(), format!("{id} is stored already"))
        }
    };
    let build_as = |capture: Option<&SourceId>, accept: Option<&str>| {
        build(&BuildOptions {
            sources: staging.path().join("sources"),
            output: output.clone(),
            capture: capture.map(ToString::to_string),
            locale: None,
            iana: None,
            accept: accept.map(str::to_owned),
        })
    };
    let is_known = known.contains(&id);
    if is_known && was_published(&id)? {
        return Ok(Updated::Unchanged(reason));
    }
    if is_known {
        // Another capture is the one that is built from, or an update was interrupted
        // after it had stored this one: then it goes on from the capture before.
        let built = built_from(&output).filter(|built| *built != id);
        if built.is_some() && build_as(built.as_ref(), None).is_ok() {
            before = read_state(&output)?;
        }
    }
    build_as(None, options.accept.as_deref())?;
    if is_known && !manifest_names(&output, &id)? {
        return Ok(Updated::Unchanged(reason));
    }
    let after = read_state(&output)?;
    let report = compare(&before.document, &after.document);
    if report.is_empty() && !is_known {
        return Ok(Updated::Unchanged(format!("{id} has nothing new")));
    }
    let request = pull_request::write(&id, &report, &before, &after);
    let (source, last) = (format!("sources/{id}"), "capture.toml");
    let mut files = vec![
        Files::of(staging.path(), &source, last)?,
        Files::of(staging.path(), "output", "datapackage.json")?,
    ];
    let assembled = assemble_with(&sources, &AssembleOptions::default())?;
    files.extend(generated(&options.root, staging.path(), &assembled)?);
    apply(&options.root, &copied, &files)?;
    Ok(Updated::Changed(Box::new(request)))
}

/// What else follows from the sources, where the repository has it: the library's table, the
/// dataset that the command carries, and the snapshots that reviewers read.
fn generated(root: &Path, staging: &Path, assembled: &Assembled) -> Result<Vec<Files>, Failure> {
    let dataset = &assembled.dataset;
    let mut all = Vec::new();
    if root.join(BUILT_IN).exists() {
        let files = built_in(staging, assembled)?;
        all.push(Files {
            folder: BUILT_IN.to_owned(),
            files: files.map(|(name, bytes)| (name.to_owned(), bytes)).into(),
        });
    }
    let (folder, table) = (LIBRARY, "table.rs");
    if root.join(folder).join(table).exists() {
        let bytes = rust_table(dataset).map_err(UpdateError::from)?.into_bytes();
        all.push(Files {
            folder: folder.to_owned(),
            files: vec![(table.to_owned(), bytes)],
        });
    }
    let mut snapshots = Vec::new();
    for (name, text) in review(dataset) {
        let name = format!("{name}.snap");
        let path = root.join("snapshots").join(&name);
        if !path.exists() {
            continue;
        }
        let old = read_own(&path, MAX_OUTPUT)?;
        let old = String::from_utf8_lossy(&old);
        // `---`, what the snapshot is, `---`, and then the text.
        let heading = old.split("---\n").nth(1).unwrap_or_default();
        let text = text.trim_end();
        snapshots.push((name, format!("---\n{heading}---\n{text}\n").into_bytes()));
    }
    if !snapshots.is_empty() {
        all.push(Files {
            folder: "snapshots".to_owned(),
            files: snapshots,
        });
    }
    Ok(all)
}

/// Whether the outputs were built from this capture: the manifest, which is written
/// last, names it.
///
/// # Errors
/// Where there is a manifest that cannot be read: whether it names the capture is not known.
fn manifest_names(output: &Path, id: &SourceId) -> Result<bool, Failure> {
    let manifest = match manifest(output) {
        Ok(manifest) => manifest,
        Err(ManifestError::Store(error)) if error.is_not_found() => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let (sources, id) = (manifest["sources"].as_array(), id.to_string());
    Ok(sources.is_some_and(|sources| sources.iter().any(|source| source["title"] == id)))
}

/// The capture that the outputs were built from, as the manifest has it.
fn built_from(output: &Path) -> Option<SourceId> {
    let manifest = manifest(output).ok()?;
    let id: SourceId = manifest["sources"].get(0)?["title"]
        .as_str()?
        .parse()
        .ok()?;
    (id.kind() == SourceKind::Article).then_some(id)
}

fn obtain(
    options: &UpdateOptions,
    sources: &SourceFolder,
    fetcher: &Fetcher,
) -> Result<Outcome, Failure> {
    let Some(file) = &options.from else {
        let locale = options.locale.as_deref().unwrap_or(DEFAULT_LOCALE);
        let target = Series::article(of_address(locale)?);
        let how = FetchOptions {
            url: options.url.as_deref(),
            captured: options.captured,
            today: options.today,
            accept: None,
        };
        return fetch(sources, fetcher, &target, &how);
    };
    let bytes = read_limited(file, MAX_STORED)?;
    let path = file.display().to_string();
    let mut known = IngestOptions {
        url: options.url.clone(),
        locale: options.locale.clone(),
        captured: options.captured,
        today: Some(options.today),
    };
    let mut ingestion = Ingestion::new(sources)?;
    let shown = ingestion.preview(&path, &bytes, &known)?;
    if shown.info.date.is_none() {
        known.captured = Some(options.today);
    }
    let ingested = ingestion.store(&path, &bytes, &known)?;
    let id = ingested.info.source_id();
    Ok(Outcome::Stored(id.ok_or(UpdateError::Unnamed { path })?))
}

fn compare(before: &Document<'_>, after: &Document<'_>) -> Report {
    let label = |name: &str, document: &Document<'_>| Label {
        name: name.to_owned(),
        sources: sources_used(&document.sources),
    };
    let changes: Changes = changes_between(of_document(before), of_document(after));
    Report {
        old: label("before", before),
        new: label("after", after),
        body: Body::Records(changes),
    }
}

fn read_state(output: &Path) -> Result<State, UpdateError> {
    let read = |name: &str| {
        let path = output.join(name);
        read_own(&path, MAX_OUTPUT).map_err(|error| UpdateError::NoOutput {
            path: path.display().to_string(),
            error,
        })
    };
    let damaged = |name: &'static str| {
        move |error| UpdateError::Damaged {
            folder: output.display().to_string(),
            name,
            error,
        }
    };
    let document = Document::parse(&read("ports.json")?).map_err(damaged("ports.json"))?;
    let findings = Known::read(&read("findings.json")?).map_err(damaged("findings.json"))?;
    Ok(State { document, findings })
}
