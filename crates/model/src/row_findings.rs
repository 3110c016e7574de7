//! Which findings are about which row of `ports.csv`.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::port::PortRange;
use crate::record::{CrossCheck, IanaStatus};
use crate::transport::Transport;

/// The code of the finding that a name is registered for another service.
const BORROWED_NAME: &str = "I011";

/// Findings, ready to be asked for by record and row.
#[derive(Clone, Debug)]
pub struct RowFindings<'f> {
    by_record: HashMap<&'f str, Vec<&'f Finding>>,
}

impl<'f> RowFindings<'f> {
    /// Those of the findings that are about a record.
    pub fn new(findings: &'f [Finding]) -> Self {
        let mut by_record: HashMap<&str, Vec<&Finding>> = HashMap::new();
        for finding in findings {
            if let Some(record) = &finding.record {
                by_record.entry(record).or_default().push(finding);
            }
        }
        Self { by_record }
    }

    /// Everything about a record and its rows, in the order of the findings.
    pub fn of_record(&self, record: &str) -> &[&'f Finding] {
        self.by_record.get(record).map_or(&[], Vec::as_slice)
    }

    /// The codes about one row of a record: of findings about that row, and of those about
    /// the record as a whole. Sorted, each once.
    pub fn codes(&self, record: &str, check: &CrossCheck) -> Vec<&'f str> {
        let mut codes: Vec<&str> = self
            .of_record(record)
            .iter()
            .filter(|finding| is_about(finding, check))
            .map(|finding| finding.code.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Whether the registry has the name for the port, but for another service (I011): the
    /// row is a `match` that agrees with nothing.
    pub fn is_borrowed_name(&self, record: &str, check: &CrossCheck) -> bool {
        check.iana_status == IanaStatus::Match && self.codes(record, check).contains(&BORROWED_NAME)
    }
}

fn is_about(finding: &Finding, check: &CrossCheck) -> bool {
    // One port of a range is a row of its own in some exports.
    let is_own = |(ports, transport): &(PortRange, Option<Transport>)| {
        *transport == check.transport
            && ports.contains(check.ports.first())
            && ports.contains(check.ports.last())
    };
    finding.rows.is_empty() || finding.rows.iter().any(is_own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::PortRange;
    use crate::transport::Transport;
    use crate::{Level, Rule};

    fn finding(code: &'static str, record: &str) -> Finding {
        let rule = Rule {
            code,
            level: Level::Note,
            short: "",
            title: "",
            why: "",
            example: "",
            help: "",
        };
        Finding::new(&rule, "source", 1, "message").about(record)
    }

    fn check(port: u16, transport: Transport, iana_status: IanaStatus) -> CrossCheck {
        CrossCheck {
            ports: PortRange::single(port),
            transport: Some(transport),
            iana_status,
            iana_names: Vec::new(),
            edition: String::new(),
            lines: Vec::new(),
        }
    }

    #[test]
    fn a_row_has_the_codes_of_its_record_and_its_own() {
        let udp = (PortRange::single(53), Some(Transport::Udp));
        let findings = [
            finding("N010", "dns"),
            finding("I001", "dns").on([udp]),
            finding("A001", "dns"),
            finding("A001", "dns"),
            finding("R001", "http"),
            Finding {
                record: None,
                ..finding("A003", "")
            },
        ];
        let row_findings = RowFindings::new(&findings);
        let codes =
            |port, transport| row_findings.codes("dns", &check(port, transport, IanaStatus::Match));
        assert_eq!(codes(53, Transport::Udp), ["A001", "I001", "N010"]);
        assert_eq!(codes(53, Transport::Tcp), ["A001", "N010"]);
        assert_eq!(codes(54, Transport::Udp), ["A001", "N010"]);
        assert_eq!(row_findings.of_record("dns").len(), 4);
        assert!(row_findings.of_record("nobody").is_empty());
    }

    #[test]
    fn only_a_match_can_be_borrowed() {
        let findings = [finding("I011", "a"), finding("I001", "b")];
        let row_findings = RowFindings::new(&findings);
        let is_borrowed = |record, status| {
            row_findings.is_borrowed_name(record, &check(1, Transport::Tcp, status))
        };
        assert!(is_borrowed("a", IanaStatus::Match));
        assert!(!is_borrowed("a", IanaStatus::OtherName));
        assert!(!is_borrowed("b", IanaStatus::Match));
    }
}
