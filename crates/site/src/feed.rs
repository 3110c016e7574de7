//! `feed.xml`: the editions, each with a link to its page.

use appleports_pipeline::feed_of_site;

use crate::context::Site;
use crate::files::File;

pub(crate) fn file(site: &Site<'_>) -> File {
    File::new(
        "feed.xml",
        feed_of_site(site.editions, &site.address.to_string()),
    )
}
