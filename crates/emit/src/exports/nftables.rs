//! A set and a chain for nft(8): `nft -f FILE`.

use appleports_model::Dataset;

use super::{comments, joined, open_ports, rules_heading};

pub(super) fn write(dataset: &Dataset) -> String {
    let elements: Vec<String> = open_ports(dataset)
        .iter()
        .flat_map(|(transport, set)| {
            set.ranges()
                .iter()
                .map(move |range| format!("\t\t\t{transport} . {}", joined(*range, '-')))
        })
        .collect();
    format!(
        "#!/usr/sbin/nft -f\n{}\ntable inet appleports {{\n\tset ports {{\n\t\ttype inet_proto . inet_service\n\t\tflags interval\n\t\telements = {{\n{}\n\t\t}}\n\t}}\n\n\tchain input {{\n\t\ttype filter hook input priority filter; policy accept;\n\t\tmeta l4proto . th dport @ports counter accept\n\t}}\n}}\n",
        comments(&rules_heading(dataset)),
        elements.join(",\n")
    )
}
