//! The services(5) files that the article is compared with (S).

#[cfg(test)]
mod testing;

use std::fmt;

use appleports_model::{
    Column, Finding, PortRange, Record, Rule, ServicesEntry, ServicesFile, Transport, and_list,
};

use super::{Context, checks, finding};
use crate::services::{Outcome, outcome};

checks! {
    other_name
    alias
    missing
    conflicting
    offers
}

/// A row with a services file beside it, for messages.
struct ServicesRow<'a> {
    record: &'a Record,
    ports: PortRange,
    transport: Option<Transport>,
    file: &'a ServicesFile,
}

impl ServicesRow<'_> {
    fn path(&self) -> &str {
        &self.file.path
    }

    /// `` `nfs` (line 3, as the registry has it) ``.
    fn names(&self, entries: &[&ServicesEntry]) -> String {
        let check = self
            .record
            .cross_check
            .iter()
            .find(|check| check.ports == self.ports && check.transport == self.transport);
        let names = entries.iter().map(|entry| {
            let is_registered =
                check.is_some_and(|check| check.iana_names.iter().any(|name| entry.is_named(name)));
            let remark = if is_registered {
                ", as the registry has it"
            } else {
                ""
            };
            format!("`{}` (line {}{remark})", entry.name, entry.line)
        });
        and_list(&names.collect::<Vec<_>>())
    }
}

impl fmt::Display for ServicesRow<'_> {
    /// `` `nfsd` on 2049/tcp ``, or the place alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self.ports.first();
        let name = self.record.name_at(port);
        if !name.is_empty() {
            write!(f, "`{name}` on ")?;
        }
        write!(
            f,
            "{port}/{}",
            self.transport.map_or("?", Transport::as_str)
        )
    }
}

/// Reports on every row and services file; TCP and UDP of the same port with the
/// same names there are one observation.
fn for_services(
    context: &Context<'_>,
    rule: &Rule,
    message: impl Fn(&ServicesRow<'_>, &Outcome<'_>) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in context.services {
        for record in context.records {
            let mut said: Option<(PortRange, Vec<&str>)> = None;
            for (ports, transport) in record.rows() {
                let outcome = outcome(record, ports, transport, file);
                let row = ServicesRow {
                    record,
                    ports,
                    transport,
                    file,
                };
                let (Some(message), Some(transport)) = (message(&row, &outcome), transport) else {
                    continue;
                };
                let mut names: Vec<&str> = file
                    .at(ports.first(), transport)
                    .map(|entry| entry.name.as_str())
                    .collect();
                names.sort_unstable();
                let found = finding(rule, record, Column::ServiceName, message)
                    .on([(ports, Some(transport))]);
                let found = found.with([record.name_at(ports.first())]).with(&names);
                let now = Some((ports, names));
                if said != now {
                    findings.push(found);
                    said = now;
                }
            }
        }
    }
    findings
}
