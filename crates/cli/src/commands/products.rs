//! `products`: every product with its ports and spellings.

use appleports_model::{SourceInfo, Transport, fold, joined};
use appleports_pipeline::{ProductPorts, ProductSummary, product_summaries};

use crate::args::{ListFormat, Products};
use crate::print::{Cell, Column, DIM, Mark, Table};
use crate::sources::Sources;
use crate::{article, print};

pub(super) fn run(sources: Sources, options: &Products) -> anyhow::Result<bool> {
    let dataset = &article::load(sources, &options.choice, &[])?.dataset;
    let words = options.words.join(" ");
    let named = dataset.product(&words).map(|product| product.name.as_str());
    let mut products = product_summaries(dataset);
    products.retain(|product| named == Some(&product.name) || has_words(product, &words));
    if products.is_empty() {
        let message = format!("no product of the vocabulary matches `{words}`");
        print::diagnostic("nothing found", &message);
        print::suggestions(dataset, Some(&words));
        return Ok(false);
    }
    match options.format {
        ListFormat::Json => print::json(&products)?,
        ListFormat::Table => {
            let is_shown = |product: &&ProductSummary| {
                product.rows > 0 || product.left_after.is_some() || options.all
            };
            // A product that was asked for is shown, whatever is known about it.
            let shown = products
                .iter()
                .filter(|product| !words.is_empty() || is_shown(product));
            let day = dataset.capture().map_or_else(String::new, SourceInfo::day);
            print::show(&table(shown, &words, &day).render(print::width()))?;
        }
    }
    Ok(true)
}

fn has_words(product: &ProductSummary, words: &str) -> bool {
    let words = fold(words);
    let mut names = std::iter::once(&product.name).chain(&product.spellings);
    names.any(|name| fold(name).contains(&words))
}

fn table<'p>(
    products: impl Iterator<Item = &'p ProductSummary>,
    words: &str,
    day: &str,
) -> Table<4> {
    let mut table = Table::new([
        Column::whole("PRODUCT"),
        Column::whole("ROWS"),
        Column::main_prose("PORTS"),
        Column::prose("ALSO"),
    ]);
    table.mark(vec![Mark::anywhere(words)]);
    for product in products {
        let ports = match (&product.left_after, product.rows) {
            (Some(day), _) => Cell::new(&format!("left after {day}"), DIM),
            (None, 0) => Cell::new(&format!("in no edition up to {day}"), DIM),
            _ => compact(&product.ports).into(),
        };
        table.row([
            product.name.as_str().into(),
            product.rows.to_string().into(),
            ports,
            product.spellings.join(", ").into(),
        ]);
    }
    table
}

/// `tcp 80, 443; udp 3478-3497; ? 11211`.
fn compact(ports: &[ProductPorts]) -> String {
    let of_transport = |ports: &ProductPorts| {
        let transport = ports.transport.map_or("?", Transport::as_str);
        format!("{transport} {}", joined(&ports.ranges, ", "))
    };
    joined(ports.iter().map(of_transport), "; ")
}
