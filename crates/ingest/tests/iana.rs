//! The registry as CSV and as XML: the same rows, and damaged files.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

use appleports_ingest::{ReadError, read_registry};
use appleports_model::{Assignment, Registry, RegistryEntry, Transport};
use proptest::prelude::*;

const HEAD: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\n";

const ROWS: &str = concat!(
    ",0,tcp,Reserved,,,,,,,,\n",
    "echo,7,tcp,Echo,[A],[A],,,[RFC862][ITU-T X],,,\n",
    "www,80,tcp,World Wide Web HTTP,,,,,,,\"Used by 2 < 3 & more, see [RFC4146]\",\"This is an alias,\r\nsee \"\"http\"\"\"\n",
    ",81,,Unassigned,,,,,,,,\n",
    "x11,6000-6063,udp,X,,,,,,,,\n",
    "noport,,,No port,,,,,,,,\n",
);

const XML: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">
  <record><protocol>tcp</protocol><description>Reserved</description><number>0</number></record>
  <record date="2013-01-01">
    <name>echo</name><protocol>tcp</protocol><xref type="person" data="A"/>
    <xref type="rfc" data="rfc862"/><xref type="text">ITU-T X</xref>
    <description>Echo</description><number>7</number>
  </record>
  <record>
    <name>www</name><protocol>tcp</protocol><description>World Wide Web HTTP</description><number>80</number>
    <unauthorized>Used by 2 &lt; 3 &amp; more, see <xref type="rfc" data="rfc4146"/></unauthorized>
    <note>This is an alias,
      see "http"</note>
  </record>
  <record><description>Unassigned</description><number>81</number></record>
  <record><name>x11</name><protocol>udp</protocol><description>X</description><number>6000-6063</number></record>
  <record><name>noport</name><description>No port</description></record>
  <people><person id="A"><name>A</name></person></people>
</registry>
"#;

fn csv(rows: &str) -> Result<Registry, ReadError> {
    read_registry(
        "iana/2020-01-01",
        "iana.csv",
        format!("{HEAD}{rows}").as_bytes(),
    )
}

fn error(rows: &str) -> String {
    csv(rows).unwrap_err().to_string()
}

#[test]
fn reads_names_ranges_reserved_and_unassigned() {
    let registry = csv(ROWS).unwrap();
    let rows: Vec<_> = registry.entries().collect();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0].assignment, Assignment::Reserved);
    assert_eq!(rows[3].assignment, Assignment::Unassigned);
    assert_eq!(rows[3].line, 6, "a quoted line break counts as a line");
    assert_eq!(
        registry.at(6063, Transport::Udp).next().unwrap().name,
        "x11"
    );
    assert_eq!(registry.named("NOPORT").count(), 1);
    assert!(registry.nameless_at(81, Transport::Udp).next().is_some());
}

#[test]
fn csv_and_xml_of_one_edition_give_the_same_rows() {
    fn rows(registry: &Registry) -> Vec<RegistryEntry<'_>> {
        let without_place = |entry| RegistryEntry {
            line: 0,
            spacing: 0,
            ..entry
        };
        registry.entries().map(without_place).collect()
    }
    let xml = read_registry("e", "iana.xml", XML.as_bytes()).unwrap();
    assert_eq!(
        xml.entries().map(|entry| entry.line).collect::<Vec<_>>(),
        [3, 4, 9, 15, 16, 17]
    );
    assert_eq!(rows(&xml), rows(&csv(ROWS).unwrap()));
    let crlf = read_registry(
        "e",
        "iana.csv",
        format!("{HEAD}{ROWS}")
            .replace("\r\n", "\n")
            .replace('\n', "\r\n")
            .as_bytes(),
    );
    assert_eq!(rows(&crlf.unwrap()), rows(&csv(ROWS).unwrap()));
    let old =
        format!("{HEAD}{ROWS}").replace("Unauthorized Use Reported", "Known Unauthorized Uses");
    assert_eq!(
        rows(&read_registry("e", "iana.csv", old.as_bytes()).unwrap()),
        rows(&csv(ROWS).unwrap())
    );
}

#[test]
fn a_damaged_file_is_refused_with_its_line() {
    assert_eq!(
        error("echo,7,tcp,Echo,,,,,,,,\necho,7\n"),
        "iana.csv:3: the row has 2 fields, the heading has 12; download the registry again"
    );
    assert!(
        error(&format!("echo,7,tcp,Echo{}\n", ",".repeat(30)))
            .contains("iana.csv:2: the row has 34 fields")
    );
    assert_eq!(
        error("echo,70000,tcp,Echo,,,,,,,,\n"),
        "iana.csv:2: port 70000 is out of range, the highest is 65535; download the registry again"
    );
    assert!(error("echo,7,ucp,Echo,,,,,,,,\n").contains("iana.csv:2: `ucp` is not a transport"));
    for (page, expected) in [
        (
            "<!DOCTYPE html>\n<p>error</p>\n",
            "x:1: the first line has no column `Service Name`, so this is not the registry's CSV; download the registry again",
        ),
        (
            "<?xml version='1.0'?>\n<feed></feed>\n",
            "x:3: this XML is not the registry's: it has no registry with records; download the registry again",
        ),
        (
            "<?xml version='1.0'?>\n<registry>\n<record><name>a</name>\n",
            "x:4: the file ends inside a record; download the registry again",
        ),
        (
            "",
            "x:1: the first line has no column `Service Name`, so this is not the registry's CSV; download the registry again",
        ),
    ] {
        assert_eq!(
            read_registry("e", "x", page.as_bytes())
                .unwrap_err()
                .to_string(),
            expected
        );
    }
    let cut = XML.replacen("</description>", "</name>", 1);
    assert!(
        read_registry("e", "x", cut.as_bytes())
            .unwrap_err()
            .to_string()
            .starts_with("x:3: damaged XML")
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0..XML.len()) {
        let _ = read_registry("e", "x", &bytes);
        let mut damaged = XML.as_bytes().to_vec();
        damaged.splice(at..at, bytes);
        let _ = read_registry("e", "x", &damaged);
    }
}
