//! Formats that open ports, or have them scanned: the union of the rows, by templates.
//!
//! A format is data, one entry in [`OPENERS`], which the explorer's page is given as well:
//! what it shows and what the command writes cannot differ. A row without a transport opens
//! nothing unless somebody asked for it; a file of rules lists such rows in its first lines.

mod direction;
mod formats;
mod heading;
mod options;
mod ports;
mod refusal;
mod table;
mod template;

use appleports_model::Dataset;
use appleports_model::escape::html;
use serde::Serialize;

pub use direction::Direction;
pub use formats::OPENERS;
pub use options::RuleOptions;
pub use refusal::Refusal;
pub use table::{Table, TableError};

pub(crate) use heading::{heading, subject};

use heading::{ABOUT, HEAD, rules_heading, titles};
use ports::{Shape, open_ports};
use template::{Values, fill};

/// A format that opens ports: a template and how ports are written in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opener {
    /// The name for `export --format`.
    pub name: &'static str,
    /// A usual name for the file.
    #[serde(skip)]
    pub file: &'static str,
    template: &'static str,
    /// Between the first and the last port of a range.
    between: char,
    /// Between the entries of a list.
    separator: &'static str,
    /// How many ports a group may have, where a range counts as two.
    slots: usize,
    /// Directions that it has; none if it is a list, which has no direction.
    directions: &'static [Direction],
    /// What to do where it lacks a direction.
    advice: &'static str,
    #[serde(flatten)]
    traits: Traits,
}

/// What else sets a format apart.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Traits {
    /// Its heading is text of an XML element.
    is_xml: bool,
    /// It is entries only, which may be written as `a:b` or one by one.
    #[serde(skip)]
    is_list: bool,
    /// It cannot say which transport a port is for.
    has_one_transport: bool,
}

impl Opener {
    /// Whether its rules go into a table of the user's.
    fn has_table(&self) -> bool {
        self.template.contains("{{table}}")
    }

    /// The file for these rows.
    ///
    /// # Errors
    /// An option that contradicts the format, or rows of two transports in a format that
    /// cannot tell them apart.
    pub fn write(&self, dataset: &Dataset, options: &RuleOptions) -> Result<String, Refusal> {
        options.check(self.name)?;
        let open = open_ports(dataset);
        if self.traits.has_one_transport && open.len() > 1 {
            return Err(Refusal::TwoTransports { name: self.name });
        }
        let direction =
            (!self.directions.is_empty()).then(|| options.direction.unwrap_or_default());
        let shape = Shape {
            between: if options.colon { ':' } else { self.between },
            separator: self.separator,
            slots: self.slots,
            expand: options.expand,
        };
        let mut values = vec![self.heading(dataset, direction)];
        values.extend(shape.values(&open));
        let table = options.table.clone().unwrap_or_default().to_string();
        let template = self.template.replace("{{table}}", &table);
        Ok(fill(&template, direction, &values))
    }

    fn heading(&self, dataset: &Dataset, direction: Option<Direction>) -> Values {
        let lines = rules_heading(dataset, direction).into_iter();
        Values {
            columns: &["heading"],
            rows: if self.traits.is_xml {
                lines.map(|line| vec![html::content(&line)]).collect()
            } else {
                lines.map(|line| vec![line]).collect()
            },
        }
    }
}

/// Whether the formats that open ports have nothing to open. Not every program takes a file
/// without ports.
pub fn opens_nothing(dataset: &Dataset) -> bool {
    open_ports(dataset).is_empty()
}

/// What the explorer's page needs to write the same files.
#[derive(Serialize)]
pub(crate) struct PageRules {
    sources: Vec<String>,
    head: String,
    table: String,
    formats: &'static [Opener],
}

/// The templates of all formats.
pub(crate) fn page_rules(dataset: &Dataset) -> PageRules {
    PageRules {
        sources: titles(dataset),
        head: format!("{ABOUT}{HEAD}"),
        table: Table::default().to_string(),
        formats: OPENERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_use_known_names_alone() {
        let columns = ["heading", "transport", "letter", "ports", "group", "range"];
        let head = [
            "source",
            "unselected",
            "total",
            "unopened",
            "assumed",
            "ports",
        ];
        let templates = OPENERS.iter().map(|format| (format.template, &columns));
        for (template, known) in templates.chain([(ABOUT, &head), (HEAD, &head)]) {
            for name in template.split("{{").skip(1) {
                let name = name.split("}}").next().unwrap();
                let marks = ["in", "out", "table"];
                assert!(marks.contains(&name) || known.contains(&name), "{name}");
            }
        }
    }
}
