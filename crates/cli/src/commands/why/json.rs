//! The answer of `why` for programs; `docs/json.md` says what the fields mean.

use appleports_model::{
    Finding, Former, PortRange, Record, RfcFacts, RowFindings, SourceInfo, Transport,
};
use appleports_pipeline::LookUp;
use serde::Serialize;

use super::known::Known;

/// The answer to one question.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    asked: String,
    article: Option<&'a SourceInfo>,
    rows: Vec<Row<'a>>,
    former: &'a [&'a Former],
    other_articles: Vec<OtherArticle<'a>>,
    registry: RegistryRows<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    record: &'a Record,
    rfcs: Vec<Rfc<'a>>,
    findings: &'a [&'a Finding],
}

#[derive(Serialize)]
struct Rfc<'a> {
    number: u32,
    date: &'a str,
    status: &'a str,
    current: &'a [u32],
}

impl<'a> Rfc<'a> {
    fn new(facts: &'a RfcFacts) -> Self {
        Self {
            number: facts.number,
            date: &facts.date,
            status: &facts.status,
            current: &facts.current,
        }
    }
}

#[derive(Serialize)]
struct OtherArticle<'a> {
    article_id: &'a str,
    title: &'a str,
    url: &'a str,
    as_of: &'a str,
    product: Option<&'a str>,
    purpose: &'a str,
    ports: Vec<PortAndTransport>,
}

#[derive(Serialize)]
struct PortAndTransport {
    ports: PortRange,
    transport: Transport,
}

#[derive(Serialize)]
struct RegistryRows<'a> {
    edition: &'a str,
    rows: Vec<RegistryRow<'a>>,
    more: usize,
}

#[derive(Serialize)]
struct RegistryRow<'a> {
    ports: PortRange,
    transport: Option<Transport>,
    name: &'a str,
    description: &'a str,
    reference: &'a str,
    notes: &'a str,
    line: u32,
}

/// The answer as it is written.
pub(super) fn answer<'a>(
    known: &'a Known<'a>,
    look_up: &'a LookUp,
    findings: &'a RowFindings<'a>,
) -> Answer<'a> {
    let dataset = &look_up.dataset;
    let row = |record: &&'a Record| Row {
        record,
        rfcs: record
            .rfcs
            .iter()
            .filter_map(|number| dataset.rfc(*number))
            .map(Rfc::new)
            .collect(),
        findings: findings.of_record(&record.id),
    };
    let other = known.siblings.iter().map(|sibling| OtherArticle {
        article_id: &sibling.article.id,
        title: &sibling.article.title,
        url: &sibling.article.url,
        as_of: &sibling.article.seen,
        product: sibling.fact.product.as_deref(),
        purpose: &sibling.fact.purpose,
        ports: sibling
            .ports
            .iter()
            .map(|(transport, ports)| PortAndTransport {
                ports: *ports,
                transport: *transport,
            })
            .collect(),
    });
    let registered = known.registered.iter().map(|registered| RegistryRow {
        ports: registered.ports,
        transport: registered.entry.transport,
        name: registered.entry.name,
        description: registered.entry.description,
        reference: registered.entry.reference,
        notes: registered.entry.notes,
        line: registered.entry.line,
    });
    Answer {
        asked: known.ask.to_string(),
        article: dataset.capture(),
        rows: known.records.iter().map(row).collect(),
        former: &known.former,
        other_articles: other.collect(),
        registry: RegistryRows {
            edition: &look_up.registry.edition,
            rows: registered.collect(),
            more: known.more_registered,
        },
    }
}
