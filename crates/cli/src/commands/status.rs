//! `status`: how old each source is.

use appleports_model::counted;
use appleports_pipeline::{Failure, SourceStatus, status};
use appleports_store::SourceFolder;

use crate::args::{ListFormat, Status};
use crate::print::{self, Cell, Column, Table};

pub(super) fn run(sources: &SourceFolder, options: &Status) -> Result<bool, Failure> {
    let on = options.on.clone().unwrap_or_else(print::today);
    let all = status(sources, &on)?;
    match options.format {
        ListFormat::Table => print::show(&table(&all).render(print::width()))?,
        ListFormat::Json => print::json(&all)?,
    }
    let is_stale = |age: i32| options.max_age.is_some_and(|limit| age > limit);
    for source in all.iter().filter(|source| is_stale(source.age)) {
        print::diagnostic(
            "stale",
            &format!(
                "{} was last seen {} before {on}",
                source.id,
                counted(usize::try_from(source.age).unwrap_or_default(), "day")
            ),
        );
    }
    Ok(!all.iter().any(|source| is_stale(source.age)))
}

fn table(all: &[SourceStatus]) -> Table<5> {
    let mut table = Table::new(["SOURCE", "CAPTURED", "CHECKED", "DAYS", ""].map(Column::whole));
    for source in all {
        let checked = match source.checked.as_str() {
            "" => "never",
            day => day,
        };
        let age = source.age.to_string();
        let remark = source.form.remark();
        table.row([&*source.id, &*source.captured, checked, &*age, remark].map(Cell::from));
    }
    table
}
