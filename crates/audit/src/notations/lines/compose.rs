//! Files of Docker Compose, where a colon is between the port of the host and that of the container.

use appleports_model::Transport;

use super::bound::Port;
use crate::transports::Transports;

/// Whether a text has services with images or with ports.
pub(super) fn is_compose(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|line| line.trim_end().starts_with(key));
    has("services:") && (has("    image:") || has("    ports:"))
}

/// Keeps the port of the host alone: `8443:443`, which is of TCP where nothing else is said.
pub(super) fn published(text: &str, port: &mut Port) {
    let written = &text[port.item.span.clone()];
    let parts = written.split_once(':');
    // A mark behind a port stays for its own finding: `443¹:443`, `443:443*`.
    let is_digit = |c: char| c.is_ascii_digit();
    let is_single = |part: &str| !part.trim_start_matches(is_digit).contains(is_digit);
    if let Some((outside, inside)) = parts.filter(|(outside, _)| is_single(outside)) {
        port.item.last = None;
        let inner = port.item.span.start + outside.len() + 1;
        if port.item.oddity.is_some() && inside.trim_end_matches(|c| !is_digit(c)) == outside {
            port.item.span.start = inner;
        } else {
            port.item.span.end = inner - 1;
        }
        port.transports
            .get_or_insert(Transports::one(Transport::Tcp));
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::shown;
    use crate::rules::testing::fixed;

    #[test]
    fn the_port_of_the_host_is_published() {
        let text = "services:\n  web:\n    image: a\n    ports:\n      - \"80:8080\"\n      - \"8443:443\"\n      - \"53:53/udp\"\n";
        let expected = ["80/tcp@5:10", "8443/tcp@6:10", "53/udp@7:10"];
        assert_eq!(shown(text).1, expected);
        let text = text.replace("    image: a\n", "");
        assert_eq!(
            shown(&text).1,
            expected.map(|entry| entry
                .replace("@5", "@4")
                .replace("@6", "@5")
                .replace("@7", "@6"))
        );
    }

    #[test]
    fn a_mark_at_the_port_of_the_host_is_removed_alone() {
        let text = "services:\n  web:\n    image: a\n    ports:\n      - \"80:80\"\n      - \"443¹:443/tcp\"\n      - \"3478–3497:3478-3497/udp\"\n";
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
        let after = fixed(&rows, text);
        assert!(after.contains("\"443:443/tcp\""), "{after}");
        let inside = text.replace("443¹:443", "443:443*");
        assert_eq!(fixed(&rows, &inside), after);
        let list = text.replace("443¹:443", "4,43:443");
        assert!(!fixed(&["8080/tcp"], &list).contains("8080"));
    }
}
