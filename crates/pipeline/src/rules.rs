//! All finding codes of all stages.

use appleports_model::Rule;

/// Every rule, ordered by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = appleports_check::rules();
    for further in [
        appleports_audit::RULES,
        appleports_ingest::RULES,
        appleports_ingest::SERVICES_RULES,
        appleports_normalise::RULES,
        crate::guards::RULES,
    ] {
        rules.extend(further);
    }
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// The rule with this code, in either case.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules()
        .into_iter()
        .find(|rule| rule.code.eq_ignore_ascii_case(code))
}
