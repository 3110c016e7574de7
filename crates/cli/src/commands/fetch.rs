//! `fetch`: captures and registries from the network into the sources.

use anyhow::anyhow;
use appleports_model::Finding;
use appleports_pipeline::{Failure, FetchOptions, Fetcher, Limits, Outcome, Policy, Target, fetch};
use appleports_store::SourceFolder;

use super::ingest::report_refusal;
use crate::args::Fetch;
use crate::{print, progress};

pub(super) fn run(sources: &SourceFolder, options: &Fetch) -> Result<bool, Failure> {
    let targets = targets(sources, options)?;
    if options.url.is_some() && targets.len() > 1 && !is_template(options, &targets) {
        return Err(anyhow!(
            "--url names one address, but {} sources are asked for",
            targets.len()
        )
        .into());
    }
    let today = print::today();
    let how = FetchOptions {
        url: options.url.as_deref(),
        captured: options.captured.as_deref(),
        today: &today,
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
                print::diagnostic("error", &format!("{error:#}"));
            }
        }
    }
    match (failed, refused.is_empty()) {
        (0, true) => Ok(true),
        (0, false) => Err(Failure::Refused(refused)),
        (_, _) => {
            for finding in &refused {
                print::diagnostic("refused", &finding.to_string());
            }
            Err(anyhow!("{failed} of {} sources could not be fetched", targets.len()).into())
        }
    }
}

/// What is asked for; without a word, the article in the locales that are stored.
fn targets(sources: &SourceFolder, options: &Fetch) -> Result<Vec<Target>, Failure> {
    let mut locales: Vec<String> = options
        .locale
        .iter()
        .map(|locale| locale.to_lowercase())
        .collect();
    if locales.is_empty() && !options.iana && !options.rfc_index {
        for id in sources.captures()? {
            locales.extend(id.split('/').nth(1).map(str::to_owned));
        }
        locales.sort();
        locales.dedup();
        if locales.is_empty() {
            return Err(anyhow!(
                "no capture is stored yet; say which locale, for example --locale en-us"
            )
            .into());
        }
    }
    let mut targets: Vec<Target> = locales.into_iter().map(Target::Article).collect();
    targets.extend(options.iana.then_some(Target::Registry));
    targets.extend(options.rfc_index.then_some(Target::RfcIndex));
    Ok(targets)
}

/// Whether the address holds for each of several locales.
fn is_template(options: &Fetch, targets: &[Target]) -> bool {
    options
        .url
        .as_ref()
        .is_some_and(|url| url.contains("{locale}"))
        && targets
            .iter()
            .all(|target| matches!(target, Target::Article(_)))
}
