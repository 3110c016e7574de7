//! A reader of XML, strict enough to hold a feed to RFC 4287.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    /// Its own text and that of its children.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn all(&self, name: &str) -> Vec<&Element> {
        let children = self.children.iter();
        children.filter(|child| child.name == name).collect()
    }

    /// The only child with this name.
    pub(crate) fn one(&self, name: &str) -> &Element {
        let found = self.all(name);
        assert_eq!(found.len(), 1, "{name} in {}", self.name);
        found[0]
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a document with one root element; panics where it is not well-formed.
pub(crate) fn read(document: &str) -> Element {
    for c in document.chars() {
        let is_allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(is_allowed, "XML 1.0 does not allow {c:?}");
    }
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_comments = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => close(&mut open, element(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                close(&mut open, done);
            }
            Event::Text(text) => {
                assert!(!text.contains("]]>"), "not allowed in text");
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(reference) => {
                let c = reference.resolve_char_ref().unwrap().map(String::from);
                let text = c.unwrap_or_else(|| {
                    let name: &str = &reference;
                    let text = quick_xml::escape::resolve_predefined_entity(name);
                    text.expect("only XML's own entities").to_owned()
                });
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    let mut root = open.pop().unwrap();
    assert_eq!(
        (root.children.len(), root.text.trim()),
        (1, root.children[0].text.trim())
    );
    root.children.remove(0)
}

fn close(open: &mut [Element], done: Element) {
    let parent = open.last_mut().unwrap();
    parent.text.push_str(&done.text);
    parent.children.push(done);
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let name = attribute.key.as_ref().to_owned();
        let raw = attribute.value.as_ref();
        assert!(!raw.contains('<'), "not allowed in an attribute");
        let value = quick_xml::escape::unescape(raw).unwrap();
        (name, value.into_owned())
    });
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}
