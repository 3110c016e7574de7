//! Writes the article's table as a page, in every layout and of every era.
//!
//! Texts are our own. Cells may have several paragraphs, divided by `\n`; a cell
//! with nothing in it is `-`.
#![allow(dead_code, reason = "each crate uses a part of it")]
#![allow(
    clippy::format_collect,
    reason = "short pages, and short code to write them"
)]

/// One row: port, transport, title, RFC, service name, used by.
pub(crate) type Row = [String; 6];

/// The columns that an edition has, by their positions in [`Row`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    /// 2005: no transport, no service name.
    Y2005,
    /// 2008: no service name.
    Y2008,
    /// 2015: all six.
    Y2015,
    /// 2018: all six, with footnote digits in the heading.
    Y2018,
    /// 2024: all six, other headings, `TCP, UDP` in the cell.
    Y2024,
}

impl Era {
    /// All eras.
    pub(crate) const ALL: [Self; 5] = [
        Self::Y2005,
        Self::Y2008,
        Self::Y2015,
        Self::Y2018,
        Self::Y2024,
    ];

    /// The positions of this era's columns.
    pub(crate) fn columns(self) -> &'static [usize] {
        match self {
            Self::Y2005 => &[0, 2, 3, 5],
            Self::Y2008 => &[0, 1, 2, 3, 5],
            _ => &[0, 1, 2, 3, 4, 5],
        }
    }

    fn heading(self) -> &'static [&'static str] {
        match self {
            Self::Y2005 => &["Port", "Service", "RFC", "Used by"],
            Self::Y2008 => &["Port", "TCP or UDP", "Service", "RFC", "Used by"],
            Self::Y2015 => &["Port", "TCP or UDP", "Service", "RFC", "Name", "Used by"],
            Self::Y2018 => &["Port", "TCP or UDP", "Service1", "RFC2", "Name3", "Used by"],
            Self::Y2024 => &[
                "Port",
                "Type",
                "Service1 or protocol",
                "RFC2",
                "Service name3",
                "Used by",
            ],
        }
    }

    fn cells(self, row: &Row) -> Vec<String> {
        self.columns()
            .iter()
            .map(|at| match (self, row[*at].as_str()) {
                (Self::Y2024, "TCP/UDP") => "TCP, UDP".to_owned(),
                (Self::Y2024, "-") => "—".to_owned(),
                (_, text) => text.to_owned(),
            })
            .collect()
    }
}

const CLOSING: &str = "Learn more below.";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Today's markup: everything in wrappers and paragraphs, the heading in the body.
pub(crate) fn html_today(rows: &[Row], era: Era) -> String {
    let cell = |tag: &str, class: &str, text: &str| {
        let paragraphs: String = text
            .split('\n')
            .map(|line| format!("<p class=\"gb-paragraph\">{}</p>\n", escape(line)))
            .collect();
        format!("<{tag} class=\"{class}\" colspan=\"1\" rowspan=\"1\">\n{paragraphs}</{tag}>\n")
    };
    let heading: String = era
        .heading()
        .iter()
        .map(|text| cell("th", "gb-table-header-cell", text))
        .collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let cells: String = era
                .cells(row)
                .iter()
                .map(|text| cell("td", "gb-table-cell", text))
                .collect();
            format!("<tr>\n{cells}</tr>\n")
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>TCP and UDP ports</title><script>\"<table><tr><td>1<td>TCP\"</script></head>\n<body><h1></h1><h1>TCP and UDP ports</h1>\n<table><tr><td>Menu</td></tr></table>\n<div><div class=\"table-wrapper gb-table\"><table class=\"gb-table\"><tbody>\n<tr>\n{heading}</tr>\n{body}</tbody></table></div></div><p>{CLOSING}</p></body></html>\n"
    )
}

/// The bare markup of 2021, without line breaks.
pub(crate) fn html_bare(rows: &[Row], era: Era) -> String {
    let line = |tag: &str, cells: Vec<String>| -> String {
        let cells: String = cells
            .iter()
            .map(|text| format!("<{tag}>{}</{tag}>", escape(text).replace('\n', "<br>")))
            .collect();
        format!("<tr>{cells}</tr>")
    };
    let heading = line(
        "th",
        era.heading()
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
    );
    let body: String = rows.iter().map(|row| line("td", era.cells(row))).collect();
    format!("<html><body><table><tbody>{heading}{body}</tbody></table></body></html>")
}

/// The markup before: `id="tableWraper"`, headings bold in data cells, end tags left out.
pub(crate) fn html_old(rows: &[Row], era: Era) -> String {
    let heading: String = era
        .heading()
        .iter()
        .map(|text| format!("<td><b>{text}</b>"))
        .collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let cells: String = era
                .cells(row)
                .iter()
                .map(|text| format!("<td>{}\n", escape(text).replace('\n', "<br />")))
                .collect();
            format!("<tr>{cells}")
        })
        .collect();
    format!("<div id=\"tableWraper\"><TABLE><tr>{heading}\n{body}</TABLE></div>\n")
}

/// A Markdown table, with or without its outer pipes and line of dashes.
pub(crate) fn pipes(rows: &[Row], era: Era, outer: bool, dashes: bool) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells
            .iter()
            .map(|text| text.replace('|', "\\|").replace('\n', "<br>"))
            .collect();
        let open = if outer { "| " } else { "" };
        format!("{open}{} |\n", cells.join(" | "))
    };
    let mut text = line(
        era.heading()
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
    );
    if dashes {
        text.push_str(&line(vec!["---".to_owned(); era.heading().len()]));
    }
    text.extend(rows.iter().map(|row| line(era.cells(row))));
    format!("# TCP and UDP ports\n\n{text}\n{CLOSING}\n")
}

/// Cells with a delimiter between, quoted where RFC 4180 asks for it.
pub(crate) fn delimited(rows: &[Row], era: Era, delimiter: char) -> String {
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells
            .iter()
            .map(|text| {
                if delimiter != '\t' && text.contains([delimiter, '"', '\n']) {
                    format!("\"{}\"", text.replace('"', "\"\""))
                } else {
                    text.clone()
                }
            })
            .collect();
        format!("{}\n", cells.join(&delimiter.to_string()))
    };
    let mut text = line(
        era.heading()
            .iter()
            .map(|text| (*text).to_owned())
            .collect(),
    );
    text.extend(rows.iter().map(|row| line(era.cells(row))));
    text
}

/// One paragraph a line with blank lines between, every dash kept.
pub(crate) fn lines(rows: &[Row], era: Era) -> String {
    let mut text = "TCP and UDP ports\n\n".to_owned();
    for cell in era
        .heading()
        .iter()
        .map(|text| (*text).to_owned())
        .chain(rows.iter().flat_map(|row| era.cells(row)))
    {
        for line in cell.split('\n') {
            text.push_str(line);
            text.push_str("\n\n");
        }
    }
    text.push_str(CLOSING);
    text.push('\n');
    text
}

/// Rows joined by spaces, cells with a dash left out.
pub(crate) fn joined(rows: &[Row], era: Era) -> String {
    let mut text = "TCP and UDP ports\n\nPort TCP or\nRFC Name Used by\n".to_owned();
    for row in rows {
        let cells: Vec<String> = era
            .cells(row)
            .into_iter()
            .filter(|cell| cell != "-" && cell != "—")
            .collect();
        text.push_str(&cells.join(" ").replace('\n', " "));
        text.push('\n');
    }
    format!("{text}\n{CLOSING}\n")
}
