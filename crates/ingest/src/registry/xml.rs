//! The registry as XML: one `record` element a row.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::rows::{Fields, Rows};
use crate::lines::LineCounter;
use crate::refusal::Refusal;
use crate::text::short;
use crate::xml::resolve;

/// The elements of a record whose texts are read.
const FIELDS: [&str; 6] = [
    "name",
    "number",
    "protocol",
    "description",
    "unauthorized",
    "note",
];

/// The id of the registry of service names and port numbers; IANA's other registries have
/// records too.
const ID: &str = "service-names-port-numbers";

/// The texts of a `record` element while they are collected.
#[derive(Default)]
struct Texts {
    name: String,
    port: String,
    transport: String,
    description: String,
    reference: String,
    unauthorized_use: String,
    notes: String,
    /// The child element whose text is being read.
    open: Option<&'static str>,
    /// The reference being read: what it stands for, and its own text so far.
    xref: Option<(String, String)>,
}

impl Texts {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "name" => &mut self.name,
            "number" => &mut self.port,
            "protocol" => &mut self.transport,
            "description" => &mut self.description,
            "unauthorized" => &mut self.unauthorized_use,
            "note" => &mut self.notes,
            _ => return None,
        })
    }

    fn push(&mut self, text: &str) {
        if let Some((_, own)) = &mut self.xref {
            own.push_str(text);
        } else if let Some(open) = self.open
            && let Some(field) = self.field(open)
        {
            field.push_str(text);
        }
    }

    /// A child element begins: its text goes to its field, several notes to several lines.
    fn start(&mut self, name: &str) {
        if let Some(open) = FIELDS.into_iter().find(|known| *known == name) {
            self.open = Some(open);
            if let Some(field) = self.field(open).filter(|field| !field.is_empty()) {
                field.push('\n');
            }
        } else if name == "paragraph"
            && let Some(field) = self.open.and_then(|open| self.field(open))
            && !field.trim().is_empty()
        {
            field.push('\n');
        }
    }

    /// A child element ends; those within a note go on in it.
    fn end(&mut self, name: &str) {
        if self.open == Some(name) {
            self.open = None;
        }
    }

    /// `<xref type="rfc" data="rfc862"/>` begins, among the children or inside a text.
    fn open_xref(&mut self, element: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let found = element.try_get_attribute(name).ok().flatten();
            found
                .map(|attribute| attribute.value.into_owned())
                .unwrap_or_default()
        };
        let (kind, data) = (attribute("type"), attribute("data"));
        let stands_for = match kind.as_str() {
            "rfc" => format!("[{}]", data.to_uppercase()),
            // Assignees and contacts, not references.
            "person" if self.open.is_none() => String::new(),
            _ => format!("[{data}]"),
        };
        self.xref = Some((stands_for, String::new()));
    }

    /// A reference ends: its own text counts where it has one.
    fn close_xref(&mut self) {
        let Some((stands_for, own)) = self.xref.take() else {
            return;
        };
        let shown = if own.trim().is_empty() {
            stands_for
        } else {
            format!("[{own}]")
        };
        if self.open.is_some() {
            self.push(&shown);
        } else {
            self.reference.push_str(&shown);
        }
    }

    fn fields(&self) -> Fields<'_> {
        Fields {
            name: &self.name,
            port: &self.port,
            transport: &self.transport,
            description: &self.description,
            reference: &self.reference,
            unauthorized_use: &self.unauthorized_use,
            notes: &self.notes,
            has_spacing: false,
        }
    }
}

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refusal {
        line: LineCounter::new(bytes).at(error.valid_up_to()),
        reason: "the text is not UTF-8".to_owned(),
    })?;
    let mut lines = LineCounter::new(bytes);
    let mut reader = Reader::from_str(text);
    let mut record: Option<(u64, Texts)> = None;
    let mut seen_registry = false;
    // The elements that are open; the file is whole when none is.
    let mut open = 0_usize;
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| Refusal {
            line: lines.at(usize::try_from(reader.error_position()).unwrap_or(usize::MAX)),
            reason: format!("damaged XML: {error}"),
        })?;
        match &event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            _ => {}
        }
        match (&event, &mut record) {
            (Event::Start(element), None) if element.name().as_ref() == "record" => {
                record = Some((lines.at(start), Texts::default()));
            }
            (Event::Start(element), None) => {
                let is_outermost = element.name().as_ref() == "registry" && !seen_registry;
                seen_registry |= is_outermost;
                let id = element.try_get_attribute("id").ok().flatten();
                if let Some(id) = id.filter(|id| is_outermost && id.value.as_ref() != ID) {
                    return Err(Refusal {
                        line: lines.at(start),
                        reason: format!(
                            "this is another registry, `{}`, not `{ID}`",
                            short(id.value.as_ref())
                        ),
                    });
                }
            }
            (Event::Start(element), Some((_, texts))) if element.name().as_ref() == "xref" => {
                texts.open_xref(element);
            }
            (Event::Start(element), Some((_, texts))) => texts.start(element.name().as_ref()),
            (Event::Empty(element), Some((_, texts))) if element.name().as_ref() == "xref" => {
                texts.open_xref(element);
                texts.close_xref();
            }
            (Event::Text(text), Some((_, texts))) => texts.push(text),
            (Event::CData(text), Some((_, texts))) => texts.push(text),
            (Event::GeneralRef(reference), Some((_, texts))) => texts.push(&resolve(reference)),
            (Event::End(element), Some((line, texts))) => match element.name().as_ref() {
                "record" => {
                    rows.add(&texts.fields(), *line)?;
                    record = None;
                }
                "xref" => texts.close_xref(),
                name => texts.end(name),
            },
            (Event::Eof, _) => break,
            _ => {}
        }
    }
    let reason = if !seen_registry || rows.is_empty() && record.is_none() {
        "this XML is not the registry's: it has no registry with records"
    } else if record.is_some() {
        "the file ends inside a record"
    } else if open > 0 {
        "the file ends before its registry does"
    } else {
        return Ok(());
    };
    Err(Refusal {
        line: lines.at(bytes.len()),
        reason: reason.to_owned(),
    })
}
