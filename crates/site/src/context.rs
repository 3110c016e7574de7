//! What all pages are made from, looked up once.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use appleports_model::{
    Dataset, Finding, Former, FormerField, Formerly, PortRange, Record, Registry, RowFindings,
    Rule, SourceInfo, slug,
};
use appleports_pipeline::{Edition, ProductSummary, product_summaries};

use crate::address::Address;

/// What a site is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The editions of the article, oldest first.
    pub editions: &'a [Edition],
    /// The registry on which the verdicts rest.
    pub registry: &'a Registry,
}

/// The most other pages that a page lists for sharing ports with it: nested ranges share with each
/// other, so that lists of all would take the square of their number. No page of the article's has
/// more than 24.
pub(crate) const MAX_SHARING: usize = 30;

/// The input, arranged by page.
pub(crate) struct Site<'a> {
    pub(crate) dataset: &'a Dataset,
    pub(crate) editions: &'a [Edition],
    pub(crate) registry: &'a Registry,
    pub(crate) address: &'a Address,
    /// By range.
    pub(crate) ports: Vec<PortRows<'a>>,
    /// By name.
    pub(crate) products: Vec<ProductRows<'a>>,
    /// The place of each product.
    by_name: HashMap<String, usize>,
    /// The days of the editions.
    days: HashSet<String>,
    /// Every finding's rule, by code.
    pub(crate) rules: &'a [&'static Rule],
    pub(crate) findings: RowFindings<'a>,
}

/// A port or range and the rows that give exactly it.
pub(crate) struct PortRows<'a> {
    pub(crate) range: PortRange,
    /// Rows of the article.
    pub(crate) rows: Vec<&'a Record>,
    /// Rows that left it.
    pub(crate) former: Vec<&'a Former>,
    /// What its page says the rows are about; other pages say it too.
    pub(crate) services: OnceCell<String>,
}

/// A product and its rows.
pub(crate) struct ProductRows<'a> {
    pub(crate) slug: String,
    pub(crate) summary: ProductSummary,
    /// Rows of the article.
    pub(crate) rows: Vec<&'a Record>,
    /// Rows that left it.
    pub(crate) former: Vec<&'a Former>,
    /// Rows of the article that once listed the product.
    pub(crate) formerly: Vec<(&'a Record, &'a Formerly)>,
}

impl<'a> Site<'a> {
    pub(crate) fn new(input: &Input<'a>, address: &'a Address) -> Self {
        let products = products(input.dataset);
        let names = products.iter().map(|product| product.summary.name.clone());
        let days = input.editions.iter().map(|edition| edition.capture.day());
        Self {
            dataset: input.dataset,
            editions: input.editions,
            registry: input.registry,
            address,
            ports: ports(input.dataset),
            by_name: names.zip(0..).collect(),
            days: days.collect(),
            products,
            rules: &input.dataset.rules,
            findings: RowFindings::new(&input.dataset.findings),
        }
    }

    /// The findings about a record.
    pub(crate) fn findings_of(&self, record: &Record) -> &[&'a Finding] {
        self.findings.of_record(&record.id)
    }

    /// The findings about a record on these ports, or about the whole record.
    pub(crate) fn findings_on(&self, record: &Record, range: PortRange) -> Vec<&'a Finding> {
        let findings = self.findings_of(record).iter().copied();
        findings
            .filter(|finding| {
                let mut rows = finding.rows.iter();
                finding.rows.is_empty() || rows.any(|(ports, _)| *ports == range)
            })
            .collect()
    }

    /// The place of a range among the pages.
    pub(crate) fn port_at(&self, range: PortRange) -> Option<usize> {
        self.ports
            .binary_search_by_key(&range, |port| port.range)
            .ok()
    }

    /// Other pages that share a port with this range, by range.
    pub(crate) fn sharing(&self, range: PortRange) -> impl Iterator<Item = &PortRows<'a>> {
        let end = self
            .ports
            .partition_point(|port| port.range.first() <= range.last());
        let others = self.ports[..end].iter();
        others.filter(move |port| port.range != range && port.range.last() >= range.first())
    }

    /// The first of them, and how many more there are.
    pub(crate) fn first_sharing(&self, range: PortRange) -> (Vec<&PortRows<'a>>, usize) {
        first(self.sharing(range))
    }

    /// Wider ranges of the article that have all of this one, by range, and how many more there are.
    pub(crate) fn covering(&self, range: PortRange) -> (Vec<&PortRows<'a>>, usize) {
        let sharing = self.sharing(range).filter(|port| !port.is_left());
        let has_all = |port: &&PortRows<'_>| {
            port.range.contains(range.first()) && port.range.contains(range.last())
        };
        first(sharing.filter(has_all))
    }

    /// Whether a day has an edition.
    pub(crate) fn has_edition(&self, day: &str) -> bool {
        self.days.contains(day)
    }

    /// The product with this name.
    pub(crate) fn product(&self, name: &str) -> Option<&ProductRows<'a>> {
        self.by_name.get(name).map(|at| &self.products[*at])
    }

    /// The source with this id.
    pub(crate) fn source(&self, id: &str) -> Option<&'a SourceInfo> {
        self.dataset.sources.iter().find(|source| source.id == id)
    }

    /// The day of the article, with its form where it is not the page itself.
    pub(crate) fn dated(&self) -> String {
        let capture = self.dataset.capture();
        capture.map_or_else(|| "unknown date".to_owned(), SourceInfo::dated)
    }

    /// The day of the article.
    pub(crate) fn day(&self) -> String {
        self.dataset
            .capture()
            .map_or_else(String::new, SourceInfo::day)
    }
}

impl PortRows<'_> {
    /// The name of its page: `5223`, `8000-8999`.
    pub(crate) fn name(&self) -> String {
        self.range.to_string()
    }

    /// Whether the article gives it no more.
    pub(crate) fn is_left(&self) -> bool {
        self.rows.is_empty()
    }

    /// All rows, those of the article first.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        let former = self.former.iter().map(|former| &former.record);
        self.rows.iter().copied().chain(former)
    }
}

/// As many as a page lists, and how many more there are.
fn first<T>(mut pages: impl Iterator<Item = T>) -> (Vec<T>, usize) {
    let listed = pages.by_ref().take(MAX_SHARING).collect();
    (listed, pages.count())
}

fn ports(dataset: &Dataset) -> Vec<PortRows<'_>> {
    let mut by_range: BTreeMap<PortRange, (Vec<&Record>, Vec<&Former>)> = BTreeMap::new();
    for record in &dataset.records {
        for range in BTreeSet::from_iter(&record.ports) {
            by_range.entry(*range).or_default().0.push(record);
        }
    }
    for former in &dataset.former {
        for range in BTreeSet::from_iter(&former.record.ports) {
            by_range.entry(*range).or_default().1.push(former);
        }
    }
    let rows = by_range.into_iter();
    rows.map(|(range, (rows, former))| PortRows {
        range,
        rows,
        former,
        services: OnceCell::new(),
    })
    .collect()
}

fn products(dataset: &Dataset) -> Vec<ProductRows<'_>> {
    let mut rows: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    let mut formerly: BTreeMap<&str, Vec<(&Record, &Formerly)>> = BTreeMap::new();
    for record in &dataset.records {
        for product in &record.products {
            rows.entry(product).or_default().push(record);
        }
    }
    let former = dataset.former.iter().map(|former| &former.record);
    for record in dataset.records.iter().chain(former) {
        let statements = record.formerly.iter();
        for statement in statements.filter(|statement| statement.field == FormerField::Product) {
            formerly
                .entry(&statement.value)
                .or_default()
                .push((record, statement));
        }
    }
    let mut left: BTreeMap<&str, Vec<&Former>> = BTreeMap::new();
    for former in &dataset.former {
        for product in &former.record.products {
            left.entry(product).or_default().push(former);
        }
    }
    let summaries = product_summaries(dataset).into_iter();
    let mut products: Vec<ProductRows<'_>> = summaries
        .map(|summary| ProductRows {
            slug: slug(&summary.name),
            rows: rows.remove(&*summary.name).unwrap_or_default(),
            former: left.remove(&*summary.name).unwrap_or_default(),
            formerly: formerly.remove(&*summary.name).unwrap_or_default(),
            summary,
        })
        .collect();
    products.sort_by_cached_key(|product| product.summary.name.to_lowercase());
    products
}
