//! An article that gives all ports of a product: 80 and 443 over TCP.

use std::collections::BTreeMap;

use appleports_model::{PortRange, Sibling, SiblingFact, Siblings, Transport};

pub(super) fn facetime() -> Siblings {
    let ports = [80, 443].map(PortRange::single);
    Siblings {
        edition: "siblings/2024-07-29".into(),
        articles: vec![Sibling {
            id: "102036".into(),
            title: "FaceTime and iMessage".into(),
            url: String::new(),
            seen: "2024".into(),
            facts: vec![SiblingFact {
                product: Some("FaceTime".into()),
                purpose: "calls".into(),
                ports: BTreeMap::from([(Transport::Tcp, ports.into_iter().collect())]),
                line: 7,
            }],
        }],
    }
}
