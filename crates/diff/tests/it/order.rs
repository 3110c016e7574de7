//! The order in which a row lists its ports and names is no change.

use appleports_diff::changes;
use appleports_model::{CrossCheck, IanaStatus, PortName, Record, Transport};

use crate::common::{finished, record};

/// A row whose names belong to these ports, in this order.
fn named(ports: &str, names: &[(u16, &str)]) -> Record {
    let mut row = record([ports, "udp", "Calls", "", names[0].1, "FaceTime"]);
    let names = names.iter().map(|(port, name)| PortName {
        port: *port,
        name: (*name).into(),
    });
    row.port_names = names.collect();
    row
}

#[test]
fn the_order_of_ports_and_names_is_nothing() {
    let single = |ports| record([ports, "udp", "Calls", "", "calls", "FaceTime"]);
    let checked = |mut row: Record, ports: [&str; 2]| {
        let checks = ports.map(|port| CrossCheck {
            ports: port.parse().unwrap(),
            transport: Some(Transport::Udp),
            iana_status: IanaStatus::Unassigned,
            iana_names: Vec::new(),
            edition: String::new(),
            lines: Vec::new(),
        });
        row.cross_check = checks.into();
        row
    };
    for (old, new) in [
        (single("50001, 50005"), single("50005, 50001")),
        (
            checked(single("50001, 50005"), ["50001", "50005"]),
            checked(single("50005, 50001"), ["50005", "50001"]),
        ),
        (
            named("50001", &[(50001, "aaa"), (50001, "bbb")]),
            named("50001", &[(50001, "bbb"), (50001, "aaa")]),
        ),
        (
            named("50001, 50005", &[(50001, "bbb"), (50005, "aaa")]),
            named("50005, 50001", &[(50005, "aaa"), (50001, "bbb")]),
        ),
    ] {
        let (old, new) = (finished(vec![old]), finished(vec![new]));
        let found = changes(&old, &new);
        assert!(found.is_empty(), "{:#?}", found.changes);
        if old[0].port_names.is_empty() {
            assert_eq!(old[0].id, new[0].id);
        }
    }
    let (old, new) = (
        finished(vec![named("1, 2", &[(1, "aaa"), (2, "bbb")])]),
        finished(vec![named("1, 2", &[(1, "bbb"), (2, "aaa")])]),
    );
    assert_eq!(changes(&old, &new).counts.changed, 1);
}

#[test]
fn an_alias_that_comes_leaves_the_name() {
    let (old, new) = (
        finished(vec![named("3283", &[(3283, "net-assistant")])]),
        finished(vec![named(
            "3283",
            &[(3283, "net-assistant"), (3283, "classroom")],
        )]),
    );
    for (old, new, line) in [
        (&old, &new, "further names  -> 3283=classroom"),
        (&new, &old, "further names 3283=classroom -> "),
    ] {
        let short = changes(old, new).short();
        assert_eq!(short[1..], [format!("~ 3283-udp-net-assistant: {line}")]);
    }
}
