//! The files of a site.

use std::path::Path;

use appleports_model::one_line;
use thiserror::Error;

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the site's folder, with `/` as separator.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// The most ports and ranges of a site, of all editions; the article's have some 150.
pub(crate) const MAX_PORTS: usize = 2_500;

/// The most bytes of all pages and documents: a row is on the pages of each of its ports and products,
/// and its texts may be written six times as long as they are. The article's site has some 5 MB.
const MAX_BYTES: usize = 100 * 1024 * 1024;

/// Why there is no site of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SiteError {
    /// All pages are kept in memory until each is made.
    #[error(
        "{0} ports and ranges, and the site has a page for each; at most {MAX_PORTS} are written: \
         leave out sources that do not belong together"
    )]
    TooManyPorts(usize),
    /// They would be too large together.
    #[error(
        "the pages have more than {} MiB, which no article's have: leave out sources that do not belong \
         together",
        MAX_BYTES / 1024 / 1024
    )]
    TooLarge,
    /// Two pages or documents would have one path.
    #[error("two files of the site would be {0}: two products or editions have the same address")]
    SamePath(String),
    /// A name from the dataset leaves nothing for an address.
    #[error("{0}: a name without letters or digits has no address")]
    NoName(String),
}

impl File {
    pub(crate) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }

    /// Whether it is a page.
    pub fn is_page(&self) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == "html")
    }
}

/// The files; of more than a site may have, as many as show that it has too many.
pub(crate) fn bounded(files: impl Iterator<Item = File>) -> Vec<File> {
    let mut bytes = 0;
    let is_within = |file: &File| {
        let is_within = bytes <= MAX_BYTES;
        bytes += file.bytes.len();
        is_within
    };
    files.take_while(is_within).collect()
}

/// Adds files, if they have room.
pub(crate) fn add(files: &mut Vec<File>, more: Vec<File>) -> Result<(), SiteError> {
    files.extend(more);
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    if bytes > MAX_BYTES {
        return Err(SiteError::TooLarge);
    }
    Ok(())
}

/// The files by path, each path once.
pub(crate) fn sorted(mut files: Vec<File>) -> Result<Vec<File>, SiteError> {
    files.sort_by(|one, other| one.path.cmp(&other.path));
    for pair in files.windows(2) {
        if pair[0].path == pair[1].path {
            return Err(SiteError::SamePath(one_line(&pair[0].path)));
        }
    }
    let is_nameless = |file: &&File| {
        let mut parts = file.path.split('/');
        parts.any(|part| part.is_empty() || part.starts_with('.'))
    };
    match files.iter().find(is_nameless) {
        Some(file) => Err(SiteError::NoName(one_line(&file.path))),
        None => Ok(files),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_site_may_have_is_neither_kept_nor_made() {
        let ten_mib = || File::new("port", vec![0; 10 * 1024 * 1024]);
        let mut made = 0;
        let files = bounded((0..100).map(|_| {
            made += 1;
            ten_mib()
        }));
        assert_eq!((files.len(), made), (11, 12));
        assert_eq!(add(&mut Vec::new(), files), Err(SiteError::TooLarge));
        let mut kept = Vec::new();
        assert_eq!(add(&mut kept, vec![ten_mib()]), Ok(()));
        assert_eq!(kept.len(), 1);
    }
}
