//! For a pull request: most important first, evidence quoted, short enough for a
//! body of at most 65,536 characters, with the rest in a second text.

use std::fmt::Write;

use appleports_model::escape::markdown::code;
use appleports_model::{cut, joined};

use super::terminal::side_text;
use crate::report::Report;
use crate::view::{Item, MAX_PRODUCTS, ProductLine, Section, Value, View, listed};

/// A pull request's text is refused from this many characters on.
pub const MAX_COMMENT: usize = 65_536;
/// What is left for the closing lines.
const RESERVE: usize = 1_000;
/// Lists in the head are cut at this many characters; the overflow has them whole.
const MAX_HEAD_LIST: usize = 2_000;

/// No character is written as more bytes of code.
const MAX_WRITTEN: usize = 10;

/// A comparison in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown {
    /// The text for the pull request, shorter than [`MAX_COMMENT`] in bytes and so in
    /// characters.
    pub body: String,
    /// What did not fit, complete; none where everything did.
    pub overflow: Option<String>,
}

pub(super) fn write(report: &Report) -> String {
    let view = View::of(report);
    let (mut text, _) = head(&view, usize::MAX);
    for section in &view.sections {
        text.push_str(&section_head(section));
        section
            .items
            .iter()
            .for_each(|entry| text.push_str(&item(entry)));
        text.push_str(section_end(section));
    }
    text
}

/// Writes a comparison for a pull request; `overflow` is the name of the file in
/// which the rest will be.
pub fn markdown(report: &Report, overflow: &str) -> Markdown {
    markdown_within(report, overflow, MAX_COMMENT)
}

/// As [`markdown`], with room for other text: the body is shorter than `limit`,
/// which is to be at least some 8,000.
pub fn markdown_within(report: &Report, overflow: &str, limit: usize) -> Markdown {
    let whole = write(report);
    if whole.len() < limit {
        return Markdown {
            body: whole,
            overflow: None,
        };
    }
    let view = View::of(report);
    let (mut body, head_is_cut) = head(&view, MAX_HEAD_LIST);
    let mut rest = String::from("# The rest of the comparison\n");
    if head_is_cut {
        rest.push_str(&head(&view, usize::MAX).0);
    }
    let mut left_out = 0;
    for section in &view.sections {
        let (start, end) = (section_head(section), section_end(section));
        let (mut in_body, mut in_rest) = (false, false);
        for entry in &section.items {
            let text = item(entry);
            let needed = text.len() + if in_body { 0 } else { start.len() } + end.len();
            if left_out == 0 && body.len() + needed + RESERVE < limit {
                if !in_body {
                    body.push_str(&start);
                }
                in_body = true;
                body.push_str(&text);
            } else {
                if !in_rest {
                    rest.push_str(&start);
                }
                in_rest = true;
                rest.push_str(&text);
                left_out += 1;
            }
        }
        if in_body {
            body.push_str(end);
        }
        if in_rest {
            rest.push_str(end);
        }
    }
    let _ = writeln!(
        body,
        "\n---\n\n{left_out} more changes are in {}.",
        code(&cut(overflow, 200))
    );
    Markdown {
        body,
        overflow: Some(rest),
    }
}

/// The lists of the head, each cut where it is too long.
struct Lists {
    max_chars: usize,
    is_cut: bool,
}

impl Lists {
    /// The texts as code, in this share of the room of a list.
    fn code(&mut self, texts: &[String], separator: &str, share: usize) -> String {
        let most = self.max_chars / share;
        let mut shown = listed(texts, separator, most);
        let mut written = code(&shown);
        // A hidden character is written as several.
        if written.len() > most.saturating_mul(4) {
            shown = listed(texts, separator, most / MAX_WRITTEN);
            written = code(&shown);
        }
        self.is_cut |= shown != texts.join(separator);
        written
    }

    fn products(&mut self, products: &[ProductLine]) -> String {
        let mut out = String::new();
        for line in products.iter().take(MAX_PRODUCTS) {
            let product = self.code(std::slice::from_ref(&line.product), "", 20);
            let ports = self.code(&line.ports, " ", 10);
            let _ = writeln!(out, "  - {product} {ports}");
        }
        let rest = products.iter().skip(MAX_PRODUCTS);
        let rest: Vec<String> = rest.map(ProductLine::text).collect();
        if !rest.is_empty() {
            let texts = self.code(&rest, "; ", 1);
            let _ = writeln!(out, "  - and {} more: {texts}", rest.len());
        }
        out
    }
}

/// The head, and whether one of its lists was cut.
fn head(view: &View<'_>, max_chars: usize) -> (String, bool) {
    let mut lists = Lists {
        max_chars,
        is_cut: false,
    };
    let (old, new) = (&view.report.old, &view.report.new);
    let mut out = format!("**{}**\n\n", view.summary);
    let headline = view.headline.iter();
    let headline: Vec<String> = headline
        .map(|(verb, products)| format!("{verb}: {}", code(products)))
        .collect();
    if !headline.is_empty() {
        let _ = writeln!(out, "Products that {}\n", headline.join("; that "));
    }
    for (label, side) in [("Old", old), ("New", new)] {
        let name = side_text(&side.name, &side.sources);
        let _ = writeln!(out, "- {label}: {}", lists.code(&[name], "", 1));
    }
    for (what, count, ranges) in &view.exposure {
        let noun = if *count == 1 { "port" } else { "ports" };
        let ranges = lists.code(ranges, ", ", 1);
        let _ = writeln!(out, "- {what} **{count}** {noun}: {ranges}");
    }
    if !view.products.is_empty() {
        let _ = writeln!(out, "- products that gain or lose ports:");
        out.push_str(&lists.products(&view.products));
    }
    if !view.other_products.is_empty() {
        let others = lists.code(&view.other_products, "; ", 1);
        let _ = writeln!(out, "- products with unchanged ports: {others}");
    }
    (out, lists.is_cut)
}

fn section_head(section: &Section) -> String {
    let count = section.items.len();
    if section.folded {
        format!(
            "\n<details><summary>{}: {count}</summary>\n\n",
            section.title
        )
    } else {
        format!("\n### {}: {count}\n\n", section.title)
    }
}

fn section_end(section: &Section) -> &'static str {
    if section.folded { "\n</details>\n" } else { "" }
}

fn item(item: &Item) -> String {
    let what = item.class();
    let mut out = format!("- **{what}** {}\n", code(&item.key));
    if !item.remark.is_empty() {
        let _ = writeln!(out, "  - {}", code(&item.remark));
    }
    for line in &item.lines {
        let value = match &line.value {
            Value::Text(text) => code(text),
            Value::Change { old, new, tail } => {
                let tail = if tail.is_empty() {
                    String::new()
                } else {
                    format!(", {tail}")
                };
                format!("{} → {}{tail}", code(old), code(new))
            }
            Value::Prose { old, new } => format!("{} → {}", code(old), code(new)),
            Value::Members { lost, gained } => {
                let lost = lost.iter().map(|text| format!("lost {}", code(text)));
                let gained = gained.iter().map(|text| format!("gained {}", code(text)));
                joined(lost.chain(gained), ", ")
            }
        };
        let _ = writeln!(out, "  - {}: {value}", line.label);
    }
    out.push('\n');
    for evidence in &item.evidence {
        let place = code(&format!("{}:{}", evidence.source, evidence.line));
        if evidence.cells.is_empty() {
            let _ = writeln!(out, "  > {place}  ");
        } else {
            let _ = writeln!(out, "  > {place} {}  ", code(&evidence.cells.join(" / ")));
        }
    }
    out.push('\n');
    out
}
