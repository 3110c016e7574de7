//! Entries in quotes of their own: two entries take two pairs of them.

use crate::list::{Entry, Group, List};
use crate::read::Shape;

/// The quote on both sides of an entry, which ends at a place, and what is before it.
pub(super) fn around<'t>(text: &'t str, entry: &Entry, end: usize) -> Option<(char, &'t str)> {
    let before = &text[..entry.span.start];
    let quote = before.chars().next_back()?;
    let is_quoted = matches!(quote, '"' | '\'') && text[end..].starts_with(quote);
    is_quoted.then(|| (quote, before[..before.len() - quote.len_utf8()].trim_end()))
}

/// The quotes that an entry has for itself, within brackets: `["80", "443"]`.
pub(super) fn own_quote(text: &str, entry: &Entry, end: usize) -> Option<char> {
    let (quote, before) = around(text, entry, end)?;
    before.ends_with(['[', '(', ',', quote]).then_some(quote)
}

/// How an entry is written as several.
pub(super) enum Quotes {
    /// Without quotes between them.
    Between,
    /// Each in quotes.
    Each(char),
    /// Not at all: the text in quotes is one value.
    Never,
}

/// How an entry, which ends at a place, is written as several.
pub(super) fn of_several(text: &str, list: &List, entry: &Entry, end: usize) -> Quotes {
    let group: &Group = &list.groups[entry.group];
    let is_array = matches!(list.notation.shape, Shape::Plain | Shape::Blocks);
    let Some((quote, before)) = around(text, entry, end) else {
        return Quotes::Between;
    };
    let is_own = own_quote(text, entry, end).filter(|_| is_array);
    match is_own.or((!group.quote.is_empty()).then_some(quote)) {
        Some(quote) => Quotes::Each(quote),
        None if is_array && before.ends_with([':', '-']) => Quotes::Never,
        None => Quotes::Between,
    }
}

/// How an entry, which ends at a place, is written as several words. Only where others are beside it,
/// or where it is a word of a loop, is it known that a shell takes it apart: `for p in "$UDP"` does not.
pub(super) fn of_words(text: &str, list: &List, entry: &Entry, end: usize) -> Quotes {
    let of_several = of_several(text, list, entry, end);
    if list.notation.shape == Shape::Plain {
        return of_several;
    }
    let (before, behind) = (&text[..entry.span.start], &text[end..]);
    match around(text, entry, end) {
        // A value of UCI is one text, however many ports it has.
        Some(_) if list.notation.name == "uci" => Quotes::Between,
        Some((quote, before)) if before.ends_with(['(', quote]) => Quotes::Each(quote),
        Some(_) => Quotes::Never,
        None => {
            let is_beside = before.ends_with(' ')
                && before.trim_end().ends_with(|c: char| c.is_ascii_digit())
                || behind.starts_with(' ')
                    && behind
                        .trim_start()
                        .starts_with(|c: char| c.is_ascii_digit());
            let is_word = before.trim_end().ends_with(" in");
            if is_beside || is_word {
                of_several
            } else {
                Quotes::Never
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    const ROWS: [&str; 3] = ["3478-3497/udp", "16384-16387/udp", "16393-16402/udp"];

    #[test]
    fn an_element_of_an_array_is_split_into_two() {
        let calico = "kind: GlobalNetworkPolicy\nspec:\n  egress:\n    - action: Allow\n      protocol: UDP\n      destination:\n        ports: [\"3478:3497\", \"16384:16402\"]\n";
        for text in [
            "resource \"google_compute_firewall\" \"x\" {\n  allow {\n    protocol = \"udp\"\n    ports = [\"3478-3497\", \"16384-16402\"]\n  }\n}\n",
            "resource \"azurerm_network_security_rule\" \"u\" {\n  protocol = \"Udp\"\n  access = \"Allow\"\n  destination_port_ranges = [\"3478-3497\",\"16384-16402\"]\n}\n",
            calico,
            "rules:\n  - proto: udp\n    ports: ['16384-16402', '3478-3497']\n",
            "New-NetFirewallRule -Protocol UDP -RemotePort @(\"3478-3497\", \"16384-16402\")\n",
            "New-NetFirewallRule -Protocol UDP -RemotePort '16384-16402','3478-3497'\n",
            "udp_ports = [\"3478-3497\", \"16384-16402\"]\n",
            "{\"udp\": [\"3478-3497\", \"16384-16402\"]}\n",
        ] {
            let after = fixed(&ROWS, text);
            assert_eq!(audit(&ROWS, &after), [""; 0], "{text}{after}");
            let sign = if text == calico { ":" } else { "-" };
            let quoted = |range: &str| {
                let range = range.replace('-', sign);
                [format!("\"{range}\""), format!("'{range}'")]
            };
            for range in ["16384-16387", "16393-16402"] {
                assert!(
                    quoted(range).iter().any(|written| after.contains(written)),
                    "{after}"
                );
            }
        }
    }

    #[test]
    fn an_entry_is_split_with_the_sign_of_its_own_line() {
        for (text, right) in [
            (
                "tcp: \"80 443\"\nudp: [\"16384-16402\", \"3478-3497\"]\n",
                "[\"16384-16387\", \"16393-16402\", \"3478-3497\"]",
            ),
            (
                "tcp: 80 443\nudp: [16384-16402, 3478-3497]\n",
                "[16384-16387, 16393-16402, 3478-3497]",
            ),
            (
                "TCP_PORTS=\"80 443\"\nUDP_PORTS=\"3478:3497,16384:16402\"\n",
                "\"3478:3497,16384:16387,16393:16402\"",
            ),
            (
                "TCP_PORTS=\"80 443\"\nUDP_PORTS=\"16384:16402\"\nUDP 3478-3497\n",
                "\"16384:16402\"",
            ),
            (
                "TCP 80 443\nudp = [\n  3478-3497,\n  16384-16402,\n]\n",
                "  16384-16402,\n",
            ),
        ] {
            assert!(fixed(&ROWS, text).contains(right), "{text}");
        }
    }

    #[test]
    fn one_value_in_quotes_is_never_two() {
        let rule = "rules:\n  - proto: udp\n    port: \"3478-3497\"\n";
        for text in [
            format!("{rule}  - proto: udp\n    port: \"16384-16402\"\n"),
            "udp:\n  - \"3478-3497\"\n  - \"16384-16402\"\n".to_owned(),
            "udp:\n  rtp: \"16384-16402\"\n  stun: \"3478-3497\"\n".to_owned(),
            "{\"protocol\": \"udp\", \"destinationPortRange\": \"16384-16402\"}\n".to_owned(),
        ] {
            assert_ne!(audit(&ROWS, &text), [""; 0], "{text}");
            assert_eq!(fixed(&ROWS, &text), text);
        }
        let shell = "UDP_PORTS=\"3478:3497 16384:16402\"\n";
        let after = "UDP_PORTS=\"3478:3497 16384:16387 16393:16402\"\n";
        assert_eq!(fixed(&ROWS, shell), after);
        let netsh = "netsh advfirewall firewall add rule dir=out action=allow protocol=UDP remoteport=\"16384-16402\"\n";
        let after = netsh.replace("16384-16402", "16384-16387,16393-16402");
        assert_eq!(fixed(&ROWS, netsh), after);
        let powershell = "New-NetFirewallRule -Protocol UDP -RemotePort '16384-16402'\n";
        let after = powershell.replace("16384-16402", "16384-16387','16393-16402");
        assert_eq!(fixed(&ROWS, powershell), after);
    }

    #[test]
    fn a_shell_gets_words_where_it_takes_words() {
        let rule = "iptables -A INPUT -p udp --dport";
        let wide = "16384:16402";
        for text in [
            format!("UDP={wide}\nfor p in $UDP; do {rule} $p -j ACCEPT; done\n"),
            format!("UDP=\"{wide}\"\nfor p in \"$UDP\"; do {rule} \"$p\" -j ACCEPT; done\n"),
            format!("for p in \"{wide}\"; do {rule} \"$p\" -j ACCEPT; done\n"),
            format!(
                "config rule\n option proto 'udp'\n option dest_port {}\n",
                wide.replace(':', "-")
            ),
        ] {
            assert_eq!(fixed(&ROWS, &text), text);
        }
        for (text, right) in [
            (
                format!(
                    "UDP=(\"{wide}\" \"3478:3497\")\nfor p in \"${{UDP[@]}}\"; do {rule} \"$p\" -j ACCEPT; done\n"
                ),
                "16384:16387\" \"16393:16402",
            ),
            (
                format!(
                    "UDP=\"3478:3497 {wide}\"\nfor p in $UDP; do {rule} $p -j ACCEPT; done\niptables -A OUTPUT -p udp -m multiport --dports ${{UDP// /,}} -j ACCEPT\n"
                ),
                "16384:16387 16393:16402",
            ),
            (
                format!("for p in {wide}; do {rule} $p -j ACCEPT; done\n"),
                "16384:16387 16393:16402",
            ),
        ] {
            assert_eq!(fixed(&ROWS, &text), text.replace(wide, right));
        }
        let uci = "config rule\n option proto 'udp'\n option dest_port '16384-16402'\n";
        assert_eq!(
            fixed(&ROWS, uci),
            uci.replace("16384-16402", "16384-16387 16393-16402")
        );
    }

    #[test]
    fn no_quotes_are_written_within_quotes() {
        let text = "powershell -Command \"New-NetFirewallRule -Direction Outbound -Protocol UDP -RemotePort 3478–3497\"\n";
        assert_eq!(fixed(&ROWS, text), text);
    }
}
