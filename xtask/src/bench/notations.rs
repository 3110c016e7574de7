//! More inputs of [`super::hostile`]: lists for `audit` in the languages of firewalls and scripts, of which
//! each part could be read again for each other one.

use super::lists::{AUDIT, list};
use super::shapes::{FREE, Shape};

const WITH_LINES: &str = "audit {list}";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "sections of INI with a protocol below their ports, in a list",
        arguments: AUDIT,
        largest: 40_000 * 27,
        files: |size| list(&"[a]\nports=443\nprotocol=tcp\n".repeat(size / 27)),
    },
    Shape {
        title: "hashtables of PowerShell without an end, in a list",
        arguments: AUDIT,
        largest: 20_000 * 56,
        files: |size| {
            list(&"New-NetFirewallRule @{ Protocol='TCP'; RemotePort='443'\n".repeat(size / 56))
        },
    },
    Shape {
        title: "verdict maps of nftables without a brace, in a list",
        arguments: AUDIT,
        largest: 28_800 * 16,
        files: |size| {
            list(&format!(
                "tcp dport 80 accept\n{}",
                "th dport vmap a\n".repeat(size / 16)
            ))
        },
    },
    Shape {
        title: "no-break spaces before the last port of an array, in a list",
        arguments: AUDIT,
        largest: 1_000_000,
        files: |size| {
            let marks = "\u{a0}".repeat(size / 2);
            list(&format!(
                "TCP=({marks}80)\nfor p in \"${{TCP[@]}}\"; do iptables -A O -p tcp --dport \"$p\" -j ACCEPT; done\n"
            ))
        },
    },
    Shape {
        title: "brackets before a port, and joined lines behind it, in a list",
        arguments: AUDIT,
        largest: 500_000,
        files: |size| {
            let (brackets, lines) = ("(".repeat(size), "\\\n".repeat(2_000));
            list(&format!(
                "iptables -A O -p tcp -m multiport --dports 443,{brackets}80{lines} -j ACCEPT\n"
            ))
        },
    },
    Shape {
        title: "a long key of RouterOS whose value goes on in each line, in a list",
        arguments: AUDIT,
        largest: 900 << 10,
        files: |size| list(&continued_key("", size)),
    },
    Shape {
        title: "such a key that is nearly a name, in a list",
        arguments: AUDIT,
        largest: 900 << 10,
        files: |size| list(&continued_key("dst–port\u{a0}", size)),
    },
    Shape {
        title: "a chain of nftables that jumps to itself, in a list",
        arguments: AUDIT,
        largest: FREE,
        files: |size| {
            let rules = "a a a a a a a a\n".repeat(size / 16);
            list(&format!(
                "tcp dport 80 jump x\nchain x {{\njump x\n{rules}}}\n"
            ))
        },
    },
    Shape {
        title: "values of PowerShell without a name or an end, in a list",
        arguments: AUDIT,
        largest: 240_000 * 7,
        files: |size| {
            list(&format!(
                "ufw allow out 443/tcp\nufw allow out $A\n{}",
                "x = @(\n".repeat(size / 7)
            ))
        },
    },
    Shape {
        title: "ports of one line, and words with transports behind them, in a list",
        arguments: AUDIT,
        largest: 14_400 * 8,
        files: |size| {
            let ports = (0..size / 8).map(|at| format!("{} ", 1_000 + at % 50_000));
            let words = "a TCP ".repeat(size / 16);
            list(&format!("{}`84` - {words}\n", ports.collect::<String>()))
        },
    },
    Shape {
        title: "words that are nearly names of Cisco's, in a list",
        arguments: AUDIT,
        largest: 28_800 * 3,
        files: |size| {
            list(&format!(
                "permit tcp any any eq 80 {}\n",
                "ao ".repeat(size / 3)
            ))
        },
    },
    Shape {
        title: "findings in a long line, told with it",
        arguments: WITH_LINES,
        largest: 30_000 * 2,
        files: |size| {
            let ports = "--dports 99999 --dports 5.223 --dports 80,8x --dports 80-443 ".repeat(100);
            let words = "a ".repeat(size / 2);
            list(&format!(
                "iptables -A x -p tcp -m multiport {ports}-j ACCEPT {words}\n"
            ))
        },
    },
    Shape {
        title: "verdict maps whose names fall, in a line of nftables",
        arguments: AUDIT,
        largest: 30_000 * 19,
        files: |size| {
            let names = (0..size / 19).rev();
            let maps: Vec<String> = names.map(|at| format!(";dport vmap @s{at:05}")).collect();
            let maps = maps.concat();
            list(&format!(
                "tcp dport 443 accept\n{maps}\ntcp dport 80 accept\n"
            ))
        },
    },
    Shape {
        title: "ports between letters of several bytes, in a line",
        arguments: AUDIT,
        largest: 17_000 * 12,
        files: |size| list(&format!("{}\n", "443/tcp \u{e9}, ".repeat(size / 12))),
    },
    Shape {
        title: "elements of firewalld that nothing ends, in a list",
        arguments: AUDIT,
        largest: 300_000,
        files: |size| {
            let element = format!("{}{}>", "<port ".repeat(41), "1 ".repeat(125));
            let elements = element.repeat(size / 500);
            list(&format!(
                "<zone>\n<port port=\"80\" protocol=\"tcp\"/>{elements}</zone>\n"
            ))
        },
    },
    Shape {
        title: "braces in a row, in a list of YAML",
        arguments: AUDIT,
        largest: 1_000_000,
        files: |size| list(&format!("port: 80\nprotocol: tcp\n{}\n", "{".repeat(size))),
    },
    Shape {
        title: "long cells of numbers, in a list",
        arguments: "audit {list.csv} --format json",
        largest: 24_000 * 25,
        files: |size| {
            let cell = "x1 ".repeat(size / 1_500);
            vec![(
                "list.csv",
                format!("port,text\n{}", format!("80,{cell}\n").repeat(500)),
            )]
        },
    },
];

/// A rule of `RouterOS` with a key that is half of the list, and a value that each line's end cuts.
fn continued_key(name: &str, size: usize) -> String {
    let rule = "/ip firewall filter\nadd action=accept protocol=tcp dst-port=80\n";
    let (key, lines) = ("a".repeat(size / 2), "1\\\n".repeat(size / 6));
    format!("{rule}{name}{key}-port=\\\n{lines}")
}
