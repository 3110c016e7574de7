//! For a terminal: aligned, in colour, with the differing words marked.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use appleports_model::escape::terminal::line as visible;
use appleports_model::joined;

use crate::report::Report;
use crate::text::{Mark, marked};
use crate::view::{Item, Line, MAX_PRODUCTS, Section, Value, View, headline_text, listed};

const OLD: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const NEW: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const BOLD: Style = Style::new().bold();
/// Keys are not padded to the width of a wider one.
const MAX_KEY_WIDTH: usize = 40;
/// A longer list of products is cut.
const MAX_LIST: usize = 500;

pub(super) fn write(report: &Report) -> String {
    let view = View::of(report);
    // Writing to a String cannot fail.
    let mut out = String::new();
    for (label, side) in [("old", &report.old), ("new", &report.new)] {
        let _ = writeln!(
            out,
            "{label:<9} {}",
            visible(&side_text(&side.name, &side.sources))
        );
    }
    let _ = writeln!(out, "changes   {}", view.summary);
    if !view.headline.is_empty() {
        let _ = writeln!(out, "products  {}", visible(&headline_text(&view.headline)));
    }
    let mut label = "exposure";
    for (what, count, ranges) in &view.exposure {
        let noun = if *count == 1 { "port" } else { "ports" };
        let _ = writeln!(
            out,
            "{label:<9} {what} {count} {noun}: {}",
            ranges.join(", ")
        );
        label = "";
    }
    write_products(&mut out, &view);
    for section in &view.sections {
        write_section(&mut out, section);
    }
    out
}

fn write_products(out: &mut String, view: &View<'_>) {
    let shown = view.products.iter().take(MAX_PRODUCTS);
    let mut lines: Vec<String> = shown.map(|line| visible(&line.text())).collect();
    let more = view.products.len().saturating_sub(MAX_PRODUCTS);
    if more > 0 {
        lines.push(format!(
            "and {more} more (shown by --format markdown, html and json)"
        ));
    }
    if !view.other_products.is_empty() {
        let others = visible(&listed(&view.other_products, "; ", MAX_LIST));
        lines.push(format!("with unchanged ports: {others}"));
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "\n{BOLD}Products{BOLD:#}");
    }
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

/// A side with its sources.
pub(super) fn side_text(name: &str, sources: &[String]) -> String {
    if sources.is_empty() || sources == [name] {
        name.to_owned()
    } else {
        format!("{name} ({})", sources.join(" + "))
    }
}

fn write_section(out: &mut String, section: &Section) {
    let count = section.items.len();
    if section.folded {
        let _ = writeln!(
            out,
            "\n{BOLD}{}{BOLD:#}: {count} (shown by --format markdown, html and json)",
            section.title
        );
        return;
    }
    let _ = writeln!(out, "\n{BOLD}{}{BOLD:#}", section.title);
    let width = |item: &Item| visible(&item.key).chars().count();
    let widest = section
        .items
        .iter()
        .map(width)
        .filter(|width| *width <= MAX_KEY_WIDTH)
        .max();
    for item in &section.items {
        write_item(out, item, widest.unwrap_or(MAX_KEY_WIDTH));
    }
}

fn write_item(out: &mut String, item: &Item, widest: usize) {
    let style = match item.sign {
        '+' => NEW,
        '-' => OLD,
        _ => BOLD,
    };
    let mut start = format!(
        "{style}{}{style:#} {:<widest$}",
        item.sign,
        visible(&item.key)
    );
    let mut lines: Vec<String> = item.lines.iter().map(line).collect();
    if !item.remark.is_empty() {
        lines.insert(0, visible(&item.remark));
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    for text in lines {
        let _ = writeln!(out, "{}", format!("{start}  {text}").trim_end());
        start = " ".repeat(widest + 2);
    }
}

fn line(line: &Line) -> String {
    let body = match &line.value {
        Value::Text(text) => visible(text),
        Value::Change { old, new, tail } => {
            let tail = if tail.is_empty() {
                String::new()
            } else {
                format!(", {tail}")
            };
            format!(
                "{OLD}{}{OLD:#} -> {NEW}{}{NEW:#}{tail}",
                shown(old),
                shown(new)
            )
        }
        Value::Prose { old, new } if old.is_empty() || new.is_empty() => {
            format!("{OLD}{}{OLD:#} -> {NEW}{}{NEW:#}", shown(old), shown(new))
        }
        Value::Prose { old, new } => {
            let piece = |(mark, text): (Mark, String)| match mark {
                Mark::Both => visible(&text),
                Mark::Old => format!("{OLD}[-{}-]{OLD:#}", visible(&text)),
                Mark::New => format!("{NEW}{{+{}+}}{NEW:#}", visible(&text)),
            };
            joined(marked(old, new).into_iter().map(piece), " ")
        }
        Value::Members { lost, gained } => {
            let lost = lost
                .iter()
                .map(|text| format!("{OLD}-{}{OLD:#}", visible(text)));
            let gained = gained
                .iter()
                .map(|text| format!("{NEW}+{}{NEW:#}", visible(text)));
            joined(lost.chain(gained), " ")
        }
    };
    format!("{} {body}", line.label)
}

fn shown(text: &str) -> String {
    if text.is_empty() {
        "(none)".to_owned()
    } else {
        visible(text)
    }
}
