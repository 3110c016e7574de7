//! `why`: everything known about ports.

mod ask;
mod json;
mod known;
mod text;

use appleports_model::RowFindings;
use appleports_pipeline::Failure;
use appleports_store::SourceFolder;
use known::Known;

use crate::args::{Why, WhyFormat};
use crate::print::Text;
use crate::{article, print};

pub(super) fn run(sources: &SourceFolder, options: &Why) -> Result<bool, Failure> {
    let asks = ask::parse(&options.ports)?;
    let assembled = article::load(sources, &options.choice)?;
    let all: Vec<Known<'_>> = asks
        .into_iter()
        .map(|ask| Known::gather(ask, &assembled))
        .collect();
    match options.format {
        WhyFormat::Text => {
            let mut out = Text::default();
            for (at, known) in all.iter().enumerate() {
                out.plain(if at > 0 { "\n" } else { "" });
                text::write(&mut out, known, &assembled)?;
            }
            print::show(&out)?;
        }
        WhyFormat::Json => {
            let findings = RowFindings::new(&assembled.dataset.findings);
            let answers: Vec<_> = all
                .iter()
                .map(|known| json::answer(known, &assembled, &findings))
                .collect();
            print::json(&answers)?;
        }
    }
    Ok(all.iter().any(|known| !known.records.is_empty()))
}
