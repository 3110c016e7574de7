//! What a conditional request may say of the bytes that are stored. It is checked when it is stored
//! and again when it is sent: somebody else may have written the manifest.

use appleports_fetch::modified_on;
use appleports_model::Date;

/// The text, if it is an entity tag.
pub(super) fn etag(text: Option<&str>) -> Option<String> {
    text.filter(|tag| is_entity_tag(tag)).map(str::to_owned)
}

/// The text, if it is a date that is not after today. One that is none is no condition, and until
/// one that is still to come the server would say that nothing has changed (RFC 9110, section
/// 13.1.3).
pub(super) fn last_modified(text: Option<&str>, today: Date) -> Option<String> {
    let is_past = |date: &&str| modified_on(date).is_some_and(|day| day <= today);
    text.filter(is_past).map(str::to_owned)
}

/// The longest entity tag that is kept, in bytes: a server that sends a longer one refuses it when
/// it is sent back, and a manifest has a limit.
const MAX_ETAG: usize = 1_024;

/// Whether a text is an entity tag (RFC 9110, section 8.8.3). Sent back, `*` would ask whether there
/// is any page at all, and every server would say that nothing has changed.
fn is_entity_tag(text: &str) -> bool {
    if text.len() > MAX_ETAG {
        return false;
    }
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| {
        let mut bytes = inner.bytes();
        bytes.all(|byte| byte == 0x21 || (0x23..=0x7e).contains(&byte) || byte >= 0x80)
    })
}

#[cfg(test)]
mod tests {
    use super::is_entity_tag;

    #[test]
    fn only_an_entity_tag_is_a_condition() {
        for tag in ["\"\"", "\"e1\"", "W/\"e-1\""] {
            assert!(is_entity_tag(tag), "{tag}");
        }
        let long = format!("\"{}\"", "e".repeat(1_022));
        assert!(is_entity_tag(&long));
        for other in [
            &*long.replacen('e', "ee", 1),
            "",
            "*",
            "e1",
            "\"e1",
            "\"",
            "W/e1",
            "w/\"e1\"",
            "\"e1\", \"e2\"",
            "\"a b\"",
        ] {
            assert!(!is_entity_tag(other), "{other}");
        }
    }
}
