//! Several tables of one page as one dataset.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Column, Finding, Message, Place, RawRow, RawTable, message, plain_form};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::draft::Draft;
use crate::article::table::grid::Grid;

/// All tables of ports as one, in the order of the page; `None` where there is none.
///
/// A table that cannot be read although its rows are rows of ports is not passed over: its
/// rows are rejected.
pub(crate) fn read(grids: Vec<Grid>, document: &Document<'_>, layout: &Layout) -> Option<RawTable> {
    let mut tables = Vec::new();
    let mut unread = Vec::new();
    let mut names = BTreeSet::new();
    for grid in grids {
        let name = grid.name_of_ports();
        match grid.into_table(document) {
            Ok(table) => {
                names.extend(name);
                tables.push(table);
            }
            Err(grid) => unread.push(grid),
        }
    }
    let columns = tables
        .iter()
        .max_by_key(|table| table.rows.len())?
        .columns
        .clone();
    let mut lost = Vec::new();
    for grid in unread {
        match grid.with_columns(document, &columns) {
            Ok(table) => tables.push(table),
            Err(grid) => lost.extend(grid.unread_rows(&names)),
        }
    }
    tables.sort_by_key(first_place);
    let mut all = join(tables, document, layout);
    for (place, port) in lost {
        let why = message!("the columns of its table are not known").known_as("columns-unknown");
        all.reject(&rules::UNALIGNED_ROW, place, &port, why);
    }
    Some(all.into_table())
}

fn first_place(table: &RawTable) -> Place {
    let rows = table.rows.iter().map(|row| row.place);
    let places = rows.chain(table.rejected.iter().map(|row| row.place));
    places.min().unwrap_or(Place::from(u32::MAX))
}

/// The rows of all tables; a finding that there are several, and one where two are copies
/// of each other that disagree.
fn join(tables: Vec<RawTable>, document: &Document<'_>, layout: &Layout) -> Draft {
    let columns: BTreeSet<Column> = tables
        .iter()
        .flat_map(|table| table.columns.iter().copied())
        .collect();
    let mut all = Draft::new(document, layout, columns.into_iter().collect());
    let count = tables.len();
    if count > 1 {
        let place = tables.get(1).map_or(Place::from(1), first_place);
        let message = message!(
            "the page has {} tables of ports; they are read as one",
            count
        );
        all.note(&rules::SEVERAL_TABLES, place, message);
    }
    let rows: Vec<&[RawRow]> = tables.iter().map(|table| &*table.rows).collect();
    if let Some(place) = copy_that_disagrees(&rows) {
        all.note(&rules::COPIES_DISAGREE, place, copies_disagree());
    }
    for table in tables {
        all.append(table);
    }
    all
}

/// Reports that a table has a heading further down, as a file does which has several tables in
/// one layout, and where the rows below it are a copy of those above that disagrees.
pub(crate) fn report_sections(table: &mut RawTable, headings: &[Place]) {
    let section = |row: &RawRow| headings.partition_point(|heading| *heading < row.place);
    let rows: Vec<&[RawRow]> = table
        .rows
        .chunk_by(|one, next| section(one) == section(next))
        .collect();
    let Some(second) = rows.get(1).and_then(|rows| rows.first()) else {
        return;
    };
    let several = message!(
        "the heading is above {} groups of rows; they are read as one table",
        rows.len()
    );
    let mut findings = vec![(&rules::SEVERAL_TABLES, second.place, several)];
    if let Some(place) = copy_that_disagrees(&rows) {
        findings.push((&rules::COPIES_DISAGREE, place, copies_disagree()));
    }
    let source = &table.source;
    let findings = findings
        .into_iter()
        .map(|(rule, place, message)| Finding::new(rule, source, place, message));
    table.findings.extend(findings.collect::<Vec<_>>());
}

fn copies_disagree() -> Message {
    message!("this table is a copy of one above, and rows of the two disagree")
}

/// Where a table that is a copy of those above it has a row that they have not.
fn copy_that_disagrees(tables: &[&[RawRow]]) -> Option<Place> {
    if tables.len() < 2 {
        return None;
    }
    let mut seen: BTreeMap<(String, String), BTreeSet<Vec<String>>> = BTreeMap::new();
    let mut found = None;
    for (at, rows) in tables.iter().enumerate() {
        let (mut shared, mut other) = (0_usize, None);
        for row in *rows {
            let known = seen.get(&key(row));
            shared += usize::from(known.is_some());
            if !known.is_some_and(|known| known.contains(&content(row))) {
                other.get_or_insert(row.place);
            }
        }
        if at > 0 && shared * 2 > rows.len() {
            found = found.or(other);
        }
        for row in *rows {
            seen.entry(key(row)).or_default().insert(content(row));
        }
    }
    found
}

fn key(row: &RawRow) -> (String, String) {
    let plain = |column| plain_form(row.text(column)).into_owned();
    (plain(Column::Port), plain(Column::Transport))
}

fn content(row: &RawRow) -> Vec<String> {
    Column::ALL
        .iter()
        .map(|column| plain_form(row.text(*column)).into_owned())
        .collect()
}
