//! `export` in the shapes that other programs load as they are.

use std::collections::BTreeSet;
use std::fs;

use crate::run::{appleports, scratch, stderr, stdout};
use crate::seed;

fn export(arguments: &[&str]) -> String {
    let arguments = [&["export", "--format"][..], arguments].concat();
    stdout(&appleports(scratch().path(), &arguments).success())
}

const FACETIME: [&str; 4] = ["--product", "FaceTime", "--transport", "udp"];

fn facetime(arguments: &[&str]) -> String {
    export(&[arguments, &FACETIME].concat())
}

/// The ports of `ports.csv` for a transport.
fn union(transport: &str) -> BTreeSet<u16> {
    let file = fs::read(seed::output().join("ports.csv")).unwrap();
    let mut ports = BTreeSet::new();
    for row in csv::Reader::from_reader(&file[..]).records() {
        let row = row.unwrap();
        if &row[3] == transport {
            ports.extend(row[1].parse::<u16>().unwrap()..=row[2].parse().unwrap());
        }
    }
    ports
}

#[test]
fn lists_are_written_as_firewalls_and_routers_take_them() {
    assert_eq!(
        facetime(&["list"]),
        "53/udp\n3478-3497/udp\n16384-16387/udp\n16393-16402/udp\n"
    );
    assert_eq!(
        facetime(&["lines"]),
        "53\n3478-3497\n16384-16387\n16393-16402\n"
    );
    assert_eq!(
        facetime(&["lines", "--colon"]),
        "53\n3478:3497\n16384:16387\n16393:16402\n"
    );
    assert_eq!(
        facetime(&["comma"]),
        "53,3478-3497,16384-16387,16393-16402\n"
    );
    assert_eq!(
        facetime(&["comma", "--colon"]),
        "53,3478:3497,16384:16387,16393:16402\n"
    );
    assert_eq!(
        export(&["nmap", "--product", "FaceTime"]),
        "-p T:53,443,5223,U:53,3478-3497,16384-16387,16393-16402\n"
    );
}

#[test]
fn every_list_has_the_union_of_the_rows() {
    for transport in ["tcp", "udp"] {
        let expected = union(transport);
        assert!(expected.len() > 5000);
        let expanded = export(&["lines", "--expand", "--transport", transport]);
        let read = |text: &str| -> BTreeSet<u16> {
            text.lines().map(|line| line.parse().unwrap()).collect()
        };
        assert_eq!(read(&expanded), expected);
        let comma = export(&["comma", "--expand", "--transport", transport]);
        assert_eq!(comma.trim_end().replace(',', "\n"), expanded.trim_end());
        let list = export(&["list", "--expand", "--transport", transport]);
        assert_eq!(list.replace(&format!("/{transport}"), ""), expanded);
    }
}

#[test]
fn a_list_without_transports_needs_one() {
    for format in ["lines", "comma"] {
        let folder = scratch();
        let asked = [
            "export",
            "--format",
            format,
            "--product",
            "FaceTime",
            "-o",
            "list",
        ];
        let said = stderr(&appleports(folder.path(), &asked).code(2));
        assert!(
            said.contains("add --transport tcp or --transport udp"),
            "{said}"
        );
        assert!(!folder.path().join("list").exists());
    }
}

#[test]
fn a_table_for_look_ups_has_a_row_a_port() {
    let rows = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect()
    };
    let usual = rows(&export(&["csv"]));
    let mut expected: Vec<Vec<String>> = Vec::new();
    for row in &usual[1..] {
        for port in row[1].parse::<u16>().unwrap()..=row[2].parse().unwrap() {
            let mut one = row.clone();
            one[1] = port.to_string();
            one[2] = port.to_string();
            expected.push(one);
        }
    }
    let mut expanded = rows(&export(&["csv", "--expand"]));
    assert_eq!(expanded[0], usual[0]);
    expanded.remove(0);
    // Other columns, such as the name, may be those of the port itself.
    for row in expanded.iter_mut().chain(&mut expected) {
        row.truncate(4);
    }
    expanded.sort();
    expected.sort();
    assert!(
        expanded == expected,
        "{} rows, {} expected",
        expanded.len(),
        expected.len()
    );
}

#[test]
fn the_registrys_shape_is_read_as_a_registry() {
    let folder = scratch();
    let asked = ["export", "--format", "iana-csv", "-o", "iana.csv"];
    appleports(folder.path(), &asked).success();
    let asked = ["export", "--format", "services", "--registry", "iana.csv"];
    let read = stdout(&appleports(folder.path(), &asked).success());
    let mut names = BTreeSet::new();
    for line in read.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t').filter(|field| !field.starts_with('#'));
        let (first, port) = (fields.next().unwrap(), fields.next().unwrap());
        names.extend(fields.chain([first]).map(|name| format!("{name} {port}")));
    }
    let file = fs::read(seed::output().join("ports.csv")).unwrap();
    let rows = csv::Reader::from_reader(&file[..])
        .into_records()
        .map(Result::unwrap);
    let is_regular = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let regular = rows.filter(|row| is_regular(&row[4]) && !row[3].is_empty());
    let expected: Vec<String> = regular
        .map(|row| format!("{} {}/{}", &row[4], &row[1], &row[3]))
        .collect();
    assert!(expected.len() > 80);
    let lost: Vec<&String> = expected
        .iter()
        .filter(|name| !names.contains(*name))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    let text = fs::read_to_string(folder.path().join("iana.csv")).unwrap();
    let http = text
        .lines()
        .find(|line| line.starts_with("http,80,"))
        .unwrap();
    insta::assert_snapshot!(http, @r#"http,80,tcp,Hypertext Transfer Protocol (HTTP),,,,,[RFC2616],,,"World Wide Web, iCloud, QuickTime-Installationsprogramm, iTunes Store und Radio, OS X-Softwareaktualisierung (Mac OS X Lion und alter), Mac App Store, RAID-Admin, Backup, Kalender, WebDAV, Final Cut Server, AirPlay, OS X Internetwiederherstellung, Profil-Manager, Xcode Server (Xcode-App, gehostetes und entferntes Git HTTP, entferntes SVN HTTP).""#);
}
