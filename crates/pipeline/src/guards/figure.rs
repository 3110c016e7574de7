//! A figure that a guard refuses, in words.

use appleports_model::{Finding, Message};
use appleports_store::Figure;

use super::rules::{FEWER_PORTS, FEWER_ROWS, LOST_COLUMN, RULES};

/// What is counted where ports and ranges are, each once, that are still there.
pub(crate) const ENTRIES: &str = "entries";

/// What is counted where rows are that are still the same.
pub(super) const SAME_ROWS: &str = "same rows";

/// What is counted where products are.
pub(crate) const PRODUCTS: &str = "products";

/// What the name of a column follows where its different values are counted.
pub(crate) const DIFFERENT: &str = "different";

/// Whether a figure tells of a loss.
pub(crate) fn is_loss(figure: &Figure) -> bool {
    let losses = [&FEWER_ROWS, &FEWER_PORTS, &LOST_COLUMN];
    losses.iter().any(|rule| rule.code == figure.code)
}

/// A figure as a finding. `gone` says what the capture lacks, where rows are missing.
pub(crate) fn finding(source: &str, figure: &Figure, gone: &str) -> Finding {
    let rule = RULES.iter().find(|rule| rule.code == figure.code);
    let rule = rule.copied().unwrap_or(&FEWER_ROWS);
    let mut finding = Finding::new(rule, source, 1, words(rule.code, figure, gone));
    finding.help = format!(
        "compare the capture with the page; if the change is real: appleports build --capture {source} --accept REASON; if not, remove sources/{source}"
    )
    .into();
    finding
}

/// What the figure says. The numbers are no values: with the next row they are others.
fn words(code: &str, figure: &Figure, gone: &str) -> Message {
    let Figure {
        what,
        compared_with,
        before,
        now,
        ..
    } = figure;
    let text = match code {
        "G002" if what == SAME_ROWS => {
            format!("{now} of the {before} rows of {compared_with} are left")
        }
        "G002" if *now == 1 => format!("1 row, {before} in {compared_with}{gone}"),
        "G002" => format!("{now} rows, {before} in {compared_with}{gone}"),
        "G003" if what == ENTRIES => {
            format!("{now} of the {before} ports and ranges of {compared_with} are left{gone}")
        }
        "G004" if what == PRODUCTS => {
            format!("{now} of the {before} products of {compared_with} are left{gone}")
        }
        "G004" if !what.starts_with(DIFFERENT) => {
            let have = match now {
                0 => format!("no row has the {what} any more"),
                1 => format!("1 row has the {what}"),
                _ => format!("{now} rows have the {what}"),
            };
            format!("{have}, {before} had it in {compared_with}")
        }
        "G005" => format!("{now} of {before} rows were rejected"),
        "G006" if compared_with.is_empty() => {
            format!("{now} ports of {what}, more than {before} in a first capture")
        }
        "G006" => format!("{now} ports beyond those accepted so far; {compared_with} has {before}"),
        "G007" => format!("{what} is a range of {now} ports, none of them in a capture before"),
        _ if *now == 1 => {
            let one = what.trim_end_matches('s');
            format!("1 {one}, {before} in {compared_with}")
        }
        _ => format!("{now} {what}, {before} in {compared_with}"),
    };
    Message {
        text,
        values: vec![what.clone()],
    }
}
