//! The filters of `find` and `export`.

use std::borrow::Cow;

use appleports_model::{
    CrossCheck, Dataset, Former, FormerField, Formerly, IanaStatus, PortRange, Product, Record,
    RegistryEntry, Transport, UnreadRow, fold,
};

/// What to keep of a dataset; an empty filter keeps everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Rows that share a port with this range.
    pub ports: Option<PortRange>,
    /// Rows of this transport.
    pub transport: Option<Transport>,
    /// Records that one of these products uses: canonical names, see
    /// [`resolve_product`](appleports_model::resolve_product). Empty for any product.
    pub products: Vec<String>,
    /// Rows with this service name, case aside; the registry's names count, too.
    pub service: Option<String>,
    /// Rows whose name the registry has for the port and transport.
    pub registered: bool,
    /// Records with these words in a product, a name or the title. Where they are a
    /// spelling of a product: the records of the product, see [`Filter::named`].
    pub words: Option<String>,
}

impl Filter {
    /// The dataset with only the records, ranges and transports that pass. What
    /// concerns all records together (findings, totals, coverage) is left as it is.
    #[must_use]
    pub fn apply<'d>(&self, dataset: &'d Dataset) -> Cow<'d, Dataset> {
        if *self == Self::default() {
            return Cow::Borrowed(dataset);
        }
        let words = self.words.as_deref();
        let words = words.map(|words| Words::new(words, dataset));
        let records = dataset
            .records
            .iter()
            .filter_map(|record| self.narrow(record, words.as_ref()))
            .collect();
        let former = dataset.former.iter().filter_map(|former| {
            let record = self.narrow(&former.record, words.as_ref())?;
            let (first, last) = (former.first.clone(), former.last.clone());
            Some(Former {
                first,
                last,
                record,
            })
        });
        let rejected = dataset.rejected.iter();
        let rejected = rejected.filter(|row| self.passes(row, words.as_ref()));
        // Not all of the dataset is cloned: the rows are most of it.
        Cow::Owned(Dataset {
            sources: dataset.sources.clone(),
            records,
            former: former.collect(),
            rejected: rejected.cloned().collect(),
            findings: dataset.findings.clone(),
            rules: dataset.rules.clone(),
            products: dataset.products.clone(),
            totals: dataset.totals,
            overlaps: dataset.overlaps.clone(),
            coverage: dataset.coverage.clone(),
            rfcs: dataset.rfcs.clone(),
            accepted: dataset.accepted.clone(),
        })
    }

    /// Whether a row of the registry passes. Only ports, transport and service name can
    /// be asked of it.
    ///
    /// # Errors
    /// The filter that the registry has no answer to.
    pub fn for_registry(&self) -> Result<impl Fn(&RegistryEntry<'_>) -> bool, &'static str> {
        let asked = [
            (!self.products.is_empty(), "a product"),
            (self.registered, "what is registered"),
            (self.words.is_some(), "words"),
        ];
        if let Some((_, name)) = asked.into_iter().find(|(is_asked, _)| *is_asked) {
            return Err(name);
        }
        Ok(|entry: &RegistryEntry<'_>| {
            let has_ports = |wanted: PortRange| {
                entry
                    .ports
                    .is_some_and(|ports| ports.intersection(wanted).is_some())
            };
            self.ports.is_none_or(has_ports)
                && self
                    .transport
                    .is_none_or(|wanted| entry.transport == Some(wanted))
                && self
                    .service
                    .as_ref()
                    .is_none_or(|name| entry.name.eq_ignore_ascii_case(name))
        })
    }

    /// Whether what is known of a row that could not be read passes.
    fn passes(&self, row: &UnreadRow, words: Option<&Words<'_>>) -> bool {
        let has_ports = |wanted: PortRange| {
            let mut ranges = row.ports.iter();
            ranges.any(|ports| ports.intersection(wanted).is_some())
        };
        !self.registered
            && self.ports.is_none_or(has_ports)
            && self
                .transport
                .is_none_or(|wanted| row.transports.contains(&wanted))
            && (self.products.is_empty()
                || row.products.iter().any(|name| self.products.contains(name)))
            && self
                .service
                .as_ref()
                .is_none_or(|name| row.service_name.eq_ignore_ascii_case(name))
            && words.is_none_or(|words| words.are_in_row(row))
    }

    fn narrow(&self, record: &Record, words: Option<&Words<'_>>) -> Option<Record> {
        let is_wanted = (self.products.is_empty() || is_used_by(record, &self.products))
            && words.is_none_or(|words| words.are_in(record));
        if !is_wanted {
            return None;
        }
        let passes = |check: &&CrossCheck| {
            self.ports
                .is_none_or(|ports| ports.intersection(check.ports).is_some())
                && self
                    .transport
                    .is_none_or(|transport| check.transport == Some(transport))
                && (!self.registered || check.iana_status == IanaStatus::Match)
                && self
                    .service
                    .as_ref()
                    .is_none_or(|service| is_row_named(record, check, service))
        };
        let cross_check: Vec<CrossCheck> =
            record.cross_check.iter().filter(passes).cloned().collect();
        if cross_check.is_empty() {
            return None;
        }
        let mut kept = record.clone();
        kept.cross_check = cross_check;
        kept.ports
            .retain(|ports| kept.cross_check.iter().any(|check| check.ports == *ports));
        kept.port_names.retain(|entry| {
            let is_kept = kept.ports.iter().any(|ports| ports.contains(entry.port));
            is_kept && self.ports.is_none_or(|ports| ports.contains(entry.port))
        });
        kept.transports.retain(|transport| {
            kept.cross_check
                .iter()
                .any(|check| check.transport == Some(*transport))
        });
        Some(kept)
    }
}

/// Words to search for, and the product that they name.
struct Words<'a> {
    text: &'a str,
    folded: String,
    product: Option<&'a Product>,
}

impl<'a> Words<'a> {
    fn new(text: &'a str, dataset: &'a Dataset) -> Self {
        Self {
            text,
            folded: fold(text),
            product: dataset.product(text),
        }
    }

    fn are_in_row(&self, row: &UnreadRow) -> bool {
        if let Some(product) = self.product {
            return row.products.contains(&product.name);
        }
        let texts = [&row.title, &row.service_name, &row.used_by];
        let mut texts = texts.into_iter().chain(&row.products).chain(&row.cells);
        texts.any(|text| fold(text).contains(&self.folded))
    }

    fn are_in(&self, record: &Record) -> bool {
        if let Some(product) = self.product {
            return record.products.contains(&product.name);
        }
        let parts = record.used_by_parts.iter().map(|part| &part.text);
        is_named(record, self.text)
            || own_names(record)
                .chain([&record.used_by])
                .chain(&record.products)
                .chain(parts)
                .any(|text| fold(text).contains(&self.folded))
    }
}

/// The title and the service names.
fn own_names(record: &Record) -> impl Iterator<Item = &String> {
    let names = record.port_names.iter().map(|entry| &entry.name);
    [&record.title, &record.service_name]
        .into_iter()
        .chain(names)
}

/// Whether the text has the words as whole words.
fn has_whole(text: &str, words: &str) -> bool {
    let is_edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(words).any(|(at, _)| {
        is_edge(text[..at].chars().next_back()) && is_edge(text[at + words.len()..].chars().next())
    })
}

impl Filter {
    /// Where the words are a spelling of a product: the records that it does not use, and that
    /// have the words in their name or title, such as 88/tcp for `kerberos`. An acronym such as
    /// ARD would be in many a word, so they count as whole words alone.
    pub fn named(&self, dataset: &Dataset) -> Vec<Record> {
        let Some(text) = &self.words else {
            return Vec::new();
        };
        let Some(product) = dataset.product(text) else {
            return Vec::new();
        };
        let folded = fold(text);
        let has_it = |record: &&Record| {
            !record.products.contains(&product.name)
                && (is_named(record, text)
                    || own_names(record).any(|name| has_whole(&fold(name), &folded)))
        };
        let others = dataset.records.iter().filter(has_it);
        others
            .filter_map(|record| self.narrow(record, None))
            .collect()
    }

    /// What earlier captures said of records that are still there, where it answers the filter:
    /// a product that used the record once, or a name that it had.
    pub fn formerly<'d>(&self, dataset: &'d Dataset) -> Vec<(&'d Record, &'d Formerly)> {
        let words = self.words.as_deref();
        let product = words.and_then(|words| dataset.product(words));
        let folded = words.map(fold);
        let answers = |formerly: &Formerly| {
            let value = &formerly.value;
            let by_words = match (product, &folded) {
                (Some(product), _) if product.name == *value => true,
                (None, Some(folded)) => fold(value).contains(folded.as_str()),
                _ => false,
            };
            let is_product = formerly.field == FormerField::Product;
            by_words
                || (is_product && self.products.contains(value))
                || (!is_product
                    && self
                        .service
                        .as_ref()
                        .is_some_and(|name| name.eq_ignore_ascii_case(value)))
        };
        let all = dataset.records.iter();
        let all = all.flat_map(|record| {
            record
                .formerly
                .iter()
                .map(move |formerly| (record, formerly))
        });
        all.filter(|(record, formerly)| {
            let has_ports = |wanted: PortRange| {
                let mut ranges = record.ports.iter();
                ranges.any(|ports| ports.intersection(wanted).is_some())
            };
            answers(formerly)
                && self.ports.is_none_or(has_ports)
                && self
                    .transport
                    .is_none_or(|wanted| record.transports.contains(&wanted))
        })
        .collect()
    }
}

fn is_used_by(record: &Record, products: &[String]) -> bool {
    record.products.iter().any(|name| products.contains(name))
}

/// Whether the row has the name: each port of a record can have its own.
fn is_row_named(record: &Record, row: &CrossCheck, service: &str) -> bool {
    let entries = record.port_names.iter();
    let entries = entries.filter(|entry| row.ports.contains(entry.port));
    let further = entries.map(|entry| entry.name.as_str());
    let names = [record.name_at(row.ports.first())]
        .into_iter()
        .chain(further);
    names
        .chain(row.iana_names.iter().map(String::as_str))
        .any(|name| name.eq_ignore_ascii_case(service))
}

fn is_named(record: &Record, service: &str) -> bool {
    let published = std::iter::once(&record.service_name)
        .chain(record.port_names.iter().map(|entry| &entry.name));
    let registered = record
        .cross_check
        .iter()
        .flat_map(|check| &check.iana_names);
    published
        .chain(registered)
        .any(|name| name.eq_ignore_ascii_case(service))
}
