//! The products with their ports.

use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::Record;

use super::cell;

pub(super) fn products(out: &mut String, records: &[Record]) -> std::fmt::Result {
    let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for record in records {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record
            .transports
            .iter()
            .map(|transport| transport.as_str())
            .collect();
        for product in &record.products {
            uses.entry(product).or_default().push(format!(
                "{}/{}",
                ports.join("+"),
                if transports.is_empty() {
                    "?".to_owned()
                } else {
                    transports.join("+")
                }
            ));
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
