//! More inputs of [`super::hostile`]: lists for `audit`.

use super::shapes::{FREE, Shape};

pub(super) const AUDIT: &str = "audit {list} --format json";
const FIX: &str = "audit {list} --fix";

const WORDS: &str = "short words, in a list";

/// How many times as long a text that has no port may take as a usual list of its size.
pub(super) const MAX_RATIO: (&str, f64) = (WORDS, 1.5);

/// A usual list of about `size` bytes: at most 700 KiB, since more entries are refused.
pub(super) fn usual(size: usize) -> String {
    let lines = (0..size.min(700 << 10) / 50).map(|at| {
        let (port, first) = (at % 60_000 + 1, at % 50_000 + 1);
        let last = first + 9;
        format!("{port}/tcp, {first}-{last}/udp  # Some name of a service\n")
    });
    lines.collect()
}

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "ranges that are too wide, in a list",
        arguments: AUDIT,
        largest: 28_800 * 11,
        files: |size| {
            let lines = (0..size / 11).map(|at| format!("1-{}/udp\n", at % 65_000 + 2));
            vec![("list", lines.collect())]
        },
    },
    Shape {
        title: "texts in sixty objects that lie in each other, in a list",
        arguments: AUDIT,
        largest: 249_000 * 4,
        files: |size| {
            let texts = nested(&"\"\",\n".repeat(size / 4));
            // A list without a port is refused.
            list(&format!(
                "[{{\"port\": 80, \"protocol\": \"tcp\"}}, {texts}]"
            ))
        },
    },
    Shape {
        title: "rows in rows, in a list",
        arguments: AUDIT,
        largest: FREE,
        files: |size| {
            let row = nested(&"\"\",".repeat(400));
            let rows = vec![row.as_str(); size / row.len()];
            list(&format!("[{}]", rows.join(",\n")))
        },
    },
    Shape {
        title: "a table of two long lines, in a list",
        arguments: AUDIT,
        largest: FREE,
        files: |size| {
            let cells = size / 3 - 4;
            let (heading, row) = (",a".repeat(cells), ",".repeat(cells));
            list(&format!("port{heading}\n80{row}\n"))
        },
    },
    Shape {
        title: "tabs in two lines, in a list",
        arguments: AUDIT,
        largest: 2_000 << 10,
        files: |size| {
            let tabs = "\t".repeat(size / 2);
            list(&format!("port{tabs}\n80{tabs}\n"))
        },
    },
    Shape {
        title: "words in one line, in a list",
        arguments: AUDIT,
        largest: 34_000 * 2,
        files: |size| list(&format!("80/tcp\n{}\n", "a ".repeat(size / 2))),
    },
    Shape {
        title: WORDS,
        arguments: AUDIT,
        largest: FREE,
        files: |size| list(&format!("{}\n", "a b c d ".repeat(10)).repeat(size / 81)),
    },
    Shape {
        title: "sets of a port each, in nftables",
        arguments: AUDIT,
        largest: 24_000 * 80,
        files: |size| {
            let sets = (0..size / 80).map(|at| {
                let port = at % 65_000 + 1;
                format!("set s{at} {{ type inet_service; elements = {{ {port} }} }}\n")
            });
            let rules = (0..size / 80).map(|at| format!("tcp dport @s{at} accept\n"));
            list(&sets.chain(rules).collect::<String>())
        },
    },
    Shape {
        title: "templates of a list in YAML",
        arguments: AUDIT,
        largest: 29_400 * 11,
        files: |size| {
            let templates = "{{item.a}},".repeat(size / 22);
            let blank = "\n".repeat(size / 22);
            list(&format!(
                "- protocol: tcp\n  ports: [80]\n- protocol: tcp\n  ports: [{templates}]\n{blank}"
            ))
        },
    },
    Shape {
        title: "tasks of a template each, in YAML",
        arguments: AUDIT,
        largest: 29_400 * 23,
        files: |size| {
            let tasks = "- port: {{ item.port }}\n".repeat(size / 24);
            list(&format!("- port: 80\n  protocol: tcp\n{tasks}"))
        },
    },
    Shape {
        title: "variables in variables, in a script",
        arguments: AUDIT,
        largest: 28_800 * 3,
        files: |size| {
            let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
            let values = names.iter().zip(&names[1..]).map(|(name, inner)| {
                let inner = format!("${inner},").repeat(size / 21);
                format!("{name}=\"{inner}80\"\n")
            });
            let values: String = values.collect();
            list(&format!("{values}H=443\nufw allow out $A\n"))
        },
    },
    Shape {
        title: "variables of one variable each, in a script that is corrected",
        arguments: FIX,
        largest: 19_900 * 20,
        files: |size| {
            let count = size / 20;
            let values = (0..count).map(|at| format!("A{at}=$A{},{}\n", at + 1, at + 1_000));
            let values: String = values.collect();
            list(&format!("{values}A{count}=80\nufw allow out $A0\n"))
        },
    },
    Shape {
        title: "additions to a variable that is used after each, in a script",
        arguments: AUDIT,
        largest: 19_900 * 24,
        files: |size| {
            let uses = "P+=,$Q\nufw allow out $P\n".repeat(size / 24);
            list(&format!("Q=443\nP=80\n{uses}"))
        },
    },
    Shape {
        title: "macros of one rule, in pf",
        arguments: AUDIT,
        largest: 29_400 * 3,
        files: |size| {
            let names = "$a ".repeat(size / 3);
            list(&format!(
                "pass out proto tcp to any port 443\npass out to any port {{ {names}}}\n"
            ))
        },
    },
    Shape {
        title: "backslashes in a command of nftables",
        arguments: AUDIT,
        largest: 34_000 * 3,
        files: |size| {
            let (signs, blank) = ("\\ ".repeat(size / 3), " ".repeat(size / 3));
            list(&format!(
                "nft add rule inet f o tcp dport 80 accept {signs}{blank}\n"
            ))
        },
    },
    Shape {
        title: "ports in quotes in one line, in a list",
        arguments: AUDIT,
        largest: 29_400 * 13,
        files: |size| {
            let ports = "--dport \"80\" ".repeat(size / 13);
            list(&format!("-A O -p tcp {ports}-j ACCEPT\n"))
        },
    },
    Shape {
        title: "keys of one mapping, in a list",
        arguments: AUDIT,
        largest: 249_000 * 11,
        files: |size| {
            let keys = (0..size / 11).map(|at| format!("k{at:06}: 1\n"));
            let keys: String = keys.collect();
            list(&format!("port: 80\nprotocol: tcp\n{keys}"))
        },
    },
    Shape {
        title: "rules in one line, in a list",
        arguments: AUDIT,
        largest: 1_000 << 10,
        files: |size| list(&"iptables -A O -p tcp --dport 80 -j ACCEPT; ".repeat(size / 43)),
    },
    Shape {
        title: "every seventh port, in a list",
        arguments: AUDIT,
        largest: 29_400 * 6,
        files: |size| {
            let ports = (0..size / 6).map(|at| format!("{}\n", at * 7 % 65_000 + 1));
            list(&format!("80/tcp\n{}", ports.collect::<String>()))
        },
    },
    Shape {
        title: "every second port above many comments, in a list",
        arguments: AUDIT,
        largest: 8_000 * 46,
        files: |size| {
            let count = size / 46;
            let ports = (0..count).map(|at| format!("{}\n", 49_152 + 2 * at));
            let ports: String = ports.collect();
            list(&format!("80\n{ports}{}", "#\n".repeat(20 * count)))
        },
    },
    Shape {
        title: "damaged ranges of objects, corrected",
        arguments: FIX,
        largest: 29_900 * 41,
        files: |size| {
            let row = "{\"port\":\"16384–16402\",\"protocol\":\"udp\"},\n";
            let rows = row.repeat(size / row.len());
            list(&format!("[{}]", rows.trim_end_matches(",\n")))
        },
    },
    Shape {
        title: "objects in each other whose range is none, in a list",
        arguments: AUDIT,
        largest: 960 << 10,
        files: |size| {
            let opened = "{\"from\":\"8x\",\"a\":".repeat(120);
            let (inner, closed) = ("0,".repeat(size / 2), ",\"to\":9}".repeat(120));
            list(&format!("[80,443,{opened}{{\"b\":[{inner}0]}}{closed}]"))
        },
    },
    Shape {
        title: "mappings with a damaged range, in YAML",
        arguments: AUDIT,
        largest: 41_900 * 33,
        files: |size| list(&"{from_port: 478–3497,proto: udp}\n".repeat(size / 33)),
    },
    Shape {
        title: "corrections of which not all can be made",
        arguments: FIX,
        largest: 14_900 * 6,
        files: |size| list(&format!("80/tcp\n{}", "8,080\n".repeat(size / 6))),
    },
    Shape {
        title: "damaged ranges of a variable, corrected",
        arguments: FIX,
        largest: 29_900 * 10,
        files: |size| {
            list(&format!(
                "TCP_PORTS=\"80\n{}\"",
                "80–9 1x\n".repeat(size / 10)
            ))
        },
    },
];

pub(super) fn list(text: &str) -> Vec<(&'static str, String)> {
    vec![("list", text.to_owned())]
}

/// Values in the innermost of sixty objects; each object ends with an empty array.
fn nested(values: &str) -> String {
    let (opened, closed) = ("{\"a\":[".repeat(60), "[]]}".repeat(60));
    format!("{opened}{values}{}", closed.replace("}[", "},["))
}
