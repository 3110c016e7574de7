//! `404.html`: shown at any address, so its links have the path of the public address.

use maud::html;

use crate::context::Site;
use crate::files::File;
use crate::layout::document;
use crate::links::Links;

/// Where servers look for it.
pub(crate) const PATH: &str = "404.html";

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let links = Links {
        site,
        up: site.address.path().to_owned(),
    };
    let head = html! {
        title { "Page not found · appleports" }
        meta name="robots" content="noindex";
    };
    let body = html! {
        h1 { "Page not found" }
        p.lead { "There is no page at this address." }
        ul {
            li { "A port has a page if a row of Apple's article gives exactly it: see " (links.to("port/", "all ports")) "." }
            li { "A product is listed under its English name: see " (links.to("product/", "all products")) "." }
            li { "Or " (links.to("", "search")) " for a port, a product or a service." }
        }
    };
    let page = document(&links, "", None, &head, &body);
    vec![File::new(PATH, page.into_string())]
}
