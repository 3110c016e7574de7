//! One text a line and nothing else: no bold, with or without blank lines.
//!
//! ```text
//! 110
//!
//! TCP
//!
//! Post Office Protocol (POP3),
//!
//! Authenticated Post Office Protocol (APOP)
//!
//! 1939
//! ```
//!
//! A row starts at a port with a transport below it. A cell may have several
//! texts, and some converters leave out cells with only a dash, so the texts are
//! told apart by what they hold; a row that can be cut in two ways is rejected.

use appleports_model::{Finding, RawCell, RawRow, RawTable, Rejected, Rule, has_blank_text};

use super::Layout;
use crate::document::Document;
use crate::error::ReadError;
use crate::sequence::{self, Habits};
use crate::shape::{is_name_cell, is_port_text, is_rfc_cell, is_transport_cell};
use crate::text::short;
use crate::{glued, repair, rules};

/// The layout's reader.
pub(crate) struct PlainLines;

impl Layout for PlainLines {
    fn read(&self, document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
        Ok(table(document))
    }
}

/// A text with the mark whether a blank line stands before it.
struct Text {
    cell: RawCell,
    after_blank: bool,
}

fn table(document: &Document<'_>) -> Option<RawTable> {
    let mut findings = Vec::new();
    let texts = texts(document, &mut findings);
    let starts: Vec<usize> = (1..texts.len())
        .map(|at| at - 1)
        .filter(|at| {
            is_port_text(&texts[*at].cell.text) && is_transport_cell(&texts[at + 1].cell.text)
        })
        .collect();
    let first = *starts.first()?;
    let habits = habits(&texts[first..]);
    findings.retain(|finding: &Finding| finding.line >= texts[first].cell.line);
    let mut reader = Reader {
        habits,
        table: RawTable {
            source: document.source.to_owned(),
            layout: "plain-lines",
            columns: sequence::columns(habits),
            rows: Vec::new(),
            rejected: Vec::new(),
            findings,
        },
    };
    reader.find(
        &rules::CUT_BY_CONTENT,
        texts[first].cell.line,
        "one text a line, and the rows are not marked".to_owned(),
    );
    for (at, start) in starts.iter().enumerate() {
        match starts.get(at + 1) {
            Some(end) => reader.row(&texts[*start..*end]),
            None => reader.last_row(&texts[*start..]),
        }
    }
    glued::check(&mut reader.table);
    Some(reader.table)
}

fn texts(document: &Document<'_>, findings: &mut Vec<Finding>) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut after_blank = false;
    for (line, text) in document.lines() {
        if text.trim().is_empty() {
            after_blank = true;
            continue;
        }
        let mut text = text.trim().to_owned();
        if let Some(mended) = repair::mojibake(&text) {
            let message = format!("`{}` was read as `{}`", short(&text), short(&mended));
            findings.push(Finding::new(
                &rules::MOJIBAKE,
                document.source,
                line,
                message,
            ));
            text = mended;
        }
        if let Some((kept, marks)) = repair::raised_digits(&text) {
            let message = format!("the raised `{marks}` was taken off `{}`", short(&text));
            findings.push(Finding::new(
                &rules::FOOTNOTE_MARK,
                document.source,
                line,
                message,
            ));
            text = kept;
        }
        texts.push(Text {
            cell: RawCell { text, line },
            after_blank,
        });
        after_blank = false;
    }
    texts
}

/// Whether dashes were kept, and whether a name follows most RFC numbers.
fn habits(texts: &[Text]) -> Habits {
    let is_dash = |text: &Text| has_blank_text(&text.cell.text);
    let after_rfc = texts.windows(2).filter(|pair| {
        let next = &pair[1].cell.text;
        is_rfc_cell(&pair[0].cell.text) && !is_transport_cell(next) && !has_blank_text(next)
    });
    let (mut count, mut named) = (0_usize, 0_usize);
    for pair in after_rfc {
        count += 1;
        named += usize::from(is_name_cell(&pair[1].cell.text));
    }
    Habits {
        keeps_dashes: texts.iter().any(is_dash),
        has_names: named * 2 >= count,
    }
}

struct Reader {
    habits: Habits,
    table: RawTable,
}

impl Reader {
    fn find(&mut self, rule: &Rule, line: u32, message: String) {
        let finding = Finding::new(rule, &self.table.source, line, message);
        self.table.findings.push(finding);
    }

    fn reject(&mut self, rule: &Rule, texts: &[Text], why: &str) {
        let port = &texts[0].cell;
        let (line, reason) = (
            port.line,
            format!("row of port {}: {why}", short(&port.text)),
        );
        self.find(rule, line, reason.clone());
        self.table.rejected.push(Rejected { line, reason });
    }

    fn row(&mut self, texts: &[Text]) {
        let cells: Vec<RawCell> = texts.iter().map(|text| text.cell.clone()).collect();
        match sequence::cut(&cells[2..], self.habits) {
            Ok([title, rfc, name, used_by]) => {
                let line_last = cells.last().map_or(1, |cell| cell.line);
                let captured = cells.iter().map(|cell| cell.text.clone()).collect();
                let mut cells = cells.into_iter();
                self.table.rows.push(RawRow {
                    confirmed: None,
                    line_first: texts[0].cell.line,
                    line_last,
                    captured,
                    cells: [cells.next(), cells.next(), title, rfc, name, used_by],
                });
            }
            Err(why) => self.reject(&rules::UNALIGNED_ROW, texts, &why),
        }
    }

    /// The last row ends where it is certainly complete; what stands below is the
    /// article's closing text.
    fn last_row(&mut self, texts: &[Text]) {
        let wanted = self.table.columns.len();
        let block = texts
            .iter()
            .skip(1)
            .position(|text| text.after_blank)
            .map_or(texts.len(), |at| at + 1);
        let ends_in_dash = texts
            .get(wanted - 1)
            .is_some_and(|text| has_blank_text(&text.cell.text));
        if self.habits.keeps_dashes && ends_in_dash {
            self.row(&texts[..wanted]);
        } else if block >= wanted && block < texts.len() {
            self.row(&texts[..block]);
        } else {
            let why = "nothing shows where the row ends, so its last cell may be cut off";
            self.reject(&rules::CUT_OFF, texts, why);
        }
    }
}
