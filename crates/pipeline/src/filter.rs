//! The filters of `find` and `export`.

use appleports_model::{
    Dataset, Former, IanaStatus, PortRange, Record, RegistryEntry, Transport, fold,
};

/// What to keep of a dataset; an empty filter keeps everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Rows that share a port with this range.
    pub ports: Option<PortRange>,
    /// Rows of this transport.
    pub transport: Option<Transport>,
    /// Records that the product of this name uses, in English or as published, case and
    /// accents aside. The whole name: rules that open ports are made with it.
    pub product: Option<String>,
    /// Records with this service name, case aside; the registry's names count, too.
    pub service: Option<String>,
    /// Rows whose name the registry has for the port and transport.
    pub registered: bool,
    /// Records with these words in a product, a name or the title.
    pub words: Option<String>,
}

impl Filter {
    /// The dataset with only the records, ranges and transports that pass. What
    /// concerns all records together (findings, totals, coverage) is left as it is.
    #[must_use]
    pub fn apply(&self, dataset: &Dataset) -> Dataset {
        let records = dataset
            .records
            .iter()
            .filter_map(|record| self.narrow(record))
            .collect();
        let former = dataset.former.iter().filter_map(|former| {
            let record = self.narrow(&former.record)?;
            Some(Former {
                record,
                ..former.clone()
            })
        });
        Dataset {
            records,
            former: former.collect(),
            ..dataset.clone()
        }
    }

    /// Whether a row of the registry passes. Only ports, transport and service name can
    /// be asked of it.
    ///
    /// # Errors
    /// The filter that the registry has no answer to.
    pub fn for_registry(&self) -> Result<impl Fn(&RegistryEntry<'_>) -> bool, &'static str> {
        let asked = [
            (self.product.is_some(), "a product"),
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
                    .is_some_and(|own| own.intersection(wanted).is_some())
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

    fn narrow(&self, record: &Record) -> Option<Record> {
        if !self
            .product
            .as_ref()
            .is_none_or(|product| is_used_by(record, product))
            || !self
                .service
                .as_ref()
                .is_none_or(|service| is_named(record, service))
            || !self.words.as_ref().is_none_or(|words| says(record, words))
        {
            return None;
        }
        let mut kept = record.clone();
        kept.cross_check.retain(|check| {
            self.ports
                .is_none_or(|ports| ports.intersection(check.ports).is_some())
                && self
                    .transport
                    .is_none_or(|transport| check.transport == Some(transport))
                && (!self.registered || check.iana_status == IanaStatus::Match)
        });
        kept.ports
            .retain(|ports| kept.cross_check.iter().any(|check| check.ports == *ports));
        kept.transports.retain(|transport| {
            kept.cross_check
                .iter()
                .any(|check| check.transport == Some(*transport))
        });
        (!kept.cross_check.is_empty()).then_some(kept)
    }
}

fn says(record: &Record, words: &str) -> bool {
    let wanted = fold(words);
    let own = [&record.title, &record.service_name, &record.used_by];
    let names = record.port_names.iter().map(|entry| &entry.name);
    is_named(record, words)
        || own
            .into_iter()
            .chain(names)
            .chain(users(record))
            .any(|text| fold(text).contains(&wanted))
}

/// What somebody who typed `word` may have meant: products and names that are spelt
/// alike, the most alike first, at most three.
pub fn suggest(dataset: &Dataset, word: &str) -> Vec<String> {
    let wanted = fold(word);
    let mut known: Vec<&String> = dataset
        .records
        .iter()
        .flat_map(|record| record.products.iter().chain([&record.service_name]))
        .filter(|name| !name.is_empty())
        .collect();
    known.sort();
    known.dedup();
    let mut alike: Vec<(f64, &String)> = known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &fold(name)), name))
        .filter(|(likeness, _)| *likeness > 0.85)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    alike
        .into_iter()
        .take(3)
        .map(|(_, name)| name.clone())
        .collect()
}

fn is_used_by(record: &Record, product: &str) -> bool {
    let wanted = fold(product);
    users(record).any(|name| fold(name) == wanted)
}

/// The names of who uses a record: products, and the parts of the text as published.
fn users(record: &Record) -> impl Iterator<Item = &String> {
    let parts = record.used_by_parts.iter().map(|part| &part.text);
    record.products.iter().chain(parts)
}

fn is_named(record: &Record, service: &str) -> bool {
    let own = std::iter::once(&record.service_name)
        .chain(record.port_names.iter().map(|entry| &entry.name));
    let registered = record
        .cross_check
        .iter()
        .flat_map(|check| &check.iana_names);
    own.chain(registered)
        .any(|name| name.eq_ignore_ascii_case(service))
}
