//! Lists that are broken in one place: the damage is found there, alone, and corrected.

mod neighbours;
mod ways;

use std::sync::OnceLock;

use appleports_emit::{FORMATS, OPENERS, RuleOptions};
use appleports_model::Dataset;
use appleports_pipeline::{Article, Filter, List, assemble, fix, judge, read_list};
use appleports_store::SourceFolder;
use proptest::prelude::*;

use crate::common;

fn whole() -> &'static Dataset {
    static WHOLE: OnceLock<Dataset> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let sources = SourceFolder::new(common::committed());
        assemble(&sources, Some("apple/en-us/2026-10-11")).unwrap()
    })
}

/// A right list for some product, as the program or a person writes it.
fn list(product: &str, format: &str) -> String {
    let part = of(product).apply(whole());
    let opener = |name: &str| {
        let one = OPENERS.iter().find(|one| one.name == name).unwrap();
        one.write(&part, &RuleOptions::default()).unwrap()
    };
    let entries = |one: &dyn Fn(&str, &str) -> String| {
        let text = opener("list");
        let lines = text.lines().filter_map(|line| line.split_once('/'));
        let all: Vec<String> = lines
            .map(|(ports, transport)| one(ports, transport))
            .collect();
        format!("[{}]\n", all.join(",\n "))
    };
    match format {
        "csv" => {
            let csv = FORMATS.iter().find(|one| one.name == "csv").unwrap();
            String::from_utf8((csv.write)(&part).0).unwrap()
        }
        "strings" => entries(&|ports, transport| format!("\"{ports}/{transport}\"")),
        "objects" => entries(&|ports, transport| {
            let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
            format!("{{\"from\": {first}, \"to\": {last}, \"protocol\": \"{transport}\"}}")
        }),
        "commas" => {
            let text = opener("list");
            let of = |wanted: &str| {
                let lines = text.lines().filter_map(|line| line.split_once('/'));
                let ports = lines.filter(|(_, transport)| *transport == wanted);
                let ports: Vec<&str> = ports.map(|(ports, _)| ports).collect();
                format!("{wanted}: {}\n", ports.join(","))
            };
            of("tcp") + &of("udp")
        }
        "cisco" => {
            let lines = opener("list");
            let lines = lines.lines().filter_map(|line| line.split_once('/'));
            let rule = |(ports, transport): (&str, &str)| {
                let ports = match ports.split_once('-') {
                    Some((first, last)) => format!("range {first} {last}"),
                    None => format!("eq {ports}"),
                };
                format!("access-list 101 permit {transport} any any {ports}\n")
            };
            lines.map(rule).collect()
        }
        name => opener(name),
    }
}

fn of(product: &str) -> Filter {
    Filter {
        products: vec![product.to_owned()],
        ..Filter::default()
    }
}

/// The findings as `line code`, and the corrected list.
fn audit(product: &str, text: &str) -> (Vec<(u32, String)>, String) {
    let chosen = of(product).apply(whole());
    let article = Article::new(whole(), &chosen, None);
    let mut list = read_list(text.as_bytes(), None).unwrap();
    let judged = judge("list", text, &list, &article);
    let fixed = fix("list", text, &mut list, judged.edits, &article);
    let found = judged
        .findings
        .into_iter()
        .map(|found| (found.finding.line, found.finding.code));
    let fixed = fixed.map_or_else(|| text.to_owned(), |fixed| fixed.text);
    (found.collect(), fixed)
}

fn line_of(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at].matches('\n').count() + 1).unwrap()
}

/// Whether the article has the ports of an entry for another transport, or others of the list
/// share them: then damage may make another right list.
fn is_ambiguous(product: &str, list: &List, index: usize) -> bool {
    let entry = &list.entries[index];
    let ports = entry.ports.unwrap();
    let rows = of(product).apply(whole()).into_owned().records.into_iter();
    let mut rows = rows.flat_map(|record| record.rows().collect::<Vec<_>>());
    let others = rows.any(|(range, transport)| {
        let is_other = transport.is_none_or(|one| !entry.transports.has(one));
        is_other && range.intersection(ports).is_some()
    });
    let mut entries = list.entries.iter().enumerate();
    let is_shared = entries
        .any(|(place, other)| place != index && other.ports.unwrap().intersection(ports).is_some());
    others || is_shared
}

/// Whether any row of the article has these ports for the other transport.
fn has_other(list: &List, index: usize) -> bool {
    let entry = &list.entries[index];
    let ports = entry.ports.unwrap();
    let mut rows = whole()
        .records
        .iter()
        .flat_map(appleports_model::Record::rows);
    rows.any(|(range, transport)| {
        let is_other = transport.is_none_or(|one| !entry.transports.has(one));
        is_other && range.intersection(ports).is_some()
    })
}

/// Signs of every notation, digits in other groups, and letters and spaces of several bytes.
const SIGNS: &[&str] = &[
    "'",
    "`",
    "\"",
    "\u{a0}",
    "\u{202f}",
    "\u{2009}",
    "\u{2007}",
    ",",
    ".",
    ";",
    ":",
    "-",
    "–",
    "/",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "|",
    "&",
    "$a",
    "@a",
    "!",
    "*",
    "=",
    "\t",
    " ",
    "\n",
    "\r",
    "é",
    "\u{301}",
    "\u{3000}",
    "５",
    "\u{1f600}",
    "0",
    "5'0",
    "80",
    "443",
    "65536",
    "1-",
    "tcp",
    "udp",
    "/tcp",
    "port",
    "any",
    "<!--",
    "/*",
    "*/",
    "define a = 80\n",
    "%s",
    "\u{feff}",
    "\u{2028}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_damage_is_one_finding_and_is_corrected(
        format in prop::sample::select(vec!["list", "nftables", "iptables", "pf", "ufw", "nmap", "firewalld", "csv", "strings", "objects", "cisco"]),
        product in prop::sample::select(vec!["FaceTime", "Messages", "AirPlay", "Game Center", "iTunes Radio"]),
        which in any::<prop::sample::Index>(),
        way in 0..ways::COUNT,
        at in 0_usize..5,
        has_returns in any::<bool>(),
    ) {
        let ends = if has_returns { "\r\n" } else { "\n" };
        let text = list(product, format).replace('\n', ends);
        let right = read_list(text.as_bytes(), None).unwrap();
        let index = which.index(right.entries.len());
        prop_assume!(!is_ambiguous(product, &right, index));
        let Some(broken) = ways::broken(way, &text, &right, index, at) else {
            return Ok(());
        };
        prop_assume!(broken.code != "L010" || !has_other(&right, index));
        let damaged = broken.text(&text);
        let (found, fixed) = audit(product, &damaged);
        let line = line_of(&text, broken.parts[0].0.start);
        prop_assert_eq!(&found, &vec![(line, broken.code.to_owned())], "{} in\n{}", format, damaged);
        prop_assert_eq!(fixed, text);
    }

    /// Whatever stands wherever in a list, it is read or refused, and what is corrected is read again.
    #[test]
    fn any_signs_are_audited_or_refused(
        format in prop::sample::select(vec!["list", "nftables", "iptables", "pf", "ufw", "nmap", "firewalld", "csv", "strings", "objects", "commas", "cisco"]),
        product in prop::sample::select(vec!["FaceTime", "AirPlay"]),
        signs in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(SIGNS)), 1..8),
    ) {
        let mut text = list(product, format);
        for (place, sign) in signs {
            // Beside numbers, where it matters, and sometimes elsewhere.
            let bytes = text.as_bytes();
            let mut at = place.index(text.len() + 1);
            while at < bytes.len() && at % 8 != 0 && !bytes[at].is_ascii_digit() {
                at += 1;
            }
            text.insert_str(text.floor_char_boundary(at), sign);
        }
        if read_list(text.as_bytes(), None).is_ok() {
            let (_, fixed) = audit(product, &text);
            prop_assert!(read_list(fixed.as_bytes(), None).is_ok(), "{}", fixed);
        }
    }

    #[test]
    fn a_port_too_few_is_missing(
        product in prop::sample::select(vec!["FaceTime", "Messages", "AirPlay", "Mail"]),
        which in any::<prop::sample::Index>(),
    ) {
        let text = list(product, "list");
        let lines: Vec<&str> = text.lines().collect();
        let at = which.index(lines.len());
        let fewer = lines.iter().enumerate().filter(|(place, _)| *place != at);
        let fewer: String = fewer.flat_map(|(_, line)| [*line, "\n"]).collect();
        let (found, fixed) = audit(product, &fewer);
        prop_assert!(!found.is_empty() && found.iter().all(|(_, code)| code == "L001"), "{:?}", found);
        // Rows are added one by one.
        let (left, again) = audit(product, &fixed);
        prop_assert_eq!(left, vec![], "{}", fixed);
        prop_assert_eq!(again, fixed);
    }

    #[test]
    fn any_text_is_read_and_corrected_once(text in "([0-9]{1,5}[-–:, .\n/*]{0,2}(tcp|udp|to|=)?[ \n]?){0,30}") {
        let (_, fixed) = audit("FaceTime", &text);
        let (_, again) = audit("FaceTime", &fixed);
        prop_assert_eq!(again, fixed);
    }
}
