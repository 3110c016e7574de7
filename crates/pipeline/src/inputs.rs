//! Everything that a dataset is made from: every byte read, verified and parsed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use appleports_check::{Context, no_manifest, parse_corrections};
use appleports_emit::SourceText;
use appleports_ingest::{check_names_of_ports, read_services};
use appleports_model::{
    Correction, Finding, Product, Record, Registry, RfcIndex, ServicesFile, Siblings, SourceId,
    SourceInfo, SourceKind,
};
use appleports_normalise::Normalised;
use appleports_store::{MAX_STORED, SourceFolder, Stored, read_limited};

use crate::both::both;
use crate::captures::{Captures, Choice, DEFAULT_LOCALE};
use crate::failure::{CaptureError, EditionError, Failure};
use crate::interpret::vocabulary;
use crate::kinds::{Kind, article, registry, rfc_index, siblings};
use crate::products::products;

/// What to assemble, besides the defaults.
#[derive(Clone, Debug, Default)]
pub struct AssembleOptions {
    /// The capture to use instead of the newest.
    pub capture: Option<String>,
    /// The locale of which the newest capture is used, instead of
    /// [`DEFAULT_LOCALE`](crate::DEFAULT_LOCALE).
    pub locale: Option<String>,
    /// A registry edition to use instead of the stored one; where it gives another
    /// verdict than the stored one, a finding says so.
    pub iana: Option<PathBuf>,
    /// An RFC index to use instead of the stored facts.
    pub rfc_index: Option<PathBuf>,
    /// services(5) files to compare with.
    pub services: Vec<PathBuf>,
}

/// Everything that a dataset is made from.
pub(crate) struct Inputs {
    /// All stored captures, and the one that is used.
    pub(crate) captures: Captures,
    pub(crate) choice: Choice,
    /// The registry on which the verdicts rest.
    pub(crate) registry: Registry,
    /// The stored registry, where another one was asked for.
    pub(crate) compare: Option<Registry>,
    pub(crate) rfcs: Option<RfcIndex>,
    pub(crate) siblings: Option<Siblings>,
    pub(crate) services: Vec<ServicesFile>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) products: Vec<Product>,
    /// What is odd about the inputs themselves.
    pub(crate) findings: Vec<Finding>,
    /// What the dataset says about its sources: the capture, the others, the editions.
    pub(crate) sources: Vec<SourceInfo>,
    /// The texts that findings point into, by the id of the source.
    pub(crate) texts: BTreeMap<String, SourceText>,
}

/// A stored edition of the registry.
type Edition = (Stored, Registry);

fn edition(sources: &SourceFolder, id: &SourceId) -> Result<Edition, Failure> {
    let stored = sources.load(id)?;
    let registry = registry::read(sources, &stored)?;
    Ok((stored, registry))
}

/// What is read beside the captures: it takes as long as they do, so that both are read at once
/// (`cargo xtask bench`, build).
struct Beside {
    /// The edition that the verdicts will rest on, if the newest capture is used.
    edition: Option<(SourceId, Result<Edition, Failure>)>,
    rfcs: Result<Option<(SourceInfo, RfcIndex)>, Failure>,
    siblings: Result<Option<(Stored, Siblings)>, Failure>,
}

impl Beside {
    fn read(sources: &SourceFolder, options: &AssembleOptions) -> Self {
        let likely = likely_edition(sources, options);
        Self {
            edition: likely.map(|id| (id.clone(), edition(sources, &id))),
            rfcs: match &options.rfc_index {
                Some(path) => rfc_index::outside(path).map(Some),
                None => rfc_index::newest(sources),
            },
            siblings: siblings::read(sources),
        }
    }
}

/// The edition nearest to the newest capture of the wanted locale; none where another capture is
/// asked for.
fn likely_edition(sources: &SourceFolder, options: &AssembleOptions) -> Option<SourceId> {
    if options.capture.is_some() {
        return None;
    }
    let wanted = options.locale.as_deref().unwrap_or(DEFAULT_LOCALE);
    let is_wanted = |id: &SourceId| id.locale().is_some_and(|locale| locale.as_str() == wanted);
    let captures = sources.list(SourceKind::Article).ok()?;
    let newest = captures.iter().rfind(|id| is_wanted(id))?;
    registry::choose(sources, Some(newest.date())).ok()
}

impl Inputs {
    pub(crate) fn read(sources: &SourceFolder, options: &AssembleOptions) -> Result<Self, Failure> {
        if sources.list(SourceKind::Article)?.is_empty() {
            return Err(article::no_capture(sources.root()).into());
        }
        let (beside, read) = both(
            || Beside::read(sources, options),
            || -> Result<_, Failure> {
                let vocabulary = vocabulary(sources)?;
                let mut captures = Captures::read(sources, &vocabulary)?;
                let (wanted, locale) = (options.capture.as_deref(), options.locale.as_deref());
                let choice = captures.choose(wanted, locale)?;
                captures.forget_findings(choice.at);
                Ok((vocabulary, captures, choice))
            },
        );
        let (vocabulary, captures, choice) = read?;
        let id = registry::choose(sources, Some(captures.all[choice.at].id.date()))?;
        let (stored, stored_registry) = match beside.edition {
            Some((likely, read)) if likely == id => read?,
            _ => edition(sources, &id)?,
        };
        let capture = &captures.all[choice.at];
        let info = capture.info().clone();
        let (registry_info, registry, compare) = match &options.iana {
            None => (stored.info, stored_registry, None),
            Some(path) => {
                let foreign = registry::outside(path)?;
                let registry = registry::read_from(path, &foreign)?;
                (foreign.info, registry, Some(stored_registry))
            }
        };
        let (rfc_info, rfcs) = beside.rfcs?.unzip();
        let (siblings_stored, siblings) = beside.siblings?.unzip();
        let (mut services, mut texts) = read_services_files(&options.services)?;
        for stored in [Some(&capture.stored), siblings_stored.as_ref()]
            .into_iter()
            .flatten()
        {
            let shown = sources.root().join(&stored.info.path).display().to_string();
            let text = SourceText::new(&shown, &stored.bytes);
            texts.insert(stored.info.id.clone(), text);
        }
        let mut findings = Vec::new();
        for kind in SourceKind::ALL {
            let files = sources.without_manifest(kind, Kind::of(kind).endings)?;
            findings.extend(files.iter().map(|path| no_manifest(path)));
        }
        findings.extend(
            services
                .iter_mut()
                .flat_map(|file| std::mem::take(&mut file.findings)),
        );
        let (path, text) = sources.corrections()?;
        let products = products(&vocabulary);
        if let Some(stored) = &siblings_stored {
            let path = sources.root().join(&stored.info.path);
            known_products(&path, siblings.as_ref(), &products)?;
        }
        Ok(Self {
            registry,
            compare,
            rfcs,
            siblings,
            corrections: parse_corrections(&path, &text)?,
            findings,
            services,
            sources: std::iter::once(info)
                .chain(captures.others(choice.at))
                .chain([registry_info])
                .chain(rfc_info)
                .chain(siblings_stored.map(|stored| stored.info))
                .collect(),
            texts,
            products,
            captures,
            choice,
        })
    }

    /// The capture that is used, read.
    pub(crate) fn normalised(&self) -> Result<Normalised, Failure> {
        let capture = &self.captures.all[self.choice.at];
        let normalised = capture.normalised.as_deref().cloned();
        Ok(normalised.ok_or_else(|| CaptureError::NoTable {
            id: capture.info().id.clone(),
        })?)
    }

    /// What the checks look at.
    pub(crate) fn context<'a>(&'a self, records: &'a [Record]) -> Context<'a> {
        Context {
            records,
            unread: self.captures.all[self.choice.at].side().unread,
            registry: &self.registry,
            compare: self.compare.as_ref(),
            rfcs: self.rfcs.as_ref(),
            captured: Some(self.captures.all[self.choice.at].id.date()),
            siblings: self.siblings.as_ref(),
            services: &self.services,
            corrections: &self.corrections,
        }
    }
}

/// Refuses facts about a product that the vocabulary does not know: a typing error would
/// otherwise read as a port that is missing.
fn known_products(
    path: &Path,
    siblings: Option<&Siblings>,
    products: &[Product],
) -> Result<(), EditionError> {
    let articles = siblings.iter().flat_map(|siblings| &siblings.articles);
    for fact in articles.flat_map(|article| &article.facts) {
        if let Some(name) = &fact.product
            && !products.iter().any(|product| product.name == *name)
        {
            return Err(EditionError::UnknownProduct {
                path: path.display().to_string(),
                line: fact.line,
                name: name.clone(),
            });
        }
    }
    Ok(())
}

/// The services files, and their texts by path.
fn read_services_files(
    paths: &[PathBuf],
) -> Result<(Vec<ServicesFile>, BTreeMap<String, SourceText>), Failure> {
    let (mut files, mut texts) = (Vec::new(), BTreeMap::new());
    for path in paths {
        let bytes = read_limited(path, MAX_STORED)?;
        let shown = path.display().to_string();
        let file = read_services(&shown, &bytes)?;
        check_names_of_ports(&file)?;
        files.push(file);
        texts.insert(shown.clone(), SourceText::new(&shown, &bytes));
    }
    Ok((files, texts))
}
