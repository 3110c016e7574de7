//! What a rejected row says nevertheless.

mod probable;

use std::collections::BTreeMap;
use std::ops::Bound;

use appleports_model::{
    Column, Place, RawRow, RawTable, Transport, UnreadRow, collapse_whitespace, plain_form,
};

use crate::characters::visible_form;
use crate::joiners::Joiners;
use crate::lines::Lines;
use crate::markup::{plain_text, split_note, take_marks};
use crate::vocabulary::Vocabulary;
use crate::{products, service_name, titles, transports};
use probable::probable_ports;

/// The text of more characters, or in more pieces, is not one row's.
const MAX_CHARS: usize = 4_000;
const MAX_PIECES: usize = 64;

/// A row whose cells are known, but whose port cell could not be read.
pub(crate) fn of_row(
    source: &str,
    raw: &RawRow,
    reason: &str,
    vocabulary: &Vocabulary,
    joiners: &Joiners,
) -> UnreadRow {
    let plain = |column| plain_form(raw.text(column));
    let visible = |column| plain_text(&visible_form(raw.text(column)));
    let probable = probable_ports(&plain(Column::Port));
    let place = raw.place(Column::Transport);
    let (transports, _) =
        transports::read_transports(source, place, &plain(Column::Transport), joiners);
    let (title, _) = take_marks(&visible(Column::Title), vocabulary);
    let (name, _) = take_marks(&plain_text(&plain(Column::ServiceName)), vocabulary);
    let used_by = visible(Column::UsedBy);
    let (used_by, _) = split_note(&used_by, vocabulary);
    let users = products::read_parts(used_by, vocabulary);
    let of_title = titles::products_in_title(&title, vocabulary.catalogue());
    UnreadRow {
        source: source.to_owned(),
        line: raw.place.line,
        column: raw.place.column,
        reason: reason.to_owned(),
        cells: raw.captured.clone(),
        service_name: service_name::read_names(&name, &probable).first,
        title: crate::row::blank_to_empty(title),
        used_by: crate::row::blank_to_empty(collapse_whitespace(used_by)),
        products: products::canonical(&users, of_title),
        ports: probable,
        transports,
    }
}

/// The rows that the reader rejected; of these only the text is known.
pub(crate) fn of_reader(table: &RawTable, text: &str) -> Vec<UnreadRow> {
    if table.rejected.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let rows = table.rows.iter().map(|row| row.place);
    let rejected = table.rejected.iter().map(|row| row.place);
    let mut starts: BTreeMap<Place, usize> = BTreeMap::new();
    for place in rows.chain(rejected) {
        *starts.entry(place).or_default() += 1;
    }
    let unread = table.rejected.iter().map(|row| {
        let after = (Bound::Excluded(row.place), Bound::Unbounded);
        let next = starts.range(after).next().map(|(place, _)| *place);
        let cells = if starts[&row.place] == 1 {
            cells(table.layout, &lines.between(row.place, next))
        } else {
            Vec::new()
        };
        let mut ports = probable_ports(&row.port);
        if let Some(first) = cells.first().filter(|_| ports.is_empty()) {
            ports = probable_ports(first);
        }
        UnreadRow {
            source: table.source.clone(),
            line: row.place.line,
            column: row.place.column,
            reason: row.reason.clone(),
            transports: transports_among(&cells),
            cells,
            ports,
            ..UnreadRow::default()
        }
    });
    unread.collect()
}

/// The text of a row in pieces, as cells may be.
fn cells(layout: &str, text: &str) -> Vec<String> {
    if text.chars().count() > MAX_CHARS {
        return Vec::new();
    }
    let shown = if layout == "html" {
        without_tags(text)
    } else {
        text.to_owned()
    };
    let is_edge = |c: char| c.is_whitespace() || "*_\"".contains(c);
    let pieces = shown.split(['\n', '|', '\t']);
    let pieces = pieces.map(|piece| collapse_whitespace(piece.trim_matches(is_edge)));
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let pieces: Vec<String> = pieces.take(MAX_PIECES + 1).collect();
    if pieces.len() > MAX_PIECES {
        return Vec::new();
    }
    pieces
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_tag = false;
    for c in text.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                out.push('\n');
            }
            _ if is_tag => {}
            _ => out.push(c),
        }
    }
    out
}

/// The transports of the first piece that has nothing else in it.
fn transports_among(cells: &[String]) -> Vec<Transport> {
    let read = |cell: &String| -> Option<Vec<Transport>> {
        let words = cell.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        let mut found: Vec<Transport> = Vec::new();
        for word in words {
            found.push(word.to_ascii_lowercase().parse().ok()?);
        }
        Some(found).filter(|found| !found.is_empty())
    };
    cells.iter().find_map(read).unwrap_or_default()
}
