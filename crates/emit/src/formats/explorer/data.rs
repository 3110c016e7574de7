//! The data of the page: what it shows, and no more.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{
    Correction, CrossCheck, Dataset, Finding, Former, FormerField, IanaStatus, Level, Record,
    Registration, SourceId, SourceInfo, SourceKind, Totals, Transport, escape_hidden, slug,
};
use serde::Serialize;

use crate::openers::{PageRules, page_rules};

/// Where the page is, which decides where its links lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In a folder below the data files.
    OutputFolder,
    /// The first page of the site.
    Site,
}

/// What the page is given.
#[derive(Serialize)]
struct Page<'a> {
    /// Whether there are pages for products, ports, findings and editions.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    site: bool,
    sources: Vec<Source<'a>>,
    totals: Totals,
    accepted: &'a str,
    /// What each verdict of the registry means.
    verdicts: BTreeMap<&'static str, &'static str>,
    /// By code: what it means, what to do, and a short name.
    explained: BTreeMap<&'a str, [&'a str; 3]>,
    /// Findings that concern no single record.
    general: &'a [ShownFinding<'a>],
    /// Status, date and current successors.
    rfcs: BTreeMap<u32, (String, &'a str, &'a [u32])>,
    records: Vec<Row<'a>>,
    /// The slug of each product, and its spellings, its name first.
    products: Vec<(String, &'a [String])>,
    rules: PageRules,
    /// Records that left the article: apart, so that nothing takes them for rows of it.
    former: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    kind: SourceKind,
    name: &'static str,
    date: String,
    /// Shown wherever the date is; empty for a page as it was served.
    #[serde(skip_serializing_if = "str::is_empty")]
    remark: &'a str,
    url: &'a str,
    locale: &'a str,
}

/// A finding as it is shown beside its record.
#[derive(Serialize)]
struct ShownFinding<'a> {
    code: &'a str,
    level: Level,
    message: &'a str,
    source: &'a str,
    line: u32,
    /// By which a baseline and SARIF know it.
    key: String,
}

/// A record; the fields that say nothing, which are most, are left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<(u16, &'a str)>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    english_title: &'a str,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    rfcs: &'a [u32],
    #[serde(skip_serializing_if = "is_unstated")]
    registration: Registration,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deprecated: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    used_by: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    products: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<Check<'a>>,
    #[serde(skip_serializing_if = "<[Correction]>::is_empty")]
    corrections: &'a [Correction],
    /// Locale, first and last date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<(&'a str, String, String)>,
    /// Products that used it once, and the last capture that says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    once: Vec<(&'a str, &'a SourceId)>,
    #[serde(skip_serializing_if = "str::is_empty")]
    confirmed: &'a str,
    /// The first and the last capture with a record that is no longer in the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<[&'a SourceId; 2]>,
    source: &'a str,
    line: u32,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    merged: &'a [u32],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    cells: &'a [String],
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    cell_lines: &'a [u32],
    #[serde(skip_serializing_if = "Option::is_none")]
    overlaps: Option<&'a BTreeSet<Shared<'a>>>,
    #[serde(skip_serializing_if = "<[ShownFinding<'_>]>::is_empty")]
    findings: &'a [ShownFinding<'a>],
}

/// First and last port, transport, verdict, names, edition and lines of the registry.
#[derive(Serialize)]
struct Check<'a>(
    u16,
    u16,
    Option<Transport>,
    IanaStatus,
    &'a [String],
    &'a str,
    &'a [u32],
);

/// The first port that another record claims, too, by which they are in order; its id, and the ports.
type Shared<'a> = (u16, &'a str, Transport, String);

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_unstated(registration: &Registration) -> bool {
    *registration == Registration::Unstated
}

/// The dataset as JSON that can stand in a `script` element: no `<`, and no character
/// that a reader of the page's text would not see.
pub(super) fn json(dataset: &Dataset, home: Home) -> String {
    let mut explained = BTreeMap::new();
    let mut findings: BTreeMap<&str, Vec<ShownFinding<'_>>> = BTreeMap::new();
    let mut general = Vec::new();
    for finding in &dataset.findings {
        let rule = dataset.rules.iter().find(|rule| rule.code == finding.code);
        let (title, short) = rule.map_or(("", ""), |rule| (rule.title, rule.short));
        explained.insert(finding.code.as_str(), [title, &*finding.help, short]);
        let of_record = match &finding.record {
            Some(record) => findings.entry(record).or_default(),
            None => &mut general,
        };
        of_record.push(ShownFinding::of(finding));
    }
    let findings = |id: &str| findings.get(id).map_or(&[][..], Vec::as_slice);
    let mut overlaps: BTreeMap<&str, BTreeSet<Shared<'_>>> = BTreeMap::new();
    for overlap in &dataset.overlaps {
        let sides = [overlap.record.as_str(), overlap.other.as_str()];
        for (id, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
            let shared = (
                overlap.shared.first(),
                other,
                overlap.transport,
                overlap.shared.to_string(),
            );
            overlaps.entry(id).or_default().insert(shared);
        }
    }
    let products = dataset.products.iter();
    let page = Page {
        site: home == Home::Site,
        sources: dataset.sources.iter().map(Source::of).collect(),
        totals: dataset.totals,
        accepted: &dataset.accepted,
        verdicts: IanaStatus::ALL
            .map(|status| (status.as_str(), status.meaning()))
            .into(),
        explained,
        general: &general,
        rfcs: dataset
            .rfcs
            .iter()
            .map(|rfc| {
                let facts = (rfc.status.to_lowercase(), rfc.date.as_str(), &*rfc.current);
                (rfc.number, facts)
            })
            .collect(),
        records: dataset
            .records
            .iter()
            .map(|record| Row::of(record, overlaps.get(&*record.id), findings(&record.id)))
            .collect(),
        products: products
            .map(|product| (slug(&product.name), product.spellings.as_slice()))
            .collect(),
        rules: page_rules(dataset),
        former: dataset.former.iter().map(Row::of_former).collect(),
    };
    // The types written have string keys and no fallible serialisers.
    let json = serde_json::to_string(&page).unwrap_or_default();
    // `<` would end the element.
    escape_hidden(&json).replace('<', "\\u003c")
}

impl<'a> Source<'a> {
    fn of(source: &'a SourceInfo) -> Self {
        Self {
            id: &source.id,
            kind: source.kind,
            name: source.kind.name(),
            date: source.day(),
            remark: source.form.remark(),
            url: source.link().unwrap_or_default(),
            locale: source.locale_text(),
        }
    }
}

impl<'a> ShownFinding<'a> {
    fn of(finding: &'a Finding) -> Self {
        Self {
            code: &finding.code,
            level: finding.level,
            message: &finding.message,
            source: &finding.source,
            line: finding.line,
            key: finding.key(),
        }
    }
}

impl<'a> Row<'a> {
    fn of(
        record: &'a Record,
        overlaps: Option<&'a BTreeSet<Shared<'a>>>,
        findings: &'a [ShownFinding<'a>],
    ) -> Self {
        let place = &record.provenance;
        let names = record.port_names.iter();
        let history = record.history.iter();
        Self {
            id: &record.id,
            name: &record.service_name,
            names: names.map(|entry| (entry.port, &*entry.name)).collect(),
            title: &record.title,
            english_title: record.english_title.as_deref().unwrap_or_default(),
            rfcs: &record.rfcs,
            registration: record.registration,
            deprecated: record.deprecated,
            used_by: &record.used_by,
            products: &record.products,
            note: &record.note,
            checks: record.cross_check.iter().map(Check::of).collect(),
            corrections: &record.corrections,
            history: history
                .map(|seen| (&*seen.locale, seen.first.to_string(), seen.last.to_string()))
                .collect(),
            once: former_products(record),
            confirmed: record.confirmed.as_deref().unwrap_or_default(),
            left: None,
            source: &place.source,
            line: place.line_first,
            merged: &place.merged_lines,
            cells: &place.cells,
            cell_lines: &place.cell_lines,
            overlaps,
            findings,
        }
    }

    fn of_former(former: &'a Former) -> Self {
        Self {
            left: Some([&former.first, &former.last]),
            ..Self::of(&former.record, None, &[])
        }
    }
}

fn former_products(record: &Record) -> Vec<(&str, &SourceId)> {
    let products = record.formerly.iter();
    let products = products.filter(|former| former.field == FormerField::Product);
    products
        .map(|former| (&*former.value, &former.last))
        .collect()
}

impl<'a> Check<'a> {
    fn of(check: &'a CrossCheck) -> Self {
        Self(
            check.ports.first(),
            check.ports.last(),
            check.transport,
            check.iana_status,
            &check.iana_names,
            &check.edition,
            &check.lines,
        )
    }
}
