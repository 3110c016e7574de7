//! `rfc-index.xml`: one `rfc-entry` element a document.

use appleports_model::{RfcEntry, RfcIndex, collapse_whitespace};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::fields::{month_of, rfc_number};
use crate::lines::LineCounter;
use crate::refusal::Refusal;
use crate::xml::resolve;

/// The texts of an entry while they are collected.
#[derive(Default)]
struct Texts {
    line: u64,
    id: String,
    title: String,
    month: String,
    year: String,
    status: String,
    obsoleted_by: Vec<u32>,
    is_not_issued: bool,
}

impl Texts {
    /// The text of the innermost element, `path` being its ancestors below the entry.
    fn take(&mut self, path: &[String], text: &str) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path.as_slice() {
            ["doc-id"] => text.trim().clone_into(&mut self.id),
            ["title"] => self.title = collapse_whitespace(text),
            ["date", "month"] => text.trim().clone_into(&mut self.month),
            ["date", "year"] => text.trim().clone_into(&mut self.year),
            ["current-status"] => text.trim().clone_into(&mut self.status),
            ["obsoleted-by", "doc-id"] => self.obsoleted_by.extend(rfc_number(text)),
            _ => {}
        }
    }
}

pub(crate) fn read(edition: &str, bytes: &[u8]) -> Result<RfcIndex, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refusal {
        line: LineCounter::new(bytes).at(error.valid_up_to()),
        reason: "the file is not UTF-8".to_owned(),
    })?;
    let mut reader = Reader::from_str(text);
    let mut lines = LineCounter::new(bytes);
    let (mut entries, mut not_issued) = (Vec::new(), Vec::new());
    let mut texts: Option<Texts> = None;
    let mut path: Vec<String> = Vec::new();
    let mut content = String::new();
    // The elements around the entries that are open; the file is whole when none is.
    let mut around = 0_usize;
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let line = lines.at(offset);
        let refuse = |reason: String| Refusal { line, reason };
        let event = reader
            .read_event()
            .map_err(|error| refuse(format!("the XML is damaged: {error}")))?;
        match event {
            Event::Start(element) => {
                let name = element.name().as_ref().to_owned();
                content.clear();
                if texts.is_some() {
                    path.push(name);
                } else if name == "rfc-entry" || name == "rfc-not-issued-entry" {
                    texts = Some(Texts {
                        line,
                        is_not_issued: name == "rfc-not-issued-entry",
                        ..Texts::default()
                    });
                } else {
                    around += 1;
                }
            }
            Event::Text(text) => content.push_str(&text),
            Event::GeneralRef(reference) => content.push_str(&resolve(&reference)),
            Event::CData(text) => content.push_str(&text),
            Event::End(_) => {
                if path.is_empty() {
                    match texts.take() {
                        Some(done) => close(&done, &mut entries, &mut not_issued)?,
                        None => around = around.saturating_sub(1),
                    }
                } else if let Some(texts) = &mut texts {
                    texts.take(&path, &content);
                    path.pop();
                    content.clear();
                }
            }
            Event::Eof if texts.is_some() => {
                return Err(refuse("the file ends inside an entry".to_owned()));
            }
            Event::Eof if around > 0 && !entries.is_empty() => {
                return Err(refuse("the file ends before its index does".to_owned()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if entries.is_empty() {
        return Err(Refusal {
            line: 1,
            reason: "this is no RFC index; it has no rfc-entry element".to_owned(),
        });
    }
    Ok(RfcIndex::new(edition, true, entries, not_issued))
}

fn close(
    texts: &Texts,
    entries: &mut Vec<RfcEntry>,
    not_issued: &mut Vec<(u32, u32)>,
) -> Result<(), Refusal> {
    let refuse = |reason: String| Refusal {
        line: texts.line,
        reason,
    };
    let number = rfc_number(&texts.id)
        .ok_or_else(|| refuse(format!("`{}` is not the id of an RFC", texts.id)))?;
    let line = u32::try_from(texts.line).unwrap_or(u32::MAX);
    if texts.is_not_issued {
        not_issued.push((number, line));
        return Ok(());
    }
    let date = month_of(&texts.month, &texts.year);
    if date.is_empty() {
        return Err(refuse(format!(
            "the entry of RFC {number} has no date such as June 1999"
        )));
    }
    entries.push(RfcEntry {
        number,
        title: texts.title.clone(),
        date,
        status: texts.status.clone(),
        obsoleted_by: texts.obsoleted_by.clone(),
        line,
    });
    Ok(())
}
