//! `export` as rules: what the files say, and what contradicts itself.

use std::process::Stdio;

use appleports_emit::OPENERS;

use crate::run::{appleports, scratch, stderr, stdout};

fn export(arguments: &[&str]) -> String {
    let arguments = [&["export", "--format"][..], arguments].concat();
    stdout(&appleports(scratch().path(), &arguments).success())
}

/// What is said about options that contradict each other, after which nothing is written.
fn refusal(arguments: &[&str]) -> String {
    let folder = scratch();
    let arguments = [&["export", "-o", "rules", "--format"][..], arguments].concat();
    let refused = appleports(folder.path(), &arguments).code(2);
    assert!(!folder.path().join("rules").exists(), "{arguments:?}");
    stderr(&refused)
}

#[test]
fn rules_are_outbound_unless_asked_otherwise() {
    for format in ["nftables", "iptables", "pf", "firewalld", "ufw"] {
        let usual = export(&[format, "--product", "facetime"]);
        let out = export(&[format, "--product", "facetime", "--direction", "out"]);
        assert_eq!(usual, out);
        insta::assert_snapshot!(format!("rules_{format}"), usual);
    }
}

#[test]
fn rules_for_connections_that_come_in() {
    for format in ["nftables", "iptables", "pf", "firewalld", "ufw"] {
        let text = export(&[format, "--service", "ipp", "--direction", "in"]);
        insta::assert_snapshot!(format!("rules_in_{format}"), text);
    }
}

#[test]
fn rules_for_both_directions_in_a_table_of_the_users() {
    let asked = ["--service", "ipp", "--direction", "both"];
    let table = ["nftables", "--table", "ip  my-table"];
    insta::assert_snapshot!(
        "rules_both_nftables",
        export(&[&table[..], &asked].concat())
    );
    for format in ["iptables", "pf", "ufw"] {
        let text = export(&[&[format][..], &asked].concat());
        for direction in ["# Direction out: ", "# Direction in: "] {
            assert!(text.contains(direction), "{text}");
        }
    }
}

#[test]
fn rows_without_a_transport_open_nothing_and_are_listed() {
    let text = export(&["nftables"]);
    assert!(text.contains("# Not accepted, because the article gives no transport: 50003"));
    assert!(!text.contains("not selected"), "{text}");
    let asked = ["--port", "11211", "--unknown-as", "both"];
    insta::assert_snapshot!("rules_unknown_as", export(&[&["pf"][..], &asked].concat()));
    let shown = appleports(
        scratch().path(),
        &[&["export", "--format", "pf"][..], &asked].concat(),
    );
    assert!(stderr(&shown).contains("opened as asked: 11211: for tcp and udp"));
    assert!(!export(&["list", "--port", "80", "--unknown-as", "udp"]).contains("udp"));
}

#[test]
fn rules_without_ports_are_not_written() {
    let folder = scratch();
    for format in OPENERS {
        let asked = [
            "export",
            "--format",
            format.name,
            "--port",
            "11211",
            "-o",
            "rules",
        ];
        let shown = appleports(folder.path(), &asked).code(1);
        let said = stderr(&shown);
        assert!(said.contains("not opened: 11211: the article gives neither TCP nor UDP"));
        assert!(
            said.contains("nothing to open: no matching row has a transport; nothing was written")
        );
        assert!(!folder.path().join("rules").exists());
    }
}

#[test]
fn a_range_is_opened_whole_and_reported() {
    let asked = ["export", "--format", "list", "--port", "8000-8100"];
    let shown = appleports(scratch().path(), &asked).success();
    assert!(stdout(&shown).contains("8000-8999/tcp"));
    let wider = "opened: 6970-9999, 8000-8999: rows are opened whole, beyond 8000-8100";
    assert!(stderr(&shown).contains(wider), "{}", stderr(&shown));
}

#[test]
fn options_go_with_the_formats_that_have_them() {
    let rules = "only with nftables, iptables, pf, firewalld, ufw";
    let lists = "only with list, lines, comma";
    for (arguments, expected) in [
        (&["list", "--direction", "in"][..], rules),
        (&["nmap", "--direction", "out"], rules),
        (&["csv", "--direction", "out"], rules),
        (&["pf", "--table", "inet filter"], "only with nftables\n"),
        (
            &["services", "--table", "inet filter"],
            "only with nftables\n",
        ),
        (&["nftables", "--colon"], lists),
        (&["csv", "--colon"], lists),
        (
            &["json", "--expand"],
            "only with list, lines, comma, csv, iana-csv\n",
        ),
        (
            &["nmap", "--expand"],
            "only with list, lines, comma, csv, iana-csv\n",
        ),
        (
            &["csv", "--unknown-as", "udp"],
            "only with nftables, iptables",
        ),
        (
            &["pf", "--base", "base"],
            "--base goes with --format services alone\n",
        ),
        (
            &["pf", "--direction", "sideways"],
            "possible values: out, in, both",
        ),
        (
            &["firewalld", "--direction", "both"],
            "export each direction to a file of its own\n",
        ),
    ] {
        let said = refusal(arguments);
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(said.matches("error").count(), 1, "{said}");
    }
}

#[test]
fn a_table_is_named_as_nft_reads_it() {
    for table in [
        "",
        "filter",
        "inet",
        "inet a b",
        "arp a",
        "inet \"a\"",
        "inet a;b",
        "inet a\nb",
    ] {
        let said = refusal(&["nftables", "--table", table]);
        assert!(said.contains("for '--table <TABLE>'"), "{said}");
    }
}

#[test]
fn a_multiport_match_takes_fifteen_ports() {
    let text = export(&["iptables"]);
    let rules: Vec<&str> = text.split("--dports ").skip(1).collect();
    assert!(rules.len() > 5);
    for rule in rules {
        let ports = rule.split(' ').next().unwrap();
        assert!(ports.split([',', ':']).count() <= 15, "{ports}");
    }
}

#[test]
fn the_script_for_iptables_refuses_what_it_does_not_know() {
    let folder = scratch();
    let asked = ["export", "--format", "iptables", "-o", "rules.sh"];
    appleports(folder.path(), &asked).success();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new("sh");
        let command = command.current_dir(folder.path()).arg("rules.sh");
        let output = command
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = run(&["load", "no-such-tables"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("no-such-tables-restore is not installed"),
        "{said}"
    );
    let (code, said) = run(&["flush"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("usage: sh rules.sh [load|remove"), "{said}");
}
