//! `why`: everything known about ports.

mod ask;
mod json;
mod known;
mod text;

use appleports_model::{PortRange, RowFindings};
use known::Known;

use crate::args::{Why, WhyFormat};
use crate::print::Text;
use crate::sources::Sources;
use crate::{article, print};

pub(super) fn run(sources: Sources, options: &Why) -> anyhow::Result<bool> {
    let asks = ask::parse(&options.ports)?;
    let ports: Vec<PortRange> = asks.iter().map(|ask| ask.ports).collect();
    let look_up = article::load(sources, &options.choice, &ports)?;
    let all: Vec<Known<'_>> = asks
        .into_iter()
        .map(|ask| Known::gather(ask, look_up))
        .collect();
    match options.format {
        WhyFormat::Text => {
            let mut out = Text::default();
            for (at, known) in all.iter().enumerate() {
                if at > 0 {
                    out.end_line();
                }
                text::write(&mut out, known, look_up);
            }
            print::show(&out)?;
        }
        WhyFormat::Json => {
            let findings = RowFindings::new(&look_up.dataset.findings);
            let answers: Vec<_> = all
                .iter()
                .map(|known| json::answer(known, look_up, &findings))
                .collect();
            print::json(&answers)?;
        }
    }
    Ok(all.iter().any(|known| !known.records.is_empty()))
}
