//! A capture as text: checked bytes, numbered lines, and what it says of itself.

use appleports_model::is_date;

use crate::article;
use crate::error::ReadError;
use crate::layouts::html::sink;
use crate::lines::LineCounter;
use crate::page;

/// The most bytes that a capture may have: 16 MiB. The article has under 20 KiB
/// of text; a saved page with all its scripts stays far below this.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A capture as text, with the id and path that findings and errors name.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The id of the capture.
    pub source: &'a str,
    /// The path for error messages.
    pub path: &'a str,
    /// The text, without a byte order mark.
    pub text: &'a str,
}

/// What a capture says about its own origin, where it says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptureFacts {
    /// The address of the page.
    pub url: Option<String>,
    /// The date of the capture, `YYYY-MM-DD`.
    pub captured: Option<String>,
    /// The locale in the address, such as `de-de`.
    pub locale: Option<String>,
    /// The language that the page claims to be in, such as `de`.
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
    /// Takes locale and article id from an address; false where it has none.
    ///
    /// `/de-de/HT202944`, `/kb/HT202944?viewlocale=de_DE` and `/103229` are such addresses.
    pub(crate) fn address(&mut self, url: &str) -> bool {
        let Some(rest) = ["https://", "http://"]
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme)?.strip_prefix("support.apple.com/"))
        else {
            return false;
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.split('#').next().unwrap_or_default();
        let query = query.split('#').next().unwrap_or_default();
        let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
        let of_path = parts.next_if(|part| is_locale(&part.to_ascii_lowercase()));
        let _ = parts.next_if(|part| *part == "kb");
        let Some(article) = parts.next() else {
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
        self.url = Some(url.to_owned());
        true
    }
}

impl<'a> Document<'a> {
    /// Checks that the bytes are text.
    ///
    /// # Errors
    /// [`ReadError`] when they are empty, too many, binary, not UTF-8, or with
    /// line ends of CR alone.
    pub fn new(source: &'a str, path: &'a str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        let length = bytes.len() as u64;
        if length > MAX_BYTES {
            return Err(ReadError::TooLarge {
                path: path.to_owned(),
                bytes: length,
                limit: MAX_BYTES,
            });
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
            return Err(ReadError::Binary {
                path: path.to_owned(),
                line: line_of(bytes, offset),
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            ReadError::NotUtf8 {
                path: path.to_owned(),
                line: line_of(bytes, offset),
                offset,
                byte: bytes.get(offset).copied().unwrap_or_default(),
            }
        })?;
        if text.trim().is_empty() {
            return Err(ReadError::Empty {
                path: path.to_owned(),
            });
        }
        if !text.contains('\n') && text.trim_end().contains('\r') {
            return Err(ReadError::OldLineEnds {
                path: path.to_owned(),
            });
        }
        Ok(Self { source, path, text })
    }

    /// The lines with their 1-based numbers, without their line ends.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &'a str)> + use<'a> {
        (1..).zip(self.text.lines())
    }

    /// What the text says about its origin: the first address of the article,
    /// and a date on a line that has both.
    pub fn facts(&self) -> CaptureFacts {
        if page::is_html(self.text) {
            return sink::parse(self.text).map_or_else(
                |_| CaptureFacts::default(),
                |page| crate::facts::of_page(&page),
            );
        }
        let mut facts = CaptureFacts::default();
        if let Some((line, title)) = page::title(self.text) {
            facts.title = Some(title);
            facts.title_line = line;
        }
        let mut found = None;
        for (_, line) in self.lines().take(200) {
            let Some(start) = line.find("https://support.apple.com/") else {
                continue;
            };
            let url: String = line[start..]
                .chars()
                .take_while(|c| !c.is_whitespace() && !")>\"']".contains(*c))
                .collect();
            let mut own = CaptureFacts::default();
            if !own.address(&url) {
                continue;
            }
            own.captured = line
                .split(|c: char| !c.is_ascii_digit() && c != '-')
                .find(|word| is_date(word))
                .map(str::to_owned);
            let is_own = own.article_id.as_deref().is_some_and(article::is_own_id);
            // The text links to other articles too; a line of its own says where it is from.
            let is_origin = own.captured.is_some() || line[..start].split_whitespace().count() < 3;
            if is_own || is_origin {
                found = Some(own);
                break;
            }
        }
        if let Some(own) = found {
            facts.language = own.locale.as_deref().map(language);
            facts.url = own.url;
            facts.captured = own.captured;
            facts.locale = own.locale;
            facts.article_id = own.article_id;
        }
        facts
    }
}

/// The file name and the media type under which a capture is stored, by the
/// layout that was read.
pub fn stored_as(layout: &str) -> (&'static str, &'static str) {
    match layout {
        "html" => ("capture.html", "text/html"),
        "bold-lines" | "pipe-table" => ("capture.md", "text/markdown"),
        "csv" => ("capture.csv", "text/csv"),
        _ => ("capture.txt", "text/plain"),
    }
}

/// Whether `word` has the form of a locale in Apple's addresses: `de-de`, `en-mide`.
pub fn is_locale(word: &str) -> bool {
    let is_part = |part: &str| {
        (2..=5).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    word.contains('-') && word.split('-').all(is_part)
}

/// The language of a locale, in lower case: `de` of `de-AT`.
pub(crate) fn language(locale: &str) -> String {
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    language.to_ascii_lowercase()
}

fn line_of(bytes: &[u8], offset: usize) -> u32 {
    u32::try_from(LineCounter::new(bytes).at(offset)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        Document::new("s", "page.md", bytes)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn bad_bytes_are_named_with_their_line() {
        assert_eq!(
            error(b" \n"),
            "page.md: the file is empty; save the article again"
        );
        assert_eq!(
            error(b"a\nb\0"),
            "page.md:2: this is binary data, not text; save the article as Markdown, text or HTML"
        );
        assert_eq!(
            error(b"a\n\nf\xfcr"),
            "page.md:3: the text is not UTF-8 (byte 4, 0xfc); convert it, for example with iconv -t UTF-8"
        );
    }

    #[test]
    fn a_capture_says_where_it_comes_from() {
        let text = "# T\n\n_Captured: 2015-10-23 at 15:46 from [support.apple.com](https://support.apple.com/de-de/HT202944)_\n";
        let facts = Document::new("s", "p", text.as_bytes()).unwrap().facts();
        assert_eq!(
            facts.url.as_deref(),
            Some("https://support.apple.com/de-de/HT202944")
        );
        assert_eq!(facts.captured.as_deref(), Some("2015-10-23"));
        assert_eq!(facts.locale.as_deref(), Some("de-de"));
        assert_eq!(facts.article_id.as_deref(), Some("HT202944"));
    }
}
