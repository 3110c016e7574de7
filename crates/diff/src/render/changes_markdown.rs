//! `changes.md`: the editions for people, as GitHub shows it.

use std::fmt::Write;

use appleports_model::escape::markdown::{self, code};
use appleports_model::{PortSet, Transport, cut, joined};

use crate::edition::{
    ChangedRow, Edition, EditionView, UnreadChange, WholeRow, detail_text, ports_text, users_text,
};
use crate::view::{gains_first, port_texts, remarks};

/// Longer tables are collapsed.
const MAX_OPEN_ROWS: usize = 15;
/// Longer texts are cut.
const MAX_CELL_CHARS: usize = 300;

const HEAD: &str = "\
# What Apple changed in its list of ports

Apple's article \"TCP and UDP ports used by Apple software products\", edition by edition, newest first. \
Rows that say the same in other words are counted but not listed. \
The same as data: [changes.json](changes.json). To follow the changes: [feed.xml](feed.xml).
";

/// Writes what changed in each edition, newest first. The editions are given oldest first.
pub fn changes_markdown(editions: &[Edition]) -> String {
    let mut out = HEAD.to_owned();
    for view in EditionView::newest_first(editions) {
        edition(&mut out, &view);
    }
    out
}

fn edition(out: &mut String, view: &EditionView<'_>) {
    let capture = &view.edition.capture;
    // Writing to a String cannot fail.
    let _ = writeln!(out, "\n## {}\n", markdown::cell(&capture.dated()));
    let _ = writeln!(out, "{}\n", markdown::cell(&view.summary()));
    let _ = write!(out, "Capture {}", code(&capture.id));
    if let Some(previous) = &view.edition.previous {
        let _ = write!(out, ", compared with {}", code(&previous.id));
    }
    out.push_str(".\n");
    if let Some(caution) = view.caution() {
        out.push_str(caution);
        out.push('\n');
    }
    ports(out, view);
    products(out, view);
    for (title, rows) in [
        ("Rows that came", &view.came),
        ("Rows that left", &view.left),
    ] {
        let rows: Vec<String> = rows.iter().map(whole_row).collect();
        table(
            out,
            title,
            &["Port", "Name", "Service or protocol", "Used by"],
            &rows,
        );
    }
    let rows: Vec<String> = view.unread.iter().map(unread_row).collect();
    table(
        out,
        "Rows that could not be read",
        &["Port", "Service", "Where and why"],
        &rows,
    );
    let rows: Vec<String> = view.changed.iter().map(changed_row).collect();
    table(
        out,
        "Rows that changed",
        &["Port", "Service", "What changed"],
        &rows,
    );
}

fn ports(out: &mut String, view: &EditionView<'_>) {
    let transports = view.edition.changes.exposure.transports.iter();
    let rows = transports.map(|entry| {
        let name = entry.transport.map_or("no transport", Transport::as_str);
        let ranges = |set: &PortSet| joined(set.ranges(), ", ");
        line(&[
            name.to_owned(),
            ranges(&entry.opened_ranges),
            ranges(&entry.closed_ranges),
        ])
    });
    let rows: Vec<String> = rows.collect();
    table(out, "Ports", &["Transport", "Opened", "Closed"], &rows);
}

fn products(out: &mut String, view: &EditionView<'_>) {
    let products = gains_first(&view.edition.changes.exposure.by_product).into_iter();
    let rows = products.map(|exposure| {
        line(&[
            cell(&exposure.product),
            port_texts(exposure, true).join(", "),
            port_texts(exposure, false).join(", "),
        ])
    });
    let rows: Vec<String> = rows.collect();
    table(
        out,
        "Products that gain or lose ports",
        &["Product", "Gains", "Loses"],
        &rows,
    );
}

fn whole_row(row: &WholeRow<'_>) -> String {
    let facts = &row.entry.facts;
    let mut title = cell(&facts.title);
    title.push_str(&remark(&row.relation()));
    line(&[
        ports_text(facts),
        cell(&facts.service_name),
        title,
        cell(&users_text(facts)),
    ])
}

fn unread_row(unread: &UnreadChange<'_>) -> String {
    line(&[
        cell(&unread.ports()),
        cell(&unread.service()),
        cell(&unread.reason()),
    ])
}

fn changed_row(row: &ChangedRow<'_>) -> String {
    let details = row.details.iter().copied();
    let mut changes: Vec<String> = details
        .clone()
        .filter_map(|detail| detail_text(detail, cell))
        .collect();
    let doubts = remarks(row.old, row.new, details, row.rivals);
    changes.extend(Some(cell(&doubts)).filter(|text| !text.is_empty()));
    line(&[
        ports_text(&row.new.facts),
        cell(&row.service()),
        changes.join("<br>"),
    ])
}

/// A remark behind a title.
fn remark(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" *({})*", cell(text))
    }
}

fn cell(text: &str) -> String {
    markdown::cell(&cut(text, MAX_CELL_CHARS))
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A table with its heading; nothing where it has no rows.
fn table(out: &mut String, title: &str, columns: &[&str], rows: &[String]) {
    if rows.is_empty() {
        return;
    }
    let count = rows.len();
    let is_long = count > MAX_OPEN_ROWS;
    let _ = writeln!(out, "\n### {title}\n");
    if is_long {
        let _ = writeln!(out, "<details><summary>Show all {count}</summary>\n");
    }
    let _ = writeln!(out, "| {} |", columns.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(columns.len()));
    out.extend(rows.iter().map(String::as_str));
    if is_long {
        out.push_str("\n</details>\n");
    }
}
