//! `robots.txt`: everything may be read.

use crate::context::Site;
use crate::files::File;

pub(crate) fn file(site: &Site<'_>) -> File {
    let sitemap = site.address.of("sitemap.xml");
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    File::new("robots.txt", text)
}
