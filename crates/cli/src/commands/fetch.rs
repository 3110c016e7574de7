//! `fetch`: captures and registries from the network into the sources.

use anyhow::{Context, bail};
use appleports_model::{Finding, Locale, Series, SourceKind};
use appleports_pipeline::{
    Failure, FetchOptions, Fetcher, Limits, Outcome, Policy, day, fetch, locale,
};
use appleports_store::SourceFolder;

use super::ingest::report_refusal;
use crate::args::Fetch;
use crate::{print, progress};

pub(super) fn run(sources: &SourceFolder, options: &Fetch) -> anyhow::Result<bool> {
    let targets = targets(sources, options)?;
    if options.url.is_some() && targets.len() > 1 && !is_template(options, &targets) {
        bail!(
            "--url names one address, but {} sources are asked for",
            targets.len()
        );
    }
    let captured = options.captured.as_deref().map(day).transpose();
    let how = FetchOptions {
        url: options.url.as_deref(),
        captured: captured.context("--captured")?,
        today: print::today(),
        accept: options.accept.as_deref(),
    };
    let fetcher = Fetcher::new(Policy::sources(), Limits::default(), progress::download())?;
    let mut refused: Vec<Finding> = Vec::new();
    let mut failed = 0;
    for target in &targets {
        match fetch(sources, &fetcher, target, &how) {
            Ok(Outcome::Stored(id)) => print::plain(&format!("stored     {id}\n"))?,
            Ok(Outcome::Refused(id, findings)) => {
                print::plain(&format!("stored     {id}\n"))?;
                report_refusal(&findings, false);
            }
            Ok(Outcome::Unchanged(id)) => print::plain(&format!("unchanged  {id}\n"))?,
            Err(Failure::Refused(findings)) => refused.extend(findings),
            Err(Failure::Input(error)) => {
                failed += 1;
                print::diagnostic("error", &error.to_string());
            }
        }
    }
    match (failed, refused.is_empty()) {
        (0, true) => Ok(true),
        (0, false) => Err(Failure::Refused(refused).into()),
        (_, _) => {
            for finding in &refused {
                print::diagnostic("refused", &finding.to_string());
            }
            bail!("{failed} of {} sources could not be fetched", targets.len())
        }
    }
}

/// What is asked for; without a word, the article in the locales that are stored.
fn targets(sources: &SourceFolder, options: &Fetch) -> anyhow::Result<Vec<Series>> {
    let locales = options.locale.iter();
    let locales = locales.map(|name| locale(&name.to_lowercase()));
    let mut locales: Vec<Locale> = locales.collect::<Result<_, _>>()?;
    if locales.is_empty() && options.editions.0.is_empty() {
        for id in sources.list(SourceKind::Article)? {
            locales.extend(id.locale().cloned());
        }
        locales.sort();
        locales.dedup();
        if locales.is_empty() {
            bail!("no capture is stored yet; choose a locale, for example --locale en-us");
        }
    }
    let mut targets: Vec<Series> = locales.into_iter().map(Series::article).collect();
    let editions = options.editions.0.iter();
    targets.extend(editions.filter_map(|kind| Series::new(*kind, None)));
    Ok(targets)
}

/// Whether the address holds for each of several locales.
fn is_template(options: &Fetch, targets: &[Series]) -> bool {
    options
        .url
        .as_ref()
        .is_some_and(|url| url.contains("{locale}"))
        && targets.iter().all(|target| target.locale().is_some())
}
