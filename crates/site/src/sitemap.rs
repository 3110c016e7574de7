//! `sitemap.xml`: the canonical addresses of all pages.

use crate::context::Site;
use crate::files::File;
use crate::pages::NOT_FOUND;

pub(crate) fn file(site: &Site<'_>, files: &[File]) -> File {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = files
        .iter()
        .filter(|file| file.is_page() && file.path != NOT_FOUND);
    let mut paths: Vec<&str> = pages
        .map(|file| file.path.trim_end_matches("index.html"))
        .collect();
    paths.sort_unstable();
    for path in paths {
        text.push_str("<url><loc>");
        text.push_str(&site.address.of(path));
        text.push_str("</loc></url>\n");
    }
    text.push_str("</urlset>\n");
    File::new("sitemap.xml", text)
}
