//! Rows and their changes in words.

use appleports_model::joined;

use crate::detail::Detail;
use crate::facts::Facts;
use crate::view::{Value, line};
use crate::word::Word;

/// `53/tcp+udp`, `1099, 8043/tcp` or `50003 (no transport)`.
pub(crate) fn ports_text(facts: &Facts) -> String {
    let ranges = joined(&facts.ports, ", ");
    if facts.transports.is_empty() {
        format!("{ranges} (no transport)")
    } else {
        format!("{ranges}/{}", joined(&facts.transports, "+"))
    }
}

/// Who uses a row: its products and the words that the vocabulary does not know, or the
/// published text where it has neither.
pub(crate) fn users_text(facts: &Facts) -> String {
    let products = facts.products.iter().map(String::as_str);
    let users: Vec<&str> = products
        .chain(facts.words.iter().map(Word::as_str))
        .collect();
    if users.is_empty() {
        return facts.used_by.clone();
    }
    users.join(", ")
}

/// One difference of a row: `service name: smtp → submission`, or
/// `products: gained AirPlay; lost Xsan`. The values are escaped, the rest is plain. None where
/// all of it is in doubt.
pub(crate) fn detail_text(detail: &Detail, escape: impl Fn(&str) -> String) -> Option<String> {
    let line = line(detail)?;
    let shown = |text: &str| {
        if text.is_empty() {
            "none".to_owned()
        } else {
            escape(text)
        }
    };
    let value = match &line.value {
        Value::Text(text) => shown(text),
        Value::Prose { old, new } => format!("{} → {}", shown(old), shown(new)),
        Value::Change { old, new, tail } if tail.is_empty() => {
            format!("{} → {}", shown(old), shown(new))
        }
        Value::Change { old, new, tail } => format!("{} → {} ({tail})", shown(old), shown(new)),
        Value::Members { lost, gained } => {
            let parts = [("gained", gained), ("lost", lost)];
            let parts = parts.into_iter().filter(|(_, texts)| !texts.is_empty());
            let parts = parts.map(|(verb, texts)| {
                let texts = texts.iter().map(|text| shown(text));
                format!("{verb} {}", joined(texts, ", "))
            });
            joined(parts, "; ")
        }
    };
    Some(format!("{}: {value}", line.label))
}
