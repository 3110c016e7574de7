//! services(5) files of several systems, with all their oddities.

use appleports_ingest::{check_names_of_ports, read_services, read_services_entries};
use appleports_model::{ServicesFile, Transport};
use proptest::prelude::*;

fn read(text: &str) -> ServicesFile {
    read_services("services", text.as_bytes()).unwrap()
}

fn findings(text: &str) -> Vec<String> {
    let file = read(text);
    file.findings
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
        .collect()
}

#[test]
fn a_file_has_at_most_four_mebibytes() {
    let line = format!("ssh 22/tcp # {}\n", "x".repeat(242));
    let most = line.repeat(4 * 1024 * 1024 / line.len());
    assert!(read_services("s", most.as_bytes()).is_ok());
    let error = read_services("s", format!("{most}{line}").as_bytes()).unwrap_err();
    let expected = "s:1: 4194560 bytes is more than a services file can have (limit 4194304)";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_services_file_has_at_most_thirty_thousand_lines_and_a_hundred_thousand_names() {
    let refusal = |text: &str| {
        let read = read_services("services", text.as_bytes());
        read.map_or_else(|error| error.to_string(), |_| String::new())
    };
    let more_than = |line: u32, what: &str| {
        format!(
            "services:{line}: more than {what}, and no services file has as many; give a part of it"
        )
    };
    let lines = |count: usize| "a 80/tcp\n".repeat(count);
    assert_eq!(refusal(&lines(30_000)), "");
    assert_eq!(refusal(&lines(30_001)), more_than(30_001, "30000 lines"));
    let comments = format!("{}# x", lines(30_000));
    assert_eq!(refusal(&comments), more_than(30_001, "30000 lines"));
    // Reading ends there also where most lines are no entries.
    let (odd, more) = ("x\na 80/tcp\n".repeat(15_000), lines(9));
    let odd = refusal(&format!("x\n{odd}{more}"));
    assert!(
        odd.starts_with("services:1: this is not a services(5) file"),
        "{odd}"
    );
    let names = |count: usize| format!("a 80/tcp\nb 81/tcp {}\n", "c ".repeat(count - 2));
    assert_eq!(refusal(&names(100_000)), "");
    assert_eq!(refusal(&names(100_001)), more_than(2, "100000 names"));
    // Indented, without a known protocol, and with an alias twice: three on each line.
    let odd = |count: usize| {
        let lines = (0..count).map(|at| format!(" a{at} 80/x b b\n"));
        lines.collect::<String>()
    };
    assert_eq!(refusal(&odd(20_000)), "");
    let alone = read_services_entries("services", odd(20_000).as_bytes()).unwrap();
    assert_eq!((alone.entries().len(), alone.findings.len()), (20_000, 0));
    assert!(read_services_entries("services", odd(20_001).as_bytes()).is_err());
    assert_eq!(refusal(&odd(20_001)), more_than(20_001, "60000 findings"));
}

#[test]
fn a_port_has_at_most_sixteen_names_of_256_bytes() {
    let refusal = |text: &str| {
        let file = read_services("services", text.as_bytes()).unwrap();
        check_names_of_ports(&file).map_or_else(|error| error.to_string(), |()| String::new())
    };
    let names = |count: usize| format!("a 80/tcp{}\na 80/udp\n", " b".repeat(count - 1));
    assert_eq!(refusal(&names(16)), "");
    let more_than = "services:1: more than 16 names of one port, and no services file has as many; give a part of it";
    assert_eq!(refusal(&names(17)), more_than);
    let long = |length: usize| format!("a 80/tcp\n{} 80/tcp\n", "b".repeat(length - 1));
    assert_eq!(refusal(&long(256)), "");
    assert!(refusal(&long(257)).contains("more than 256 bytes of names of one port"));
}

#[test]
fn entries_have_names_aliases_and_lines() {
    let file = read(
        "# comment\n\nhttp\t80/tcp\twww www-http # WorldWideWeb\r\nzip 6/ddp\nnatd 8668/divert\nm2ua 2904/sctp\n",
    );
    assert_eq!(file.findings, []);
    let http = &file.entries()[0];
    assert_eq!((http.name.as_str(), http.port, http.line), ("http", 80, 3));
    assert_eq!(http.aliases, ["www", "www-http"]);
    assert_eq!(http.transport, Some(Transport::Tcp));
    let transports: Vec<_> = file.entries().iter().map(|entry| entry.transport).collect();
    assert_eq!(
        transports,
        [Some(Transport::Tcp), None, None, Some(Transport::Sctp)]
    );
    assert_eq!(file.named("www", Transport::Tcp).count(), 1);
    assert_eq!(
        file.named("WWW", Transport::Tcp).count(),
        0,
        "as C compares names"
    );
    assert_eq!(file.named("www", Transport::Udp).count(), 0);
    assert_eq!(file.at(80, Transport::Tcp).count(), 1);
}

#[test]
fn each_oddity_is_a_finding_with_its_line() {
    let ok = "ok 1/tcp\ntwo 2/tcp\nthree 3/tcp\nfour 4/tcp\n".to_owned();
    for (line, expected) in [
        (
            "   24/udp  # any private mail system",
            "S010 5: `24/udp` has no name",
        ),
        (
            "unknown 269/ucp",
            "S011 5: `ucp` of `unknown` is not a protocol",
        ),
        ("http 80", "S012 5: `http 80` is not an entry"),
        ("http", "S012 5: `http` is not an entry"),
        ("high 70000/tcp", "S013 5: `70000` of `high` is not a port"),
        ("zero 0/tcp", "S013 5: `0` of `zero` is not a port"),
        ("octal 080/tcp", "S013 5: `080` of `octal` is not a port"),
        ("plus +80/tcp", "S013 5: `+80` of `plus` is not a port"),
        ("upper 5/TCP", "S011 5: `TCP` of `upper` is not a protocol"),
        (
            "nbsp\u{a0}5/tcp",
            "S012 5: `nbsp\u{a0}5/tcp` is not an entry",
        ),
        (
            "http 80/tcp www www",
            "S017 5: `www` of `http` is there twice",
        ),
        (
            "http 80/tcp http",
            "S017 5: `http` of `http` is there twice",
        ),
        (
            "http 80/tcp www http www www",
            "S017 5: `http` of `http` is there twice, and 2 more aliases repeat a name",
        ),
        ("  in 5/tcp", "S014 5: `in` is indented"),
        ("ok 1/tcp", "S015 5: `ok 1/tcp` is already on line 1"),
        ("nul 5/tcp # \0", "S016 5: `nul 5/tcp # \0`"),
    ] {
        assert_eq!(findings(&format!("{ok}{line}\n")), [expected]);
    }
    let cut = read("ok 1/tcp one\0two three\n");
    assert_eq!(cut.entries()[0].aliases, ["one"], "as C reads it");
    let parted = read("ok\x0b1/tcp\x0cone\r\n");
    assert_eq!(parted.entries()[0].aliases, ["one"]);
    assert_eq!(findings(&ok), Vec::<String>::new());
    assert_eq!(findings("914c/g 211/tcp 914c-g\n"), Vec::<String>::new());
    let latin = read_services("services", b"ok 1/tcp # f\xfcr\n").unwrap();
    assert_eq!(
        (latin.findings[0].code.as_str(), latin.entries().len()),
        ("S016", 1)
    );
}

#[test]
fn another_file_is_refused_with_its_line() {
    let late = format!("\n{}{}", "x\n".repeat(1_001), "ssh 22/tcp\n".repeat(2_000));
    for text in [
        late.as_str(),
        "\n<!DOCTYPE html>\n<html>\n",
        "\nService Name,Port Number\nhttp,80\n",
        "\n{\"a\": 1}\n",
    ] {
        let error = read_services("page", text.as_bytes())
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "page:2: this is not a services(5) file (name port/protocol aliases # comment)"
        );
    }
    assert!(read("# nothing yet\n").entries().is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_services("x", &bytes);
    }

    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(("[a-z][a-z0-9-]{0,12}", 1u16.., any::<bool>()), 0..20),
    ) {
        let text: Vec<String> = rows
            .iter()
            .map(|(name, port, udp)| format!("{name}\t{port}/{}\n", if *udp { "udp" } else { "tcp" }))
            .collect();
        let file = read(&text.concat());
        let back: Vec<_> = file
            .entries()
            .iter()
            .map(|entry| (entry.name.clone(), entry.port, entry.transport == Some(Transport::Udp)))
            .collect();
        prop_assert_eq!(back, rows);
    }
}
