//! The findings of the guards (G).

use appleports_model::{Level, Rule, rules};

/// What to do where a loss, or a gain, may be real.
const ACCEPT: &str = "compare the capture with the page; if the change is real, build with --accept REASON; if not, remove the capture's folder from the sources";

rules! {
    /// Nothing on the page is a table of ports.
    pub(crate) const NO_TABLE: Rule = Rule {
        code: "G001",
        level: Level::Error,
        short: "no ports table",
        title: "the page has no ports table",
        why: "An error page, a login page or another layout would replace the dataset with nothing.",
        example: "A saved page of which only the heading is left.",
        help: "save the article again; an unknown layout needs a new reader",
    };

    /// Rows have gone.
    pub(crate) const FEWER_ROWS: Rule = Rule {
        code: "G002",
        level: Level::Error,
        short: "rows lost",
        title: "fewer than 80 % of the previous rows",
        why: "A page that was cut off looks like one from which rows were removed.",
        example: "135 rows before, 60 now.",
        help: ACCEPT,
    };

    /// Ports have gone.
    pub(crate) const FEWER_PORTS: Rule = Rule {
        code: "G003",
        level: Level::Error,
        short: "ports lost",
        title: "fewer than 80 % of the previous ports",
        why: "Lost ranges make the dataset small while most rows are still there.",
        example: "All dashes lost: 8000-8999 has become 8000.",
        help: ACCEPT,
    };

    /// A column has gone.
    pub(crate) const LOST_COLUMN: Rule = Rule {
        code: "G004",
        level: Level::Error,
        short: "column lost",
        title: "a column has been lost",
        why: "When a column is renamed or dropped, all or nearly all of its cells are empty, or say the same; when two change places, the products are no products any more.",
        example: "No row has a service name any more, or one of 130 has; of 90 products, 5 are left.",
        help: ACCEPT,
    };

    /// The reader does not fit the page.
    pub(crate) const MANY_REJECTED: Rule = Rule {
        code: "G005",
        level: Level::Error,
        short: "rows rejected",
        title: "more than 5 % of the rows were rejected",
        why: "Single bad rows are typing errors; many mean that the reader does not fit the page.",
        example: "20 of 135 rows without a readable port.",
        help: ACCEPT,
    };

    /// Ports have come that nobody expects.
    pub(crate) const MORE_PORTS: Rule = Rule {
        code: "G006",
        level: Level::Error,
        short: "too many new ports",
        title: "far more ports than in any earlier capture, or than a first capture may have",
        why: "One damaged row can open every port in the rules that are made from the dataset.",
        example: "A row `1-65535` beside the usual ones.",
        help: ACCEPT,
    };

    /// A range has come that nobody expects.
    pub(crate) const WIDE_RANGE: Rule = Rule {
        code: "G007",
        level: Level::Error,
        short: "wide new range",
        title: "more consecutive new ports than a capture may bring",
        why: "A damaged digit or a list read as a range opens thousands of ports.",
        example: "`5000-50000` for `5000, 5001`: a range of more than 4,096 new ports needs a person, in a first capture more than 16,384.",
        help: ACCEPT,
    };
}
