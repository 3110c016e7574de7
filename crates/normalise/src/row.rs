//! One raw row to one record.

use appleports_model::{
    Column, Finding, Message, Provenance, RawCell, RawRow, Record, Registration, Rule,
    collapse_whitespace, has_blank_text, is_service_name, message, plain_form, service_name_error,
};

use unicode_normalization::UnicodeNormalization;

use crate::characters::{check_numbers, visible_form};
use crate::joiners::Joiners;
use crate::markup::{plain_text, split_note, take_marks};
use crate::vocabulary::{Mark, Vocabulary};
use crate::{ports, products, rfcs, rules, service_name, titles, transports};

/// A record that has no id yet, with the findings about it.
pub(crate) struct Draft {
    pub(crate) record: Record,
    pub(crate) findings: Vec<Finding>,
}

/// Interprets a row.
///
/// # Errors
/// The finding that says why the row was rejected.
pub(crate) fn interpret(
    source: &str,
    raw: &RawRow,
    vocabulary: &Vocabulary,
    joiners: &Joiners,
) -> Result<Draft, Box<Finding>> {
    check_numbers(source, raw)?;
    let mut findings = Vec::new();
    let plain = |column| plain_form(raw.text(column));
    let visible = |column| plain_text(&visible_form(raw.text(column)));
    let port_place = raw.place(Column::Port);
    let ports = ports::read_ports(source, port_place, &plain(Column::Port), joiners)?;
    let (transports, finding) = transports::read_transports(
        source,
        raw.place(Column::Transport),
        &plain(Column::Transport),
        joiners,
    );
    findings.extend(finding);

    let (title, title_marks) = take_marks(&visible(Column::Title), vocabulary);
    let (name, name_marks) = take_marks(&plain_text(&plain(Column::ServiceName)), vocabulary);
    let names = service_name::read_names(&name, &ports);
    let marks: Vec<Mark> = title_marks.into_iter().chain(name_marks).collect();

    let used_by = visible(Column::UsedBy);
    let (used_by, note) = split_note(&used_by, vocabulary);
    let used_by_parts = products::read_parts(used_by, vocabulary);
    let of_title = titles::products_in_title(&title, vocabulary.catalogue());
    let products = products::canonical(&used_by_parts, of_title);
    let record = Record {
        id: String::new(),
        ports,
        transports,
        port_names: names.port_names,
        service_name: names.first,
        title: blank_to_empty(title),
        rfcs: rfcs::read(&plain_text(&plain(Column::Rfc))).numbers,
        registration: registration(&marks),
        deprecated: marks.contains(&Mark::Deprecated),
        used_by: blank_to_empty(collapse_whitespace(used_by)),
        products,
        used_by_parts,
        note: collapse_whitespace(note),
        same_port: Vec::new(),
        cross_check: Vec::new(),
        corrections: Vec::new(),
        history: Vec::new(),
        formerly: Vec::new(),
        english_title: None,
        confirmed: raw
            .confirmed
            .as_ref()
            .map(|cell| plain_form(&cell.text).trim().to_owned()),
        provenance: Provenance {
            source: source.to_owned(),
            line_first: raw.place.line,
            line_last: raw.line_last,
            cells: raw.captured.clone(),
            cell_lines: raw
                .cells
                .iter()
                .map(|cell| cell.as_ref().map_or(0, |cell| cell.place.line))
                .collect(),
            cell_columns: cell_columns(raw),
            merged_lines: Vec::new(),
        },
    };
    if !names.unplaced.is_empty() {
        let message = message!("no port is left for ").then(Message::quoting(&names.unplaced));
        findings.push(Finding::new(
            &rules::NAMES_UNPLACED,
            source,
            raw.place(Column::ServiceName),
            message,
        ));
    }
    findings.extend(repaired_characters(source, raw));
    notice(source, raw, &record, &mut findings);
    // Most rows have one at most; there can be as many rows as ports.
    findings.shrink_to_fit();
    Ok(Draft { record, findings })
}

/// The column of each cell; none where no line is a long one.
fn cell_columns(raw: &RawRow) -> Vec<u32> {
    let column = |cell: &Option<RawCell>| cell.as_ref()?.place.column;
    let columns = raw.cells.iter().map(column);
    if columns.clone().all(|number| number.is_none()) {
        Vec::new()
    } else {
        columns.map(Option::unwrap_or_default).collect()
    }
}

/// The finding about cells that were not in plain characters.
fn repaired_characters(source: &str, raw: &RawRow) -> Option<Finding> {
    let columns = [
        Column::Port,
        Column::Transport,
        Column::Rfc,
        Column::ServiceName,
    ];
    let is_repaired = |column: &Column| {
        let text = raw.text(*column);
        // Composing letters and narrow spaces is no repair worth a word.
        !text.is_ascii() && !has_blank_text(text) && {
            let plain = plain_form(text);
            text.nfc()
                .filter(|c| !c.is_whitespace())
                .ne(plain.chars().filter(|c| !c.is_whitespace()))
        }
    };
    let repaired: Vec<&str> = columns
        .iter()
        .filter(|column| is_repaired(column))
        .map(|column| column.as_str())
        .collect();
    (!repaired.is_empty()).then(|| {
        let message = message!(
            "characters of another form in the {} cell were read as plain ones",
            repaired.join(", ")
        );
        let cells = columns.iter().filter(|column| is_repaired(column));
        Finding::new(&rules::OTHER_CHARACTERS, source, raw.place, message)
            .with(cells.map(|column| raw.text(*column)))
    })
}

/// The findings about a record that was read.
fn notice(source: &str, raw: &RawRow, record: &Record, findings: &mut Vec<Finding>) {
    let mut find = |rule: &Rule, column: Column, message: Message| {
        findings.push(Finding::new(rule, source, raw.place(column), message));
    };
    let names = if record.port_names.is_empty() {
        vec![record.service_name.as_str()]
    } else {
        record
            .port_names
            .iter()
            .map(|entry| entry.name.as_str())
            .collect()
    };
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if let Some(error) = service_name_error(name) {
            find(
                &rules::NAME_INVALID,
                Column::ServiceName,
                message!("service name `{}`: {error}", name),
            );
        }
    }
    if !record.port_names.is_empty() {
        let cell = raw.text(Column::ServiceName);
        let message = service_name::describe(cell, &record.port_names);
        find(&rules::SEVERAL_NAMES, Column::ServiceName, message);
    }
    let looks_like_name = record.service_name.is_empty()
        && is_service_name(&record.used_by)
        && record.used_by.chars().all(|c| !c.is_uppercase());
    if looks_like_name {
        let message = message!(
            "the used-by cell is `{}`, and the row has no service name",
            record.used_by
        );
        find(&rules::NAME_IN_USED_BY, Column::UsedBy, message);
    } else {
        let unknown: Vec<&str> = record
            .used_by_parts
            .iter()
            .filter(|part| !part.known)
            .map(|part| part.text.as_str())
            .collect();
        if !unknown.is_empty() {
            find(
                &rules::WORDS_UNKNOWN,
                Column::UsedBy,
                message!("no entry for ").then(Message::quoting(&unknown)),
            );
        }
    }
    let raw_used_by = raw.text(Column::UsedBy);
    if raw_used_by
        .split("**")
        .skip(1)
        .step_by(2)
        .any(|inside| inside.starts_with(' ') || inside.ends_with(' '))
    {
        let message = message!("the bold marker of the note opens before a space");
        find(&rules::BROKEN_EMPHASIS, Column::UsedBy, message);
    }
    let rfc = &plain_text(&plain_form(raw.text(Column::Rfc)));
    let cited = rfcs::read(rfc);
    if cited.is_unclear {
        find(
            &rules::RFC_UNREADABLE,
            Column::Rfc,
            message!("`{}` is not a list of RFC numbers", rfc),
        );
    }
    if cited.count > rfcs::MAX_CITED {
        find(
            &rules::RFC_UNREADABLE,
            Column::Rfc,
            message!(
                "the cell has {} numbers, at most {} are read",
                cited.count,
                rfcs::MAX_CITED
            ),
        );
    }
    if record.registration == Registration::Mixed {
        let message = message!(
            "`{}` carries both marks",
            collapse_whitespace(raw.text(Column::Title))
        );
        find(&rules::MIXED_MARKS, Column::Title, message);
    }
}

pub(crate) fn blank_to_empty(text: String) -> String {
    if has_blank_text(&text) {
        String::new()
    } else {
        text
    }
}

fn registration(marks: &[Mark]) -> Registration {
    match (
        marks.contains(&Mark::Unregistered),
        marks.contains(&Mark::Registered),
    ) {
        (true, true) => Registration::Mixed,
        (true, false) => Registration::Unregistered,
        (false, true) => Registration::Registered,
        (false, false) => Registration::Unstated,
    }
}
