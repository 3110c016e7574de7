//! Rules and objects of Cisco devices, as their owners write them.

use crate::notations::testing::{shown, unread};
use crate::rules::testing::{audit, fixed};

fn entries(text: &str) -> Vec<String> {
    let (notation, entries) = shown(text);
    assert_eq!(notation, "cisco", "{text}");
    entries
}

#[test]
fn an_object_keeps_its_one_service() {
    let rows = ["16384-16387/udp", "16393-16402/udp"];
    let text = "object service RTP\n service udp destination range 16384 16402\npermit object RTP any any\n";
    assert!(audit(&rows, text)[0].contains("L013"));
    assert_eq!(fixed(&rows, text), text);
}

#[test]
fn objects_and_protocol_numbers_are_read() {
    let text = "service timestamps log\nobject service WEB\n service tcp destination eq 443\npermit object WEB any any\npermit 17 any any eq 53\n";
    assert_eq!(entries(text), ["443/tcp@3:29", "53/udp@5:22"]);
}

#[test]
fn a_comparison_is_a_range_or_reported() {
    let text = "permit tcp any any gt 1023\npermit udp any any lt 1024 log\npermit tcp any any neq 25\npermit tcp any gt 1023 any eq 80\npermit tcp any any eq 8x\n";
    let entries = ["1024-65535/tcp@1:20", "1-1023/udp@2:20", "80/tcp@4:31"];
    assert_eq!(shown(text).1, entries);
    assert_eq!(
        unread(text),
        [
            "3:20 it matches every port but these; list the ports that are meant",
            "5:23 it is not a port"
        ]
    );
    // What takes a range takes no comparison.
    let rows = ["1024-65000/tcp"];
    assert_eq!(
        fixed(&rows, "permit tcp any any gt 1023\n"),
        "permit tcp any any gt 1023\n"
    );
}

#[test]
fn a_word_that_is_no_port_ends_no_list() {
    let rows = ["80/tcp", "443/tcp", "5223/tcp"];
    let right = "permit tcp any any eq www 443 5223 log\n";
    assert_eq!(audit(&rows, right), [""; 0]);
    for (from, to, code) in [
        ("443", "443*", "L008"),
        ("5223", "5223*", "L008"),
        ("5223", "5.223", "L009"),
        ("5223", "5,223", "L009"),
        ("443", "4O43", "L007"),
        ("5223", "5223 99xx", "L017"),
        ("443", "443 htps", "L017"),
        ("443 5223", "htps 443 5223", "L017"),
        ("443", "443,", "L017"),
        ("443 ", "443,", "L017"),
        ("5223", "5223 8O80", "L007"),
    ] {
        let found = audit(&rows, &right.replace(from, to));
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        assert!(found[0].starts_with("1:"), "{to}: {found:?}");
        assert!(found[0].contains(code), "{to}: {found:?}");
    }
    // All that is behind it is read.
    let text = "permit tcp any any eq www 44x 5223 9999\n";
    let entries = ["80/tcp@1:23", "5223/tcp@1:31", "9999/tcp@1:36"];
    assert_eq!(shown(text).1, entries);
}

#[test]
fn more_than_a_comparison_takes_is_reported() {
    for (operand, place) in [
        ("range 3478 3497 9999", "1:26"),
        ("gt 1023 99x", "1:20"),
        ("range 3478-3497 9O99", "1:26"),
    ] {
        let text = format!("permit udp any any {operand} log\n");
        let reason = "it has more than its comparison takes; write a rule for each";
        assert_eq!(unread(&text), [format!("{place} {reason}")], "{operand}");
        assert!(shown(&text).1.is_empty(), "{operand}");
    }
    for option in ["time-range 5", "dscp 46", "log interval 300", "ttl eq 5"] {
        let text = format!("permit tcp any any eq 80 {option}\n");
        assert_eq!(
            (shown(&text).1.len(), unread(&text).len()),
            (1, 0),
            "{option}"
        );
    }
}

#[test]
fn what_a_device_prints_behind_a_rule_is_no_port() {
    for (rule, ports) in [
        (
            "10 permit tcp any any eq www 443 (12 matches)",
            "80/tcp 443/tcp",
        ),
        (
            "20 permit udp any any range 3478 3497 (5 matches)",
            "3478-3497/udp",
        ),
        ("permit tcp any any gt 1023 (1 match)", "1024-65535/tcp"),
        ("30 permit tcp any any eq 443 [match=12]", "443/tcp"),
        (
            "access-list O line 1 extended permit tcp any any eq https (hitcnt=7) 0x85cb3aa2",
            "443/tcp",
        ),
        ("40 permit tcp any any eq 443 urg", "443/tcp"),
        ("40 permit tcp any any eq 443 tcp-flags-mask 50", "443/tcp"),
        ("40 permit tcp any any eq 443 police 100", "443/tcp"),
        ("40 permit tcp any any eq 443 vlan 20", "443/tcp"),
        ("40 permit tcp any any eq 443 nexthop1 20", "443/tcp"),
    ] {
        let text = format!("{rule}\n");
        assert_eq!(crate::notations::testing::ports(&text), ports, "{rule}");
        assert_eq!(unread(&text), [""; 0], "{rule}");
    }
    let inactive = "access-list O line 1 extended permit tcp any any eq 81 inactive (hitcnt=0) (inactive) 0x85cb3aa2\n";
    let open = "access-list O line 2 extended permit tcp any any eq 80 (hitcnt=0) 0x85cb3aa3\n";
    assert_eq!(shown(&format!("{inactive}{open}")).1, ["80/tcp@2:53"]);
    // A port in brackets is not left out, nor one behind a name that may be any port.
    let text = "permit tcp any any eq 443 (5223)\npermit tcp any any eq 80 kerberos 5223\n";
    let expected = [
        "443/tcp@1:23",
        "5223/tcp@1:27",
        "80/tcp@2:23",
        "5223/tcp@2:35",
    ];
    assert_eq!(shown(text).1, expected);
    let list = crate::read::read(text.as_bytes(), None).unwrap();
    assert_eq!(list.names[0].0, "kerberos");
}

#[test]
fn reads_destination_ports_of_rules_that_permit() {
    let text = "ip access-list extended APPLE\n remark 99\n 10 permit tcp any any eq 5223\n permit udp any eq 68 any eq 67 log\n permit udp host 10.0.0.1 range 1 2 17.0.0.0 0.255.255.255 range 16384 16472\n deny tcp any any eq 25\n permit tcp any eq 22 any\n permit tcp any any gt 1023\n permit tcp any any eq 80 443 established\n";
    assert_eq!(
        entries(text),
        [
            "5223/tcp@3:27",
            "67/udp@4:30",
            "16384-16472/udp@5:66",
            "1024-65535/tcp@8:21",
            "80/tcp@9:24",
            "443/tcp@9:27"
        ]
    );
    let text = "access-list 101 permit tcp any any eq 5223\naccess-list OUT line 3 extended permit udp object LAN 17.0.0.0 255.0.0.0 range 3478 3497\naccess-list 101 deny ip any any\n";
    assert_eq!(entries(text), ["5223/tcp@1:39", "3478-3497/udp@2:80"]);
}

#[test]
fn groups_of_services_have_the_transport_of_their_heading_or_rule() {
    let text = "object-group service APPLE udp\n port-object eq 53\n port-object range 3478 3497\nobject-group service WEB\n service-object tcp destination eq 443\n tcp-udp eq 80\nobject-group service NO tcp\n port-object eq 25\naccess-list OUT extended permit udp any any object-group APPLE\naccess-list OUT extended deny tcp any any object-group NO\naccess-list OUT extended permit tcp any any object-group ELSEWHERE\n";
    assert_eq!(
        entries(text),
        [
            "53/udp@2:17",
            "3478-3497/udp@3:20",
            "443/tcp@5:36",
            "80/tcp+udp@6:13"
        ]
    );
    let list = crate::read::read(text.as_bytes(), None).unwrap();
    assert_eq!(list.names.len(), 1);
    assert_eq!(list.names[0].0, "@ELSEWHERE");
}

#[test]
fn a_range_has_a_space_between_its_ends() {
    let rows = ["443/tcp", "8000-8999/tcp"];
    let right = "permit tcp any any eq 443\npermit tcp any any range 8000 8999\n";
    assert_eq!(audit(&rows, right), [""; 0]);
    for other in [
        "range 8000-8999",
        "range 8000 - 8999",
        "eq 8000-8999",
        "range 8000:8999",
    ] {
        let text = right.replace("range 8000 8999", other);
        let found = audit(&rows, &text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("is written with a space in cisco"),
            "{found:?}"
        );
        assert_eq!(fixed(&rows, &text), right);
    }
    let named = "permit tcp any any range pop2 110\npermit tcp any any range 109 pop3\n";
    assert!(
        audit(&["109-110/tcp"], named)
            .iter()
            .all(|finding| finding.contains("L014"))
    );
}

#[test]
fn what_may_have_ports_and_is_not_read_is_reported() {
    let rows = ["443/tcp", "5223/tcp"];
    for (line, place) in [
        ("permit object-group PUSH any any", "2:21"),
        ("permit tcp any any 5223", "2:20"),
        ("permit tcp any any rang 5223 5224", "2:20"),
    ] {
        let text = format!("permit tcp any any eq 443\n{line}\n");
        let found = audit(&rows, &text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{place} L017")), "{found:?}");
    }
    let services = "object-group service WEB tcp\n port-object eq 443\n group-object PUSH\n";
    let found = audit(&rows, services);
    assert_eq!(
        found,
        ["3:15 L017 `PUSH` was not read: the group `PUSH` is not in this file"]
    );
    let hosts = "object-group service WEB tcp\n port-object eq 443\nobject-group network LAN\n group-object PUSH\n";
    assert_eq!(unread(hosts), [""; 0]);
    for words in ["established log", "time-range work"] {
        let text = format!("permit tcp any any eq 443\npermit tcp any any {words}\n");
        assert_eq!(unread(&text), [""; 0], "{words}");
    }
}

#[test]
fn a_port_may_have_the_name_that_cisco_prints() {
    let text = "permit tcp any any eq www\npermit udp any any eq domain log\npermit tcp any any eq ftp-data ftp 443\npermit tcp any any range pop2 110\n service-object tcp destination eq https\n";
    let expected = [
        "80/tcp@1:23",
        "53/udp@2:23",
        "20/tcp@3:23",
        "21/tcp@3:32",
        "443/tcp@3:36",
        "109-110/tcp@4:26",
        "443/tcp@5:36",
    ];
    assert_eq!(entries(text), expected);
    assert_eq!(unread(text), [""; 0]);
    // Another name may be any port.
    let text = "permit tcp any any eq kerberos\npermit tcp any any range x 9\n";
    let list = crate::read::read(text.as_bytes(), None).unwrap();
    assert_eq!(list.names[0].0, "kerberos");
    assert_eq!(unread(text), ["2:26 it is not a range of ports"]);
}

#[test]
fn other_text_is_none() {
    for text in ["permit tcp traffic 80\n", "53/udp # permit\n", "deny 80\n"] {
        assert_ne!(shown(text).0, "cisco", "{text}");
    }
}

#[test]
fn an_inactive_rule_opens_nothing() {
    let text = "access-list O extended permit tcp any any eq 80 log\naccess-list O extended permit tcp any any eq 81 inactive\n";
    assert_eq!(entries(text), ["80/tcp@1:46"]);
}
