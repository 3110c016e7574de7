//! The article that a command answers from, and what people have to know of its age.

use appleports_model::{Dataset, Former, SourceInfo, SourceKind};
use appleports_pipeline::{Assembled, Failure, Filter, assemble_with, days_between};
use appleports_store::SourceFolder;

use crate::args::Choice;
use crate::print;

/// Beyond this age in days a reader is warned.
const MAX_QUIET_AGE: i32 = 180;

/// Makes the dataset of the chosen capture. Says on standard error which newer captures a
/// guard refused, and how old the article is where that matters.
pub(crate) fn load(sources: &SourceFolder, choice: &Choice) -> Result<Assembled, Failure> {
    let assembled = assemble_with(sources, &choice.options())?;
    warn(&assembled);
    Ok(assembled)
}

/// The warnings of [`load`], for a dataset that was made in another way.
pub(crate) fn warn(assembled: &Assembled) {
    let Some(capture) = assembled.dataset.capture() else {
        return;
    };
    for finding in &assembled.passed_over {
        let message = format!(
            "{}: {} {}; {} is used instead",
            finding.source, finding.code, finding.message, capture.id
        );
        print::diagnostic("refused", &message);
        print::diagnostic("  help", &finding.help);
    }
    if let Some(age) =
        days_between(&capture.date, &print::today()).filter(|age| *age > MAX_QUIET_AGE)
    {
        let message = format!(
            "the article is that of {}, {age} days ago; Apple may have changed it since",
            capture.dated()
        );
        print::diagnostic("old", &message);
    }
}

/// `the article of 2026-10-11 (compiled from dated statements)`.
pub(crate) fn named(dataset: &Dataset) -> String {
    let dated = dataset.capture().map(SourceInfo::dated);
    format!("the article of {}", dated.unwrap_or_default())
}

/// That nothing was found: in which article, and that no earlier one has it either. Where
/// one has, the caller says which: `former` are those records.
pub(crate) fn not_found(whole: &Dataset, former: &[Former], what: &str) -> String {
    let date = whole.capture().map_or("", |capture| &capture.date);
    let mut earlier: Vec<&str> = whole
        .sources
        .iter()
        .filter(|own| own.kind == SourceKind::Article && own.date.as_str() < date)
        .map(|own| own.date.as_str())
        .collect();
    earlier.sort_unstable();
    earlier.dedup();
    let before = match earlier.as_slice() {
        _ if !former.is_empty() => String::new(),
        [] => String::new(),
        [one] => format!("; the earlier one ({one}) has none either"),
        many => format!("; no earlier one ({}) has one either", many.join(", ")),
    };
    format!("no row of {} matches {what}{before}", named(whole))
}

/// What a filter asks for, as a message quotes it.
pub(crate) fn sought(filter: &Filter) -> String {
    let products: Vec<String> = filter
        .products
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let only_products = Filter {
        products: filter.products.clone(),
        ..Filter::default()
    };
    if products.is_empty() || *filter != only_products {
        "the filters".to_owned()
    } else {
        products.join(" or ")
    }
}

/// Where a record that left the article was: `7777/tcp: not in the article of 2026-10-11; it
/// was in that of 2015-10-23`.
pub(crate) fn left(whole: &Dataset, former: &Former) -> String {
    let date = whole.capture().map_or("", |capture| &capture.date);
    let day = |id: &String| id.rsplit('/').next().unwrap_or_default().to_owned();
    let (first, last) = (day(&former.first), day(&former.last));
    let when = if first == last {
        format!("that of {last}")
    } else {
        format!("those of {first} to {last}")
    };
    format!(
        "{}: not in the article of {date}; it was in {when}",
        former.record.place()
    )
}
