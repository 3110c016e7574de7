//! The filters of `check`.

use std::collections::HashSet;

use appleports_model::{Dataset, Finding, Level};

use crate::filter::Filter;

/// Which findings to keep; an empty filter keeps all.
#[derive(Clone, Debug, Default)]
pub struct FindingFilter {
    /// Findings with one of these codes; empty for any.
    pub codes: Vec<String>,
    /// Findings of this level or above.
    pub level: Option<Level>,
    /// Findings about records that pass; those about no record do not, if it asks for
    /// anything.
    pub records: Option<Filter>,
}

impl FindingFilter {
    /// The findings that pass, in the same order.
    #[must_use]
    pub fn apply(&self, dataset: &Dataset, findings: Vec<Finding>) -> Vec<Finding> {
        let kept = self.records.as_ref().map(|filter| filter.apply(dataset));
        let ids: Option<HashSet<&str>> = kept.as_ref().map(|kept| {
            let former = kept.former.iter().map(|former| former.record.id.as_str());
            let current = kept.records.iter().map(|record| record.id.as_str());
            current.chain(former).collect()
        });
        let is_wanted = |finding: &Finding| {
            (self.codes.is_empty() || self.codes.contains(&finding.code))
                && self.level.is_none_or(|level| finding.level >= level)
                && ids
                    .as_ref()
                    .is_none_or(|ids| ids.contains(finding.record.as_deref().unwrap_or_default()))
        };
        findings.into_iter().filter(is_wanted).collect()
    }
}
