//! What there is below `/api/v1/`, for the index and for the page that explains it.

use crate::context::Site;

/// One kind of document.
pub(crate) struct Endpoint {
    /// Its path, with a placeholder where there are many.
    pub(crate) path: &'static str,
    /// What it has.
    pub(crate) content: &'static str,
    pub(crate) media_type: &'static str,
    names: Names,
}

/// The names that take the placeholder's place.
#[derive(Clone, Copy)]
enum Names {
    One,
    Ports,
    Products,
    Editions,
}

const JSON: &str = "application/json";

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "index.json",
        content: "Every endpoint with its count, and the names of all ports, products and editions.",
        media_type: JSON,
        names: Names::One,
    },
    Endpoint {
        path: "port/{port}.json",
        content: "A port or range: rows, former rows, the registry's rows, findings, and what shares ports with it.",
        media_type: JSON,
        names: Names::Ports,
    },
    Endpoint {
        path: "product/{product}.json",
        content: "A product: its ports by transport, rows, former rows, spellings and findings.",
        media_type: JSON,
        names: Names::Products,
    },
    Endpoint {
        path: "edition/{day}.json",
        content: "What changed in an edition: one edition of changes.json.",
        media_type: JSON,
        names: Names::Editions,
    },
    Endpoint {
        path: "ports.json",
        content: "The whole dataset with the evidence of each value.",
        media_type: JSON,
        names: Names::One,
    },
    Endpoint {
        path: "ports.csv",
        content: "The rows as a table, one line for each range and transport.",
        media_type: "text/csv",
        names: Names::One,
    },
    Endpoint {
        path: "services",
        content: "The names as a services(5) file.",
        media_type: "text/plain",
        names: Names::One,
    },
    Endpoint {
        path: "findings.json",
        content: "All findings.",
        media_type: JSON,
        names: Names::One,
    },
    Endpoint {
        path: "schema.json",
        content: "The JSON Schema of index, port and product.",
        media_type: "application/schema+json",
        names: Names::One,
    },
    Endpoint {
        path: "ports.schema.json",
        content: "The JSON Schema of ports.json.",
        media_type: "application/schema+json",
        names: Names::One,
    },
    Endpoint {
        path: "changes.schema.json",
        content: "The JSON Schema of editions.",
        media_type: "application/schema+json",
        names: Names::One,
    },
];

impl Endpoint {
    /// How many documents it has.
    pub(crate) fn count(&self, site: &Site<'_>) -> usize {
        match self.names {
            Names::One => 1,
            Names::Ports => site.ports.len(),
            Names::Products => site.products.len(),
            Names::Editions => site.editions.len(),
        }
    }

    /// The path of a document; none where there is none.
    pub(crate) fn example(&self, site: &Site<'_>) -> Option<String> {
        let name = match self.names {
            Names::One => return Some(self.path.to_owned()),
            Names::Ports => {
                let listed = site.ports.iter().filter(|port| !port.is_left());
                listed
                    .max_by_key(|port| {
                        port.rows
                            .iter()
                            .map(|row| row.products.len())
                            .sum::<usize>()
                    })?
                    .name()
            }
            Names::Products => {
                let mut products = site.products.iter();
                products
                    .find(|product| product.rows.len() > 1)?
                    .slug
                    .clone()
            }
            Names::Editions => site.editions.last()?.capture.day(),
        };
        let (start, rest) = self.path.split_once('{')?;
        let (_, end) = rest.split_once('}')?;
        Some(format!("{start}{name}{end}"))
    }
}
