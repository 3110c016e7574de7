//! The site of the repository's own sources.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use appleports_model::{Dataset, Registry};
use appleports_pipeline::{AssembleOptions, Assembled, Edition, assemble_with};
use appleports_site::{Input, SiteError, site};
use appleports_store::SourceFolder;
use scraper::{Html, Selector};

/// Where the tests say that it is published.
pub(crate) const URL: &str = "https://example.org/below/ports/";

static ASSEMBLED: LazyLock<Assembled> = LazyLock::new(|| {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble_with(&SourceFolder::new(sources), &AssembleOptions::default()).unwrap()
});

static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| ASSEMBLED.editions.clone());

/// The dataset.
pub(crate) fn dataset() -> &'static Dataset {
    &ASSEMBLED.dataset
}

/// The editions.
pub(crate) fn editions() -> &'static [Edition] {
    &EDITIONS
}

/// The registry.
pub(crate) fn registry() -> &'static Registry {
    &ASSEMBLED.registry
}

/// The files of a dataset's site by path.
pub(crate) fn site_of(
    dataset: &Dataset,
    url: &str,
) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let input = Input {
        dataset,
        editions: editions(),
        registry: registry(),
    };
    let files = site(&input, &url.parse().unwrap())?.into_iter();
    Ok(files.map(|file| (file.path, file.bytes)).collect())
}

/// The files by path.
pub(crate) fn files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: LazyLock<BTreeMap<String, Vec<u8>>> =
        LazyLock::new(|| site_of(dataset(), URL).unwrap());
    &FILES
}

/// A file as text.
pub(crate) fn text(path: &str) -> &'static str {
    let bytes = files().get(path);
    let bytes = bytes.unwrap_or_else(|| panic!("{path} is missing"));
    std::str::from_utf8(bytes).unwrap()
}

/// Whether a path has this ending.
pub(crate) fn is_kind(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == ending)
}

/// The pages that the templates write: all but the explorer, by path.
pub(crate) fn pages() -> impl Iterator<Item = (&'static str, Html)> {
    let pages = files().keys().map(String::as_str);
    let pages = pages.filter(|path| is_kind(path, "html") && *path != "index.html");
    pages.map(|path| (path, Html::parse_document(text(path))))
}

/// The elements that a selector finds, by one of their attributes.
pub(crate) fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector);
    found
        .filter_map(|element| element.attr(name).map(str::to_owned))
        .collect()
}

/// The text of the only element that a selector finds.
pub(crate) fn only(page: &Html, selector: &str) -> String {
    let wanted = Selector::parse(selector).unwrap();
    let mut found = page.select(&wanted);
    let first = found.next().unwrap_or_else(|| panic!("no {selector}"));
    assert!(found.next().is_none(), "more than one {selector}");
    first.text().collect()
}
