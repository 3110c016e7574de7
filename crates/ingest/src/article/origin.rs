//! What a capture says about its own origin.

/// What a capture says about its own origin, where it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureFacts {
    /// The address of the page.
    pub url: Option<String>,
    /// The date of the capture, `YYYY-MM-DD`.
    pub captured: Option<String>,
    /// The locale in the address, such as `de-de`.
    pub locale: Option<String>,
    /// The language tag that the page claims, in lower case, such as `de` or `zh-hant`.
    pub language: Option<String>,
    /// The article's id in the address, such as `HT202944`.
    pub article_id: Option<String>,
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
}
