//! The kinds of pages: one file each, one line in [`KINDS`].

mod api;
mod edition;
mod editions;
mod finding;
mod findings;
mod front;
mod not_found;
mod port;
mod ports;
mod product;
mod products;

pub(crate) use not_found::PATH as NOT_FOUND;

use crate::context::Site;
use crate::files::File;

/// Writes all pages of a kind.
pub(crate) type Kind = fn(&Site<'_>) -> Vec<File>;

/// All pages.
pub(crate) const KINDS: &[Kind] = &[
    front::files,
    ports::files,
    port::files,
    products::files,
    product::files,
    editions::files,
    edition::files,
    findings::files,
    finding::files,
    api::files,
    not_found::files,
];
