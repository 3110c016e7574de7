//! Products and what they use: the vocabulary's list, and each product's rows and ports.

use appleports_model::{
    Dataset, FormerField, PortRange, PortSet, Product, Record, SourceId, Transport,
};
use appleports_normalise::Vocabulary;
use serde::Serialize;

/// The products of a vocabulary, by name.
pub(crate) fn products(vocabulary: &Vocabulary) -> Vec<Product> {
    let spellings = vocabulary.spellings();
    let product = |(name, spellings): (&str, Vec<&str>)| Product {
        name: name.to_owned(),
        spellings: spellings.into_iter().map(str::to_owned).collect(),
    };
    spellings.map(product).collect()
}

/// The ports that a product uses for one transport.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductPorts {
    /// The transport; none for rows to which the article gives none.
    pub transport: Option<Transport>,
    /// The union of the rows.
    pub ranges: Vec<PortRange>,
}

/// A product and what the article says of it; one element of `products --format json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductSummary {
    /// The canonical name.
    pub name: String,
    /// Every other spelling.
    pub spellings: Vec<String>,
    /// How many rows of `ports.csv` the product has.
    pub rows: usize,
    /// Their ports, by transport.
    pub ports: Vec<ProductPorts>,
    /// Where it has no row: the day of the last edition that had one; none if no edition
    /// had.
    pub left_after: Option<String>,
}

/// Every product, those without a row last; each part by name.
pub fn product_summaries(dataset: &Dataset) -> Vec<ProductSummary> {
    let all = dataset.products.iter();
    let mut all: Vec<ProductSummary> = all.map(|product| summary(dataset, product)).collect();
    all.sort_by_key(|summary| summary.rows == 0);
    all
}

fn summary(dataset: &Dataset, product: &Product) -> ProductSummary {
    let is_own = |record: &&Record| record.products.contains(&product.name);
    let records = || dataset.records.iter().filter(is_own);
    let rows: usize = records().map(|record| record.cross_check.len()).sum();
    ProductSummary {
        name: product.name.clone(),
        spellings: product.spellings.iter().skip(1).cloned().collect(),
        rows,
        ports: ports(records()),
        left_after: (rows == 0)
            .then(|| last_day(dataset, &product.name))
            .flatten(),
    }
}

/// The day of the last edition with a row that lists the product, among those of before.
fn last_day(dataset: &Dataset, product: &str) -> Option<String> {
    let left = dataset.former.iter();
    let left = left.filter(|former| former.record.products.iter().any(|name| name == product));
    // Rows that are still there, or were there longer, may have listed it once.
    let former = dataset.former.iter().map(|former| &former.record);
    let formerly = dataset.records.iter().chain(former);
    let formerly = formerly.flat_map(|record| &record.formerly);
    let formerly = formerly
        .filter(|earlier| earlier.field == FormerField::Product && earlier.value == product);
    let last = left.map(|former| &former.last);
    let last = last.chain(formerly.map(|earlier| &earlier.last));
    last.map(SourceId::date).max().map(|day| day.to_string())
}

/// The union of the rows, transport by transport.
fn ports<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<ProductPorts> {
    let checks: Vec<_> = records.flat_map(|record| &record.cross_check).collect();
    let transports = Transport::ALL.into_iter().map(Some).chain([None]);
    let union = |transport: Option<Transport>| {
        let matching = checks.iter().filter(|check| check.transport == transport);
        let set: PortSet = matching.map(|check| check.ports).collect();
        ProductPorts {
            transport,
            ranges: set.ranges().to_vec(),
        }
    };
    transports
        .map(union)
        .filter(|ports| !ports.ranges.is_empty())
        .collect()
}
