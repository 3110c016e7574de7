//! Rules to copy, from the templates of `export`.

use appleports_emit::{OPENERS, RuleOptions, opens_nothing};
use appleports_model::{Dataset, PortRange, Record, to_json};
use appleports_pipeline::ProductPorts;
use maud::{Markup, html};

use crate::context::Site;
use crate::text::{lines, t};

/// The formats that pages show, and what they are called.
const SHOWN: [(&str, &str); 3] = [
    ("list", "List of ports"),
    ("nftables", "nftables"),
    ("pf", "pf"),
];

/// The records as a dataset of their own.
pub(crate) fn part(site: &Site<'_>, records: Vec<Record>) -> Dataset {
    Dataset {
        sources: site.dataset.sources.clone(),
        records,
        totals: site.dataset.totals,
        ..Dataset::default()
    }
}

/// A record with only this one of its ranges.
pub(crate) fn narrowed(record: &Record, range: PortRange) -> Record {
    let mut copy = record.clone();
    copy.ports.retain(|ports| *ports == range);
    copy.cross_check.retain(|check| check.ports == range);
    copy.port_names.retain(|entry| range.contains(entry.port));
    copy
}

/// The rules for the rows, one block a format, and their ports as JSON. With the filter, where there
/// is one, `export` writes the same.
pub(crate) fn section(part: &Dataset, ports: &[ProductPorts], filter: Option<&str>) -> Markup {
    let nothing = opens_nothing(part);
    html! {
        section {
            h2 #rules { "Rules to copy" }
            @if nothing {
                p { "The article gives neither TCP nor UDP here, so no rule opens anything." }
            } @else {
                p.fine {
                    "For exactly the ports above. Rules accept outgoing connections and block nothing."
                    @if let Some(filter) = filter {
                        " For other formats and directions: "
                        code { (t(format!("appleports export {filter} --format iptables"))) }
                    }
                }
                @for (name, label) in SHOWN {
                    @if let Some(text) = written(part, name) {
                        details.rules {
                            summary { (label) }
                            pre data-copy="" tabindex="0" { (lines(&text)) }
                        }
                    }
                }
                details.rules {
                    summary { "JSON" }
                    pre data-copy="" tabindex="0" { (lines(&to_json(&ports))) }
                }
            }
        }
    }
}

fn written(part: &Dataset, name: &str) -> Option<String> {
    let opener = OPENERS.iter().find(|opener| opener.name == name)?;
    opener.write(part, &RuleOptions::default()).ok()
}
