//! A plain list: one port or range with its transport a line.

use std::fmt::Write;

use appleports_model::Dataset;

use super::open_ports;

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out = String::new();
    for (transport, set) in open_ports(dataset) {
        for range in set.ranges() {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "{range}/{transport}");
        }
    }
    out
}
