//! `/product/`: all products.

use maud::{Markup, html};

use crate::answer::answer;
use crate::context::{ProductRows, Site};
use crate::files::File;
use crate::layout::Page;
use crate::links::Links;
use crate::text::t;

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let path = "product/".to_owned();
    let links = Links::of(site, &path);
    let (with_rows, others): (Vec<_>, Vec<_>) = site
        .products
        .iter()
        .partition(|product| !product.rows.is_empty());
    let page = Page {
        title: "All products".to_owned(),
        description: format!(
            "The ports of {} Apple products, by Apple's list of {}: FaceTime, AirPlay, iCloud and others.",
            with_rows.len(),
            site.day()
        ),
        label: None,
        body: html! {
            h1 { "Products" }
            p.lead { (with_rows.len()) " products have ports in the article. " a href="#others" { (others.len()) " more" } " are in the vocabulary." }
            table.cards {
                thead { tr { th { "Product" } th { "Ports" } } }
                tbody { @for product in with_rows { (row(&links, product)) } }
            }
            section {
                h2 #others { "Without a port in the article" }
                ul.columns { @for product in others { (without_rows(&links, product)) } }
            }
        },
        path,
    };
    vec![page.file(site)]
}

fn row(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    html! {
        tr {
            td.main data-label="Product" { (links.product(&product.summary.name)) }
            td data-label="Ports" { span.ports { (t(answer(&product.summary.ports))) } }
        }
    }
}

fn without_rows(links: &Links<'_>, product: &ProductRows<'_>) -> Markup {
    html! {
        li {
            (links.product(&product.summary.name))
            @if let Some(day) = &product.summary.left_after { span.soft { " left after " (t(day)) } }
        }
    }
}
