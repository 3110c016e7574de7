//! A service file for firewalld.service(5).

use std::fmt::Write;

use appleports_model::Dataset;

use super::{joined, open_ports, rules_heading};

pub(super) fn write(dataset: &Dataset) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service>\n  <short>Apple products</short>\n  <description>{}</description>\n",
        escape(&rules_heading(dataset).join(" "))
    );
    for (transport, set) in open_ports(dataset) {
        for range in set.ranges() {
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "  <port protocol=\"{transport}\" port=\"{}\"/>",
                joined(*range, '-')
            );
        }
    }
    out.push_str("</service>\n");
    out
}
