//! L007: digits of another script, letters and invisible signs in a number.

use appleports_model::{Level, PortRange, Rule, message};

use super::{Case, oddly_written};
use crate::article::covers;
use crate::judge::{Context, Found};
use crate::list::Oddity;
use crate::scan::is_unseen;

pub(super) const RULE: Rule = Rule {
    code: "L007",
    level: Level::Error,
    short: "odd digits",
    title: "a number with other characters than the digits 0 to 9",
    why: "They look like digits or are invisible, and programs do not read them as digits.",
    example: "`５２２３` in full-width digits, or `8O` with the letter O.",
    help: "write the digits 0 to 9",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
    if case.entry.oddity == Some(Oddity::Letters) {
        return Some(letters(context, case));
    }
    let ports = case.ports()?;
    let written = &context.text[case.entry.span.clone()];
    let message = match case.entry.oddity {
        Some(Oddity::Script) => message!(
            "`{}`: these are not the digits 0 to 9, and programs do not read them",
            written
        ),
        Some(Oddity::Unseen) => {
            let unseen = written.chars().filter(|c| is_unseen(*c));
            let mut codes: Vec<String> =
                unseen.map(|c| format!("U+{:04X}", u32::from(c))).collect();
            codes.sort();
            codes.dedup();
            let codes = codes.join(" and ");
            let message = message!("{}: written with {}, which is invisible", ports, codes);
            // Between two digits it may part two ports, unless the article has the one.
            if is_parted(written) && !covers(context.allowed(case.transports), ports) {
                return Some(Found::at(&RULE, case.entry, message));
            }
            message
        }
        _ => return None,
    };
    Some(oddly_written(context, case, &RULE, (ports, message)))
}

/// Whether a sign that nobody sees is between two digits.
fn is_parted(written: &str) -> bool {
    let mut parts = written.split(|c: char| !c.is_ascii_digit() && !is_unseen(c));
    parts.any(|part| part.trim_matches(is_unseen).contains(is_unseen))
}

/// `8O`, `l443`: a letter is read as a digit, or was not meant at all, whichever the article has.
fn letters(context: &Context<'_>, case: &Case<'_>) -> Found {
    let written = &context.text[case.entry.span.clone()];
    let allowed = context.allowed(case.transports);
    let is_asked = |ports: &PortRange| covers(allowed, *ports);
    let without = || {
        let digits = written.replace(|c: char| c.is_ascii_alphabetic(), "");
        digits.parse::<u16>().ok().map(PortRange::single)
    };
    let ports = case.ports().filter(is_asked);
    let Some(ports) = ports.or_else(|| without().filter(is_asked)) else {
        let message = message!("`{}`: letters among the digits", written);
        return Found::at(&RULE, case.entry, message);
    };
    let mut rows = context.article.rows.iter();
    let row =
        rows.find(|row| case.may_be(row.transport) && row.ports.intersection(ports).is_some());
    let has = row.map_or(String::new(), |row| {
        format!("; the article has {} ({})", row.name(), row.evidence())
    });
    let message = message!("`{}`: letters among the digits{has}", written);
    oddly_written(context, case, &RULE, (ports, message)).row(row)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn a_mark_before_a_number_is_found() {
        let found = audit(&["80/tcp"], "tcp dport \u{feff}80 accept\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(audit(&["80/tcp"], "\u{feff}80/tcp\n"), [""; 0]);
    }

    #[test]
    fn characters_that_nobody_sees_are_named() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        for text in [
            "3478-3497/udp\n\u{200b}5223/tcp\n",
            "3478-3497/udp\n52\u{ad}23/tcp\n",
            "3478\u{ad}-\u{2060}3497/udp\n5223/tcp\n",
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("L007"), "{found:?}");
            assert_eq!(fixed(&rows, text), "3478-3497/udp\n5223/tcp\n");
        }
    }

    /// Which sign would be right between them, nobody can tell.
    #[test]
    fn ports_that_an_invisible_sign_parts_are_not_joined() {
        let rows = ["443/tcp", "5223/tcp"];
        for sign in ['\u{200b}', '\u{ad}', '\u{feff}', '\u{2060}'] {
            let text = format!("443/tcp{sign}5223/tcp\n");
            assert_eq!(fixed(&rows, &text), text);
            assert_eq!(audit(&rows, &text).len(), 1);
        }
        let text = "tcp dport { 80\u{200b}22, 443 } accept\n";
        assert_eq!(fixed(&["443/tcp"], text), text);
        for signs in [
            "\u{a0}",
            "\u{a0}\u{a0}",
            "\u{2009}",
            "\u{200b}\u{200b}",
            "`",
            "(",
        ] {
            let text = format!("iptables -p tcp -m multiport --dports 443{signs}5223 -j ACCEPT\n");
            let fixed = fixed(&rows, &text);
            assert!(!fixed.contains("4435223"), "{fixed}");
        }
    }

    #[test]
    fn letters_among_digits_are_one_finding() {
        let rows = ["80/tcp", "443/tcp", "16384-16387/udp"];
        let right = "80/tcp\n443/tcp\n16384-16387/udp\n";
        for (one, damaged) in [
            ("80/", "8O/"),
            ("443/", "l443/"),
            ("16384", "I6384"),
            ("16387", "l6387"),
        ] {
            let text = right.replacen(one, damaged, 1);
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("L007"), "{found:?}");
            assert_eq!(fixed(&rows, &text), right);
        }
        let rule = "tcp dport { 80, l443 } accept\nudp dport 16384-16387 accept\n";
        assert_eq!(fixed(&rows, rule), rule.replace('l', ""));
        let found = audit(&rows, "80/tcp\n443/tcp\n1O/tcp\n16384-16387/udp\n");
        assert_eq!(found, ["3:1 L007 `1O`: letters among the digits"]);
    }

    #[test]
    fn it_is_one_finding_with_the_plain_text() {
        let rows = ["3478-3497/udp", "5223/tcp"];
        let text = "3478-3497/udp\n５２２３/tcp\n";
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L007"), "{found:?}");
        assert_eq!(fixed(&rows, text), "3478-3497/udp\n5223/tcp\n");
    }
}
