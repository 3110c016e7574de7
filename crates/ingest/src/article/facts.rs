//! What a capture says of itself. That of a page is taken from the parsed tree as a browser
//! has it: comments, scripts and templates are no part of the page.

use std::sync::LazyLock;

use appleports_model::{Quoted, collapse_whitespace, is_date, parse_date};
use ego_tree::iter::Edge;
use scraper::{ElementRef, Selector};

use crate::article::document::Document;
use crate::article::origin::{CaptureFacts, is_another_address, is_locale};
use crate::article::tree::{self, Page};
use crate::article::{comments, identity, page};

/// A selector of this file. They are constants, so a mistake would show in every test.
fn selector(css: &str) -> Option<Selector> {
    Selector::parse(css).ok()
}

macro_rules! selectors {
    ($($name:ident = $css:literal;)*) => {
        $(static $name: LazyLock<Option<Selector>> = LazyLock::new(|| selector($css));)*
    };
}

selectors! {
    TITLE = "head > title";
    HEADING = "h1";
    ROOT = "html[lang]";
    CANONICAL = "link[rel~=canonical i][href]";
    GRAPH_URL = "meta[property='og:url' i][content]";
    TIME = "time[datetime]";
    PASSWORD = "input[type=password i]";
}

/// The elements that the selectors are asked of. Asking them of all others, which are most of
/// a page, takes as long as a tenth of its parsing.
const TELLING: [&str; 7] = ["title", "h1", "html", "link", "meta", "time", "input"];

/// These elements of a page, those within templates left out (HTML, section 4.12.3: their
/// contents are no part of the document).
struct Telling<'p>(Vec<ElementRef<'p>>);

impl<'p> Telling<'p> {
    fn of(page: &'p Page) -> Self {
        let mut telling = Vec::new();
        let mut templates = 0_usize;
        for edge in page.html.tree.root().traverse() {
            let (Edge::Open(node) | Edge::Close(node)) = edge;
            let Some(element) = ElementRef::wrap(node) else {
                continue;
            };
            let name = element.value().name();
            match edge {
                Edge::Open(_) if name == "template" => templates += 1,
                Edge::Close(_) if name == "template" => templates -= 1,
                Edge::Open(_) if templates == 0 && TELLING.contains(&name) => telling.push(element),
                _ => {}
            }
        }
        Self(telling)
    }

    /// Those that a selector finds.
    fn select(
        &self,
        selector: &'static LazyLock<Option<Selector>>,
    ) -> impl Iterator<Item = ElementRef<'p>> {
        let all = self.0.iter().copied();
        all.filter(|element| {
            let selector = selector.as_ref();
            selector.is_some_and(|selector| selector.matches(element))
        })
    }
}

impl Document<'_> {
    /// What the text says about its origin: the first address of the article,
    /// and a date on a line that has both.
    pub fn facts(&self) -> CaptureFacts {
        if page::is_html(self.text) {
            return tree::parse(self.text)
                .map_or_else(|_| CaptureFacts::default(), |page| of_page(&page));
        }
        let shown = comments::without(self.text);
        let mut facts = CaptureFacts::default();
        if let Some((line, title)) = page::title(&shown) {
            facts.title = Some(title);
            facts.title_line = line;
        }
        let mut found = None;
        for line in shown.lines().take(200) {
            let Some(start) = line.find("https://support.apple.com/") else {
                continue;
            };
            let url: String = line[start..]
                .chars()
                .take_while(|c| !c.is_whitespace() && !")>\"']".contains(*c))
                .collect();
            let mut candidate = CaptureFacts::default();
            if !candidate.address(&url) {
                continue;
            }
            candidate.captured = line
                .split(|c: char| !c.is_ascii_digit() && c != '-')
                .find_map(parse_date);
            let is_own = candidate
                .article_id
                .as_deref()
                .is_some_and(identity::is_own_id);
            // The text links to other articles too; a line of its own says where it is from.
            let is_origin =
                candidate.captured.is_some() || line[..start].split_whitespace().count() < 3;
            if is_own || is_origin {
                found = Some(candidate);
                break;
            }
        }
        if let Some(origin) = found {
            facts.language.clone_from(&origin.locale);
            facts.url = origin.url;
            facts.captured = origin.captured;
            facts.locale = origin.locale;
            facts.article_id = origin.article_id;
        }
        facts
    }
}

/// What an HTML page says of its origin.
pub(crate) fn of_page(page: &Page) -> CaptureFacts {
    let mut facts = CaptureFacts::default();
    let telling = Telling::of(page);
    if let Some((line, title)) = title(page, &telling) {
        facts.title = Some(title);
        facts.title_line = line;
    }
    let canonical = || {
        telling
            .select(&CANONICAL)
            .filter_map(|link| link.attr("href"))
    };
    let graph = telling
        .select(&GRAPH_URL)
        .filter_map(|meta| meta.attr("content"));
    if !canonical()
        .chain(graph)
        .any(|url| facts.address(url.trim()))
    {
        let mut addresses = canonical().chain(saved_from(page)).map(str::trim);
        let other = addresses.find(|url| is_another_address(url));
        if let Some(other) = other.filter(|url| !facts.address(url)) {
            facts.elsewhere = Some(Quoted(other).to_string());
        }
    }
    facts.published = telling
        .select(&TIME)
        .filter_map(|time| time.attr("datetime")?.get(..10))
        .find(|date| is_date(date))
        .map(str::to_owned);
    let claimed = telling
        .select(&ROOT)
        .next()
        .and_then(|root| root.attr("lang"))
        .map(|tag| tag.trim().replace('_', "-").to_ascii_lowercase())
        .filter(|tag| !tag.is_empty());
    if facts.locale.is_none() {
        facts.locale = claimed.clone().filter(|locale| is_locale(locale));
    }
    facts.language = claimed;
    facts
}

/// The address that browsers write above a page that they save. It is no part of the page, so
/// it says only what the page is not.
fn saved_from(page: &Page) -> Option<&str> {
    page.html.tree.root().children().find_map(|node| {
        let comment = node.value().as_comment()?.trim_start();
        let (_, url) = comment.strip_prefix("saved from url=(")?.split_once(')')?;
        url.split_whitespace().next()
    })
}

/// So many titles, and so many headings, of a page are looked at.
const MAX_TITLES: usize = 20;

/// A title is shorter, in bytes; headings may stand in each other, each with all of the page.
const MAX_TITLE: usize = 1_000;

/// The text of an element, if it can be a title: with its white space no longer than ten.
fn text_of_title(element: ElementRef<'_>) -> Option<String> {
    let mut whole = String::new();
    for text in element.text() {
        whole.push_str(text);
        if whole.len() > 10 * MAX_TITLE {
            return None;
        }
    }
    let text = collapse_whitespace(&whole);
    (!text.is_empty() && text.len() < MAX_TITLE).then_some(text)
}

/// The title with its line: that of the page, or else its first heading. One that says which
/// article it is goes before one that does not, such as the name of the site, and a heading of
/// another article before the title of this one.
fn title(page: &Page, telling: &Telling<'_>) -> Option<(u32, String)> {
    let shown =
        |element: ElementRef<'_>| Some((page.place(element.id()).line, text_of_title(element)?));
    let all = |selector| -> Vec<(u32, String)> {
        telling
            .select(selector)
            .take(MAX_TITLES)
            .filter_map(shown)
            .collect()
    };
    let (titles, headings) = (all(&TITLE), all(&HEADING));
    let is_own = |title: &&(u32, String)| identity::is_own_title(&title.1);
    let is_another = |title: &&(u32, String)| identity::is_another_title(&title.1);
    let says_which = |title: &&(u32, String)| is_own(title) || is_another(title);
    let telling = titles.iter().find(says_which);
    let heading = headings
        .iter()
        .find(is_own)
        .or(headings.iter().find(is_another));
    match (telling, heading) {
        (Some(title), Some(other)) if is_own(&title) && is_another(&other) => Some(other),
        (telling, heading) => telling.or(heading).or(titles.first()).or(headings.first()),
    }
    .cloned()
}

/// Whether a page has a field for a password: it is a form to sign in, not the article.
pub(crate) fn asks_for_password(page: &Page) -> bool {
    Telling::of(page).select(&PASSWORD).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> CaptureFacts {
        of_page(&tree::parse(text).unwrap())
    }

    #[test]
    fn a_page_says_what_it_is() {
        let page = "<!DOCTYPE html>\n<html lang=\"de-DE\"><head>\n<title>TCP&amp;UDP</title><link rel=canonical href='https://support.apple.com/de-at/103229'></head><h1></h1><time datetime=\"2024-05-06T07:00\">";
        let facts = facts(page);
        assert_eq!(facts.locale.as_deref(), Some("de-at"));
        assert_eq!(facts.article_id.as_deref(), Some("103229"));
        assert_eq!(facts.published.as_deref(), Some("2024-05-06"));
        assert_eq!(
            (facts.title_line, facts.title.as_deref()),
            (3, Some("TCP&UDP"))
        );
        let bare = self::facts("<html lang=\"en-US\"><h1></h1><h1 class=x>Ports</h1>");
        assert_eq!(
            (bare.locale.as_deref(), bare.title.as_deref()),
            (Some("en-us"), Some("Ports"))
        );
    }

    #[test]
    fn what_no_browser_shows_says_nothing() {
        let link = "<link rel=canonical href=https://support.apple.com/fr-fr/1>";
        for hidden in [
            format!("<!-- {link} -->"),
            format!("<script>'{link}'</script>"),
            format!("<template>{link}</template>"),
            format!("<style>/* {link} */</style>"),
            format!("<noscript>{link}</noscript>"),
        ] {
            let page = format!("<html lang=en-us><head>{hidden}<title>T</title>");
            assert_eq!(facts(&page).url, None, "{page}");
        }
        let asks = |text| asks_for_password(&tree::parse(text).unwrap());
        assert!(asks("<form><INPUT TYPE = 'Password'>"));
        assert!(!asks("<script>'<input type=password>'</script>"));
    }

    #[test]
    fn only_an_address_of_apples_form_is_taken() {
        let taken = |address: &str| {
            facts(&format!(
                "<title>T</title><link rel=canonical href=\"{address}\">"
            ))
            .url
        };
        let address = "https://support.apple.com/en-us/103229";
        assert_eq!(taken(address).as_deref(), Some(address));
        assert_eq!(taken(&format!("{address}#ports")).as_deref(), Some(address));
        for hostile in [
            format!("{address}#&gt;&lt;img src=x onerror=alert(1)&gt;"),
            format!("{address}?a=&#10;# PWNED"),
            format!("{address}?a=@octocat"),
            format!("{address}?a=\u{202e}"),
            "https://support.apple.com/en-us/&#96;1&#96;".to_owned(),
            format!("{address}?{}", "a".repeat(500)),
        ] {
            assert_eq!(taken(&hostile), None, "{hostile}");
        }
    }

    #[test]
    fn a_capture_says_where_it_comes_from() {
        let text = "# T\n\n_Captured: 2015-10-23 at 15:46 from [support.apple.com](https://support.apple.com/de-de/HT202944)_\n";
        let facts = Document::new("s", "p", text.as_bytes()).unwrap().facts();
        assert_eq!(
            facts.url.as_deref(),
            Some("https://support.apple.com/de-de/HT202944")
        );
        assert_eq!(facts.captured, "2015-10-23".parse().ok());
        assert_eq!(facts.locale.as_deref(), Some("de-de"));
        assert_eq!(facts.article_id.as_deref(), Some("HT202944"));
    }
}
