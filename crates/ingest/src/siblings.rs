//! The project's own file of facts from Apple's other support articles: TOML.
//!
//! ```toml
//! [[article]]
//! id = "102036"
//! title = "Use FaceTime and iMessage behind a firewall"
//! url = "https://support.apple.com/102036"
//! seen = "2024"
//! [[article.fact]]
//! product = "FaceTime"
//! tcp = "80, 443, 5223"
//! udp = "3478-3497, 16384-16387, 16393-16402"
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::{Period, PortRange, PortSet, Sibling, SiblingFact, Siblings, Transport};
use serde::Deserialize;
use toml::Spanned;

use crate::error::{ReadError, ReadErrorKind};
use crate::lines::LineIndex;
use crate::refusal::{Refusal, check_length};

/// The most articles, where there are three, and the most bytes of the id and the title of one: each
/// row of a product that one of them knows can be a finding that names it.
const MAX_ARTICLES: usize = 6;
const MAX_NAME: usize = 120;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    article: Vec<Article>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: Spanned<String>,
    title: String,
    url: String,
    seen: Spanned<String>,
    fact: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    product: Spanned<String>,
    #[serde(default, rename = "use")]
    purpose: String,
    #[serde(default)]
    tcp: Option<Spanned<String>>,
    #[serde(default)]
    udp: Option<Spanned<String>>,
}

/// Reads a file of facts from Apple's other articles, `edition` being its id.
///
/// # Errors
/// [`ReadErrorKind::NotSiblings`] with the line when the file is something else, when a port list
/// or a date in it cannot be read, or when it contradicts itself.
pub fn read_siblings(edition: &str, path: &str, bytes: &[u8]) -> Result<Siblings, ReadError> {
    let articles = read(bytes)
        .map_err(|refusal| ReadError::refused(path, refusal, ReadErrorKind::NotSiblings))?;
    Ok(Siblings {
        edition: edition.to_owned(),
        articles,
    })
}

fn read(bytes: &[u8]) -> Result<Vec<Sibling>, Refusal> {
    check_length(bytes)?;
    let lines = LineIndex::new(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = lines.at(error.valid_up_to());
        let reason = "the file is not UTF-8".to_owned();
        Refusal { line, reason }
    })?;
    let line = |span: Range<usize>| lines.at(span.start);
    let file: File = toml::from_str(text).map_err(|error| Refusal {
        line: error.span().map_or(1, line),
        reason: error.message().to_owned(),
    })?;
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    let mut articles = Vec::with_capacity(file.article.len());
    for article in file.article {
        let at = line(article.id.span());
        let id = article.id.into_inner();
        if let Some(first) = ids.insert(id.clone(), at) {
            let reason = format!("the article {id} is on line {first} already; join the two");
            return Err(Refusal { line: at, reason });
        }
        let refuse = |reason: String| Err(Refusal { line: at, reason });
        if articles.len() == MAX_ARTICLES {
            return refuse(format!("there are more than {MAX_ARTICLES} articles"));
        }
        if id.len() + article.title.len() > MAX_NAME {
            return refuse(format!(
                "the id and the title of this article have more than {MAX_NAME} bytes"
            ));
        }
        if Period::parse(article.seen.get_ref()).is_none() {
            return Err(Refusal {
                line: line(article.seen.span()),
                reason: format!(
                    "`{}` is not YYYY-MM-DD, YYYY-MM or YYYY",
                    article.seen.get_ref()
                ),
            });
        }
        articles.push(Sibling {
            facts: facts(&id, article.fact, &line)?,
            id,
            title: article.title,
            url: article.url,
            seen: article.seen.into_inner(),
        });
    }
    Ok(articles)
}

fn facts(
    id: &str,
    facts: Vec<Fact>,
    line: &impl Fn(Range<usize>) -> u64,
) -> Result<Vec<SiblingFact>, Refusal> {
    let mut uses: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut read = Vec::with_capacity(facts.len());
    for fact in facts {
        let at = line(fact.product.span());
        let product = fact.product.into_inner();
        let key = (product.clone(), fact.purpose.clone());
        if let Some(first) = uses.insert(key, at) {
            let what = match (product.as_str(), fact.purpose.as_str()) {
                ("", _) => "all products together".to_owned(),
                (product, "") => format!("`{product}`"),
                (product, purpose) => format!("`{product}` ({purpose})"),
            };
            return Err(Refusal {
                line: at,
                reason: format!(
                    "the article {id} gives the ports of {what} here and on line {first}; it can say so only once"
                ),
            });
        }
        let mut ports = BTreeMap::new();
        for (transport, list) in [(Transport::Tcp, fact.tcp), (Transport::Udp, fact.udp)] {
            let Some(list) = list.filter(|list| !list.get_ref().trim().is_empty()) else {
                continue;
            };
            let ranges: Result<PortSet, _> = list
                .get_ref()
                .split(',')
                .map(str::parse::<PortRange>)
                .collect::<Result<Vec<_>, _>>()
                .map(|ranges| ranges.into_iter().collect());
            let ranges = ranges.map_err(|error| Refusal {
                line: line(list.span()),
                reason: error.to_string(),
            })?;
            ports.insert(transport, ranges);
        }
        if ports.is_empty() {
            let reason = "the fact gives no port, neither for tcp nor for udp".to_owned();
            return Err(Refusal { line: at, reason });
        }
        read.push(SiblingFact {
            product: Some(product).filter(|product| !product.is_empty()),
            purpose: fact.purpose,
            ports,
            line: u32::try_from(at).unwrap_or(u32::MAX),
        });
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "[[article]]\nid = \"1\"\ntitle = \"T\"\nurl = \"u\"\nseen = \"2024\"\n[[article.fact]]\n";

    fn error(text: &str) -> String {
        read_siblings("siblings/2024-01-01", "s.toml", text.as_bytes())
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn an_article_is_the_union_of_its_facts() {
        let text = format!(
            "{HEAD}product = \"A\"\nuse = \"x\"\ntcp = \"80, 90-99\"\n[[article.fact]]\nproduct = \"A\"\nuse = \"y\"\ntcp = \"80\"\nudp = \"7\"\n"
        );
        let siblings = read_siblings("siblings/2024-01-01", "s.toml", text.as_bytes()).unwrap();
        let ports = siblings.articles[0].ports(Some("A"));
        let shown: Vec<String> = ports
            .iter()
            .map(|(transport, ports)| format!("{transport} {:?}", ports.ranges()))
            .collect();
        assert_eq!(ports[&Transport::Tcp].count(), 11, "{shown:?}");
        assert_eq!(ports[&Transport::Udp].count(), 1, "{shown:?}");
        assert_eq!(siblings.articles[0].facts[1].line, 11);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_line() {
        let cases = [
            (
                "product = \"A\"\n".to_owned(),
                "s.toml:7: the fact gives no port",
            ),
            (
                "product = \"A\"\ntcp = \"90-80\"\n".to_owned(),
                "s.toml:8: range 90-80 runs backwards",
            ),
            (
                "product = \"A\"\ntcp = \"70000\"\n".to_owned(),
                "s.toml:8: port 70000",
            ),
            (
                "product = \"A\"\nport = 1\n".to_owned(),
                "s.toml:8: unknown field",
            ),
            (
                "product = \"A\"\ntcp = \"1\"\n[[article.fact]]\nproduct = \"A\"\ntcp = \"2\"\n"
                    .to_owned(),
                "s.toml:10: the article 1 gives the ports of `A` here and on line 7",
            ),
            (
                format!("product = \"A\"\ntcp = \"1\"\n{HEAD}product = \"A\"\ntcp = \"1\"\n"),
                "s.toml:10: the article 1 is on line 2 already",
            ),
        ];
        for (text, expected) in cases {
            let said = error(&format!("{HEAD}{text}"));
            assert!(said.starts_with(expected), "{said}");
        }
        let dated = format!("{HEAD}product = \"A\"\ntcp = \"1\"\n").replace("2024", "2024-13");
        assert!(error(&dated).starts_with("s.toml:5: `2024-13` is not"));
    }
}
