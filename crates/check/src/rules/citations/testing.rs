//! A small RFC index, and what a check says of a record that cites a number of it.

use appleports_model::Transport::Tcp;
use appleports_model::{Finding, Record, RfcEntry, RfcIndex};

use crate::Context;
use crate::testing::{citing, context, cross_checked, messages, record, registry};

/// RFC 100 is replaced by 200 and 201, 200 by 300; 150 was never issued, 250 is not listed.
pub(super) fn index(complete: bool) -> RfcIndex {
    let rfc = |number: u32, title: &str, date: &str, obsoleted_by: &[u32]| RfcEntry {
        number,
        title: title.into(),
        date: date.into(),
        status: "PROPOSED STANDARD".into(),
        obsoleted_by: obsoleted_by.to_vec(),
        line: number * 10,
    };
    RfcIndex::new(
        "rfc/2024-08-26",
        complete,
        [
            rfc(100, "Kermit Protocol", "1999-06", &[200, 201]),
            rfc(200, "Kermit Again", "2014-06", &[300]),
            rfc(201, "Kermit Elsewhere", "2014-06", &[]),
            rfc(300, "Kermit, Revised", "2022-06", &[]),
            rfc(301, "Host Table", "2022-06", &[]),
        ],
        [(150, 1500)],
    )
}

/// What a check says of a record of a page of this day that cites the number.
pub(super) fn cited(
    run: fn(&Context<'_>) -> Vec<Finding>,
    number: u32,
    index: &RfcIndex,
    captured: &str,
) -> Vec<String> {
    let registry = registry(vec![]);
    let row = Record {
        title: "Kermit".into(),
        ..record("7", &[Tcp], "kermit")
    };
    let records = cross_checked([citing(number, row)], &registry);
    let context = context(&records, &registry);
    messages(
        run,
        &Context {
            rfcs: Some(index),
            captured: captured.parse().ok(),
            ..context
        },
    )
}
