//! Rules for iptables-restore(8): `iptables-restore --noflush FILE`.

use std::fmt::Write;

use appleports_model::Dataset;

use super::{comments, groups, joined, open_ports, rules_heading};

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out = comments(&rules_heading(dataset));
    out.push_str(
        "# Send packets here with: iptables -A INPUT -j APPLEPORTS\n*filter\n:APPLEPORTS - [0:0]\n",
    );
    for (transport, set) in open_ports(dataset) {
        for group in groups(&set) {
            let ports: Vec<String> = group.iter().map(|range| joined(*range, ':')).collect();
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "-A APPLEPORTS -p {transport} -m multiport --dports {} -j ACCEPT",
                ports.join(",")
            );
        }
    }
    out.push_str("COMMIT\n");
    out
}
