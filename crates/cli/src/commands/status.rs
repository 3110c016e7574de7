//! `status`: how old each source is.

use appleports_pipeline::{Failure, status};
use appleports_store::SourceFolder;

use crate::args::Status;
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Status) -> Result<bool, Failure> {
    let on = options.on.clone().unwrap_or_else(print::today);
    let all = status(sources, &on)?;
    let mut rows = vec![
        ["SOURCE", "CAPTURED", "CHECKED", "DAYS"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for source in &all {
        let checked = if source.checked.is_empty() {
            "never"
        } else {
            &source.checked
        };
        rows.push(vec![
            source.id.clone(),
            source.captured.clone(),
            checked.to_owned(),
            source.age.to_string(),
        ]);
    }
    print::result(print::visible(&print::table(&rows)).as_bytes())?;
    let is_stale = |age: i32| options.max_age.is_some_and(|limit| age > limit);
    for source in all.iter().filter(|source| is_stale(source.age)) {
        print::diagnostic(
            "stale",
            &format!(
                "{} was last seen {} days before {on}",
                source.id, source.age
            ),
        );
    }
    Ok(!all.iter().any(|source| is_stale(source.age)))
}
