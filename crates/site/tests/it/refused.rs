//! What would give two pages one address is refused.

use appleports_model::{PortRange, Product, slug};
use appleports_site::SiteError;
use std::collections::BTreeSet;

use crate::made::{URL, dataset, site_of};

#[test]
fn every_product_has_a_slug_of_its_own() {
    let slugs: BTreeSet<String> = dataset()
        .products
        .iter()
        .map(|product| slug(&product.name))
        .collect();
    assert_eq!(slugs.len(), dataset().products.len());
}

#[test]
fn two_products_with_one_slug_are_refused() {
    let mut changed = dataset().clone();
    changed.products.push(Product {
        name: "Face-Time".to_owned(),
        spellings: vec!["Face-Time".to_owned()],
    });
    assert!(site_of(&changed, URL).is_ok(), "face-time is another slug");
    changed.products.push(Product {
        name: "FACETIME!".to_owned(),
        spellings: vec!["FACETIME!".to_owned()],
    });
    let error = site_of(&changed, URL).unwrap_err();
    assert_eq!(
        error,
        SiteError::SamePath("api/v1/product/facetime.json".to_owned())
    );
}

#[test]
fn a_product_without_letters_is_refused() {
    let mut changed = dataset().clone();
    changed.products.push(Product {
        name: "…".to_owned(),
        spellings: vec!["…".to_owned()],
    });
    assert!(matches!(site_of(&changed, URL), Err(SiteError::NoName(_))));
}

/// A page for each is kept in memory until all are made.
#[test]
fn more_ports_than_any_article_has_are_refused() {
    let mut changed = dataset().clone();
    let first = changed.records[0].clone();
    changed.records = (1..=2_501)
        .map(|port| {
            let mut record = first.clone();
            record.ports = vec![PortRange::single(port)];
            record
        })
        .collect();
    let error = site_of(&changed, URL).unwrap_err();
    assert!(matches!(error, SiteError::TooManyPorts(count) if count > 2_500));
}
