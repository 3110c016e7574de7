//! The transports behind a slash.

use std::ops::Range;

use super::Scanner;
use crate::transports::Transports;

impl Scanner<'_> {
    /// The transport behind a port: `/tcp`, ` / tcp,udp`, and its place.
    pub(super) fn suffix(&mut self) -> Option<(Transports, Range<usize>)> {
        let start = self.at;
        self.skip(|c| c == ' ');
        if self.peek() != Some('/') {
            self.at = start;
            return None;
        }
        self.at += 1;
        self.skip(|c| c == ' ');
        let word = self.rest();
        let length = word.len()
            - word
                .trim_start_matches(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '+'))
                .len();
        let Some(set) = Transports::of_stated(&word[..length]) else {
            self.at = start;
            return None;
        };
        let from = self.at;
        // `80 / UDP: 53`: it is that of what follows.
        let is_spaced = self.text[start..from].contains(' ');
        if is_spaced && word[length..].starts_with(':') {
            self.at = start;
            return None;
        }
        self.at += length;
        let more = self.further_transport();
        // A note behind it harms no port.
        let end = self.at;
        self.footnote();
        Some((more.map_or(set, |more| set.and(more)), from..end))
    }

    /// The second transport of `80/tcp,udp`; in `80/tcp,udp/53` it is that of another port.
    fn further_transport(&mut self) -> Option<Transports> {
        let word = self.rest().strip_prefix(',')?;
        let length = word.len()
            - word
                .trim_start_matches(|c: char| c.is_ascii_alphabetic())
                .len();
        let set = Transports::of_word(&word[..length])?;
        let behind = &word[length..];
        let is_last = behind
            .trim_start()
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | ':' | '=' | '-'));
        let is_word = !behind.starts_with(|c: char| c.is_alphanumeric());
        (is_last && is_word).then(|| {
            self.at += 1 + length;
            set
        })
    }
}
