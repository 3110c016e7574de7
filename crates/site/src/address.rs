//! The public address of a site.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Where a site is published, such as `https://appleports.github.io/appleports/`. It ends in a
/// slash and needs no escaping in HTML, XML or JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    /// Where its path begins.
    path: usize,
}

/// Why a text is no address of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It is not an absolute address of the web.
    #[error("write the whole address, such as https://example.org/ports/")]
    NotAbsolute,
    /// It has a character that a plain address does not have.
    #[error(
        "an address of a site has letters, digits and `-._~/:` only, and neither query nor fragment"
    )]
    Character,
    /// A part of its path is empty or leads upwards.
    #[error("a part of the path is empty, `.` or `..`")]
    Part,
}

impl Address {
    /// The address of a path below the site.
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }

    /// The path of the site on its server, `/` at its shortest.
    pub fn path(&self) -> &str {
        &self.text[self.path..]
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let schemes = ["https://", "http://"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
        let rest = rest.ok_or(AddressError::NotAbsolute)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte);
        if !rest.bytes().all(is_plain) {
            return Err(AddressError::Character);
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, "index"));
        if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Err(AddressError::NotAbsolute);
        }
        if path.split('/').any(|part| ["", ".", ".."].contains(&part)) {
            return Err(AddressError::Part);
        }
        let scheme = text.len() - text.trim_start_matches(schemes[0]).len();
        let scheme = if scheme > 0 { scheme } else { schemes[1].len() };
        Ok(Self {
            text: format!("{}{rest}/", &text[..scheme]),
            path: scheme + host.len(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_plain() {
        let read = |text: &str| text.parse::<Address>();
        let address = read("https://a.github.io/ports").unwrap();
        assert_eq!(address.of("x/"), "https://a.github.io/ports/x/");
        assert_eq!(address.path(), "/ports/");
        let root = read("http://localhost:8000/").unwrap();
        assert_eq!(
            (root.to_string().as_str(), root.path()),
            ("http://localhost:8000/", "/")
        );
        for (text, error) in [
            ("", AddressError::NotAbsolute),
            ("a.github.io", AddressError::NotAbsolute),
            ("https:///x", AddressError::NotAbsolute),
            ("javascript:alert(1)", AddressError::NotAbsolute),
            ("https://a/?q", AddressError::Character),
            ("https://a/\"><b>", AddressError::Character),
            ("https://a//b", AddressError::Part),
            ("https://a/../b", AddressError::Part),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
