//! Each check fires where it should, with its whole message, and keeps silent elsewhere.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

mod common;

use appleports_check::{Context, RULES, attach_corrections, check, cross_check, parse_corrections};
use appleports_model::Transport::{Tcp, Udp};
use appleports_model::{Correction, Record, Registration, Registry, RegistryEntry};
use common::{entry, record, registry};

fn run(
    record: Record,
    entries: Vec<RegistryEntry>,
    corrections: &[Correction],
    compare: Option<&Registry>,
) -> Vec<String> {
    let registry = registry(entries);
    let mut records = [record];
    cross_check(&mut records, &registry);
    attach_corrections(&mut records, corrections);
    check(&Context {
        records: &records,
        registry: &registry,
        compare,
        corrections,
    })
    .iter()
    .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
    .collect()
}

fn plain(record: Record, entries: Vec<RegistryEntry>) -> Vec<String> {
    run(record, entries, &[], None)
}

fn marked(record: Record) -> Record {
    Record {
        registration: Registration::Unregistered,
        ..record
    }
}

fn correction(field: &str, published: &str, value: &str) -> [Correction; 1] {
    [Correction {
        record: "r".into(),
        field: field.into(),
        published: published.into(),
        value: value.into(),
        reason: "reason".into(),
        evidence: "evidence".into(),
    }]
}

#[test]
fn a_registered_name_is_no_finding() {
    let entries = vec![entry("echo", "7", Tcp, 2), entry("echo", "7", Udp, 3)];
    assert_eq!(
        plain(record("7", &[Tcp, Udp], "Echo"), entries),
        Vec::<String>::new()
    );
}

#[test]
fn other_name_is_said_once_for_both_transports() {
    let entries = vec![entry("nfs", "2049", Tcp, 2), entry("nfs", "2049", Udp, 3)];
    assert_eq!(
        plain(record("2049", &[Tcp, Udp], "nfsd"), entries),
        [
            "I001 14: `nfsd` on 2049/tcp: the registry has `nfs` (iana/2020-01-01 line 2), and `nfsd` nowhere"
        ]
    );
}

#[test]
fn name_elsewhere() {
    let entries = vec![entry("smtp", "25", Tcp, 2), entry("urd", "465", Tcp, 3)];
    assert_eq!(
        plain(record("465", &[Tcp], "smtp"), entries),
        [
            "I002 14: `smtp` on 465/tcp: the registry has `smtp` for 25 and `urd` here (iana/2020-01-01 lines 3, 2)"
        ]
    );
}

#[test]
fn other_transport() {
    assert_eq!(
        plain(
            record("123", &[Tcp], "ntp"),
            vec![entry("ntp", "123", Udp, 2)]
        ),
        ["I003 14: `ntp` on 123/tcp: registered for 123 over udp only (iana/2020-01-01 line 2)"]
    );
}

#[test]
fn unassigned() {
    assert_eq!(
        plain(record("123", &[Tcp], "own"), vec![]),
        ["I004 14: `own` on 123/tcp: not registered (iana/2020-01-01 has no row)"]
    );
}

#[test]
fn a_name_is_offered_where_the_article_has_none() {
    assert_eq!(
        plain(
            record("5223", &[Tcp], ""),
            vec![entry("hpvirtgrp", "5223", Tcp, 2)]
        ),
        [
            "I005 14: 5223/tcp has no name here; the registry has `hpvirtgrp`, HPVIRTGRP (iana/2020-01-01 line 2)"
        ]
    );
    assert_eq!(
        plain(record("5224", &[Tcp], ""), vec![]),
        Vec::<String>::new()
    );
}

#[test]
fn marks_that_agree_and_disagree() {
    let mut owner = entry("cbt", "7777", Tcp, 2);
    owner.unauthorized_use = "Known Unauthorized Use on port 7777".into();
    assert_eq!(
        plain(marked(record("7777", &[Tcp], "cbt")), vec![owner.clone()]),
        [
            "I006 12: 7777/tcp is registered for another service, CBT (iana/2020-01-01 line 2); it reports: Known Unauthorized Use on port 7777"
        ]
    );
    assert_eq!(
        plain(marked(record("5897", &[Udp], "")), vec![]),
        ["I006 12: 5897/udp is not registered for any service (iana/2020-01-01 has no row)"]
    );
    let disputed = run(
        marked(record("7777", &[Tcp], "cbt")),
        vec![owner],
        &correction("registration", "unregistered", "registered"),
        None,
    );
    assert_eq!(
        disputed,
        ["I007 12: marked `unregistered`, better `registered`: reason (evidence)"]
    );
}

#[test]
fn aliases() {
    let mut alias = entry("dec_dlm", "625", Tcp, 3);
    alias.notes = "This entry is an alias to \"dec-dlm\".\nHistoric.".into();
    assert_eq!(
        plain(
            record("625", &[Tcp], "dec_dlm"),
            vec![entry("dec-dlm", "625", Tcp, 2), alias]
        ),
        [
            "I008 14: `dec_dlm` on 625/tcp: This entry is an alias to \"dec-dlm\". Historic (iana/2020-01-01 line 3)"
        ]
    );
}

#[test]
fn ranges_beyond_their_assignment() {
    assert_eq!(
        plain(
            record("8000-8999", &[Tcp], "irdmi"),
            vec![entry("irdmi", "8000", Tcp, 2)]
        ),
        [
            "I009 10: `irdmi` is registered for 1 of the 1000 ports from 8000/tcp on (iana/2020-01-01)"
        ]
    );
    assert_eq!(
        plain(
            record("6000-6063", &[Tcp], "x11"),
            vec![entry("x11", "6000-6063", Tcp, 2)]
        ),
        Vec::<String>::new()
    );
}

#[test]
fn another_edition() {
    let entries = vec![entry("urd", "465", Tcp, 2)];
    let newer = Registry::new(
        "iana/2024-01-01",
        vec![entry("urd", "465", Tcp, 2), entry("smtps", "465", Tcp, 3)],
    );
    assert_eq!(
        run(
            record("465", &[Tcp], "urd"),
            entries.clone(),
            &[],
            Some(&newer)
        ),
        [
            "I010 14: 465/tcp: match with `urd` (iana/2020-01-01 line 2), match with `urd` and `smtps` (iana/2024-01-01 lines 2, 3)"
        ]
    );
    assert_eq!(
        run(
            record("465", &[Tcp], "urd"),
            entries.clone(),
            &[],
            Some(&registry(entries))
        ),
        Vec::<String>::new()
    );
}

#[test]
fn corrections_apply_while_the_value_stands() {
    let entries = || vec![entry("kermit", "1649", Tcp, 2)];
    let kermit = || record("1649", &[Tcp], "kermit");
    assert_eq!(
        run(
            kermit(),
            entries(),
            &correction("service_name", "kermit", ""),
            None
        ),
        ["I011 14: `kermit`: reason (evidence)"]
    );
    assert_eq!(
        run(
            kermit(),
            entries(),
            &correction("service_name", "other", ""),
            None
        ),
        ["I012 10: the correction of service_name expects `other`, the row has `kermit`"]
    );
    let cited = Record {
        rfcs: vec![792],
        ..kermit()
    };
    assert_eq!(
        run(cited, entries(), &correction("rfcs", "792", "862"), None),
        ["R001 13: RFC `792`, better `862`: reason (evidence)"]
    );
}

#[test]
fn the_registry_cites_another_rfc() {
    let mut xmpp = entry("xmpp", "5222", Tcp, 2);
    xmpp.reference = "[RFC6120][RFC6121, Section 1]".into();
    let cites = |number| Record {
        rfcs: vec![number],
        ..record("5222", &[Tcp], "xmpp")
    };
    assert_eq!(
        plain(cites(3920), vec![xmpp.clone()]),
        [
            "R002 13: the article cites RFC 3920 for 5222/tcp, the registry RFC 6120, RFC 6121 (iana/2020-01-01 line 2)"
        ]
    );
    assert_eq!(plain(cites(6121), vec![xmpp]), Vec::<String>::new());
}

#[test]
fn the_codes_are_in_order() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted(), "{codes:?}");
}

#[test]
fn a_correction_needs_a_reason_and_a_known_field() {
    let error = |text: &str| {
        parse_corrections("corrections.toml", text)
            .unwrap_err()
            .to_string()
    };
    let text = |field: &str, reason: &str| {
        format!(
            "[[correction]]\nrecord='r'\nfield='{field}'\npublished=''\nvalue=''\nreason='{reason}'\nevidence='e'\n"
        )
    };
    assert_eq!(
        error(&text("title", "x")),
        "corrections.toml: the correction of `r` names the unknown field `title`"
    );
    assert_eq!(
        error(&text("rfcs", "")),
        "corrections.toml: the correction of `r` has no reason or no evidence"
    );
    assert!(error("[[correction]]\nrecord = 5\n").contains("line 2"));
}
