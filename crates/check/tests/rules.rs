//! Each check fires where it should, with its whole message, and keeps silent elsewhere.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

mod common;

use appleports_check::{Context, RULES, attach_corrections, check, cross_check, parse_corrections};
use appleports_model::Transport::{Tcp, Udp};
use appleports_model::{
    Correction, Record, Registration, Registry, RegistryEntry, RfcEntry, RfcIndex, ServicesEntry,
    ServicesFile,
};
use common::{entry, record, registry};

fn run(
    record: Record,
    entries: Vec<RegistryEntry<'_>>,
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
        rfcs: None,
        captured: "2015-10-23",
        siblings: None,
        services: &[],
        corrections,
    })
    .iter()
    .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
    .collect()
}

fn plain(record: Record, entries: Vec<RegistryEntry<'_>>) -> Vec<String> {
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
    owner.unauthorized_use = "Known Unauthorized Use on port 7777";
    assert_eq!(
        plain(marked(record("7777", &[Tcp], "cbt")), vec![owner]),
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
    alias.notes = "This entry is an alias to \"dec-dlm\".\nHistoric.";
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
    xmpp.reference = "[RFC6120][RFC6121, Section 1]";
    let cites = |number| Record {
        rfcs: vec![number],
        ..record("5222", &[Tcp], "xmpp")
    };
    assert_eq!(
        plain(cites(3920), vec![xmpp]),
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

fn cited(number: u32, index: &RfcIndex, captured: &str) -> Vec<String> {
    let mut records = [Record {
        rfcs: vec![number],
        title: "Kermit".into(),
        ..record("7", &[Tcp], "kermit")
    }];
    let registry = registry(vec![]);
    cross_check(&mut records, &registry);
    check(&Context {
        records: &records,
        registry: &registry,
        compare: None,
        rfcs: Some(index),
        captured,
        siblings: None,
        services: &[],
        corrections: &[],
    })
    .iter()
    .filter(|finding| finding.code.starts_with('R'))
    .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
    .collect()
}

fn index(complete: bool) -> RfcIndex {
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

#[test]
fn an_obsolete_citation_is_told_from_one_that_became_obsolete() {
    let chain = "RFC 100 (1999-06) for `kermit` is replaced since 2014-06 by RFC 200 and RFC 201, today RFC 201 and RFC 300 (rfc/2024-08-26 line 1000)";
    for complete in [true, false] {
        let index = index(complete);
        assert_eq!(
            cited(100, &index, "2015-10-23"),
            [format!("R003 13: {chain}")]
        );
        assert_eq!(
            cited(100, &index, "2014-06-30"),
            [format!("R004 13: {chain}")]
        );
        assert_eq!(cited(100, &index, ""), [format!("R004 13: {chain}")]);
        assert_eq!(cited(300, &index, "2015-10-23"), Vec::<String>::new());
    }
}

#[test]
fn numbers_without_a_document_are_told_apart() {
    let of = |number| cited(number, &index(true), "2015-10-23");
    assert_eq!(
        of(150),
        ["R005 13: RFC 150 for `kermit` was never issued (rfc/2024-08-26 line 1500)"]
    );
    assert_eq!(
        of(250),
        [
            "R006 13: RFC 250 for `kermit` is not in the index, which has higher numbers (rfc/2024-08-26)"
        ]
    );
    assert_eq!(
        of(302),
        ["R007 13: RFC 302 for `kermit` is higher than all numbers of rfc/2024-08-26"]
    );
    assert_eq!(
        of(301),
        [
            "R008 13: RFC 301 for `kermit` is `Host Table`, which shares no word with the row (rfc/2024-08-26 line 3010)"
        ]
    );
    assert_eq!(
        cited(302, &index(false), "2015-10-23"),
        ["R009 13: RFC 302 for `kermit`: no entry in rfc/2024-08-26"]
    );
}

#[test]
fn the_registry_citing_the_successor_is_said_once() {
    let cites = |reference: &'static str| RegistryEntry {
        reference,
        ..entry("kermit", "7", Tcp, 2)
    };
    let codes = |reference: &'static str| {
        let registry = registry(vec![cites(reference)]);
        let mut records = [Record {
            rfcs: vec![100],
            ..record("7", &[Tcp], "kermit")
        }];
        cross_check(&mut records, &registry);
        let findings = check(&Context {
            records: &records,
            registry: &registry,
            compare: None,
            rfcs: Some(&index(true)),
            captured: "2015-10-23",
            siblings: None,
            services: &[],
            corrections: &[],
        });
        findings
            .into_iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes("[RFC300]"), ["R003"]);
    assert_eq!(codes("[RFC301]"), ["R002", "R003"]);
}

fn beside(record: Record, services: &str) -> Vec<String> {
    let mut entries = Vec::new();
    for (line, text) in (1u32..).zip(services.lines()) {
        let mut words = text.split(' ');
        let (name, place) = (words.next().unwrap(), words.next().unwrap());
        let (port, transport) = place.split_once('/').unwrap();
        entries.push(ServicesEntry {
            name: name.into(),
            port: port.parse().unwrap(),
            transport: transport.parse().ok(),
            aliases: words.map(str::to_owned).collect(),
            line,
        });
    }
    let files = [ServicesFile::new("services", entries, vec![])];
    let registry = registry(vec![entry("nfs", "2049", Tcp, 2)]);
    let mut records = [record];
    cross_check(&mut records, &registry);
    check(&Context {
        records: &records,
        registry: &registry,
        compare: None,
        rfcs: None,
        captured: "",
        siblings: None,
        services: &files,
        corrections: &[],
    })
    .iter()
    .filter(|finding| finding.code.starts_with('S'))
    .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
    .collect()
}

#[test]
fn services_files_are_compared_name_by_name() {
    let nfsd = || record("2049", &[Tcp, Udp], "nfsd");
    assert_eq!(
        beside(nfsd(), "nfsd 2049/tcp\nnfsd 2049/udp"),
        Vec::<String>::new()
    );
    assert_eq!(
        beside(nfsd(), "nfs 2049/tcp\nnfs 2049/udp"),
        [
            "S020 14: `nfsd` on 2049/tcp: services has `nfs` (line 1, as the registry has it) and not this name"
        ]
    );
    assert_eq!(
        beside(nfsd(), "nfs 2049/tcp nfsd\nnfsd 2049/udp"),
        ["S021 14: `nfsd` on 2049/tcp: an alias of `nfs` in services (line 1)"]
    );
    assert_eq!(
        beside(nfsd(), "nfsd 2049/tcp"),
        ["S022 14: `nfsd` on 2049/udp: not in services"]
    );
    assert_eq!(
        beside(record("465", &[Tcp], "smtp"), "smtp 25/tcp\nurd 465/tcp"),
        [
            "S023 14: `smtp` on 465/tcp: services has the name on 25 (line 1), and `urd` (line 2) here"
        ]
    );
    assert_eq!(
        beside(record("5223", &[Tcp], ""), "hpvirtgrp 5223/tcp"),
        ["S024 14: 5223/tcp: services has `hpvirtgrp` (line 1)"]
    );
    assert_eq!(
        beside(record("5223", &[Tcp], ""), "other 1/tcp"),
        Vec::<String>::new()
    );
    assert_eq!(
        beside(record("5223", &[], "x"), "other 5223/tcp"),
        Vec::<String>::new()
    );
}
