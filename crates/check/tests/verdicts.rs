//! The registry's verdicts, in their order.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

mod common;

use appleports_check::cross_check;
use appleports_model::Transport::{Tcp, Udp};
use appleports_model::{IanaStatus, PortName};
use common::{entry, record, registry};

#[test]
fn every_verdict_in_its_order() {
    let registry = registry(vec![
        entry("http", "80", Tcp, 2),
        entry("www", "80", Tcp, 3),
        entry("smtp", "25", Tcp, 4),
        entry("urd", "465", Tcp, 5),
        entry("rfb", "5900", Tcp, 6),
        entry("git", "9418", Tcp, 7),
    ]);
    for (ports, transports, name, status, names, lines) in [
        (
            "80",
            &[Tcp][..],
            "WWW",
            IanaStatus::Match,
            "http www",
            vec![2, 3],
        ),
        (
            "465",
            &[Tcp],
            "smtp",
            IanaStatus::NameElsewhere,
            "urd",
            vec![5, 4],
        ),
        (
            "5900",
            &[Tcp],
            "vnc-server",
            IanaStatus::OtherName,
            "rfb",
            vec![6],
        ),
        (
            "9418",
            &[Udp],
            "git",
            IanaStatus::OtherTransport,
            "",
            vec![7],
        ),
        (
            "5901",
            &[Tcp],
            "vnc-server",
            IanaStatus::Unassigned,
            "",
            vec![],
        ),
        ("80", &[Tcp], "", IanaStatus::NoName, "http www", vec![2, 3]),
        ("81", &[Tcp], "", IanaStatus::NoNameUnassigned, "", vec![]),
        ("80", &[], "http", IanaStatus::NoTransport, "", vec![]),
    ] {
        let mut records = [record(ports, transports, name)];
        cross_check(&mut records, &registry);
        let check = &records[0].cross_check[0];
        assert_eq!(
            (
                check.iana_status,
                check.iana_names.join(" ").as_str(),
                &check.lines
            ),
            (status, names, &lines),
            "{ports} {name}"
        );
    }
}

#[test]
fn the_verdict_is_about_the_name_and_not_its_alias() {
    let list = vec![entry("net-assistant", "3283", Tcp, 2)];
    let registry = registry(list);
    for (names, status) in [
        (["net-assistant", "classroom"], IanaStatus::Match),
        (["classroom", "net-assistant"], IanaStatus::OtherName),
    ] {
        let mut records = [record("3283", &[Tcp], names[0])];
        records[0].port_names = names
            .map(|name| PortName {
                port: 3283,
                name: name.to_owned(),
            })
            .to_vec();
        cross_check(&mut records, &registry);
        assert_eq!(records[0].cross_check[0].iana_status, status, "{names:?}");
    }
}
