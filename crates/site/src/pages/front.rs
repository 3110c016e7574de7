//! The first page: the explorer.

use appleports_emit::site_explorer;
use maud::html;

use crate::context::Site;
use crate::files::File;
use crate::layout::{canonical, top};
use crate::links::Links;
use crate::text::t;

const DESCRIPTION: &str = "Which TCP and UDP ports do FaceTime, AirPlay, iCloud and other Apple products use? Search Apple's list by product, port or service, and copy the answer as a firewall rule.";

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let head = html! {
        meta name="description" content=(t(DESCRIPTION));
        (canonical(site, ""))
    };
    let top = html! { div.wrap { (top(&Links::of(site, ""), "")) } };
    let page = site_explorer(site.dataset, &head.into_string(), &top.into_string());
    vec![File::new("index.html", page)]
}
