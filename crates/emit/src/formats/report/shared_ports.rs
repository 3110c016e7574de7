//! The rows that claim the same ports.

use std::fmt::Write;

use appleports_model::Dataset;
use appleports_model::escape::markdown;

use super::grouped;

pub(super) fn shared_ports(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    writeln!(
        out,
        "{} pairs of rows claim the same ports.\n",
        dataset.overlaps.len()
    )?;
    writeln!(
        out,
        "| transport | row | other row | shared | ports |\n|---|---|---|---|---:|"
    )?;
    for overlap in &dataset.overlaps {
        writeln!(
            out,
            "| {} | {} {} | {} {} | {} | {} |",
            overlap.transport,
            overlap.ports,
            markdown::code(&overlap.record),
            overlap.other_ports,
            markdown::code(&overlap.other),
            overlap.shared,
            grouped(overlap.count)
        )?;
    }
    Ok(())
}
