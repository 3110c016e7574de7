//! What the registry says about the rows.

use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::{Dataset, IanaStatus, RowFindings};

use super::cell;

pub(super) fn registry(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    writeln!(
        out,
        "| verdict | rows of ports.csv | meaning |\n|---|---:|---|"
    )?;
    let findings = RowFindings::new(&dataset.findings);
    let mut counts: BTreeMap<(IanaStatus, bool), usize> = BTreeMap::new();
    for record in &dataset.records {
        for check in &record.cross_check {
            let is_borrowed = findings.is_borrowed_name(&record.id, check);
            *counts.entry((check.iana_status, is_borrowed)).or_default() += 1;
        }
    }
    let count = |status, is_borrowed| counts.get(&(status, is_borrowed)).unwrap_or(&0);
    for status in IanaStatus::ALL {
        let agreed = count(status, false);
        writeln!(out, "| {status} | {agreed} | {} |", status.meaning())?;
        if status == IanaStatus::Match {
            let borrowed = count(status, true);
            writeln!(
                out,
                "| {status}, but registered for something else | {borrowed} | The registry has the name here for another service (I011). |"
            )?;
        }
    }
    writeln!(
        out,
        "\nNames that the registry does not have for the port:\n"
    )?;
    writeln!(
        out,
        "| port | article | registry | verdict |\n|---|---|---|---|"
    )?;
    for record in &dataset.records {
        for check in &record.cross_check {
            let differs = matches!(
                check.iana_status,
                IanaStatus::OtherName
                    | IanaStatus::NameElsewhere
                    | IanaStatus::OtherTransport
                    | IanaStatus::Unassigned
            );
            let Some(transport) = check.transport.filter(|_| differs) else {
                continue;
            };
            let names = if check.iana_names.is_empty() {
                "-".to_owned()
            } else {
                check.iana_names.join(", ")
            };
            let name = cell(record.name_at(check.ports.first()));
            writeln!(
                out,
                "| {}/{transport} | {name} | {} | {} |",
                check.ports,
                cell(&names),
                check.iana_status
            )?;
        }
    }
    Ok(())
}
