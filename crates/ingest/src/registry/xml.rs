//! The registry as XML: one `record` element a row.

use appleports_model::Quoted;
use roxmltree::Node;

use super::rows::{Fields, MAX_TEXT, Rows};
use crate::lines::LineCounter;
use crate::refusal::Refusal;
use crate::xml::{elements, parse, text};

/// The id of the registry of service names and port numbers; IANA's other registries have
/// records too.
const ID: &str = "service-names-port-numbers";

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), Refusal> {
    let document = parse(bytes)?;
    let mut lines = LineCounter::new(bytes);
    let registry = document.root_element();
    let line = lines.at(registry.range().start);
    let refuse = |reason: String| Err(Refusal { line, reason });
    let name = registry.tag_name().name();
    if name != "registry" {
        return refuse(format!(
            "this XML is not the registry's: it is a `{}`",
            Quoted(name)
        ));
    }
    if let Some(id) = registry.attribute("id").filter(|id| *id != ID) {
        let id = Quoted(id);
        return refuse(format!("this is another registry, `{id}`, not `{ID}`"));
    }
    // Records stand in the registry, or in another registry within it.
    let mut end = 0;
    for node in registry.descendants() {
        let place = node.range();
        if place.start >= end && node.tag_name().name() == "record" {
            rows.add(&RecordElement::of(node).fields(), lines.at(place.start))?;
            end = place.end;
        }
    }
    if rows.is_empty() {
        return refuse("this XML is not the registry's: it has no records".to_owned());
    }
    Ok(())
}

/// The texts of a `record` element.
#[derive(Default)]
struct RecordElement {
    name: String,
    port: String,
    transport: String,
    description: String,
    reference: String,
    unauthorized_use: String,
    notes: String,
}

impl RecordElement {
    fn of(record: Node<'_, '_>) -> Self {
        let mut contents = Self::default();
        for (name, element) in elements(record) {
            let field = match name {
                "name" => &mut contents.name,
                "number" => &mut contents.port,
                "protocol" => &mut contents.transport,
                "description" => &mut contents.description,
                "unauthorized" => &mut contents.unauthorized_use,
                "note" => &mut contents.notes,
                // Persons are assignees and contacts, not references.
                "xref" if element.attribute("type") != Some("person") => {
                    contents.reference.push_str(&reference(element));
                    continue;
                }
                _ => continue,
            };
            if !field.is_empty() {
                field.push('\n');
            }
            push_content(field, element);
        }
        contents
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

/// Adds the texts of a field; a reference among them is what it stands for, and each
/// paragraph begins a line. Of a text that is too long for a row, enough to be refused.
fn push_content(field: &mut String, element: Node<'_, '_>) {
    let mut end = 0;
    for node in element.descendants() {
        if field.len() > MAX_TEXT {
            break;
        }
        let place = node.range();
        if place.start < end {
            continue;
        }
        match node.tag_name().name() {
            "xref" => {
                field.push_str(&reference(node));
                end = place.end;
            }
            "paragraph" => field.push('\n'),
            _ if node.is_text() => field.push_str(node.text().unwrap_or_default()),
            _ => {}
        }
    }
}

/// `<xref type="rfc" data="rfc862"/>` as the CSV has it: its own text where there is one.
fn reference(xref: Node<'_, '_>) -> String {
    let content = text(xref);
    let data = xref.attribute("data").unwrap_or_default();
    if !content.trim().is_empty() {
        format!("[{content}]")
    } else if xref.attribute("type") == Some("rfc") {
        format!("[{}]", data.to_uppercase())
    } else {
        format!("[{data}]")
    }
}
