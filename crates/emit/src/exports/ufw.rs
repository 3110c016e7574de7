//! An application profile for ufw(8), for /etc/ufw/applications.d/.

use appleports_model::Dataset;

use super::{comments, groups, joined, open_ports, rules_heading};

pub(super) fn write(dataset: &Dataset) -> String {
    // A profile's groups are matched one by one, each with one multiport match.
    let groups: Vec<String> = open_ports(dataset)
        .iter()
        .flat_map(|(transport, set)| {
            groups(set).into_iter().map(move |group| {
                let ports: Vec<String> = group.iter().map(|range| joined(*range, ':')).collect();
                format!("{}/{transport}", ports.join(","))
            })
        })
        .collect();
    format!(
        "{}[Apple products]\ntitle=Apple products\ndescription=Ports that Apple products use\nports={}\n",
        comments(&rules_heading(dataset)),
        groups.join("|")
    )
}
