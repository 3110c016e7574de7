//! R003: a cited RFC was obsolete when the page was captured.

use appleports_model::{Finding, Level, Rule};

use super::{Context, for_replaced};

pub(super) const RULE: Rule = Rule {
    code: "R003",
    level: Level::Warning,
    short: "obsolete RFC",
    title: "a cited RFC was obsolete when the page was captured",
    why: "Whoever implements or filters by the old document misses what its successors changed.",
    example: "HTTP with RFC 2616 in 2015; RFC 7230 to 7235 had replaced it in June 2014, today RFC 9110 and its family.",
    help: "read the current successors; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_replaced(context, &RULE, true)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cited, index};
    use super::run;

    #[test]
    fn only_what_was_obsolete_before_the_month_of_the_page_counts() {
        let chain = "13: RFC 100 (1999-06) for `kermit` is replaced since 2014-06 by RFC 200 and RFC 201, today RFC 201 and RFC 300 (rfc/2024-08-26 line 1000)";
        for complete in [true, false] {
            let index = index(complete);
            assert_eq!(cited(run, 100, &index, "2015-10-23"), [chain]);
            for month in ["2014-06-30", ""] {
                assert_eq!(cited(run, 100, &index, month), Vec::<String>::new());
            }
            assert_eq!(cited(run, 300, &index, "2015-10-23"), Vec::<String>::new());
        }
    }
}
