//! A capture with hostile text in each field: what no output and no reader of an output
//! may stumble over. The tests read it here, `.ci/consumers` takes it from the example
//! `hostile`.
#![allow(dead_code, reason = "each program uses a part of it")]

/// The length of a text with which a cell, and what else stands in it, may just have 2,000 bytes.
pub(crate) const LONG: usize = 1_900;

/// The most of a text in a field that is none of free text: all fields at their longest would be
/// more text than a capture may have.
const MAX_WORD: usize = 1 << 13;

/// The date under which the capture is stored.
pub(crate) const CAPTURED: &str = "2026-10-12";

/// How the page is ingested.
pub(crate) const INGEST: [&str; 6] = [
    "ingest",
    "page.html",
    "--locale",
    "en-us",
    "--captured",
    CAPTURED,
];

/// What a cell may hold, by whom it could harm. A NUL is not among it: a file with one
/// is no text and refused as a whole.
const TEXTS: &[&str] = &[
    // Spreadsheets.
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\"quoted, with comma\"",
    // Lines and columns.
    "|",
    "a|b|c",
    "two\nlines",
    "carriage\rreturn",
    "tab\there",
    "line\u{2028}separator\u{85}next",
    // Terminals, and readers of texts.
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{9b}31mred",
    "\u{202e}right\u{2066}to left",
    "no\u{fffe}\u{ffff}\u{fdd0}characters",
    "e\u{301}\u{301}\u{301}\u{200d}\u{1f468}\u{200d}\u{1f469}",
    // HTML and XML.
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&amp;&lt;b&gt;",
    "]]><!--",
    // Markdown.
    "@everyone #1 [link](javascript:alert(1)) ![](x)",
    "https://evil.example/ www.evil.example a@evil.example",
    "@octocat octocat/hello#4 GH-3 xmpp:a@b.c 1a2b3c4 :smile: a|@b",
    "**bold** ~~struck~~ _slanted_ $x^2$ <b>b</b>",
    "```\nfence",
    // Shells, databases, rules, workflows.
    "`touch pwned` $(touch pwned)",
    "'; drop table ports; --",
    "} ; flush ruleset ; table x {",
    "COMMIT",
    "# END appleports",
    "[Apple products]",
    "::error file=x::",
    "a ##[error]x",
    "soft\u{ad}hyphen\u{3164}\u{fe0f}\u{e0100}\u{180b}\u{1d173}",
];

/// Where a text stands in its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Port,
    Transport,
    Title,
    Rfc,
    Name,
    UsedBy,
    Note,
    /// The title of a row that opens no port, which rules name in a comment.
    Heading,
    /// Who uses such a row where it has no title.
    HeadingUser,
}

impl Field {
    /// As much of a text as the field takes.
    pub(crate) fn fitting(self, text: &str) -> &str {
        let is_free = matches!(self, Self::Title | Self::UsedBy | Self::Note);
        if is_free || text.len() <= MAX_WORD {
            text
        } else {
            &text[..MAX_WORD]
        }
    }

    pub(crate) const ALL: [Self; 9] = [
        Self::Port,
        Self::Transport,
        Self::Title,
        Self::Rfc,
        Self::Name,
        Self::UsedBy,
        Self::Note,
        Self::Heading,
        Self::HeadingUser,
    ];

    /// The cells of a row with the text in this field.
    fn cells(self, port: usize, text: &str) -> [String; 6] {
        let mut cells = plain(port);
        let note = format!("Mail Note: {text}");
        let changes: &[(usize, &str)] = match self {
            Self::Port => &[(0, text)],
            Self::Transport => &[(1, text)],
            Self::Title => &[(2, text)],
            Self::Rfc => &[(3, text)],
            Self::Name => &[(4, text)],
            Self::UsedBy => &[(5, text)],
            Self::Note => &[(5, &note)],
            Self::Heading => &[(1, "-"), (2, text)],
            Self::HeadingUser => &[(1, "-"), (2, "-"), (5, text)],
        };
        for (at, text) in changes {
            (*text).clone_into(&mut cells[*at]);
        }
        cells
    }
}

/// A row of the capture: the field that holds a hostile text, and the text.
pub(crate) struct Row {
    pub(crate) field: Option<Field>,
    pub(crate) text: String,
    /// The line of the page on which the row stands.
    pub(crate) line: u64,
    cells: [String; 6],
}

/// The short texts.
pub(crate) fn short() -> Vec<String> {
    TEXTS.iter().map(|text| (*text).to_owned()).collect()
}

/// A text that is as long as a cell may be.
pub(crate) fn long() -> Vec<String> {
    vec!["x".repeat(LONG)]
}

/// The rows of a capture: each text in each field, and as many rows with nothing odd in
/// them that the table is one.
pub(crate) fn rows(texts: &[String]) -> Vec<Row> {
    let plain = || std::iter::repeat_n((None, ""), 200);
    let hostile = texts.iter().flat_map(|text| {
        let fields = Field::ALL.into_iter();
        fields.map(move |field| (Some(field), field.fitting(text)))
    });
    // The ports begin where none has a meaning, the lines after the heading.
    plain()
        .take(1)
        .chain(hostile)
        .chain(plain())
        .enumerate()
        .map(|(at, (field, text))| Row::new(field, text, at))
        .collect()
}

impl Row {
    fn new(field: Option<Field>, text: &str, at: usize) -> Self {
        let port = 10_000 + at;
        Self {
            field,
            text: text.to_owned(),
            line: 3 + at as u64,
            cells: field.map_or_else(|| self::plain(port), |field| field.cells(port, text)),
        }
    }
}

fn plain(port: usize) -> [String; 6] {
    let name = format!("name-{port}");
    [
        &port.to_string(),
        "TCP",
        "Plain Service",
        "1234",
        &name,
        "Mail",
    ]
    .map(str::to_owned)
}

/// The capture as HTML, one row a line.
pub(crate) fn page(rows: &[Row]) -> String {
    let title = "TCP and UDP ports used by Apple software products";
    let heads = [
        "Port",
        "TCP or UDP",
        "Service or protocol name",
        "RFC",
        "Service name",
        "Used by",
    ];
    let mut lines = vec![
        format!(
            "<!doctype html><html lang=\"en-us\"><title>{title}</title><body><h1>{title}</h1><table>"
        ),
        line("th", &heads.map(str::to_owned)),
    ];
    lines.extend(rows.iter().map(|row| line("td", &row.cells)));
    lines.push("</table></body></html>\n".to_owned());
    lines.join("\n")
}

fn line(tag: &str, cells: &[String; 6]) -> String {
    let cells = cells.each_ref().map(|cell| {
        let cell = cell
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\n', "<br>")
            .replace('\r', "&#13;");
        format!("<{tag}>{cell}</{tag}>")
    });
    format!("<tr>{}</tr>", cells.concat())
}
