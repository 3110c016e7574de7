//! Findings are known by what they say: other messages have other keys, and other lines have
//! the same.

use std::collections::BTreeMap;
use std::path::Path;

use appleports_ingest::{Document, read_capture, read_services};
use appleports_model::Finding;
use appleports_normalise::{confirm, normalise};

use super::{VOCABULARY, page, row};

/// How a line of a page is damaged.
type Damage = fn(&str) -> String;

const DAMAGES: [Damage; 11] = [
    |line| line.replacen("TCP", "T CP", 1),
    |line| line.replacen("TCP", "TCP oder so UDP", 1),
    |line| line.replacen("UDP", "", 1),
    |line| line.replacen(|c: char| c.is_ascii_digit(), "O", 1),
    |line| line.replacen(|c: char| c.is_ascii_digit(), "99999", 1),
    |line| line.replacen(|c: char| c.is_ascii_digit(), "4,0", 1),
    |line| line.replacen(|c: char| c.is_ascii_digit(), "７¹", 1),
    |line| line.replacen(' ', " â€” ", 1),
    |line| format!("{line}\n{line}"),
    |line| format!("{line}  \nmore of it\n\nand more"),
    |line| line.chars().take(9).collect(),
];

/// The stored captures.
fn captures() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources/apple");
    let mut texts = Vec::new();
    for locale in std::fs::read_dir(root).unwrap() {
        for capture in std::fs::read_dir(locale.unwrap().path()).unwrap() {
            for file in std::fs::read_dir(capture.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                if path.file_stem().unwrap() == "capture" && path.extension().unwrap() != "toml" {
                    texts.push(std::fs::read_to_string(path).unwrap());
                }
            }
        }
    }
    assert!(texts.len() >= 4);
    texts
}

/// The text with every twelfth line damaged, beginning with `first`.
fn damaged(text: &str, first: usize, damage: Damage) -> String {
    let lines = text.lines().enumerate().map(|(at, line)| {
        if at > 20 && at % 12 == first {
            damage(line) + "\n"
        } else {
            line.to_owned() + "\n"
        }
    });
    lines.collect()
}

/// Pages of every layout in which rows are odd in many ways.
fn odd_pages() -> Vec<String> {
    const CELLS: [&str; 9] = [
        "164O|TCP|Some Title|1034|name|Mac",
        "7a|TCP|Other Title|1034|name|Mac",
        "90|TCP|Some Title|name|Mac",
        "90|TCP|Some Title|here|name|Mac",
        "91|xyz|Some Title|1034|name|Mac",
        "92|TCP|Some Title|1034|name|Mac|more",
        "93|TCP|Some 12 Title|1034|name|Mac",
        "11211|caching|cache|Mac",
        "94|TCP|Some Title|1034¹|na_me, two|new word",
    ];
    const AROUND: [&str; 3] = [
        "80|TCP|Hypertext Web|2616|http|Web",
        "443|TCP|Secure Web|2818|https|Web",
        "993|TCP|Mail Boxes|3501|imaps|Mac",
    ];
    let mut pages = Vec::new();
    for odd in CELLS {
        for at in [0, 2, 3] {
            let mut rows = AROUND.to_vec();
            rows.insert(at, odd);
            let html = rows.iter().map(|row| row.replace('|', "<td>"));
            let html: String = html.map(|row| format!("<tr><td>{row}</tr>\n")).collect();
            pages.push(page(&html));
            let text = rows.join("\n");
            for (before, between, after) in [("| ", " | ", " |"), ("", "\n", ""), ("", " ", "")] {
                let rows = text.split('\n').map(|row| row.replace('|', between));
                let rows: String = rows.map(|row| format!("{before}{row}{after}\n")).collect();
                pages.push(format!("TCP and UDP ports\n\n{rows}"));
                pages.push(format!("TCP and UDP ports\n\n{rows}\nEnd of it\n"));
            }
            let heading = "Port,Type,Service,RFC,Name,Used by,Confirmed,Remark\n";
            pages.push(format!(
                "{heading}{}",
                text.replace('|', ",").replace('\n', ",20x4,\n")
            ));
        }
    }
    for cells in [
        "<td colspan=2>95<td>Title<td>-<td>-<td>Mac",
        "<td rowspan=2>95<td>TCP<td colspan=2>Title<td>-<td>Mac</tr><tr><td>UDP<td rowspan=3>A<td>-<td>-<td>Mac",
        "<td>95<sup>1</sup><td>TCP<td><table><tr><td>x</table>Title<td>-<td>-<td>Mac",
        "<td>95<td rowspan=2>TCP<td>Title<td>-<td>-<td>Mac</tr><tr><td colspan=2>96<td>Title<td>-<td>-<td>Mac",
    ] {
        let rows = format!("<tr>{cells}</tr>\n{}", row("97", "TCP"));
        pages.push(page(&rows));
        let twice =
            page(&rows).replace("</table><p>", &format!("</table><table>{rows}</table><p>"));
        pages.push(twice);
    }
    pages
}

fn pages() -> Vec<String> {
    let mut pages = odd_pages();
    for text in captures() {
        for (first, damage) in DAMAGES.into_iter().enumerate() {
            pages.push(damaged(&text, first, damage));
        }
        let (mut end, part) = (text.len(), text.len() / 3);
        while end > part {
            end -= part;
            pages.push(text[..text.floor_char_boundary(end)].to_owned());
        }
        pages.push(text);
    }
    pages
}

/// Everything that the stages before the checks find in a page; nothing where it is refused.
fn findings(text: &str) -> Vec<Finding> {
    let Ok(table) = read_capture("apple/de-de/2020-01-01", "page", text.as_bytes()) else {
        return Vec::new();
    };
    let document = Document::new("s", "page", text.as_bytes()).unwrap();
    let locale = document
        .facts()
        .locale
        .unwrap_or_else(|| "de-de".to_owned());
    let mut normalised = normalise(&table, text, &locale, &VOCABULARY);
    let confirmed = confirm(&mut normalised.records, &table, "2020-01-01");
    normalised.findings.extend(confirmed);
    Finding::sort(&mut normalised.findings);
    normalised.findings
}

/// A services file with something odd on most lines.
const SERVICES: &str = "ok 1/tcp\ntwo 2/tcp\nthree 3/tcp\nfour 4/tcp\nfive 5/tcp a a b b\nok 1/tcp\n\
    \x20in 6/tcp\nup 7/TCP\nzero 0/tcp\nhttp 80\nhttp\n24/udp\nnul 5/tcp # \0\nnul 5/tcp # \0\u{1}\n";

/// A message without the lines that it names.
fn without_lines(message: &str) -> String {
    let mut parts = message.split("line ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += "line ";
        out += part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':');
    }
    out
}

#[test]
fn other_messages_have_other_keys() {
    let mut all: Vec<Finding> = pages().iter().flat_map(|text| findings(text)).collect();
    let services = read_services("services", SERVICES.as_bytes()).unwrap();
    all.extend(services.findings);
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alike = Vec::new();
    for finding in &all {
        *codes.entry(&finding.code).or_default() += 1;
        let message = without_lines(&finding.message);
        let first = messages
            .entry(finding.key())
            .or_insert_with(|| message.clone());
        if *first != message {
            alike.push(format!("{}: {first} / {message}", finding.key()));
        }
    }
    alike.sort();
    alike.dedup();
    assert!(alike.is_empty(), "{}", alike.join("\n"));
    assert!(codes.len() > 30, "most rules have to fire: {codes:?}");
}

#[test]
fn other_lines_have_the_same_keys_and_values() {
    const BLANK: &str = "\n\n\n\n\n\n\n";
    let mut messages_with_lines = 0;
    let mut compare = |findings: &[Finding], moved: &[Finding], text: &str| {
        assert_eq!(findings.len(), moved.len(), "{text}");
        for (finding, moved) in findings.iter().zip(moved) {
            assert_eq!(finding.values, moved.values, "{finding} / {moved}");
            assert_eq!(finding.key(), moved.key(), "{finding} / {moved}");
            messages_with_lines += usize::from(finding.message != moved.message);
        }
    };
    for text in pages() {
        compare(
            &findings(&text),
            &findings(&format!("{BLANK}{text}")),
            &text,
        );
    }
    let services = |text: &str| read_services("services", text.as_bytes()).unwrap().findings;
    let moved = services(&format!("{BLANK}{SERVICES}"));
    compare(&services(SERVICES), &moved, SERVICES);
    assert!(messages_with_lines > 20, "{messages_with_lines}");
}
