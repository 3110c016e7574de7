//! The port and transport cells.

use appleports_model::{Finding, PortError, PortRange, Transport, cut, has_blank_text};

use crate::rules;
use crate::vocabulary::Vocabulary;

/// Cuts a cell at separators and at "and" and "or" in any language.
fn parts(text: &str, separators: &[char], vocabulary: &Vocabulary) -> Vec<String> {
    vocabulary
        .commas_for_joiners(text)
        .split(separators)
        .flat_map(|piece| {
            let words: Vec<&str> = piece.split_whitespace().collect();
            words
                .split(|word| vocabulary.is_joiner(word))
                .map(|group| group.join(" "))
                .collect::<Vec<_>>()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// The most ranges that a cell may list. The article has two at most; each is a row of
/// its own, with all that the cells say.
const MOST_RANGES: usize = 16;

/// Reads a port cell: ports and ranges, in published order.
///
/// # Errors
/// A finding with the reason for which the row has to be rejected.
pub(crate) fn read_ports(
    source: &str,
    line: u32,
    text: &str,
    vocabulary: &Vocabulary,
) -> Result<Vec<PortRange>, Box<Finding>> {
    let reject = |error: &PortError| {
        let rule = match error {
            PortError::NotANumber(_) => &rules::PORT_UNREADABLE,
            PortError::TooHigh(_) => &rules::PORT_TOO_HIGH,
            PortError::Backwards { .. } => &rules::RANGE_BACKWARDS,
            PortError::Zero => &rules::PORT_ZERO,
        };
        Box::new(Finding::new(
            rule,
            source,
            line,
            format!("row `{text}` rejected: {error}"),
        ))
    };
    let parts = parts(text, &[',', ';', '&', '/', '、', '，'], vocabulary);
    if parts.len() > MOST_RANGES {
        let message = format!(
            "row `{}` rejected: it lists {} ports or ranges, at most {MOST_RANGES} are read",
            cut(text, 60),
            parts.len()
        );
        return Err(Box::new(Finding::new(
            &rules::MANY_PORTS,
            source,
            line,
            message,
        )));
    }
    let ranges: Result<Vec<PortRange>, PortError> = parts.iter().map(|part| part.parse()).collect();
    match ranges {
        Ok(ranges) if ranges.is_empty() => Err(reject(&PortError::NotANumber(text.to_owned()))),
        Ok(mut ranges) => {
            let mut seen = Vec::new();
            ranges.retain(|range| {
                let is_new = !seen.contains(range);
                seen.push(*range);
                is_new
            });
            Ok(ranges)
        }
        Err(error) => Err(reject(&error)),
    }
}

/// Reads a transport cell; a finding where it gives none or is not understood.
pub(crate) fn read_transports(
    source: &str,
    line: u32,
    text: &str,
    vocabulary: &Vocabulary,
) -> (Vec<Transport>, Option<Finding>) {
    if has_blank_text(text) {
        let finding = Finding::new(
            &rules::NO_TRANSPORT,
            source,
            line,
            "the article gives neither TCP nor UDP",
        );
        return (Vec::new(), Some(finding));
    }
    let parts = parts(text, &['/', ',', ';', '&', '+', '、', '，'], vocabulary);
    let read: Result<Vec<Transport>, _> = parts.iter().map(|part| part.parse()).collect();
    match read {
        Ok(mut transports) if !transports.is_empty() => {
            transports.sort_unstable();
            transports.dedup();
            (transports, None)
        }
        _ if !among_words(text).is_empty() => {
            let message = format!("`{text}` is read as {}", shown(&among_words(text)));
            let finding = Finding::new(&rules::JOINER_UNKNOWN, source, line, message);
            (among_words(text), Some(finding))
        }
        _ => {
            let message = format!("`{text}` is not TCP, UDP or both");
            (
                Vec::new(),
                Some(Finding::new(
                    &rules::TRANSPORT_UNREADABLE,
                    source,
                    line,
                    message,
                )),
            )
        }
    }
}

/// The transports in a cell with one or two words that nobody knows: `TCP vagy UDP`.
/// None where the words are not between transports, or say more than "and" or "or".
fn among_words(text: &str) -> Vec<Transport> {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let read: Vec<Option<Transport>> = words.iter().map(|word| word.parse().ok()).collect();
    match read.as_slice() {
        [Some(first), None, Some(last)] | [Some(first), None, None, Some(last)]
            if first != last =>
        {
            vec![*first.min(last), *first.max(last)]
        }
        _ => Vec::new(),
    }
}

fn shown(transports: &[Transport]) -> String {
    let names: Vec<&str> = transports
        .iter()
        .map(|transport| transport.as_str())
        .collect();
    names.join(" and ")
}
