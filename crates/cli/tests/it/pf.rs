//! pf(4) runs on no system that tests run on, so its export is read by the grammar that
//! pf.conf(5) prints, as far as the export goes:
//!
//! ```text
//! line     = [ macro | rule | comment ] "\n"
//! macro    = name "=" '"' value '"'           name: a letter, then letters, digits, "_"
//! rule     = "pass" ( "in" | "out" ) "proto" ( "tcp" | "udp" ) "to" "any" "port" ports
//! ports    = op | "{" op { [ "," ] op } "}"
//! op       = number | number ":" number       0 to 65535, first <= last
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::run::{appleports, scratch, stdout};

/// Words of the grammar, which no macro may be called.
const RESERVED: [&str; 8] = ["pass", "in", "out", "proto", "to", "from", "any", "port"];

/// Direction, transport, first and last port.
type Rules = BTreeSet<(String, String, u16, u16)>;

fn read(text: &str) -> Result<Rules, String> {
    let mut macros: BTreeMap<String, String> = BTreeMap::new();
    let mut rules = Rules::new();
    let is_content = |line: &&str| !line.is_empty() && !line.starts_with('#');
    for line in text.lines().filter(is_content) {
        if let Some((name, value)) = line.split_once(" = ") {
            let value = value
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            let value = value.ok_or("a value stands in quotes")?;
            if !is_name(name) || value.contains(['"', '\\']) {
                return Err(format!("no macro: {line}"));
            }
            macros.insert(name.to_owned(), value.to_owned());
        } else {
            rule(line, &macros, &mut rules)?;
        }
    }
    Ok(rules)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
        && !RESERVED.contains(&name)
}

fn rule(line: &str, macros: &BTreeMap<String, String>, rules: &mut Rules) -> Result<(), String> {
    let rest = line.strip_prefix("pass ").ok_or(line)?;
    let (direction, rest) = rest.split_once(" proto ").ok_or(line)?;
    let (transport, rest) = rest.split_once(' ').ok_or(line)?;
    if !["in", "out"].contains(&direction) {
        return Err(format!("no direction: {direction}"));
    }
    let ports = rest.strip_prefix("to any port ").ok_or(line)?;
    if !["tcp", "udp"].contains(&transport) {
        return Err(format!("no protocol: {transport}"));
    }
    let ports = match ports.strip_prefix('$') {
        Some(name) => macros.get(name).ok_or(format!("no macro `{name}`"))?,
        None => ports,
    };
    let inner = ports
        .strip_prefix("{ ")
        .and_then(|rest| rest.strip_suffix(" }"));
    for op in inner.ok_or("a list stands in braces")?.split(", ") {
        let (first, last) = op.split_once(':').unwrap_or((op, op));
        let number = |text: &str| text.parse::<u16>().map_err(|_| format!("no port: {op}"));
        let (first, last) = (number(first)?, number(last)?);
        if first > last {
            return Err(format!("runs backwards: {op}"));
        }
        rules.insert((direction.to_owned(), transport.to_owned(), first, last));
    }
    Ok(())
}

#[test]
fn pf_rules_follow_the_grammar_and_open_what_the_list_says() {
    let folder = scratch();
    for filter in [
        &[][..],
        &["--product", "FaceTime"],
        &["--transport", "udp"],
        &["--port", "11211", "--unknown-as", "both"],
    ] {
        let export = |arguments: &[&str]| {
            let arguments = [&["export", "--format"][..], arguments, filter].concat();
            stdout(&appleports(folder.path(), &arguments).success())
        };
        let list = export(&["list"]);
        for (asked, directions) in [
            (&["pf"][..], &["out"][..]),
            (&["pf", "--direction", "out"], &["out"]),
            (&["pf", "--direction", "in"], &["in"]),
            (&["pf", "--direction", "both"], &["in", "out"]),
        ] {
            let entries = directions
                .iter()
                .flat_map(|direction| list.lines().map(|line| entry(direction, line)));
            let expected: Rules = entries.collect();
            assert_eq!(
                read(&export(asked)).unwrap(),
                expected,
                "{asked:?} {filter:?}"
            );
        }
    }
}

/// A rule from a line of the list, such as `3478-3497/udp`.
fn entry(direction: &str, line: &str) -> (String, String, u16, u16) {
    let (ports, transport) = line.split_once('/').unwrap();
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let (first, last) = (first.parse().unwrap(), last.parse().unwrap());
    (direction.to_owned(), transport.to_owned(), first, last)
}

#[test]
fn the_grammar_refuses_what_pf_refuses() {
    for text in [
        "pass in proto tcp to any port $nothing\n",
        "port = \"{ 1 }\"\n",
        "a = { 1 }\n",
        "a = \"{ 1-2 }\"\npass in proto tcp to any port $a\n",
        "a = \"{ 2:1 }\"\npass in proto tcp to any port $a\n",
        "a = \"{ }\"\npass in proto tcp to any port $a\n",
        "pass forward proto tcp to any port { 1 }\n",
        "pass in proto gre to any port { 1 }\n",
        "block all\n",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}
