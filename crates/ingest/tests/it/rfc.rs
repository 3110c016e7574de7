//! The RFC index in each of its forms, and files that are none.

use appleports_ingest::{read_rfc_index, rfc_index_date};
use appleports_model::{RfcEntry, RfcIndex, RfcState};

const TEXT: &str = "
                             RFC INDEX

(CREATED ON: 08/26/2024.)

RFC citations appear in this format:

  ####  Title of RFC.  Author 1, Author 2.  Issue date.

  1129 An Example that is none. D.L. Mills. October 1989. (Format: TXT)
       (Status: INFORMATIONAL)

0014 Not Issued.

0862 Echo Protocol. J. Postel. May 1983. (Format: TXT) (Also STD0020)
     (Status: INTERNET STANDARD) (DOI: 10.17487/RFC0862)

2616 Hypertext, version 1.1. A. Author, B. van
     Writer. June 1999. (Format: TXT, PS) (Obsoletes RFC2068) (Obsoleted
     by RFC7230, RFC7231) (Status: DRAFT STANDARD) (DOI:
     10.17487/RFC2616)

6214 Pigeons. C. Author. 1 April 2011. (Format: TXT) (Status:
     INFORMATIONAL)
     (DOI: 10.17487/RFC6214)
";

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rfc-index xmlns="https://www.rfc-editor.org/rfc-index">
  <bcp-entry><doc-id>BCP0001</doc-id><is-also><doc-id>RFC9999</doc-id></is-also></bcp-entry>
  <rfc-not-issued-entry>
    <doc-id>RFC0014</doc-id>
  </rfc-not-issued-entry>
  <rfc-entry>
    <doc-id>RFC0862</doc-id>
    <title>Echo Protocol</title>
    <author><name>J. Postel</name></author>
    <date><month>May</month><year>1983</year></date>
    <is-also><doc-id>STD0020</doc-id></is-also>
    <current-status>INTERNET STANDARD</current-status>
    <publication-status>UNKNOWN</publication-status>
  </rfc-entry>
  <rfc-entry>
    <doc-id>RFC2616</doc-id>
    <title>Hypertext, version 1.1</title>
    <date><month>June</month><year>1999</year></date>
    <obsoletes><doc-id>RFC2068</doc-id></obsoletes>
    <obsoleted-by><doc-id>RFC7230</doc-id><doc-id>RFC7231</doc-id></obsoleted-by>
    <current-status>DRAFT STANDARD</current-status>
  </rfc-entry>
  <rfc-entry>
    <doc-id>RFC6214</doc-id>
    <title>Pigeons</title>
    <date><day>1</day><month>April</month><year>2011</year></date>
    <current-status>INFORMATIONAL</current-status>
  </rfc-entry>
</rfc-index>
"#;

fn read(text: &str) -> Result<RfcIndex, String> {
    read_rfc_index("e", "rfc-index", text.as_bytes()).map_err(|error| error.to_string())
}

/// The entries without their lines, which differ from form to form.
fn entries(index: &RfcIndex) -> Vec<RfcEntry> {
    let without_line = |entry: &RfcEntry| RfcEntry {
        line: 0,
        ..entry.clone()
    };
    index.entries().map(without_line).collect()
}

#[test]
fn text_and_xml_give_the_same_entries() {
    let text = read(TEXT).unwrap();
    let crlf = read(&TEXT.replace('\n', "\r\n")).unwrap();
    let xml = read(XML).unwrap();
    assert_eq!(text, crlf);
    assert_eq!(entries(&text), entries(&xml));
    assert_eq!(
        text.get(2616),
        Some(&RfcEntry {
            number: 2616,
            title: "Hypertext, version 1.1".into(),
            date: "1999-06".into(),
            status: "DRAFT STANDARD".into(),
            obsoleted_by: vec![7230, 7231],
            line: 18,
        })
    );
    assert_eq!(text.state(14), RfcState::NotIssued(13));
    assert_eq!(xml.state(14), RfcState::NotIssued(4));
    assert_eq!(xml.get(862).unwrap().line, 7);
    assert_eq!(
        text.state(1129),
        RfcState::Unlisted,
        "an example in the preface"
    );
    assert!(text.complete && xml.complete);
    assert_eq!(rfc_index_date(TEXT.as_bytes()), "2024-08-26".parse().ok());
    assert_eq!(rfc_index_date(XML.as_bytes()), None);
}

#[test]
fn facts_have_lines_and_are_not_complete() {
    let facts = read(
        "# Facts about the RFCs\n\n[[rfc]]\nnumber = 862\ndate = \"1983-05\"\nstatus = \"X\"\nobsoleted_by = []\n",
    )
    .unwrap();
    assert_eq!(facts.get(862).unwrap().line, 4);
    assert!(!facts.complete);
}

#[test]
fn facts_have_at_most_64_kib() {
    let text = |bytes: usize| {
        let head = "# Facts about the RFCs\n[[rfc]]\nnumber = 1\ndate = \"\"\nstatus = \"\"\nobsoleted_by = [2]\n#";
        format!("{head}{}", "x".repeat(bytes - head.len()))
    };
    assert!(read(&text(64 * 1024)).is_ok());
    let error = read(&text(64 * 1024 + 1)).unwrap_err();
    assert!(error.contains("65537 bytes are more than"), "{error}");
}

#[test]
fn other_files_are_refused_with_their_line() {
    for (text, expected) in [
        (
            "<!DOCTYPE html><p>403</p>",
            "rfc-index:1: this is not an RFC index",
        ),
        ("", "rfc-index:1: this is not an RFC index"),
        (
            "0001 Title. A. Author. April 1969.",
            "rfc-index:1: the entry of RFC 1 has no remarks",
        ),
        (
            "\n0001 Title. A. Author. (Status: X)",
            "rfc-index:2: the entry of RFC 1 has no date",
        ),
        (
            "<rfc-index></rfc-index>",
            "rfc-index:1: this is not an RFC index; it has no rfc-entry",
        ),
        (
            "<rfc-index><rfc-entry>",
            "rfc-index:1: the file ends before its last element does",
        ),
        (
            &XML.replace("</rfc-index>", ""),
            "rfc-index:31: the file ends before its last element does",
        ),
        (
            "<rfc-index>\n<rfc-entry><doc-id>X</doc-id></rfc-entry></rfc-index>",
            "rfc-index:2: `X` is not the id of an RFC",
        ),
        (
            "# Facts about the RFCs\n[[rfc]]\nnumber = -1\n",
            "rfc-index:3: ",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn no_number_is_too_high_to_be_looked_at() {
    let entry = |number: u32| {
        format!(
            "<rfc-entry><doc-id>RFC{number:04}</doc-id><title>T</title>\
             <date><month>July</month><year>2018</year></date>\
             <current-status>UNKNOWN</current-status></rfc-entry>\n"
        )
    };
    let entries: String = (0..=99).chain([u32::MAX]).map(entry).collect();
    let error = read(&format!("<rfc-index>{entries}</rfc-index>")).unwrap_err();
    assert!(error.contains("RFCs up to 4294967295"), "{error}");
}

/// Law 5: an index that was cut inside a line, or inside an entry, is refused.
#[test]
fn an_index_that_ends_inside_an_entry_is_refused() {
    let last = TEXT.rfind("6214 ").unwrap();
    for end in last + 1..TEXT.len() {
        assert!(read(&TEXT[..end]).is_err(), "{}", &TEXT[last..end]);
    }
    let error = read(TEXT.trim_end().trim_end_matches("(DOI: 10.17487/RFC6214)"));
    let error = error.unwrap_err();
    assert!(
        error.contains("the entry of RFC 6214 has no (DOI: ...), which the entry before it has"),
        "{error}"
    );
    let cut = TEXT.replace(
        "(Obsoleted\n     by RFC7230, RFC7231)",
        "(Obsoleted by RFC7230",
    );
    let error = read(&cut).unwrap_err();
    assert!(
        error.contains("the entry of RFC 2616 has no end of a remark"),
        "{error}"
    );
}

/// Law 5: an index that was cut between two entries is refused.
#[test]
fn an_index_is_whole_or_refused() {
    let index_of = |numbers: &[std::ops::RangeInclusive<u32>], head: &str| {
        let entries: Vec<String> = numbers
            .iter()
            .cloned()
            .flatten()
            .map(|number| {
                format!("{number:04} A Title. A. Author. July 2018. (Status: UNKNOWN)\n\n")
            })
            .collect();
        let text = format!("{head}\n\n{}", entries.concat());
        read_rfc_index("e", "index", text.as_bytes()).map_err(|error| error.to_string())
    };
    let index =
        |last: u32, created: &str| index_of(&[1..=last], &format!("(CREATED ON: {created}.)"));
    assert!(index(8_432, "07/11/2018").is_ok());
    assert!(
        index(8_432, "01/11/2019")
            .unwrap_err()
            .contains("not whole")
    );
    assert!(
        index(5_000, "07/11/2018")
            .unwrap_err()
            .contains("ends at RFC 5000")
    );
    assert!(index(20, "07/11/2018").is_ok(), "a choice of entries");
    let created = "(CREATED ON: 07/11/2018.)";
    let choice: Vec<_> = (1..200).map(|at| at * 40..=at * 40).collect();
    assert!(index_of(&choice, created).is_ok(), "a long choice");
    for (numbers, head, expected) in [
        (
            &[5_000..=8_432][..],
            created,
            "lacks 4999 of the RFCs up to 8432, the first of them RFC 1",
        ),
        (
            &[1..=2_999, 6_000..=8_432],
            created,
            "the first of them RFC 3000",
        ),
        (&[1..=8_432], "RFC INDEX", "`(CREATED ON: ...)` is missing"),
    ] {
        let error = index_of(numbers, head).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
