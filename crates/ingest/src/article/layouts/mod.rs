//! The layouts that a capture can have: one file each, one line here.

mod bold_lines;
mod delimited;
mod elsewhere;
mod further_columns;
mod html;
mod joined_rows;
pub(crate) mod limits;
mod logical_line;
mod long_cells;
mod pipe_table;
mod plain_lines;
mod quotes;

pub use self::html::page_tables;

use appleports_model::{Column, RawCell, RawTable, SEPARATORS};

use crate::article::comments;
use crate::article::document::Document;
use crate::article::identity;
use crate::article::layout::Layout;
use crate::article::page;
use crate::article::refusals;
use crate::error::{ReadError, ReadErrorKind};

/// All layouts, the most specific first.
static LAYOUTS: &[&Layout] = &[
    &html::LAYOUT,
    &bold_lines::LAYOUT,
    &pipe_table::LAYOUT,
    &delimited::LAYOUT,
    &plain_lines::LAYOUT,
    &joined_rows::LAYOUT,
];

/// The most items in the lists of all cells. The article has less than a thousand, and each
/// becomes much more than its two or three letters.
const MAX_ITEMS: usize = 3_000;

/// How many further items the cells of a table may list: a bound, since some of these signs
/// and spaces are part of an item.
fn listed_items(table: &RawTable) -> usize {
    let is_between = |c: char| SEPARATORS.contains(&c) || matches!(c, '\n' | '，' | '；' | '.');
    let listed = [
        Column::Port,
        Column::Transport,
        Column::Rfc,
        Column::ServiceName,
        Column::UsedBy,
    ];
    let rows = table.rows.iter();
    rows.flat_map(|row| listed.map(|column| row.text(column)))
        .map(|text| text.matches(is_between).count())
        .sum()
}

/// Reads the document with the first layout that recognises it, or with the one that reads
/// most rows where most of the ports stand outside that table. The rows of the others are
/// rejected.
pub(crate) fn read(document: &Document<'_>) -> Result<RawTable, ReadError> {
    if !page::is_html(document.text) {
        limits::check_lines(document)?;
    }
    let shown = comments::without(document.text);
    let documents = Documents {
        whole: document,
        markdown: &Document {
            text: &shown,
            ..*document
        },
    };
    let mut layouts = LAYOUTS.iter();
    let Some((layout, mut table)) = first_table(&mut layouts, &documents)? else {
        return Err(refusals::no_table(document));
    };
    let mut ports = elsewhere::ports(documents.of(layout));
    limits::check_rows(document, ports.len())?;
    if elsewhere::has_most(&ports, &table) {
        while let Some((_, other)) = first_table(&mut layouts, &documents)? {
            let (most, least) = if other.rows.len() > table.rows.len() {
                (other, table)
            } else {
                (table, other)
            };
            ports.extend(elsewhere::ports_of(&least));
            table = most;
        }
    }
    let unread: Vec<RawCell> = elsewhere::unread(&ports, &table);
    let table = elsewhere::reject(table, &unread);
    limits::check_rows(document, table.rows.len() + table.rejected.len())?;
    limits::check_text(document, &table)?;
    limits::check_findings(document, &table)?;
    let items = listed_items(&table);
    if items > MAX_ITEMS {
        let kind = ReadErrorKind::TooManyItems { items };
        return Err(ReadError::new(document.path, kind));
    }
    Ok(long_cells::reject(table))
}

/// A document as it is, and without the comments of Markdown.
struct Documents<'d> {
    whole: &'d Document<'d>,
    markdown: &'d Document<'d>,
}

impl<'d> Documents<'d> {
    /// What a layout reads.
    fn of(&self, layout: &Layout) -> &'d Document<'d> {
        if layout.keeps_comments {
            self.whole
        } else {
            self.markdown
        }
    }
}

/// The table of the next layout that recognises the document.
fn first_table<'l>(
    layouts: &mut impl Iterator<Item = &'l &'static Layout>,
    documents: &Documents<'_>,
) -> Result<Option<(&'l Layout, RawTable)>, ReadError> {
    for layout in layouts {
        let document = documents.of(layout);
        let Some(table) = (layout.read)(document)? else {
            continue;
        };
        limits::check_rows(document, table.rows.len() + table.rejected.len())?;
        if !layout.knows_article {
            let facts = document.facts();
            if identity::is_another(&facts) {
                return Err(refusals::another_article(document, &facts));
            }
        }
        return Ok(Some((layout, table)));
    }
    Ok(None)
}

/// The file name and the media type under which a capture is stored, by the
/// layout that was read.
pub fn stored_as(layout: &str) -> (&'static str, &'static str) {
    let entry = LAYOUTS.iter().find(|entry| entry.name == layout);
    entry.map_or(("capture.txt", "text/plain"), |entry| {
        (entry.file, entry.media_type)
    })
}
