//! The filters that several commands share.

use anyhow::anyhow;
use appleports_model::{PortRange, Product, Transport, resolve_product};
use appleports_pipeline::{Filter, suggest_products};
use clap::Args;

use super::filled;

#[derive(Debug, Args)]
pub(crate) struct Filters {
    /// A port or a range, such as 5223 or 16384-16472; selects whole rows that share a port
    /// with it
    #[arg(long, value_name = "P[-Q]")]
    port: Option<PortRange>,
    /// tcp or udp; for rows of the registry also sctp or dccp
    #[arg(long, value_name = "T")]
    transport: Option<Transport>,
    /// A product, in any spelling that `appleports products` lists; may be repeated
    #[arg(long, value_name = "NAME", value_parser = filled)]
    product: Vec<String>,
    /// A service name, such as ipp
    #[arg(long, value_name = "NAME", value_parser = filled)]
    service: Option<String>,
    /// Only rows whose name the registry confirms for the port and transport
    #[arg(long)]
    registered: bool,
}

impl Filters {
    /// The filter, its products those of the list.
    ///
    /// # Errors
    /// As [`canonical`].
    pub(crate) fn filter(&self, products: &[Product]) -> anyhow::Result<Filter> {
        Ok(Filter {
            ports: self.port,
            transport: self.transport,
            products: canonical(&self.product, products)?,
            service: self.service.clone(),
            registered: self.registered,
            words: None,
        })
    }
}

/// The canonical name of each product that was typed.
///
/// # Errors
/// A text that is no product, with those that are spelt like it.
pub(crate) fn canonical(typed: &[String], products: &[Product]) -> anyhow::Result<Vec<String>> {
    let name = |text: &String| {
        let product = resolve_product(products, text);
        product
            .map(|product| product.name.clone())
            .ok_or_else(|| anyhow!(unknown(text, products)))
    };
    typed.iter().map(name).collect()
}

/// Why a text is refused as a product, and what may have been meant.
fn unknown(text: &str, products: &[Product]) -> String {
    let alike = suggest_products(products, text);
    let alike: Vec<String> = alike.iter().map(|name| format!("`{name}`")).collect();
    let hint = match alike.as_slice() {
        [] => format!(
            "`appleports products` lists every product, and `appleports find {text}` looks in names and titles, too"
        ),
        [one] => format!("did you mean {one}?"),
        [first @ .., last] => format!("did you mean {} or {last}?", first.join(", ")),
    };
    format!("`{text}` is not in the product vocabulary; {hint}")
}
