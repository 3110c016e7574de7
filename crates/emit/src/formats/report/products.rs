//! The products with their ports.

use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::{Record, joined};

use super::cell;

pub(super) fn products(out: &mut String, records: &[Record]) -> std::fmt::Result {
    let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for record in records {
        let transports = if record.transports.is_empty() {
            "?".to_owned()
        } else {
            joined(&record.transports, "+")
        };
        let place = format!("{}/{transports}", joined(&record.ports, "+"));
        for product in &record.products {
            uses.entry(product).or_default().push(place.clone());
        }
    }
    let mut ranked: Vec<(&str, Vec<String>)> = uses.into_iter().collect();
    ranked.sort_by_key(|(name, ports)| (std::cmp::Reverse(ports.len()), *name));
    writeln!(out, "| product | rows | ports |\n|---|---:|---|")?;
    for (name, ports) in &ranked {
        writeln!(
            out,
            "| {} | {} | {} |",
            cell(name),
            ports.len(),
            ports.join(", ")
        )?;
    }
    Ok(())
}
