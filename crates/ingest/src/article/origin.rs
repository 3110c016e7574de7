//! What a capture says about its own origin.

use std::borrow::Cow;

use appleports_model::Date;

use crate::article::identity::is_own_id;

/// What a capture says about its own origin, where it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureFacts {
    /// The address of the page.
    pub url: Option<String>,
    /// The day of the capture.
    pub captured: Option<Date>,
    /// The locale in the address, such as `de-de`.
    pub locale: Option<String>,
    /// The language tag that the page claims, in lower case, such as `de` or `zh-hant`.
    pub language: Option<String>,
    /// The article's id in the address, such as `HT202944`.
    pub article_id: Option<String>,
    /// An address that is none of Apple's, where the page gives it as its own.
    pub elsewhere: Option<String>,
    /// The title of the page.
    pub title: Option<String>,
    /// The 1-based line of the title; 0 where there is none.
    pub title_line: u32,
    /// The date on which the page was published, as it says.
    pub published: Option<String>,
}

impl CaptureFacts {
    /// Takes locale and article id from an address; false where it has none, or is not of
    /// Apple's form: it is printed and stored as ours, so nothing else may be in it.
    ///
    /// `/de-de/HT202944`, `/kb/HT202944?viewlocale=de_DE` and `/103229` are such addresses. What
    /// is in a parameter is no id, and `/kb/index?id=HT202944` has none.
    pub(crate) fn address(&mut self, url: &str) -> bool {
        let url = url.strip_prefix("//").map_or_else(
            || Cow::Borrowed(url),
            |rest| Cow::Owned(format!("https://{rest}")),
        );
        let Some(rest) = ["https://", "http://"]
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme)?.strip_prefix("support.apple.com/"))
        else {
            return false;
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?=&%#;".contains(&byte);
        if url.len() > MAX_ADDRESS || !rest.bytes().all(is_plain) {
            return false;
        }
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.split(['#', ';']).next().unwrap_or_default();
        let query = query.split('#').next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        let of_path = parts.next_if(|part| is_locale(&part.to_ascii_lowercase()));
        let _ = parts.next_if(|part| *part == "kb");
        let Some(article) = parts.next().filter(|part| is_article_id(part)) else {
            return false;
        };
        let of_query = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| matches!(*key, "viewlocale" | "locale"))
            .map(|(_, value)| value);
        self.locale = of_path
            .or(of_query)
            .map(|locale| locale.to_ascii_lowercase().replace('_', "-"))
            .filter(|locale| is_locale(locale));
        self.article_id = Some(article.to_owned());
        self.url = url.split('#').next().map(str::to_owned);
        true
    }
}

/// Whether an address is that of another article, or of a page of another site. One in which
/// Apple's stands is that of an archive.
pub(crate) fn is_another_address(url: &str) -> bool {
    if let Some(at) = url.find("support.apple.com/") {
        let mut facts = CaptureFacts::default();
        let _ = facts.address(&format!("https://{}", &url[at..]));
        return facts.article_id.is_some_and(|id| !is_own_id(&id));
    }
    is_elsewhere(url)
}

/// Whether an address is that of a page of another site than Apple's.
pub(crate) fn is_elsewhere(url: &str) -> bool {
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
        let host = host.to_ascii_lowercase();
        let is_local = ["localhost", "127.0.0.1", "["]
            .iter()
            .any(|start| host.starts_with(start));
        !is_local
            && host != "apple.com"
            && !host.ends_with(".apple.com")
            && !url.contains("support.apple.com/")
    })
}

/// A longer address is none of Apple's.
const MAX_ADDRESS: usize = 500;

/// Whether `word` has the form of an article's id: `HT202944`, `103229`.
fn is_article_id(word: &str) -> bool {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    word.len() <= 20 && is_plain && word != "index"
}

/// Whether `word` has the form of a locale in Apple's addresses: `de-de`, `en-mide`.
pub fn is_locale(word: &str) -> bool {
    let is_part = |part: &str| {
        (2..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    word.contains('-') && word.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_in_the_path_alone() {
        for (url, id) in [
            ("/de-de/HT202944", Some("HT202944")),
            ("/kb/HT202944?viewlocale=de_DE", Some("HT202944")),
            ("/103229;jsessionid=5A#top", Some("103229")),
            ("/103229?id=HT201777&viewlocale=x/y", Some("103229")),
            ("/kb/index?page=content&id=HT201777", None),
            ("/?id=HT201777", None),
            ("/kb?id=HT201777", None),
            ("?id=HT201777", None),
        ] {
            let mut facts = CaptureFacts::default();
            let _ = facts.address(&format!("https://support.apple.com{url}"));
            assert_eq!(facts.article_id.as_deref(), id, "{url}");
        }
    }

    #[test]
    fn another_address_is_another_article() {
        for address in [
            "https://support.apple.com/en-us/103229",
            "//support.apple.com/HT202944",
            "https://web.archive.org/web/2015/https://support.apple.com/en-us/HT202944",
            "https://support.apple.com/",
            "http://127.0.0.1:8000/page",
            "page.html",
        ] {
            assert!(!is_another_address(address), "{address}");
        }
        for other in [
            "https://support.apple.com/en-us/102266",
            "//support.apple.com/en-us/102266",
            "https://en.wikipedia.org/wiki/Port",
            "https://notapple.com/103229",
        ] {
            assert!(is_another_address(other), "{other}");
        }
    }
}
