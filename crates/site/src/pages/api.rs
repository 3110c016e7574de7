//! `/api/v1/`: the documents, explained.

use maud::html;

use crate::api::{ENDPOINTS, FOLDER};
use crate::context::Site;
use crate::files::File;
use crate::layout::Page;
use crate::links::Links;
use crate::text::t;

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let links = Links::of(site, FOLDER);
    let example = site.address.of("api/v1/product/facetime.json");
    let page = Page {
        path: FOLDER.to_owned(),
        title: "API".to_owned(),
        description: "Apple's list of ports as static JSON and CSV: a document for each port, product and edition, with stable names and a schema.".to_owned(),
        label: None,
        body: html! {
            h1 { "API" }
            p.lead { "The dataset as static files with stable names; no key is needed." }
            pre data-copy="" tabindex="0" { (t(format!("curl {example}"))) }
            table.cards {
                thead { tr { th { "Path" } th { "Count" } th { "Content" } } }
                tbody {
                    @for endpoint in ENDPOINTS {
                        tr {
                            td.main data-label="Path" {
                                @match endpoint.example(site) {
                                    Some(path) => (links.to(&format!("{FOLDER}{path}"), endpoint.path)),
                                    None => (endpoint.path),
                                }
                            }
                            td data-label="Count" { (endpoint.count(site)) }
                            td data-label="Content" { (endpoint.content) }
                        }
                    }
                }
            }
            h2 #names { "Names" }
            ul {
                li { "A port or range is written as in the article: " code { "5223" } ", " code { "8000-8999" } ". It has a document if a row gives exactly it." }
                li { "A product is written in lower case, with a hyphen for every run of other characters: " code { "find-my-iphone" } "." }
                li { "An edition is a day: " code { "2022-08-25" } "." }
                li { (links.to("api/v1/index.json", "index.json")) " lists all of them." }
            }
            h2 #stable { "Stability" }
            p { "Below " code { "/api/v1/" } ", fields are added, but none is removed or changes its meaning. A port that leaves the article keeps its document, with " code { "\"listed\": false" } ". An incompatible change gets a new version number." }
            p { "Check what you read with " (links.to("api/v1/schema.json", "schema.json")) " (JSON Schema 2020-12)." }
        },
    };
    vec![page.file(site)]
}
