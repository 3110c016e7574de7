//! Lists that are broken in one place: the damage is found there, alone, and corrected.

use std::sync::OnceLock;

use appleports_emit::{OPENERS, RuleOptions};
use appleports_model::{Dataset, PortRange};
use appleports_pipeline::{Article, Filter, assemble, fix, judge, read_list};
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

/// A right list for some product, as the program writes it, and the product.
fn list(product: &str, format: &str) -> String {
    let filter = of(product);
    let format = OPENERS.iter().find(|one| one.name == format).unwrap();
    format
        .write(&filter.apply(whole()), &RuleOptions::default())
        .unwrap()
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
    let list = read_list(text.as_bytes(), None).unwrap();
    let judged = judge("list", text, &list, &article);
    let fixed = fix("list", text, &list, &judged, &article);
    let found = judged
        .findings
        .into_iter()
        .map(|own| (own.finding.line, own.finding.code));
    let fixed = fixed.map_or_else(|| text.to_owned(), |own| own.text);
    (found.collect(), fixed)
}

/// The places of ranges in the lines that are no comments: byte, length, ends.
fn ranges(text: &str) -> Vec<(usize, usize, PortRange, char)> {
    let list = read_list(text.as_bytes(), None).unwrap();
    let entries = list
        .entries
        .iter()
        .filter(|entry| !entry.ports.unwrap().is_single());
    let places = entries.map(|entry| {
        let own = &text[entry.span.clone()];
        let sign = own.chars().find(|c| !c.is_ascii_digit()).unwrap();
        (
            entry.span.start,
            entry.span.len(),
            entry.ports.unwrap(),
            sign,
        )
    });
    places.collect()
}

fn line_of(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at].matches('\n').count() + 1).unwrap()
}

/// The ways to break a range, with the code that tells so.
fn broken(way: usize, at: usize, range: PortRange, sign: char) -> Option<(String, &'static str)> {
    let (first, last) = (range.first().to_string(), range.last().to_string());
    let at = at % first.len();
    let mut damaged = first.clone();
    match way {
        0 => {
            damaged.remove(at);
        }
        1 => damaged.insert(at, first.as_bytes()[at] as char),
        2 => {
            let mut bytes = first.clone().into_bytes();
            let next = (at + 1) % bytes.len();
            bytes.swap(at, next);
            damaged = String::from_utf8(bytes).unwrap();
            if next != at + 1 || damaged == first {
                return None;
            }
        }
        3 => return Some((format!("{first}–{last}"), "L006")),
        4 => return Some((format!("{first}{sign}{last}*"), "L008")),
        5 => {
            let full: String = first
                .chars()
                .map(|c| char::from_u32(c as u32 - 0x30 + 0xff10).unwrap())
                .collect();
            return Some((format!("{full}{sign}{last}"), "L007"));
        }
        _ => {
            let wider = range.last().checked_add(1)?;
            return Some((format!("{first}{sign}{wider}"), "L003"));
        }
    }
    Some((format!("{damaged}{sign}{last}"), "L005"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_damage_is_one_finding_and_is_corrected(
        format in prop::sample::select(vec!["list", "nftables", "iptables", "pf", "ufw", "nmap", "firewalld"]),
        product in prop::sample::select(vec!["FaceTime", "Messages", "AirPlay", "Game Center", "iTunes Radio"]),
        which in any::<prop::sample::Index>(),
        way in 0_usize..7,
        at in 0_usize..5,
    ) {
        let text = list(product, format);
        let places = ranges(&text);
        prop_assume!(!places.is_empty());
        let (start, length, range, sign) = places[which.index(places.len())];
        let Some((new, code)) = broken(way, at, range, sign) else {
            return Ok(());
        };
        let damaged = format!("{}{new}{}", &text[..start], &text[start + length..]);
        let (found, fixed) = audit(product, &damaged);
        prop_assert_eq!(&found, &vec![(line_of(&text, start), code.to_owned())], "{} in\n{}", new, damaged);
        prop_assert_eq!(fixed, text);
    }

    #[test]
    fn a_port_too_few_is_missing(
        product in prop::sample::select(vec!["FaceTime", "Messages", "AirPlay", "Mail"]),
        which in any::<prop::sample::Index>(),
    ) {
        let text = list(product, "list");
        let lines: Vec<&str> = text.lines().collect();
        let at = which.index(lines.len());
        let fewer: String = lines.iter().enumerate().filter(|(own, _)| *own != at).flat_map(|(_, line)| [*line, "\n"]).collect();
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
