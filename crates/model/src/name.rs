//! Service names (RFC 6335, section 5.1).

use thiserror::Error;

/// Which rule of RFC 6335, section 5.1 a service name breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// The name is empty.
    #[error("a service name has at least one character")]
    Empty,
    /// The name has more than 15 characters.
    #[error("a service name has at most 15 characters")]
    TooLong,
    /// Only ASCII letters, digits and hyphens may occur.
    #[error("a service name has no character {0:?}, only letters, digits and hyphens")]
    Character(char),
    /// At least one letter must occur.
    #[error("a service name has at least one letter")]
    NoLetter,
    /// Hyphens stand between letters or digits: not first, not last, not side by side.
    #[error("a service name has a hyphen only between letters or digits")]
    Hyphen,
}

/// The first rule of RFC 6335, section 5.1 that `name` breaks, if any.
pub fn service_name_error(name: &str) -> Option<NameError> {
    if name.is_empty() {
        return Some(NameError::Empty);
    }
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if let Some(at) = name.bytes().position(|byte| !is_allowed(byte)) {
        // All bytes before it are characters of their own, so it begins one.
        return name[at..].chars().next().map(NameError::Character);
    }
    if name.len() > 15 {
        return Some(NameError::TooLong);
    }
    if !name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Some(NameError::NoLetter);
    }
    if name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        return Some(NameError::Hyphen);
    }
    None
}

/// Whether `name` is a valid service name by RFC 6335, section 5.1.
pub fn is_service_name(name: &str) -> bool {
    service_name_error(name).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_rfc_6335() {
        for good in [
            "http",
            "IKEv2",
            "3com-tsmux",
            "net-assistant",
            "a",
            "ab-c",
            "abcdefghijklmno",
        ] {
            assert_eq!(service_name_error(good), None, "{good}");
        }
        for (bad, why) in [
            ("", NameError::Empty),
            ("dec_dlm", NameError::Character('_')),
            ("connected, -", NameError::Character(',')),
            ("domän", NameError::Character('ä')),
            ("123", NameError::NoLetter),
            ("-a", NameError::Hyphen),
            ("a-", NameError::Hyphen),
            ("a--b", NameError::Hyphen),
            ("abcdefghijklmnop", NameError::TooLong),
        ] {
            assert_eq!(service_name_error(bad), Some(why), "{bad}");
        }
    }
}
