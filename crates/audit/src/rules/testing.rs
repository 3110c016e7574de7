//! What the tests of rules share: an article of a few rows.

use appleports_model::{
    CrossCheck, Dataset, IanaStatus, PortRange, Provenance, Record, Registration, Transport,
};

use crate::article::Article;
use crate::fix::fix;
use crate::judge::judge;
use crate::read::read;

pub(crate) fn record(row: &str) -> Record {
    let (ports, transport) = match row.split_once('/') {
        Some((ports, transport)) => (ports, Some(transport.parse::<Transport>().unwrap())),
        None => (row, None),
    };
    let ports: PortRange = ports.parse().unwrap();
    Record {
        id: row.replace('/', "-"),
        ports: vec![ports],
        transports: transport.into_iter().collect(),
        port_names: Vec::new(),
        service_name: String::new(),
        title: String::new(),
        rfcs: Vec::new(),
        registration: Registration::Unstated,
        deprecated: false,
        used_by: String::new(),
        products: Vec::new(),
        used_by_parts: Vec::new(),
        note: String::new(),
        same_port: Vec::new(),
        cross_check: vec![CrossCheck {
            ports,
            transport,
            iana_status: IanaStatus::NoName,
            iana_names: Vec::new(),
            edition: String::new(),
            lines: Vec::new(),
        }],
        corrections: Vec::new(),
        history: Vec::new(),
        formerly: Vec::new(),
        english_title: None,
        confirmed: None,
        provenance: Provenance {
            source: "apple/en-us/2026-10-11".to_owned(),
            line_first: 3,
            line_last: 3,
            cells: Vec::new(),
            cell_lines: Vec::new(),
            cell_columns: Vec::new(),
            merged_lines: Vec::new(),
        },
    }
}

fn dataset(rows: &[&str]) -> Dataset {
    Dataset {
        records: rows.iter().map(|row| record(row)).collect(),
        ..Dataset::default()
    }
}

/// What is found in a list that has to have the rows: `line:column code message`.
pub(crate) fn audit(rows: &[&str], text: &str) -> Vec<String> {
    audit_of(rows, rows, text)
}

/// Does something with an article of these rows.
pub(crate) fn with_article(rows: &[&str], act: impl FnOnce(&Article<'_>)) {
    let data = dataset(rows);
    act(&Article::new(&data, &data, None));
}

/// As [`audit`], in an article with further rows.
pub(crate) fn audit_of(chosen: &[&str], all: &[&str], text: &str) -> Vec<String> {
    let (chosen, all) = (dataset(chosen), dataset(all));
    shown(&Article::new(&all, &chosen, None), text)
}

/// As [`audit`], of a list for one transport.
pub(crate) fn audit_of_transport(rows: &[&str], transport: Transport, text: &str) -> Vec<String> {
    let data = dataset(rows);
    shown(&Article::new(&data, &data, Some(transport)), text)
}

fn shown(article: &Article<'_>, text: &str) -> Vec<String> {
    let list = read(text.as_bytes(), None).unwrap();
    let found = judge("list", text, &list, article).findings.into_iter();
    found
        .map(|suggested| {
            format!(
                "{} {} {}",
                suggested.finding.place(),
                suggested.finding.code,
                suggested.finding.message
            )
        })
        .collect()
}

/// What the findings say to do.
pub(crate) fn helps(rows: &[&str], text: &str) -> Vec<String> {
    let data = dataset(rows);
    let article = Article::new(&data, &data, None);
    let list = read(text.as_bytes(), None).unwrap();
    let found = judge("list", text, &list, &article).findings.into_iter();
    found
        .map(|suggested| suggested.finding.help.into_owned())
        .collect()
}

/// The corrected list.
pub(crate) fn fixed(rows: &[&str], text: &str) -> String {
    let data = dataset(rows);
    let article = Article::new(&data, &data, None);
    let mut list = read(text.as_bytes(), None).unwrap();
    let judged = judge("list", text, &list, &article);
    let fixed = fix("list", text, &mut list, judged.edits, &article);
    fixed.map_or_else(|| text.to_owned(), |fixed| fixed.text)
}
