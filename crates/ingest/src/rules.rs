//! The findings of the readers: article and layout (A).

use appleports_model::{Level, Rule};

/// A row that has fewer cells than the table has columns.
pub(crate) const LOST_CELL: Rule = Rule {
    code: "A002",
    level: Level::Warning,
    title: "a row has lost a cell",
    why: "With one cell too few, all later cells slip one column to the left: a service name would be read as an RFC number.",
    example: "465 / TCP / Message Submission / smtp (veraltet) / Mail - five cells in a table of six columns, no RFC cell.",
    help: "compare the row with the article; the cell is left empty because nothing in the capture says what it held",
};

/// A cell that runs over several lines.
pub(crate) const MULTILINE_CELL: Rule = Rule {
    code: "A003",
    level: Level::Note,
    title: "a cell runs over several lines",
    why: "In a layout of one cell a line, a line break inside a cell looks like the next cell.",
    example: "`Passwortserver   ` followed by `(Unregistrierte Nutzung)`: the trailing spaces are a hard line break.",
    help: "nothing; the lines were joined because the first ends in a hard line break",
};

/// A blank line between two cells of a row.
pub(crate) const BLANK_LINE_IN_ROW: Rule = Rule {
    code: "A004",
    level: Level::Note,
    title: "a blank line stands inside a row",
    why: "Blank lines end a row in this layout; the cell after it would be lost or taken for a paragraph.",
    example: "25 / TCP / SMTP / 5321 / smtp / (blank line) / Mail.",
    help: "nothing; the cell was put back because the row is incomplete without it and the next row follows",
};

/// A port line whose bold marker is not closed on its own line.
pub(crate) const BROKEN_MARKER: Rule = Rule {
    code: "A005",
    level: Level::Note,
    title: "a bold marker is not closed where it should be",
    why: "The bold line marks the start of a row; if it is missed, the row is lost.",
    example: "`**8821, 8826   ` with the closing `**` alone on the next line.",
    help: "nothing; the marker was closed",
};

/// Text between two rows that belongs to neither.
pub(crate) const STRAY_TEXT: Rule = Rule {
    code: "A006",
    level: Level::Warning,
    title: "text between two rows belongs to neither",
    why: "It may be a cell of a damaged row.",
    example: "A paragraph between the rows of ports 80 and 88.",
    help: "compare the place with the article; the text was left out of both rows",
};

/// A row that cannot be put under the columns.
pub(crate) const UNALIGNED_ROW: Rule = Rule {
    code: "A007",
    level: Level::Error,
    title: "a row's cells cannot be put under the columns",
    why: "Guessing would put a text under the wrong column, and nobody would notice.",
    example: "A row of two cells, or of nine, in a table of six columns.",
    help: "save the article again, or mend the capture's row and say so in its capture.toml",
};

/// Every finding of this stage, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &LOST_CELL,
    &MULTILINE_CELL,
    &BLANK_LINE_IN_ROW,
    &BROKEN_MARKER,
    &STRAY_TEXT,
    &UNALIGNED_ROW,
];
