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

use crate::context::Site;
use crate::files::File;

/// The folder of this version.
pub(crate) const FOLDER: &str = "api/v1/";

/// The version of the documents' shape; the folder has its first number.
const VERSION: &str = "1.0";

/// All documents.
pub(crate) fn files(site: &Site<'_>) -> Vec<File> {
    let mut files = port::files(site);
    files.extend(product::files(site));
    files.extend(edition::files(site));
    files.extend(copies::files(site));
    files.push(index::file(site));
    files.extend(schema::files());
    files
}

fn json(path: &str, document: &impl Serialize) -> File {
    File::new(format!("{FOLDER}{path}"), to_json(document))
}
