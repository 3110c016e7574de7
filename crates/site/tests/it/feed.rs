//! The feed leads to the pages of the editions.

use crate::made::{URL, editions, text};

#[test]
fn each_entry_has_the_address_of_its_page() {
    let feed = text("feed.xml");
    assert!(feed.contains(&format!(
        "rel=\"self\" type=\"application/atom+xml\" href=\"{URL}feed.xml\""
    )));
    assert!(feed.contains(&format!(
        "<link rel=\"alternate\" type=\"text/html\" href=\"{URL}\"/>"
    )));
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert_eq!(entries.len(), editions().len());
    for (entry, edition) in entries.into_iter().zip(editions().iter().rev()) {
        let page = format!("{URL}edition/{}/", edition.capture.day());
        assert!(
            entry.contains(&format!(
                "<link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>"
            )),
            "{page}"
        );
        assert_eq!(
            entry.matches("rel=\"alternate\"").count(),
            1,
            "RFC 4287, 4.1.2"
        );
        assert!(entry.contains("rel=\"related\""), "the article itself");
    }
}
