//! What is corrected in any notation is read by it again, and nothing of the damage is left.

use super::testing::{audit, fixed};

/// A list in each notation with a range, and another one that is right.
const LISTS: [(&str, &str); 20] = [
    ("lines", "80/tcp\n3478-3497/udp\n"),
    ("lines", "TCP 80\nUDP 3478-3497\n"),
    ("lines", "TCP 80; UDP 53, 3478-3497\n"),
    ("lines", "TCP_PORTS=\"80\"\nUDP_PORTS=\"53 3478:3497\"\n"),
    (
        "csv",
        "port,protocol,name\n80,tcp,http\n53,udp,dns\n3478-3497,udp,stun\n",
    ),
    (
        "csv",
        "port\tprotocol\tname\n80\ttcp\thttp\n53\tudp\tdns\n3478-3497\tudp\tstun\n",
    ),
    (
        "csv",
        "| port | protocol |\n|---|---|\n| 80 | tcp |\n| 53 | udp |\n| 3478-3497 | udp |\n",
    ),
    ("services", "http 80/tcp\ndns 53/udp\nstun 3478-3497/udp\n"),
    (
        "json",
        "[{\"port\": 80, \"protocol\": \"tcp\"}, {\"port\": \"3478-3497\", \"protocol\": \"udp\"}]\n",
    ),
    (
        "json",
        "{\"tcp\": [\"80\"], \"udp\": [\"53\", \"3478-3497\"]}\n",
    ),
    (
        "yaml",
        "- port: 80\n  proto: tcp\n- port: 3478-3497\n  proto: udp\n",
    ),
    (
        "nftables",
        "tcp dport 80 accept\nudp dport 3478-3497 accept\n",
    ),
    (
        "nftables",
        "tcp dport 80 accept\nudp dport { 53, 3478-3497 } accept\n",
    ),
    (
        "iptables",
        "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p udp --dport 3478:3497 -j ACCEPT\n",
    ),
    (
        "iptables",
        "-A O -p tcp --dport 80 -j ACCEPT\n-A O -p udp -m multiport --dports 53,3478:3497 -j ACCEPT\n",
    ),
    (
        "routeros",
        "/ip firewall filter\nadd chain=f action=accept protocol=tcp dst-port=80\nadd chain=f action=accept protocol=udp dst-port=53,3478-3497\n",
    ),
    (
        "pf",
        "pass out proto tcp to port 80\npass out proto udp to port { 53 3478:3497 }\n",
    ),
    ("ufw", "ufw allow 80/tcp\nufw allow 3478:3497/udp\n"),
    (
        "uci",
        "config rule\n option proto tcp\n option dest_port '80'\n option target ACCEPT\nconfig rule\n option proto udp\n option dest_port '53 3478-3497'\n option target ACCEPT\n",
    ),
    (
        "firewalld",
        "<zone>\n<port port=\"80\" protocol=\"tcp\"/>\n<port port=\"3478-3497\" protocol=\"udp\"/>\n</zone>\n",
    ),
];

/// What may be written between the ends of a range.
const SIGNS: [&str; 41] = [
    "-",
    ":",
    "–",
    "—",
    "−",
    "..",
    "...",
    "…",
    "_",
    "--",
    "---",
    "->",
    "<->",
    "=>",
    "→",
    "~",
    " - ",
    " : ",
    "- ",
    " -",
    ": ",
    " to ",
    " bis ",
    " through ",
    ",",
    ", ",
    "&",
    " & ",
    "+",
    ";",
    "; ",
    "|",
    "/",
    " / ",
    " ",
    "=",
    "\u{a0}-\u{a0}",
    "-\u{200b}",
    "－",
    "／",
    "",
];

/// A text with its range in one form.
fn plain(text: &str) -> String {
    let text = text.replace("3478:3497", "3478-3497");
    text.replace("53 3478-", "53, 3478-")
        .replace("3497,", "3497")
}

#[test]
fn a_correction_leaves_nothing_of_the_damage_in_any_notation() {
    let rows = ["80/tcp", "3478-3497/udp", "53/udp"];
    let ends = ["3478:", "3478-", ":3497", "-3497", "3478,", "3478–"].map(str::to_owned);
    for (notation, right) in LISTS {
        let rows = &rows[..rows.len() - usize::from(!right.contains("53"))];
        assert_eq!(audit(rows, right), [""; 0], "{right}");
        let is_colon = right.contains("3478:3497");
        let range = ["3478-3497", "3478:3497"][usize::from(is_colon)];
        let before = right.split(range).next().unwrap();
        let line = format!("{}:", before.matches('\n').count() + 1);
        let between = SIGNS.map(|sign| format!("3478{sign}3497"));
        for damaged in between.into_iter().chain(ends.clone()) {
            let text = right.replace(range, &damaged);
            let found = audit(rows, &text);
            assert!(
                found.iter().all(|finding| finding.starts_with(&line)),
                "{text}{found:?}"
            );
            // A comma or a space that ends a list is another fault.
            let is_other = |finding: &&String| !finding.contains("L017");
            assert!(found.iter().filter(is_other).count() < 2, "{text}{found:?}");
            let fixed = fixed(rows, &text);
            if fixed == text {
                continue;
            }
            let list = crate::read::read(fixed.as_bytes(), None).unwrap();
            assert!(
                list.notation.name == notation || text.contains('\t'),
                "{text}"
            );
            assert_eq!(plain(&fixed), plain(right), "{text}{found:?}");
            assert_eq!(audit(rows, &fixed), [""; 0], "{text}{fixed}");
        }
    }
}
