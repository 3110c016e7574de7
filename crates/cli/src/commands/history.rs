//! `history`: when each record first and last appeared.

use appleports_emit::FORMATS;
use appleports_model::{Dataset, SourceInfo, SourceKind};

use crate::args::{History, HistoryFormat};
use crate::print::{Cell, Column, Table};
use crate::sources::Sources;
use crate::{article, print};

pub(super) fn run(sources: Sources, options: &History) -> anyhow::Result<bool> {
    let whole = &article::load(sources, &options.choice, &[])?.dataset;
    let filter = options.filters.filter(&whole.products)?;
    let dataset = filter.apply(whole);
    let has_rows = !dataset.records.is_empty() || !dataset.former.is_empty();
    let format = match options.format {
        HistoryFormat::Table => None,
        HistoryFormat::Json => Some("json"),
        HistoryFormat::Svg => Some("timeline"),
    };
    if !has_rows {
        let formerly = article::no_longer(whole, &dataset, &filter);
        let sought = article::sought(whole, &filter);
        let message = article::not_found(whole, !formerly.is_empty(), &sought);
        print::diagnostic("nothing found", &message);
        for line in formerly {
            print::diagnostic("no longer", &line);
        }
        print::suggestions(whole, filter.service.as_deref());
    } else if let Some(format) = FORMATS.iter().find(|known| Some(known.name) == format) {
        print::result(&(format.write)(&dataset).0)?;
    } else {
        let mut text = table(&dataset).render(print::width());
        let captures = whole.sources.iter();
        let captures = captures.filter(|capture| capture.kind == SourceKind::Article);
        let mut captures: Vec<String> = captures.map(SourceInfo::titled).collect();
        captures.sort();
        text.end_line();
        text.line(format_args!("by {}", captures.join(", ")));
        print::show(&text)?;
    }
    Ok(has_rows)
}

/// One line for each record and locale.
fn table(dataset: &Dataset) -> Table<5> {
    let heads = ["RECORD", "LOCALE", "FIRST", "LAST", ""];
    let mut table = Table::new(heads.map(Column::whole));
    let present = dataset.records.iter().map(|record| (record, ""));
    let former = dataset.former.iter().map(|former| (&former.record, "left"));
    for (record, status) in present.chain(former) {
        for seen in &record.history {
            let (first, last) = (seen.first.to_string(), seen.last.to_string());
            let cells = [&*record.id, &*seen.locale, &*first, &*last, status];
            table.row(cells.map(Cell::from));
        }
    }
    table
}
