//! The filters of `find` and `export`.

use appleports_model::{Dataset, PortRange, Record, Transport, fold};

/// What to keep of a dataset; an empty filter keeps everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Rows that share a port with this range.
    pub ports: Option<PortRange>,
    /// Rows of this transport.
    pub transport: Option<Transport>,
    /// Records that a product with this in its name uses; any spelling, case and accents aside.
    pub product: Option<String>,
    /// Records with this service name, case aside; the registry's names count, too.
    pub service: Option<String>,
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
        Dataset {
            records,
            ..dataset.clone()
        }
    }

    fn narrow(&self, record: &Record) -> Option<Record> {
        if !self
            .product
            .as_ref()
            .is_none_or(|product| uses(record, product))
            || !self
                .service
                .as_ref()
                .is_none_or(|service| is_named(record, service))
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

fn uses(record: &Record, product: &str) -> bool {
    let wanted = fold(product);
    let parts = record.used_by_parts.iter().map(|part| &part.text);
    record
        .products
        .iter()
        .chain(parts)
        .any(|name| fold(name).contains(&wanted))
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
