//! Dataset to a static site: a page and a JSON document for each port, product, edition and
//! finding.
//!
//! [`site`] is a pure function: the same dataset gives the same files. Pages link to each other
//! by relative addresses, load nothing and need no script, so that the site works from a file and
//! below any path; only canonical addresses, the feed, the sitemap and `404.html` know where it
//! is published.

mod address;
mod answer;
mod api;
mod context;
mod feed;
mod files;
mod findings;
mod history;
mod layout;
mod links;
mod pages;
mod registry;
mod robots;
mod rows;
mod rules;
mod sitemap;
mod text;

pub use address::{Address, AddressError};
pub use context::Input;
pub use files::{File, SiteError};

use context::Site;

/// All files of the site, sorted by path.
///
/// # Errors
/// [`SiteError`] where two pages would have one path, as two products with one slug have, or there
/// are more ports than any article has.
pub fn site(input: &Input<'_>, address: &Address) -> Result<Vec<File>, SiteError> {
    let site = Site::new(input, address);
    if site.ports.len() > files::MAX_PORTS {
        return Err(SiteError::TooManyPorts(site.ports.len()));
    }
    let mut files = Vec::new();
    for kind in pages::KINDS.iter().chain(api::KINDS) {
        files::add(&mut files, kind(&site))?;
    }
    files.push(feed::file(&site));
    files.push(sitemap::file(&site, &files));
    files.push(robots::file(&site));
    files::sorted(files)
}
