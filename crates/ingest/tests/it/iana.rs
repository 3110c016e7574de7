//! The registry as CSV and as XML: the same rows, and damaged files.

use appleports_ingest::{ReadError, is_registry, read_registry};
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
    assert!(registry.others_at(81, Transport::Udp).next().is_some());
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
    let crlf = crlf.unwrap();
    assert_eq!(rows(&crlf), rows(&csv(ROWS).unwrap()));
    assert_eq!(
        crlf.entries().map(|entry| entry.line).collect::<Vec<_>>(),
        [2, 3, 4, 6, 7, 8],
        "the same lines whatever they end with"
    );
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
            "x:1: this is an HTML page, not the registry; download the registry again",
        ),
        (
            "<?xml version='1.0'?>\n<feed></feed>\n",
            "x:2: this XML is not the registry's: it is a `feed`; download the registry again",
        ),
        (
            "<?xml version='1.0'?>\n<registry>\n<record><name>a</name>\n",
            "x:4: the file ends before its last element does; download the registry again",
        ),
        (
            "<!-- cut -->\n<registry>\n<record><name>a</name></record>\n",
            "x:4: the file ends before its last element does; download the registry again",
        ),
        (
            HEAD,
            "x:1: the registry has no rows below its heading; download the registry again",
        ),
        (
            "Service Name\r",
            "x:1: the line ends are CR alone; convert them to LF; download the registry again",
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

#[test]
fn the_line_of_a_bad_row_does_not_depend_on_the_line_ends() {
    let text = format!("{HEAD}echo,7,tcp,Echo,,,,,,,,\n\necho,7\n");
    for text in [text.clone(), text.replace('\n', "\r\n")] {
        let error = read_registry("e", "iana.csv", text.as_bytes()).unwrap_err();
        assert!(
            error.to_string().starts_with("iana.csv:4: the row has 2"),
            "{error}"
        );
    }
}

/// IANA's registry has three rows for a port at most. A file with thousands would make the
/// verdicts as many times as large, row by row of the article.
#[test]
fn a_port_with_too_many_rows_is_refused() {
    let row = "x,1-65535,tcp,X,,,,,,,,\n";
    assert!(csv(&row.repeat(6)).is_ok());
    assert_eq!(
        error(&row.repeat(7)),
        "iana.csv:8: a port of this row has more than 6 rows, so this is not the registry; download the registry again"
    );
}

#[test]
fn a_row_with_more_text_than_any_is_refused() {
    let with = |length: usize| format!("x,7,tcp,{},,,,,,,,\n", "y".repeat(length - 1));
    assert!(csv(&with(4_096)).is_ok());
    assert_eq!(
        error(&with(4_097)),
        "iana.csv:2: the texts of this row have more than 4096 bytes, so this is not the registry; download the registry again"
    );
    let named = |length: usize| format!("{},7,tcp,,,,,,,,,\n", "y".repeat(length));
    assert!(csv(&named(40)).is_ok());
    assert_eq!(
        error(&named(41)),
        "iana.csv:2: the name of this row has more than 40 bytes, so this is not the registry; download the registry again"
    );
}

#[test]
fn a_file_with_more_rows_than_any_registry_is_refused() {
    let rows = (0..60_001).map(|at| format!("z{at},,,x,,,,,,,,\r\n"));
    let rows = rows.collect::<Vec<String>>().concat();
    let refused = error(&rows);
    let expected = "iana.csv:60002: this has more than 60000 rows, so it is not the registry";
    assert!(refused.starts_with(expected), "{refused}");
}

#[test]
fn text_in_cdata_is_text() {
    let cdata = XML.replace("<name>echo</name>", "<name><![CDATA[echo]]></name>");
    let registry = read_registry("e", "x", cdata.as_bytes()).unwrap();
    assert_eq!(registry.at(7, Transport::Tcp).next().unwrap().name, "echo");
}

#[test]
fn a_registry_is_recognised_by_its_first_words() {
    let quoted =
        "Port Number,\"Service Name\",Transport Protocol,Description,Reference,Assignment Notes";
    for text in [
        HEAD,
        XML,
        "<!-- c -->\n<registry>",
        "\u{feff}<registry\nid=\"\">",
        quoted,
    ] {
        assert!(is_registry(text.as_bytes()), "{text}");
    }
    for text in [
        "",
        "<html>",
        "<registryx>",
        "Service Name,Port",
        "http 80/tcp\n",
    ] {
        assert!(!is_registry(text.as_bytes()), "{text}");
    }
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

#[test]
fn another_registry_is_refused_by_its_id() {
    let other = XML.replace("service-names-port-numbers", "protocol-numbers");
    let error = read_registry("e", "x", other.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("another registry, `protocol-numbers`"),
        "{error}"
    );
}

/// White space is not walked through for each paragraph, and is no text that has no end.
#[test]
fn empty_paragraphs_take_no_time_and_are_too_long() {
    let note = format!("<note> {}</note>", "<paragraph/>".repeat(100_000));
    let xml = XML.replace("<description>Echo", &format!("{note}<description>Echo"));
    let error = read_registry("e", "x", xml.as_bytes())
        .unwrap_err()
        .to_string();
    assert!(error.contains("more than 4096 bytes"), "{error}");
}

#[test]
fn a_note_keeps_all_its_paragraphs() {
    let note = "<note><paragraph>One:</paragraph><paragraph>two</paragraph></note>";
    let xml = XML.replace("<description>Echo", &format!("{note}<description>Echo"));
    let registry = read_registry("e", "x", xml.as_bytes()).unwrap();
    assert_eq!(registry.entries().nth(1).unwrap().notes, "One: two");
}

/// So many rows without a port, the last of them named with the last letter.
fn portless(count: u32) -> String {
    let row = |name: String| format!("{name},,tcp,A service,,,,,,,,\n");
    let rows: String = (1..count).map(|at| row(format!("a{at}"))).collect();
    rows + &row("zigbee".to_owned())
}

#[test]
fn an_edition_without_some_of_its_rows_is_refused() {
    let rows = |ports: &mut dyn Iterator<Item = u32>, transports: &[&str]| -> String {
        let row = |port: u32| {
            let ports = match port {
                0 => "0".to_owned(),
                _ => format!("{port}-{}", port + 1),
            };
            let one = |transport: &&str| format!(",{ports},{transport},Reserved,,,,,,,,\n");
            transports.iter().map(one).collect::<String>()
        };
        ports.map(row).collect()
    };
    let both = ["tcp", "udp"];
    let all = || [0].into_iter().chain((1..=49_151).step_by(2));
    assert!(csv(&(rows(&mut all(), &both) + &portless(700))).is_ok());
    let hole = |port: &u32| !(3_000..4_000).contains(port);
    for (text, expected) in [
        (rows(&mut all(), &both), "it has 0 rows without a port"),
        (
            rows(&mut all(), &both) + &portless(400),
            "it has 400 rows without a port",
        ),
        (
            rows(&mut all(), &both) + &portless(900).replace("zigbee", "wsynch"),
            "it has 900 rows without a port",
        ),
        (
            rows(&mut all(), &["tcp"]) + &portless(700),
            "rows for TCP and 0 for UDP",
        ),
        (
            rows(&mut all().filter(hole), &both) + &portless(700),
            "it has no rows for 1000 of the ports up to 49151, the first of them 3001",
        ),
        (rows(&mut all().take(6), &both), "it ends at port 10"),
    ] {
        let error = csv(&text).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Law 5: an edition that was cut between two records is refused, wherever it was cut.
    #[test]
    fn an_edition_is_whole_or_refused(last in 5_u32..=49_151, gaps in prop::collection::btree_set(1000_u32..40_000, 0..11)) {
        let rows = (0..=last).filter(|port| !gaps.contains(port)).map(|port| {
            let transport = if port % 2 == 0 { "tcp" } else { "udp" };
            format!(",{port},{transport},Reserved,,,,,,,,\n")
        });
        let text = rows.collect::<String>() + &portless(700);
        prop_assert_eq!(csv(&text).is_ok(), 49_151 - last + u32::try_from(gaps.iter().filter(|gap| **gap <= last).count()).unwrap() <= 11);
let rest = format!("{},{}-49151,tcp,Unassigned,,,,,,,,\n", text, last.min(49_150) + 1);
        prop_assert!(csv(&rest).is_ok());
    }
}

/// Law 5: an edition that ends inside a row is refused, also within quotes.
#[test]
fn an_edition_ends_with_a_row_or_is_refused() {
    let last = "a,9,udp,Name,,,,,,,,\"Two lines,\r\n in \"\"quotes\"\"\"\r\n";
    let text = ROWS.to_owned() + last;
    assert!(csv(&text).is_ok());
    for end in ROWS.len() + 1..text.len() - 1 {
        assert!(csv(&text[..end]).is_err(), "{}", &text[ROWS.len()..end]);
    }
    let error = csv(text.trim_end()).unwrap_err().to_string();
    assert!(
        error.contains(":9: the file ends inside this row"),
        "{error}"
    );
}

#[test]
fn xml_that_would_take_long_is_refused() {
    let names: Vec<String> = (0..2_000).map(|at| format!("a{at}=\">\"")).collect();
    let attributes = names.join(" ");
    let few = names[..60].join(" ");
    let nested = "<a xmlns:n=\"u\">".repeat(200);
    for (xml, expected) in [
        (format!("<registry>\n{nested}"), "x:2: the XML has more name spaces"),
        (format!("<registry>\n<record {attributes}/>"), "x:2: a tag or text is longer"),
        (format!("<registry>\n<record {few}/>"), "x:2: a tag has more attributes"),
        (
            "<?xml version='1.0'?>\n<!DOCTYPE r [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<registry/>".to_owned(),
            "x:2: the XML declares a document type",
        ),
        (
            "<registry>\n<record><name>&b;</name></record></registry>".to_owned(),
            "x:2: damaged XML: unknown entity",
        ),
    ] {
        let error = read_registry("e", "x", xml.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}
