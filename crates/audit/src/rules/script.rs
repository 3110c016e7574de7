//! L007: digits of another script.

use appleports_model::{Level, Rule, message};

use super::{Case, oddly_written};
use crate::judge::{Context, Found};
use crate::list::Oddity;
use crate::scan::is_unseen;

pub(super) const RULE: Rule = Rule {
    code: "L007",
    level: Level::Error,
    title: "digits of another script",
    why: "They look like digits, and programs do not read them as such.",
    example: "`５２２３` in full-width digits.",
    help: "write the digits 0 to 9",
};

pub(super) fn explain(context: &Context<'_>, case: &Case<'_>) -> Option<Found> {
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
            message!("{}: written with {}, which is invisible", ports, codes)
        }
        _ => return None,
    };
    Some(oddly_written(context, case, &RULE, (ports, message)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

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
