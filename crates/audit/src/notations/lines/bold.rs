//! Bold numbers with a description behind them: "**443** – HTTPS". They may be ports, or those of steps
//! and years.

use std::ops::RangeInclusive;

use super::line::is_described;
use crate::scan::{Item, Token};

/// More steps than people write.
const STEPS: RangeInclusive<u32> = 0..=20;
const YEARS: RangeInclusive<u32> = 1900..=2099;

/// Which bold numbers of a list are ports without a transport beside them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bold {
    /// None: nothing has a transport.
    None,
    /// Those that are no steps and no years: a line that begins with another item has a transport.
    Likely,
    /// All: one of them has its transport, or the section has.
    All,
}

impl Bold {
    /// What the tokens of a line say of the bold numbers of its list.
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let items = || {
            tokens.iter().filter_map(|token| match token {
                Token::Item(item) => Some(item),
                _ => None,
            })
        };
        let first = items().next();
        let bold = first.filter(|item| is_described(text, item) && is_bold(text, item));
        let is_alone = items().count() == 1;
        let has_word = || {
            tokens
                .iter()
                .any(|token| matches!(token, Token::Transport(..)))
        };
        match bold {
            Some(item) if item.suffix.is_some() || is_alone && has_word() => Self::All,
            None if first.is_some() && tokens.iter().any(Token::has_transport) => Self::Likely,
            _ => Self::None,
        }
    }

    /// Whether a described item is a port as far as its mark tells: code always is.
    pub(super) fn has(self, text: &str, item: &Item) -> bool {
        let is_other = |digits: &String| {
            let number = digits.parse::<u32>();
            number.is_ok_and(|number| STEPS.contains(&number) || YEARS.contains(&number))
        };
        let is_likely = || !is_other(&item.first) && !item.last.as_ref().is_some_and(is_other);
        match self {
            _ if !is_bold(text, item) => true,
            Self::None => false,
            Self::Likely => is_likely(),
            Self::All => true,
        }
    }
}

/// Whether a marked item is bold rather than code.
fn is_bold(text: &str, item: &Item) -> bool {
    !text[..item.whole().start].ends_with('`')
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    #[test]
    fn bold_numbers_are_ports_where_a_transport_says_so() {
        for (text, expected) in [
            ("TCP:\n- **80** – HTTP\n", "80/tcp"),
            (
                "- **80** – HTTP\n- **3478-3497** – STUN\n- **2024** – new\n- 53/udp\n",
                "80/ 3478-3497/ 53/udp",
            ),
            ("- **80** – HTTP\n- **53/udp** – DNS\n", "80/ 53/udp"),
            ("- **80** – HTTP\n- **53** – DNS (UDP)\n", "80/ 53/udp"),
            (
                "- **1** – Open the settings\n- **2** – Allow what is below\n80/tcp\n53/udp\n",
                "80/tcp 53/udp",
            ),
            (
                "**2024**: first list\n\n- 80/tcp\n- `443` – HTTPS\n",
                "80/tcp 443/",
            ),
        ] {
            assert_eq!(ports(text), expected, "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }
}
