//! `explain`: what a finding's code means.

use anyhow::anyhow;
use appleports_pipeline::rules;

use crate::args::Explain;
use crate::codes::known;
use crate::print::{self, Cell, Column, Table};

pub(super) fn run(options: &Explain) -> anyhow::Result<bool> {
    let Some(code) = &options.code else {
        return list();
    };
    let rule = known(code).map_err(|reason| anyhow!(reason))?;
    let text = format!(
        "{} ({}): {}\n\nWhy it matters: {}\nExample: {}\nWhat to do: {}\n",
        rule.code, rule.level, rule.title, rule.why, rule.example, rule.help
    );
    print::result(text.as_bytes())?;
    Ok(true)
}

/// All codes, each with its level and title.
fn list() -> anyhow::Result<bool> {
    let columns = [Column::whole(""), Column::whole(""), Column::prose("")];
    let mut table = Table::new(columns);
    for rule in rules() {
        let level = rule.level.to_string();
        table.row([rule.code, &*level, rule.title].map(Cell::from));
    }
    print::show(&table.render(print::width()))?;
    Ok(true)
}
