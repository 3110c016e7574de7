//! One line per row of `ports.csv`, with the place in the capture.

use appleports_model::{CrossCheck, Dataset, Record, RowFindings, Transport};

use crate::print::{Cell, Column, Mark, Table, find};
use crate::verdict::verdict;

/// The table. Where the words that were looked for are in a text that it does not have,
/// such as the registry's name, it has that as well.
pub(super) fn table(whole: &Dataset, dataset: &Dataset, marks: &[Mark]) -> Table<6> {
    let findings = RowFindings::new(&whole.findings);
    let mut table = Table::new([
        Column::whole("PORT"),
        Column::whole("NAME"),
        Column::whole("IANA"),
        Column::prose("TITLE"),
        Column::prose("USED BY"),
        Column::whole("LINE"),
    ]);
    table.mark(marks.to_vec());
    for record in &dataset.records {
        for check in &record.cross_check {
            let (status, style) = verdict(&record.id, check, &findings);
            let shown = shown(record, check, marks);
            let transport = check.transport.map_or("?", Transport::as_str);
            table.row([
                format!("{}/{transport}", check.ports).into(),
                or_dash(&shown.name),
                Cell::new(&format!("{status}{}", shown.registered), style),
                or_dash(&record.title),
                or_dash(&shown.used_by),
                record.provenance.place().to_string().into(),
            ]);
        }
    }
    table
}

/// The cells of a row that depend on what was looked for.
struct ShownCells {
    name: String,
    /// The registry's name, behind its verdict; mostly empty.
    registered: String,
    used_by: String,
}

fn shown(record: &Record, check: &CrossCheck, marks: &[Mark]) -> ShownCells {
    let mut shown = ShownCells {
        name: record.name_at(check.ports.first()).to_owned(),
        registered: String::new(),
        used_by: if record.products.is_empty() {
            record.used_by.clone()
        } else {
            record.products.join(", ")
        },
    };
    let has_it = |text: &str| find(text, marks).is_some();
    if has_it(&shown.name) || has_it(&record.title) || has_it(&shown.used_by) {
        return shown;
    }
    let further = record.port_names.iter().find(|entry| has_it(&entry.name));
    let registered = check.iana_names.iter().find(|name| has_it(name));
    if let Some(entry) = further {
        shown.name = format!("{} ({})", entry.name, entry.port);
    } else if let Some(name) = registered {
        shown.registered = format!(": {name}");
    } else if has_it(&record.used_by) {
        shown.used_by.clone_from(&record.used_by);
    }
    shown
}

fn or_dash(text: &str) -> Cell {
    if text.is_empty() { "-" } else { text }.into()
}
