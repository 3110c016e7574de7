//! A page that needs nothing else: no network, no script, dark where the reader
//! wants it.

use std::fmt::Write;

use appleports_model::escape::html::text as html;
use appleports_model::joined;

use super::terminal::side_text;
use crate::report::Report;
use crate::text::{Mark, marked};
use crate::view::{Item, Line, MAX_PRODUCTS, Section, Value, View, headline_text};

const STYLE: &str = include_str!("page.css");
/// SHA-256 of [`STYLE`] in base 64, as the content security policy wants it.
const STYLE_HASH: &str = "NaCMNmcuAc1iwOU1vMySvvOkorsjmRHx6QK3S6hZQ1w=";

pub(super) fn write(report: &Report) -> String {
    let view = View::of(report);
    // Writing to a String cannot fail.
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Changes: {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<dl>\n",
        view.summary, view.summary
    );
    if !view.headline.is_empty() {
        let _ = writeln!(
            out,
            "<dt>Products</dt><dd>{}</dd>",
            html(&headline_text(&view.headline))
        );
    }
    for (label, side) in [("Old", &report.old), ("New", &report.new)] {
        let text = html(&side_text(&side.name, &side.sources));
        let _ = writeln!(out, "<dt>{label}</dt><dd>{text}</dd>");
    }
    for (what, count, ranges) in &view.exposure {
        let noun = if *count == 1 { "port" } else { "ports" };
        let ranges = html(&ranges.join(", "));
        let _ = writeln!(
            out,
            "<dt>{what}</dt><dd><b>{count}</b> {noun}: {ranges}</dd>"
        );
    }
    write_products(&mut out, &view);
    out.push_str("</dl>\n");
    for section in &view.sections {
        write_section(&mut out, section);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_products(out: &mut String, view: &View<'_>) {
    if !view.products.is_empty() {
        let count = view.products.len();
        let (start, end) = if count > MAX_PRODUCTS {
            (
                format!("<details><summary>{count} products</summary>"),
                "</details>",
            )
        } else {
            (String::new(), "")
        };
        let items = view.products.iter().map(|line| {
            let ports = html(&line.ports.join(" "));
            format!("<li>{} <b>{ports}</b></li>", html(&line.product))
        });
        let items: String = items.collect();
        let _ = writeln!(
            out,
            "<dt>Their ports</dt><dd>{start}<ul>{items}</ul>{end}</dd>"
        );
    }
    if !view.other_products.is_empty() {
        let others = html(&view.other_products.join("; "));
        let _ = writeln!(
            out,
            "<dt>Products with unchanged ports</dt><dd>{others}</dd>"
        );
    }
}

fn write_section(out: &mut String, section: &Section) {
    let count = section.items.len();
    let (start, end) = if section.folded {
        (
            format!("<details><summary>{}: {count}</summary>", section.title),
            "</details>",
        )
    } else {
        (
            format!("<section><h2>{}: {count}</h2>", section.title),
            "</section>",
        )
    };
    let _ = writeln!(out, "{start}");
    for item in &section.items {
        write_item(out, item);
    }
    let _ = writeln!(out, "{end}");
}

fn write_item(out: &mut String, item: &Item) {
    let class = item.class();
    let _ = writeln!(
        out,
        "<article class=\"{class}\"><h3><span>{class}</span> {}</h3>",
        html(&item.key)
    );
    if !item.remark.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", html(&item.remark));
    }
    out.push_str("<ul>\n");
    for line in &item.lines {
        let _ = writeln!(out, "<li>{}: {}</li>", line.label, value(line));
    }
    out.push_str("</ul>\n");
    for evidence in &item.evidence {
        let _ = writeln!(
            out,
            "<blockquote><code>{}:{}</code> {}</blockquote>",
            html(&evidence.source),
            evidence.line,
            html(&evidence.cells.join(" / "))
        );
    }
    out.push_str("</article>\n");
}

fn value(line: &Line) -> String {
    let side = |tag: &str, text: &str| {
        let text = if text.is_empty() { "(none)" } else { text };
        format!("<{tag}>{}</{tag}>", html(text))
    };
    match &line.value {
        Value::Text(text) => html(text),
        Value::Change { old, new, tail } => {
            let tail = if tail.is_empty() {
                String::new()
            } else {
                format!(", {tail}")
            };
            format!("{} → {}{tail}", side("del", old), side("ins", new))
        }
        Value::Prose { old, new } if old.is_empty() || new.is_empty() => {
            format!("{} → {}", side("del", old), side("ins", new))
        }
        Value::Prose { old, new } => {
            let piece = |(mark, text): (Mark, String)| match mark {
                Mark::Both => html(&text),
                Mark::Old => side("del", &text),
                Mark::New => side("ins", &text),
            };
            joined(marked(old, new).into_iter().map(piece), " ")
        }
        Value::Members { lost, gained } => {
            let lost = lost.iter().map(|text| side("del", text));
            let gained = gained.iter().map(|text| side("ins", text));
            joined(lost.chain(gained), " ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_just_this_style() {
        let hex = appleports_model::sha256_hex(STYLE.as_bytes());
        let bytes: Vec<u8> = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect();
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for chunk in bytes.chunks(3) {
            let word = chunk
                .iter()
                .fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let sextet = usize::try_from(word >> (18 - 6 * place) & 63).unwrap();
                text.push(if place <= chunk.len() {
                    char::from(alphabet[sextet])
                } else {
                    '='
                });
            }
        }
        assert_eq!(text, STYLE_HASH, "put this hash into STYLE_HASH");
    }
}
