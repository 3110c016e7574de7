//! The findings of the readers: article and layout (A).

use appleports_model::{Level, Rule, rules};

rules! {
    /// A row that has fewer cells than the table has columns.
    pub(crate) const LOST_CELL: Rule = Rule {
        code: "A002",
        level: Level::Warning,
        short: "lost cell",
        title: "a row has lost a cell",
        why: "With one cell too few, all later cells slip one column to the left: a service name would be read as an RFC number.",
        example: "465 / TCP / Message Submission / smtp (veraltet) / Mail - five cells in a table of six columns, no RFC cell.",
        help: "compare the row with the article; the cell is left empty because nothing in the capture says what it held",
    };

    /// A cell that runs over several lines.
    pub(crate) const MULTILINE_CELL: Rule = Rule {
        code: "A003",
        level: Level::Note,
        short: "cell over lines",
        title: "a cell runs over several lines",
        why: "In a layout of one cell a line, a line break inside a cell looks like the next cell.",
        example: "`Passwortserver   ` followed by `(Unregistrierte Nutzung)`: the trailing spaces are a hard line break.",
        help: "nothing; the lines were joined because the first ends in a hard line break",
    };

    /// A blank line between two cells of a row.
    pub(crate) const BLANK_LINE_IN_ROW: Rule = Rule {
        code: "A004",
        level: Level::Note,
        short: "blank line in a row",
        title: "a blank line is inside a row",
        why: "Blank lines end a row in this layout; the cell after it would be lost or taken for a paragraph.",
        example: "25 / TCP / SMTP / 5321 / smtp / (blank line) / Mail.",
        help: "nothing; the cell was put back because the row is incomplete without it and the next row follows",
    };

    /// A port line whose bold marker is not closed on its own line.
    pub(crate) const BROKEN_MARKER: Rule = Rule {
        code: "A005",
        level: Level::Note,
        short: "open bold marker",
        title: "a bold marker is not closed where it should be",
        why: "The bold line marks the start of a row; if it is missed, the row is lost.",
        example: "`**8821, 8826   ` with the closing `**` alone on the next line.",
        help: "nothing; the marker was closed",
    };

    /// Text between two rows that belongs to neither.
    pub(crate) const STRAY_TEXT: Rule = Rule {
        code: "A006",
        level: Level::Warning,
        short: "stray text",
        title: "text between two rows belongs to neither",
        why: "It may be a cell of a damaged row.",
        example: "A paragraph between the rows of ports 80 and 88.",
        help: "compare the place with the article; the text was left out of both rows",
    };

    /// A row that cannot be put under the columns.
    pub(crate) const UNALIGNED_ROW: Rule = Rule {
        code: "A007",
        level: Level::Error,
        short: "unplaced cells",
        title: "a row's cells cannot be put under the columns",
        why: "Guessing would put a text under the wrong column, and nobody would notice.",
        example: "A row of two cells, or of nine, in a table of six columns.",
        help: "save the article again, or repair the row in the capture and say so in its capture.toml",
    };

    /// A character whose bytes were read in another encoding.
    pub(crate) const MOJIBAKE: Rule = Rule {
        code: "A008",
        level: Level::Note,
        short: "repaired character",
        title: "a character broken by a wrong encoding was repaired",
        why: "The dash of an empty cell or of a range is no longer a dash, so the cell would be read as text.",
        example: "`â€”`, which is an em dash whose three bytes were read as three letters.",
        help: "nothing; only unambiguous sequences are repaired, and the row is kept as captured in the provenance",
    };

    /// The mark of a footnote in a cell.
    pub(crate) const FOOTNOTE_MARK: Rule = Rule {
        code: "A009",
        level: Level::Note,
        short: "footnote mark removed",
        title: "a footnote mark was removed from a cell",
        why: "A superscript digit read as part of the number would give another port.",
        example: "`123` with a superscript 1.",
        help: "nothing; the mark is superscript on the page, so it is not part of the number",
    };

    /// A row in which the text ends.
    pub(crate) const CUT_OFF: Rule = Rule {
        code: "A010",
        level: Level::Error,
        short: "cut off row",
        title: "the text ends inside a row",
        why: "The last cell may be cut off in the middle of a word or a number, and nothing would show it.",
        example: "`68 | UDP | Bootstrap Pro` at the end of the file.",
        help: "save the whole article again; a saved page ends with text below the table",
    };

    /// A row whose cells were told apart by what they hold.
    pub(crate) const CUT_BY_CONTENT: Rule = Rule {
        code: "A011",
        level: Level::Note,
        short: "cells told by contents",
        title: "the cells of the rows were separated by their contents",
        why: "The capture does not show where a cell ends; only rows that can be cut in one way are kept.",
        example: "`25 TCP Simple Mail Transfer Protocol (SMTP) 5321 smtp Mail`.",
        help: "prefer a capture of the HTML page; rows that can be cut in several ways were rejected",
    };

    /// A row that is broken over several lines.
    pub(crate) const BROKEN_ROW: Rule = Rule {
        code: "A012",
        level: Level::Note,
        short: "broken pipe row",
        title: "a row of a pipe table is broken over several lines",
        why: "A line break in a cell ends the row for most readers, and its other cells are lost.",
        example: "`| 25 | TCP | SMTP | 821 |` followed by `Mail |` on the next line.",
        help: "nothing; the lines were joined because together they have the cells of one row",
    };

    /// A row without its last, empty cells.
    pub(crate) const TRAILING_CELLS: Rule = Rule {
        code: "A013",
        level: Level::Note,
        short: "lost last cells",
        title: "a row has lost its last cells",
        why: "Some converters leave out empty cells at the end of a row.",
        example: "`137 | UDP | WINS | - | netbios-ns` in a table of six columns.",
        help: "nothing; the remaining cells match their columns",
    };

    /// A port that may have a footnote's digit glued on.
    pub(crate) const GLUED_DIGIT: Rule = Rule {
        code: "A014",
        level: Level::Error,
        short: "footnote on a port?",
        title: "a port may have a footnote mark glued to it",
        why: "`1231` may be port 123 with mark 1; both are ports, and only one is meant.",
        example: "The ports 110, 1231, 137 one below the other.",
        help: "compare the row with the article, and save the page as HTML, which tells marks from digits",
    };

    /// An RFC number of five digits.
    pub(crate) const LONG_RFC: Rule = Rule {
        code: "A015",
        level: Level::Warning,
        short: "footnote on an RFC?",
        title: "an RFC number may have a footnote mark glued to it",
        why: "`10341` may be RFC 1034 with mark 1.",
        example: "`10341` in the RFC column.",
        help: "compare the row with the article; the cell is kept as captured",
    };

    /// A cell that spans several columns.
    pub(crate) const SPANNED_CELL: Rule = Rule {
        code: "A016",
        level: Level::Error,
        short: "cell over columns",
        title: "one cell spans several columns",
        why: "Its text belongs to one of the columns, and nothing says which.",
        example: "`<td colspan=\"2\">ssh</td>` below RFC and service name.",
        help: "compare the row with the article",
    };

    /// A cell that spans several rows.
    pub(crate) const SHARED_CELL: Rule = Rule {
        code: "A017",
        level: Level::Note,
        short: "cell over rows",
        title: "one cell spans several rows",
        why: "The rows below share its text and have no cell of their own in that column.",
        example: "`<td rowspan=\"2\">500</td>` beside two services.",
        help: "nothing; the text was put into each of the rows",
    };

    /// A column that the article never had.
    pub(crate) const FURTHER_COLUMN: Rule = Rule {
        code: "A018",
        level: Level::Warning,
        short: "unknown column",
        title: "a file has an unknown column",
        why: "Its contents are not part of the dataset; if the article has a new column, someone must find out first what it means.",
        example: "A CSV file with the heading `Remark` behind the six columns of the article.",
        help: "look at the column; its cells are kept in the provenance only, all others are read",
    };

    /// Several tables of ports on one page.
    pub(crate) const SEVERAL_TABLES: Rule = Rule {
        code: "A019",
        level: Level::Note,
        short: "several tables",
        title: "the page has several tables of ports",
        why: "The article has one table; if the others were skipped, their rows would be lost.",
        example: "A page that starts a new table for each group of ports.",
        help: "nothing; the tables were read as one, in the order of the page",
    };

    /// Two tables that are copies and differ.
    pub(crate) const COPIES_DISAGREE: Rule = Rule {
        code: "A020",
        level: Level::Warning,
        short: "copies disagree",
        title: "two copies of the table disagree",
        why: "Pages repeat a table for narrow screens; where the two differ, only one is right.",
        example: "Port 53 is `TCP/UDP` with RFC 1034 in one table, and with RFC 1035 in the other.",
        help: "compare the two with the article; the rows of both were read",
    };
}
