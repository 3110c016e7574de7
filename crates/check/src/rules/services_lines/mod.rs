//! What a services(5) file cannot carry of the article, or not as it stands there (S).

use appleports_model::{Column, Finding, Oddity, Rule, ServicesLines};

use super::{Context, checks, finding};

checks! {
    left_out
    as_alias
    several_ports
}

/// A finding for each oddity of which there is something to say: a message, and its values.
fn for_oddities(
    context: &Context<'_>,
    rule: &Rule,
    say: impl Fn(&Oddity) -> Option<(String, Vec<String>)>,
) -> Vec<Finding> {
    let all = ServicesLines::of(context.records);
    let said = all.oddities.iter().filter_map(|(record, oddity)| {
        let (message, values) = say(oddity)?;
        Some(finding(rule, record, Column::Port, message).with(values))
    });
    said.collect()
}
