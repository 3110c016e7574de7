//! The port cell: ports and ranges, in published order.

use appleports_model::{
    Finding, Message, Place, PortError, PortRange, Quoted, Rule, cut, is_grouped_number, message,
};

use crate::items::{Token, items, tokens};
use crate::joiners::Joiners;
use crate::rules;

/// The most ranges that a cell may list. The article has two at most; each is a row of
/// its own, with all that the cells say.
const MAX_RANGES: usize = 16;

/// Reads a port cell in plain form.
///
/// # Errors
/// A finding with the reason for which the row has to be rejected.
pub(crate) fn read_ports(
    source: &str,
    place: Place,
    text: &str,
    joiners: &Joiners,
) -> Result<Vec<PortRange>, Box<Finding>> {
    // The error follows from the rule and the text.
    let reject = |rule: &Rule, why: Message| {
        let message = message!("row `{}` rejected: ", Quoted(text)).then(why);
        Box::new(Finding::new(rule, source, place, message))
    };
    let unreadable = |error: &PortError| {
        let rule = match error {
            PortError::NotANumber(_) => &rules::PORT_UNREADABLE,
            PortError::TooHigh(_) => &rules::PORT_TOO_HIGH,
            PortError::Backwards { .. } => &rules::RANGE_BACKWARDS,
            PortError::Zero => &rules::PORT_ZERO,
        };
        reject(rule, message!("{error}"))
    };
    if let Some(number) = grouped_port(text) {
        let why = message!("`{}` is one number or a list of two", number);
        return Err(reject(&rules::PORT_UNREADABLE, why));
    }
    let no_port = || unreadable(&PortError::NotANumber(cut(text, 100).into_owned()));
    let items = items(&tokens(text, joiners)).ok_or_else(no_port)?;
    if items.len() > MAX_RANGES {
        let count = items.len();
        let why = message!(
            "it lists {} ports or ranges, at most {MAX_RANGES} are read",
            count
        );
        return Err(reject(&rules::MANY_PORTS, why));
    }
    let mut ranges = Vec::with_capacity(items.len());
    for item in items {
        let written = match item.as_slice() {
            [Token::Word(port)] => (*port).to_owned(),
            [Token::Word(first), Token::Dash, Token::Word(last)] => format!("{first}-{last}"),
            _ => return Err(no_port()),
        };
        // `1、024`: the rest of a number.
        if written
            .split('-')
            .any(|number| number.len() > 1 && number.starts_with('0'))
        {
            return Err(no_port());
        }
        let range: PortRange = written.parse().map_err(|error| unreadable(&error))?;
        if !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    Ok(ranges)
}

/// A number with signs between groups of digits that would be a port without them. Beside
/// commas with a space, one without is no comma of the list: `80, 8,443`. Where all are without,
/// pairs of groups may each be one: `2,195,2,196`.
fn grouped_port(text: &str) -> Option<&str> {
    let is_port = |run: &&str| {
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        is_grouped_number(run) && digits.parse::<u16>().is_ok()
    };
    let is_end = |c: char| c == '\n' || !(c.is_ascii_digit() || ",.'’،٬ \u{a0}".contains(c));
    text.split(is_end)
        .flat_map(|list| list.split(", ").flat_map(|run| run.split("، ")))
        .map(|run| run.trim_matches(|c: char| !c.is_ascii_digit()))
        .find(|run| {
            let groups: Vec<&str> = run.split([',', '،']).collect();
            let is_pair = |pair: &[&str]| pair.len() == 2 && is_port(&&*pair.join(","));
            is_port(run) || groups.len() > 2 && groups.chunks(2).all(is_pair)
        })
}

#[cfg(test)]
mod tests {
    use appleports_model::joined;

    use super::*;
    use crate::joiners::Joiner;

    fn read(text: &str) -> Option<String> {
        let mut joiners = Joiners::default();
        joiners.add("and", Joiner::List);
        joiners.add("to", Joiner::Range);
        joiners.add("和", Joiner::List);
        let ranges = read_ports("s", 1.into(), text, &joiners).ok()?;
        Some(joined(&ranges, " "))
    }

    #[test]
    fn lists_and_ranges_are_read() {
        for (text, expected) in [
            ("80", "80"),
            ("80, 443", "80 443"),
            ("80,443", "80 443"),
            ("80,443, 8080", "80 443 8080"),
            ("25,110,143,993", "25 110 143 993"),
            ("22,80,443", "22 80 443"),
            ("1099\n8043", "1099 8043"),
            ("1099,\n8043", "1099 8043"),
            ("3478-\n3497", "3478-3497"),
            ("8000 to 8999", "8000-8999"),
            ("1 and 2, 5 - 6", "1 2 5-6"),
            ("8821和8826", "8821 8826"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn doubt_is_no_port() {
        for text in [
            "",
            "5,223",
            "49,152-65,535",
            "5.223",
            "5 223",
            "8,005, 8,006",
            "80, 8,443",
            "2,195,2,196",
            "5,025,5,026",
            "2،195،2،196",
            "1、024",
            "0443",
            "5,900, 6000",
            "5،900، 6000",
            "22 25",
            "164O",
            "1024:",
            "1024-",
            "-111",
            "49152+",
            "10000..10010",
            "1 und 2",
            "1-2-3",
            "0",
            "80 (web)",
            "80,",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
