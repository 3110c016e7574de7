//! `history`: since when the captures have a record.

use anyhow::anyhow;
use appleports_emit::FORMATS;
use appleports_pipeline::Failure;
use appleports_store::SourceFolder;

use crate::args::{History, HistoryFormat};
use crate::{article, print};

pub(super) fn run(sources: &SourceFolder, options: &History) -> Result<bool, Failure> {
    let whole = article::load(sources, &options.choice)?.dataset;
    let dataset = options.filters.filter().apply(&whole);
    let has_rows = !dataset.records.is_empty() || !dataset.former.is_empty();
    let format = match options.format {
        HistoryFormat::Table => None,
        HistoryFormat::Json => Some("json"),
        HistoryFormat::Svg => Some("timeline"),
    };
    if !has_rows {
        let message = article::not_found(&whole, "the filters");
        print::diagnostic("nothing found", &message);
    } else if let Some(name) = format {
        let format = FORMATS
            .iter()
            .find(|format| format.name == name)
            .ok_or_else(|| anyhow!("no such format"))?;
        print::result(&(format.write)(&dataset).0)?;
    } else {
        let mut rows = vec![
            ["RECORD", "LOCALE", "FIRST", "LAST", ""]
                .map(str::to_owned)
                .to_vec(),
        ];
        let present = dataset.records.iter().map(|record| (record, ""));
        let former = dataset.former.iter().map(|former| (&former.record, "left"));
        for (record, status) in present.chain(former) {
            for seen in &record.history {
                rows.push(vec![
                    record.id.clone(),
                    seen.locale.clone(),
                    seen.first.clone(),
                    seen.last.clone(),
                    status.to_owned(),
                ]);
            }
        }
        print::result(print::visible(&print::table(&rows)).as_bytes())?;
    }
    Ok(has_rows)
}
