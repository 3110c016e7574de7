//! Lists that nobody keeps: bounded, refused by name, and read in linear time.

use appleports_audit::{MAX_ENTRIES, MAX_FILE, MAX_LINE, NOTATIONS, ReadError, read};

#[test]
fn what_is_too_long_is_refused_by_name() {
    let digits = vec![b'1'; usize::try_from(MAX_FILE).unwrap() + 1];
    assert_eq!(read(&digits, None), Err(ReadError::TooLarge));
    let line = ["80\n", &"1 ".repeat(MAX_LINE)].concat();
    let refused = read(line.as_bytes(), None).unwrap_err();
    assert_eq!(refused.to_string(), "line 2 has more than 1 MiB");
    let ranges = "1-2\n".repeat(MAX_ENTRIES + 1);
    let refused = read(ranges.as_bytes(), None);
    assert_eq!(refused, Err(ReadError::TooManyEntries));
    // A line of words is given up before all of them are in memory.
    let words = format!("80\n{}", "a ".repeat(MAX_LINE / 2 - 1));
    let refused = read(words.as_bytes(), None).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "line 2 has more than 47000 words and numbers, and no line of a list is that long; break it \
         into several lines"
    );
    let names = "tcp dport web\n".repeat(MAX_ENTRIES + 1);
    let refused = read(names.as_bytes(), None);
    assert_eq!(refused, Err(ReadError::TooManyEntries));
}

/// Each level would tell of all that is in it.
#[test]
fn parts_in_parts_hold_no_text_again_for_each_level() {
    let inner = "0,".repeat(20_000);
    let opened = "{\"from\":\"8x\",\"a\":".repeat(60);
    let text = format!("[80,{opened}[{inner}0]{}]", ",\"to\":9}".repeat(60));
    let list = read(text.as_bytes(), None).unwrap();
    assert_eq!(list.unread.len(), 120);
    let bytes: usize = list.unread.iter().map(|part| part.span.len()).sum();
    assert!(bytes < text.len(), "{bytes}");
}

#[test]
fn many_variables_are_refused() {
    let uses = |count: usize| format!("P=80\n{}", "ufw allow out $P\n".repeat(count));
    let chain = |count: usize| {
        let values = (0..count).map(|at| format!("A{at}=$A{}\n", at + 1));
        let values: String = values.collect();
        format!("{values}A{count}=80\nufw allow out $A0\n")
    };
    for text in [uses(20_000), chain(19_999)] {
        assert!(read(text.as_bytes(), None).is_ok());
    }
    for text in [uses(20_001), chain(20_000)] {
        let refused = read(text.as_bytes(), None);
        assert_eq!(refused, Err(ReadError::TooManyVariables));
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let refused = |bytes: &[u8]| read(bytes, None).unwrap_err().to_string();
    assert_eq!(
        refused(b"80\n4\x0043\n"),
        "is not text: it has a NUL on line 2"
    );
    assert_eq!(
        refused(b"80\x1b\xff"),
        "is not text: invalid UTF-8 at byte 3"
    );
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    for (open, close) in [("[", "]"), ("{\"port\":[", "]}")] {
        let nest = |depth: usize| format!("{}80{}", open.repeat(depth), close.repeat(depth));
        let refused = read(nest(50_000).as_bytes(), None).unwrap_err().to_string();
        assert!(refused.contains("nested more than 128 deep"), "{refused}");
        assert!(read(nest(60).as_bytes(), None).is_ok());
    }
}

#[test]
fn rows_in_rows_hold_no_text_again_for_each_level() {
    let many = vec!["\"\""; 20_000].join(",");
    let nest = |depth: usize, inner: &str, last: &str| {
        let opened = "{\"a\":[".repeat(depth);
        format!("{opened}{inner}{}", format!("{last}]}}").repeat(depth))
    };
    // Larger than any row; and rows of less than 2,000 bytes with as many rows in them as may be.
    let large = format!("[{}]", nest(60, &many, ",[]"));
    let small = format!("[{}]", vec![nest(60, &many[..1_199], ""); 30].join(","));
    for text in [large, small] {
        let list = read(text.as_bytes(), None).unwrap();
        let rows: usize = list.rows.iter().map(|row| row.content.len()).sum();
        assert!(rows <= 8 * text.len(), "{rows} of {}", text.len());
    }
    let text = "[{\"a\": [80, [ ]]}, {\"a\": [80, []]}]";
    let list = read(text.as_bytes(), None).unwrap();
    let [first, second] = list.rows.as_slice() else {
        panic!("{:?}", list.rows);
    };
    assert_eq!(&text[first.span.clone()], "a\": [80, [ ]");
    assert_eq!(first.content, second.content);
}

#[test]
fn every_notation_reads_long_lines_of_anything() {
    let parts = [
        "1",
        "80,",
        "{",
        "}",
        "\"",
        "tcp dport { ",
        "--dports ",
        "port ",
        "dst-port=",
        "ufw allow ",
        "<port ",
        "option dest_port '",
        "-p T:",
        "(",
        "[",
        "|",
        "$a ",
        "udp ",
        "ports=",
        "\\",
        "= ",
        "define a = $a ",
        "dport drop ",
        "\u{200b}",
        "1\u{ad}",
        "action=",
        "tcp dport 80 jump a ",
        "chain a { jump a } ",
        "tcp dport vmap @a ",
        "tcp dport vmap { 80 : jump a } ",
        "map a { type inet_service : verdict; elements = { 80 : accept } } ",
        "set a { type inet_service; elements = { 80 } } ",
        "firewall.@rule[0].dest_port='80' ",
        "TCP_PORTS=$a ",
        "**",
        "tcp5223 ",
        "((1,",
        "- port: counter\n  protocol: tcp\n",
        "comment ",
        "42000+ ",
        "a: 80/tcp ",
        "**80** ",
        "`",
        "8O_l ",
        "5223tcp",
        "16,384-",
        "80 1) ",
        "'80 ",
        "(80 ",
        "80 (a ",
    ];
    for part in parts {
        let text = part.repeat(20_000 / part.len());
        for notation in NOTATIONS {
            if let Ok(list) = read(text.as_bytes(), Some(notation)) {
                assert!(list.totals(&text).balance(), "{} {part}", notation.name);
            }
        }
        // As lines of their own.
        let text = format!("{part}\n").repeat(2_000);
        for notation in NOTATIONS {
            if let Ok(list) = read(text.as_bytes(), Some(notation)) {
                assert!(list.totals(&text).balance(), "{} {part}", notation.name);
            }
        }
    }
}

/// What parts digits to one reader and not to another: a thousand, a mark, a space of several bytes.
#[test]
fn any_sign_may_stand_between_two_numbers() {
    const LISTS: [&str; 14] = [
        "tcp dport { § } accept\n",
        "tcp dport § accept\n",
        "define web = { § }\ntcp dport $web accept\n",
        "pass out proto tcp to port { § }\n",
        "pass out proto tcp to port §\n",
        "-A OUTPUT -p tcp -m multiport --dports § -j ACCEPT\n",
        "ufw allow out §/tcp\n",
        "access-list 101 permit tcp any any eq §\n",
        "§/tcp\n",
        "tcp: §\n",
        "[§]\n",
        "[\"§/tcp\"]\n",
        "name,port,protocol\nweb,§,tcp\n",
        "ports:\n  - §\n",
    ];
    let ascii = (b' '..=b'~')
        .map(char::from)
        .filter(|c| !c.is_ascii_alphanumeric());
    let others =
        "\t\n\r\u{a0}\u{2007}\u{2009}\u{202f}\u{3000}\u{2028}\u{feff}\u{301}–−…’´·é５\u{1f600}"
            .chars();
    for sign in ascii.chain(others) {
        for list in LISTS {
            for numbers in [
                "80*22",
                "5*0",
                "1*024",
                "80**22",
                "80*22*",
                "*80*22, 443",
                "80*22*443*",
            ] {
                let numbers = numbers.replace('*', &sign.to_string());
                let text = list.replace('§', &numbers);
                // Whatever it is, it is read or refused.
                let _ = read(text.as_bytes(), None);
            }
        }
    }
}
