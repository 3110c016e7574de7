//! The checks: a file for each rule with its tests, in a family that shares its helpers.
//!
//! A check is one file and one line in its family's `checks!` list.

mod citations;
mod corrections;
mod languages;
mod services;
mod services_lines;
mod siblings;
mod verdicts;

use appleports_model::{
    Column, Correction, CrossCheck, Date, Finding, PortRange, Record, Registry, RfcIndex, Rule,
    ServicesFile, Siblings, Transport, UnreadRow,
};

pub use languages::{Sighting, compare_languages, no_manifest};

/// Everything that a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The records, with their verdicts.
    pub records: &'a [Record],
    /// The rows that could not be read: nobody can say that they lack something.
    pub unread: &'a [UnreadRow],
    /// The registry on which the verdicts rest.
    pub registry: &'a Registry,
    /// Another edition to compare with, where one was asked for.
    pub compare: Option<&'a Registry>,
    /// The RFC index, or the facts taken from one, where there is one.
    pub rfcs: Option<&'a RfcIndex>,
    /// The day of the capture, where it is known.
    pub captured: Option<Date>,
    /// What Apple's other articles say, where there is a file of it.
    pub siblings: Option<&'a Siblings>,
    /// The services(5) files to compare with.
    pub services: &'a [ServicesFile],
    /// The curated corrections.
    pub corrections: &'a [Correction],
}

/// What a check finds.
type Run = fn(&Context<'_>) -> Vec<Finding>;

/// A rule and the check that applies it.
struct Check {
    rule: &'static Rule,
    run: Run,
}

/// The checks of a family, one file each, in the order of their codes.
macro_rules! checks {
    ($($module:ident)*) => {
        $(mod $module;)*
        pub(super) static CHECKS: &[$crate::rules::Check] =
            &[$($crate::rules::Check { rule: &$module::RULE, run: $module::run }),*];
    };
}
use checks;

static FAMILIES: &[&[Check]] = &[
    siblings::CHECKS,
    verdicts::CHECKS,
    corrections::CHECKS,
    citations::CHECKS,
    services_lines::CHECKS,
    services::CHECKS,
];

/// Every rule of this stage, in the order of their codes.
pub fn rules() -> Vec<&'static Rule> {
    let checks = FAMILIES.iter().copied().flatten();
    let mut rules: Vec<&Rule> = checks.map(|check| check.rule).collect();
    rules.extend(languages::RULES);
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Runs all checks.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let checks = FAMILIES.iter().copied().flatten();
    checks.flat_map(|check| (check.run)(context)).collect()
}

/// A finding about a record, at the line of one of its cells, or at that of its row where the
/// capture lost the cell.
fn finding(rule: &Rule, record: &Record, column: Column, message: String) -> Finding {
    let provenance = &record.provenance;
    let place = provenance.cell_place(column.index());
    Finding::new(rule, &provenance.source, place, message).about(&record.id)
}

/// The row of a verdict.
const fn row(check: &CrossCheck) -> (PortRange, Option<Transport>) {
    (check.ports, check.transport)
}

#[cfg(test)]
mod tests {
    use appleports_model::Transport::{Tcp, Udp};

    use crate::testing::{context, cross_checked, entry, record, registry};

    #[test]
    fn a_registered_name_is_no_finding() {
        let registry = registry(vec![entry("echo", "7", Tcp, 2), entry("echo", "7", Udp, 3)]);
        let records = cross_checked([record("7", &[Tcp, Udp], "Echo")], &registry);
        assert_eq!(super::check(&context(&records, &registry)), []);
    }

    #[test]
    fn no_two_rules_have_one_code() {
        let codes: Vec<&str> = super::rules().iter().map(|rule| rule.code).collect();
        let mut once = codes.clone();
        once.dedup();
        assert_eq!(codes, once);
    }
}
