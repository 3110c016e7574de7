//! Macros and rules for pf.conf(5).

use std::fmt::Write;

use appleports_model::Dataset;

use super::{comments, joined, open_ports, rules_heading};

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out = comments(&rules_heading(dataset));
    let open = open_ports(dataset);
    for (transport, set) in &open {
        let ports: Vec<String> = set
            .ranges()
            .iter()
            .map(|range| joined(*range, ':'))
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "apple_{transport}_ports = \"{{ {} }}\"",
            ports.join(", ")
        );
    }
    out.push('\n');
    for transport in open.keys() {
        let _ = writeln!(
            out,
            "pass in proto {transport} to any port $apple_{transport}_ports"
        );
    }
    out
}
