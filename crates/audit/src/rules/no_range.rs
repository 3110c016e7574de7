//! L015: numbers that make no range.

use appleports_model::{Level, Rule, message};

use super::Case;
use crate::judge::{Context, Found};

pub(super) const RULE: Rule = Rule {
    code: "L015",
    level: Level::Error,
    title: "two numbers that make no range of ports",
    why: "The range runs backwards or beyond 65535; no program opens it.",
    example: "`8999-8000`, or `49152-65536`.",
    help: "compare the range with the article",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if case.ports().is_some() {
        return None;
    }
    let written = &context.text[case.entry.span.clone()];
    let message = message!("`{}` is no range of ports", written);
    Some(Found::at(&RULE, case.entry, message))
}

#[cfg(test)]
mod tests {
    use super::super::testing::audit;

    #[test]
    fn a_range_that_runs_backwards_is_found() {
        let found = audit(&["80/tcp"], "80\n8999-8000\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:1 L015"), "{found:?}");
    }
}
