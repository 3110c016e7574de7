//! The kinds of sources: one file a kind, with everything in which it differs from the others.

pub(crate) mod article;
mod outside;
pub(crate) mod registry;
pub(crate) mod rfc_index;
pub(crate) mod siblings;

use std::collections::HashSet;

use appleports_fetch::{Body, Expect};
use appleports_model::{Date, Finding, SourceId, SourceKind};
use appleports_store::{Manifest, SourceFolder};

use crate::failure::Failure;

/// Everything in which the kinds of sources differ, and nothing else.
pub(crate) struct Kind {
    /// How the files end that may wait for a manifest, or have lost it.
    pub(crate) endings: &'static [&'static str],
    /// How it is downloaded; none for what people write down.
    pub(crate) download: Option<Download>,
    /// The option with which a build takes a file outside the sources in place of a stored one,
    /// and what it takes; none where it cannot.
    pub(crate) replaced_by: Option<(&'static str, &'static str)>,
    /// As what `diff` compares a stored one; none where it does not.
    pub(crate) compared: Option<Compared>,
    /// Which stored sources no command uses, because a guard refused them; none where guards
    /// refuse only what is fetched.
    pub(crate) refused: Option<ListRefused>,
}

/// As what `diff` compares a source.
#[derive(Clone, Copy)]
pub(crate) enum Compared {
    /// By the records of the dataset that is made from it.
    Records,
    /// As a registry, row by row.
    Registry,
}

/// How a kind of source is downloaded.
pub(crate) struct Download {
    /// The option of `fetch` that asks for it, without its dashes.
    pub(crate) option: &'static str,
    /// What the option's help says.
    pub(crate) help: &'static str,
    /// The usual address; `{locale}` in it is replaced.
    pub(crate) url: &'static str,
    /// What the server should answer with.
    pub(crate) expect: Expect,
    /// The article's number, where it is one.
    pub(crate) article_id: Option<&'static str>,
    /// How the name of the stored file ends, by its bytes.
    pub(crate) ending: fn(&[u8]) -> &'static str,
    /// The day that the bytes, or the server, give; none where it is the day of the download.
    pub(crate) date: fn(&Body) -> Option<Date>,
    /// How bytes are refused that are not what they should be.
    pub(crate) judged: Judged,
}

/// How what was fetched is judged.
pub(crate) enum Judged {
    /// As a page, which every build asks the guards about.
    Page(fn(&Received<'_>) -> Result<(), Failure>),
    /// By its rows: an edition that shrank is no update.
    Edition(Measure),
}

/// A stored source that a guard refused and nobody has accepted.
pub(crate) struct Unused {
    pub(crate) id: SourceId,
    pub(crate) sha256: String,
    /// What the guards have against it.
    pub(crate) findings: Vec<Finding>,
}

/// Lists the stored sources that a guard refused and nobody has accepted.
pub(crate) type ListRefused = fn(&SourceFolder) -> Result<Vec<Unused>, Failure>;

/// How much an edition holds: what the guard compares.
pub(crate) struct EditionExtent {
    pub(crate) rows: u64,
    /// How many rows have something in each column that the checks need.
    pub(crate) filled: Vec<(&'static str, u64)>,
    /// What makes a row the same as one of another edition, each once.
    pub(crate) keys: HashSet<String>,
}

/// Measures an edition, given its id, the path that errors name, and its bytes.
pub(crate) type Measure = fn(&SourceId, &str, &[u8]) -> Result<EditionExtent, Failure>;

/// What came from a server.
pub(crate) struct Received<'r> {
    pub(crate) sources: &'r SourceFolder,
    pub(crate) id: &'r SourceId,
    /// The file with the bytes.
    pub(crate) path: &'r str,
    pub(crate) body: &'r Body,
    pub(crate) manifest: &'r Manifest,
}

/// A source that `fetch` asks for by an option of its own, since it is in one language alone.
#[derive(Clone, Copy, Debug)]
pub struct FetchedEdition {
    /// Its kind.
    pub kind: SourceKind,
    /// The option, without its dashes.
    pub option: &'static str,
    /// What the option's help says.
    pub help: &'static str,
}

/// The editions that `fetch` can ask for.
pub fn fetched_editions() -> impl Iterator<Item = FetchedEdition> {
    let single = SourceKind::ALL.into_iter();
    let single = single.filter(|kind| !kind.has_locales());
    single.filter_map(|kind| {
        let download = Kind::of(kind).download.as_ref()?;
        Some(FetchedEdition {
            kind,
            option: download.option,
            help: download.help,
        })
    })
}

impl Kind {
    /// What a kind of source differs in: one line a kind.
    pub(crate) const fn of(kind: SourceKind) -> &'static Self {
        match kind {
            SourceKind::Article => &article::KIND,
            SourceKind::Iana => &registry::KIND,
            SourceKind::Rfc => &rfc_index::KIND,
            SourceKind::Siblings => &siblings::KIND,
        }
    }

    /// The stored sources that no command uses.
    pub(crate) fn unused(&self, sources: &SourceFolder) -> Result<Vec<Unused>, Failure> {
        self.refused
            .map_or_else(|| Ok(Vec::new()), |refused| refused(sources))
    }
}
