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

const HEADING: &str = "Port\nTCP or UDP\nService or protocol name\nRFC\nService name\nUsed by\n";

/// The rows one text a line: without gaps, in blocks, and with a blank line below each text.
fn in_lines(rows: &[&str]) -> [String; 3] {
    let lines: Vec<String> = rows.iter().map(|row| row.replace(',', "\n")).collect();
    let end = "\nPublished Date: October 1, 2022\n";
    let plain = format!("TCP and UDP ports\n\n{HEADING}{}\n{end}", lines.join("\n"));
    let blocks = format!(
        "TCP and UDP ports\n\n{HEADING}\n{}\n{end}",
        lines.join("\n\n")
    );
    let spaced = plain.replace('\n', "\n\n");
    [plain, blocks, spaced]
}

#[test]
fn a_first_or_last_row_that_nothing_marks_counts() {
    let good = [
        "22,TCP,Secure Shell,4253,ssh,Xcode Server",
        "25,TCP,Simple Mail,5321,smtp,Mail",
        "80,TCP,Hypertext Web,2616,http,Web",
    ];
    for odd in [
        "7,-,Echo,862,echo,-",
        "7,Echo,862,echo,-",
        "7,Echo,TCP,862,echo,-",
        "7,TCP*,Echo,862,echo,Mac",
        "7,SCTP/DCCP,Echo,862,echo,Mac",
        "7/tcp,Echo,862,echo,Mac",
        "any,TCP,Echo,862,echo,Mac",
        "Port 7,TCP,Echo,862,echo,Mac",
        "TCP,Echo,862,echo,Mac",
        "7",
    ] {
        for (rows, is_last) in [
            ([&[odd], &good[..]].concat(), false),
            ([&good[..], &[odd]].concat(), true),
        ] {
            for text in in_lines(&rows) {
                let outcome = read(&text).unwrap();
                let at = if is_last { "below" } else { "above" };
                let is_lone = odd == "7" && is_last;
                assert!(
                    outcome.read == 4 || is_lone,
                    "{at}: {} in {text}",
                    outcome.read
                );
            }
        }
    }
}

#[test]
fn a_dash_is_a_transport_in_the_first_row_too() {
    let rows = [
        "7,-,Echo,-,-,Mac",
        "22,TCP,Secure Shell,4253,ssh,-",
        "25,TCP,Simple Mail,-,smtp,-",
    ];
    for text in in_lines(&rows) {
        assert_eq!(read(&text).unwrap().records.len(), 3, "{text}");
    }
}

#[test]
fn a_number_that_may_be_the_next_port_is_no_rfc() {
    for rows in [
        [
            "8171,TCP,Web (site),Podcast Capture",
            "8891,ldsd,Final Cut Server",
            "443,TCP,Web,2818,https,iCloud",
        ],
        [
            "500,UDP,Wi-Fi Calling,Wi-Fi Calling",
            "1900,SSDP,ssdp,Bonjour",
            "443,TCP,Web,2818,https,iCloud",
        ],
        [
            "500,UDP,Wi-Fi Calling,Wi-Fi Calling",
            "1900,SSDP,ssdp,Bonjour",
            "2049,TCP,Files,3530,nfsd,Mac",
        ],
    ] {
        let all = [&["22,TCP,Secure Shell,4253,ssh,Xcode Server"], &rows[..]].concat();
        for text in in_lines(&all) {
            let outcome = read(&text).unwrap();
            let wrong = |record: &&String| record.contains("8891") || record.contains("1900");
            assert_eq!(outcome.records.iter().find(wrong), None, "{text}");
            assert_eq!(outcome.read, 4, "{text}");
        }
    }
    // A title of two lines is one where the order of the ports leaves the number no place.
    let rows = [
        "110,TCP,Post Office,Authenticated Post Office,1939,pop3,Mail",
        "143,TCP,Access,3501,imap,Mail",
        "443,TCP,Web,2818,https,iCloud",
    ];
    for text in in_lines(&rows) {
        assert!(read(&text).unwrap().records[0].contains("1939"), "{text}");
    }
}

fn joined(rows: &[&str]) -> String {
    let heading = HEADING.trim().replace('\n', " ");
    let rows = rows.join("\n");
    format!("TCP and UDP ports\n\n{heading}\n{rows}\n\nEnd\n")
}

const JOINED: [&str; 3] = [
    "22 TCP Secure Shell 4253 ssh Server",
    "53 UDP Domain Names 1034 domain Mac",
    "443 TCP Secure Web 2818 https -",
];

#[test]
fn a_joined_row_without_a_port_counts_and_goes_into_no_other() {
    for odd in [
        "TCP Air Utility - winfs Express",
        "x3 TCP Foo 1111 winfs Mail",
        "any TCP Foo 1111 winfs Mail",
        "Port 25 TCP Foo 1111 winfs Mail",
        "25/tcp Foo 1111 winfs Mail",
        "Foo 1111 winfs Mail",
        "25",
    ] {
        for at in 0..JOINED.len() {
            let mut rows = JOINED.to_vec();
            rows.insert(at, odd);
            let text = joined(&rows);
            let outcome = read(&text).unwrap();
            let wrong = |record: &&String| record.contains("winfs") || record.ends_with("25");
            assert_eq!(outcome.records.iter().find(wrong), None, "{text}");
            assert_eq!(outcome.read, 4, "{text}");
        }
    }
    let text = joined(&[&format!("{} {}", JOINED[0], JOINED[1]), JOINED[2]]);
    assert_eq!(read(&text).unwrap().read, 3, "{text}");
    let text = joined(&[&format!("{} 53 UDP Domain Names", JOINED[0]), JOINED[2]]);
    let outcome = read(&text).unwrap();
    assert_eq!((outcome.records.len(), outcome.rejected), (1, 2), "{text}");
}

#[test]
fn headings_and_sentences_are_no_cells_of_joined_rows() {
    let [first, second, third] = JOINED;
    let heading = HEADING.trim().replace('\n', " ");
    for between in [
        "\n## More\n".to_owned(),
        format!("\n## More\n\n{heading}"),
        heading,
        "\nSome sentence between.\n".to_owned(),
    ] {
        let text = joined(&[first, second, &between, third]);
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.read, outcome.rejected), (3, 0), "{text}");
        assert!(outcome.records[1].ends_with("|Mac"), "{outcome:?}");
    }
    // A row may hold the words of a heading.
    let odd = "25 TCP/UDP RFC 5321 smtp Mail";
    assert_eq!(read(&joined(&[first, odd, second, third])).unwrap().read, 4);
    // Where a row ends with its name, the paragraph below it is its last cell.
    let [start, end] = ["25 TCP Simple Mail 5321 smtp", "\nMail (sending)\n"];
    let text = joined(&[first, start, end, third]).replace("https -", "https Web");
    let outcome = read(&text).unwrap();
    assert!(
        outcome.records[1].ends_with("|Mail (sending)"),
        "{outcome:?}"
    );
}

#[test]
fn joined_dashes_that_may_be_several_cells_are_rejected() {
    for odd in [
        "3478-3497 UDP - - nat-stun-port - ipether232port FaceTime",
        "5897-5898 UDP - - - xrdiags",
        "8175 TCP Pcast Tunnel - - pcastagentd",
        "113 TCP Identification 1413 - ident",
    ] {
        let outcome = read(&joined(&[JOINED[0], odd, JOINED[2]])).unwrap();
        assert_eq!((outcome.read, outcome.rejected), (3, 1), "{odd}");
    }
    // Where rows without a last cell show none, a dash is no cell either.
    let rows = [
        "7 TCP Echo 862 echo",
        "8005 TCP Tomcat - entferntes Ausschalten",
        JOINED[0],
    ];
    assert_eq!(read(&joined(&rows)).unwrap().rejected, 1);
}

#[test]
fn a_text_below_a_joined_row_may_be_part_of_it_where_blank_lines_part_rows() {
    let [first, second, third] = JOINED.map(|row| format!("{row}\n"));
    let text = |text: &str| joined(&[&first, &second, text, &third]);
    let parted = read(&text("Server Tools of all\n")).unwrap();
    assert_eq!((parted.read, parted.rejected), (3, 1), "{parted:?}");
    assert!(
        !parted
            .records
            .iter()
            .any(|record| record.starts_with("53|"))
    );
    assert_eq!(read(&text("")).unwrap().rejected, 0);
}
