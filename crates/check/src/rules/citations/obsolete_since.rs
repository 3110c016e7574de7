//! R004: a cited RFC has been replaced since the page was captured.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_replaced};

pub(super) const RULE: Rule = Rule {
    code: "R004",
    level: Level::Note,
    short: "replaced RFC",
    title: "a cited RFC has been replaced since the page was captured",
    why: "The citation was right at the time; today's readers need the successor.",
    example: "IMAP with RFC 3501 in 2015; RFC 9051 replaced it in 2021.",
    help: "read the current successors as well",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_replaced(context, &RULE, false)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cited, index};
    use super::run;

    #[test]
    fn what_became_obsolete_later_or_nobody_knows_when() {
        let chain = "13: RFC 100 (1999-06) for `kermit` is replaced since 2014-06 by RFC 200 and RFC 201, today RFC 201 and RFC 300 (rfc/2024-08-26 line 1000)";
        let index = index(true);
        assert_eq!(cited(run, 100, &index, "2014-06-30"), [chain]);
        assert_eq!(cited(run, 100, &index, ""), [chain]);
        assert_eq!(cited(run, 100, &index, "2015-10-23"), Vec::<String>::new());
    }
}
