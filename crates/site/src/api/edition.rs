//! `edition/2022-08-25.json`: a `changes.json` with one edition.

use appleports_pipeline::changes_json;

use super::FOLDER;
use crate::context::Site;
use crate::files::File;

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let editions = site.editions.iter();
    let files = editions.map(|edition| {
        let path = format!("{FOLDER}edition/{}.json", edition.capture.day());
        File::new(path, changes_json(std::slice::from_ref(edition)))
    });
    files.collect()
}
