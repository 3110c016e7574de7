//! `/api/v1/`: the dataset as static documents with stable names.

mod copies;
mod edition;
mod endpoints;
mod index;
mod port;
mod product;
mod schema;

pub(crate) use endpoints::ENDPOINTS;

use appleports_model::to_json;
use serde::Serialize;

use crate::files::File;
use crate::pages::Kind;

/// The folder of this version.
pub(crate) const FOLDER: &str = "api/v1/";

/// The version of the documents' shape; the folder has its first number.
const VERSION: &str = "1.0";

/// All documents.
pub(crate) const KINDS: &[Kind] = &[
    port::files,
    product::files,
    edition::files,
    copies::files,
    |site| vec![index::file(site)],
    |_| schema::files().into(),
];

fn json(path: &str, document: &impl Serialize) -> File {
    File::new(format!("{FOLDER}{path}"), to_json(document))
}
