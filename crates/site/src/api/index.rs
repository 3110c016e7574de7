//! `index.json`: what there is.

use appleports_model::{SourceInfo, SourceKind};
use serde::Serialize;

use super::{ENDPOINTS, VERSION, json};
use crate::context::Site;
use crate::files::File;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    article: Option<&'a SourceInfo>,
    registry: Option<&'a SourceInfo>,
    endpoints: Vec<Endpoint>,
    ports: Vec<Port>,
    products: Vec<Product<'a>>,
    editions: Vec<String>,
}

#[derive(Serialize)]
struct Endpoint {
    path: &'static str,
    count: usize,
    media_type: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<String>,
}

#[derive(Serialize)]
struct Port {
    name: String,
    listed: bool,
}

#[derive(Serialize)]
struct Product<'a> {
    name: &'a str,
    slug: &'a str,
    listed: bool,
}

pub(super) fn file(site: &Site<'_>) -> File {
    let registry = site.source(&site.registry.edition);
    let endpoints = ENDPOINTS.iter().map(|endpoint| Endpoint {
        path: endpoint.path,
        count: endpoint.count(site),
        media_type: endpoint.media_type,
        description: endpoint.content,
        example: endpoint.example(site).filter(|path| path != endpoint.path),
    });
    let ports = site.ports.iter().map(|port| Port {
        name: port.name(),
        listed: !port.is_left(),
    });
    let products = site.products.iter().map(|product| Product {
        name: &product.summary.name,
        slug: &product.slug,
        listed: !product.rows.is_empty(),
    });
    let editions = site.editions.iter().rev();
    json(
        "index.json",
        &Document {
            schema_version: VERSION,
            kind: "index",
            article: site.dataset.capture(),
            registry: registry.filter(|source| source.kind == SourceKind::Iana),
            endpoints: endpoints.collect(),
            ports: ports.collect(),
            products: products.collect(),
            editions: editions.map(|edition| edition.capture.day()).collect(),
        },
    )
}
