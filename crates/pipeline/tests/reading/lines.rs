//! Law 3: a run of lines or words is taken where one way fits, and rejected otherwise.

use super::read;

/// One text a line with a blank line between.
fn lines(rows: &[&str]) -> String {
    let rows: String = rows
        .iter()
        .map(|row| format!("{}\n\n", row.replace('|', "\n\n")))
        .collect();
    format!("TCP and UDP ports\n\n{rows}")
}

const FIRST: &str = "22|TCP|Secure Shell|4253|ssh|Server";
const LAST: &str = "8080|TCP|Web Proxy|2616|http-alt|Web Service\n\nEnd of it";

#[test]
fn fused_rows_are_parted_or_all_rejected() {
    let text = lines(&[
        FIRST,
        "500|UDP|Wi-Fi Calls|5996|IKEv2|Phone Calls",
        "9418|TCP/UDP|git transfer things|git|Server Tools",
        "11211|memory cache|Calendars",
        LAST,
    ]);
    let outcome = read(&text).unwrap();
    assert_eq!(outcome.read, 5, "{outcome:?}");
    assert!(
        outcome
            .records
            .contains(&"500|udp|Wi-Fi Calls|5996|IKEv2|Phone Calls".to_owned())
    );
    assert!(
        outcome
            .records
            .contains(&"9418|tcp+udp|git transfer things||git|Server Tools".to_owned())
    );
    assert!(
        !outcome
            .records
            .iter()
            .any(|record| record.contains("11211") && !record.starts_with("11211"))
    );
}

#[test]
fn texts_that_fit_in_two_ways_are_rejected() {
    for row in [
        "600|TCP|One Thing|Other Things",
        "600|TCP|shell|shell",
        "600|TCP|One Thing|1000|Mail",
    ] {
        let outcome = read(&lines(&[FIRST, row, LAST])).unwrap();
        assert_eq!(outcome.read, 3, "{row}");
        assert!(
            !outcome
                .records
                .iter()
                .any(|record| record.starts_with("600")),
            "{row}"
        );
    }
}

#[test]
fn a_rule_or_a_heading_changes_nothing() {
    let rows = [
        FIRST,
        "53|UDP|Domain Names|1034|domain",
        "137|UDP|Old Names|netbios-ns",
        LAST,
    ];
    let plain = read(&lines(&rows)).unwrap().records;
    for rule in ["---", "***", "* * *", "_____"] {
        let ruled = lines(&rows).replace("End of it", &format!("{rule}\n\nEnd of it"));
        assert_eq!(read(&ruled).unwrap().records, plain, "{rule}");
    }
    let heading = "Port|Type|Service|RFC|Name|Used by";
    let repeated = [heading, rows[0], rows[1], heading, rows[2], rows[3]];
    assert_eq!(read(&lines(&repeated)).unwrap().records, plain);
}

#[test]
fn a_blank_line_is_an_empty_cell_where_there_are_no_gaps() {
    let text = "TCP and UDP ports\n\n22\nTCP\nSecure Shell\n4253\nssh\nServer\n137\nUDP\nOld Names\n\nnetbios-ns\nMac\n443\nTCP\nSecure Web\n2818\nhttps\nWeb\n993\nTCP\nMail Boxes\n3501\nimaps\nMail\n\nEnd\n";
    let outcome = read(text).unwrap();
    assert_eq!(outcome.rejected, 0, "{outcome:?}");
    assert_eq!(outcome.records[1], "137|udp|Old Names||netbios-ns|Mac");
    // Without the blank line there are two ways.
    let text = text.replace("Old Names\n\nnetbios-ns", "shell\n\nshell");
    let outcome = read(&text).unwrap();
    assert_eq!(
        outcome.records[1], "137|udp|shell||shell|Mac",
        "{outcome:?}"
    );
}

#[test]
fn a_lone_dash_may_be_a_transport() {
    let text = lines(&[
        "22|TCP|Secure Shell|4253|ssh|Server",
        "50003|-|File Server|-|-|-",
        "50006|-|File Helper|-|-|Maker",
        "51000|TCP|Last One|-|-|-",
    ]);
    let outcome = read(&text).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (4, 0), "{outcome:?}");
    assert_eq!(outcome.records[1], "50003||File Server|||");
}

#[test]
fn joined_words_are_cut_in_one_way() {
    let joined = |row: &str| {
        let text = format!(
            "TCP and UDP ports\n\n22 TCP Secure Shell 4253 ssh Server\n{row}\n443 TCP Secure Web 2818 https Web\n\nEnd\n"
        );
        let outcome = read(&text).unwrap();
        assert_eq!(outcome.read, 3, "{outcome:?}");
        outcome
            .records
            .get(1)
            .filter(|_| outcome.records.len() == 3)
            .cloned()
    };
    for (row, expected) in [
        (
            "111 UDP Procedure Call 1057, 1831 sunrpc Map (sunrpc)",
            Some("111|udp|Procedure Call|1057+1831|sunrpc|Map (sunrpc)"),
        ),
        (
            "53 TCP/UDP Domain Names 1034 domain -",
            Some("53|tcp+udp|Domain Names|1034|domain|"),
        ),
        (
            "5678 UDP Map Server - rrac The port 5678 finds others",
            Some("5678|udp|Map Server||rrac|The port 5678 finds others"),
        ),
        ("600 TCP One 1000 two 2000 three", None),
        ("111 UDP Procedure Call 1057 1831 sunrpc Map", None),
    ] {
        assert_eq!(joined(row).as_deref(), expected, "{row}");
    }
}

#[test]
fn contents_are_checked_whatever_the_number_of_cells() {
    let text = "# TCP and UDP\n\n**Port** **Type** **Service** **RFC** **Name** **Used by**\n\n\
        **22**\nTCP\nSecure Shell\n4253\nssh\nServer\n\n**1640**\nTCP\nCertificates\ncert-responder\nManager\nOther Line\n\n**7**\nTCP\necho\n792\necho\n-\n";
    let outcome = read(text).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (3, 1));
}
