//! An article that gives all ports of a product: 80 and 443 over TCP.

use std::collections::BTreeMap;

use appleports_model::{
    Finding, PortRange, Record, Sibling, SiblingFact, Siblings, Transport, UnreadRow,
};

use crate::Context;
use crate::testing::{context, messages, registry};

fn facetime() -> Siblings {
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

/// What a check says of these rows beside the article.
pub(super) fn beside(run: fn(&Context<'_>) -> Vec<Finding>, rows: &[Record]) -> Vec<String> {
    beside_unread(run, rows, &[])
}

/// The same, where these rows could not be read.
pub(super) fn beside_unread(
    run: fn(&Context<'_>) -> Vec<Finding>,
    rows: &[Record],
    unread: &[UnreadRow],
) -> Vec<String> {
    let (registry, siblings) = (registry(vec![]), facetime());
    let context = context(rows, &registry);
    messages(
        run,
        &Context {
            siblings: Some(&siblings),
            unread,
            ..context
        },
    )
}

/// The row, used by the product of the article.
pub(super) fn of_facetime(row: Record) -> Record {
    Record {
        products: vec!["FaceTime".into()],
        ..row
    }
}
