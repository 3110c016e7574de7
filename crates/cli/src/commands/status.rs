//! `status`: how old each source is.

use appleports_model::counted;
use appleports_pipeline::{SourceStatus, day, status};
use appleports_store::SourceFolder;

use crate::args::{ListFormat, Status};
use crate::print::{self, Cell, Column, Table};

pub(super) fn run(sources: &SourceFolder, options: &Status) -> anyhow::Result<bool> {
    let on = options.on.as_deref().map(day).transpose()?;
    let on = on.unwrap_or_else(print::today);
    let all = status(sources, on)?;
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
        let checked = source.checked;
        let checked = checked.map_or_else(|| "never".to_owned(), |day| day.to_string());
        let id = source.id.to_string();
        let age = source.age.to_string();
        let remark = source.form.remark();
        table.row([&*id, &*source.captured, &*checked, &*age, remark].map(Cell::from));
    }
    table
}
