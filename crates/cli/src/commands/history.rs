//! `history`: since when the captures have a record.

use anyhow::anyhow;
use appleports_emit::FORMATS;
use appleports_pipeline::{Failure, assemble};
use appleports_store::SourceFolder;

use crate::args::{History, HistoryFormat};
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &History) -> Result<bool, Failure> {
    let dataset = options.filters.filter().apply(&assemble(sources, None)?);
    let format = match options.format {
        HistoryFormat::Table => None,
        HistoryFormat::Json => Some("json"),
        HistoryFormat::Svg => Some("timeline"),
    };
    if dataset.records.is_empty() {
        print::diagnostic("nothing found", "no row of the article fits");
    } else if let Some(name) = format {
        let format = FORMATS
            .iter()
            .find(|format| format.name == name)
            .ok_or_else(|| anyhow!("no such format"))?;
        print::result(&(format.write)(&dataset).0)?;
    } else {
        let mut rows = vec![
            ["RECORD", "LOCALE", "FIRST", "LAST"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for record in &dataset.records {
            for seen in &record.history {
                rows.push(vec![
                    record.id.clone(),
                    seen.locale.clone(),
                    seen.first.clone(),
                    seen.last.clone(),
                ]);
            }
        }
        print::result(print::visible(&print::table(&rows)).as_bytes())?;
    }
    Ok(!dataset.records.is_empty())
}
