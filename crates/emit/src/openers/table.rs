//! The nftables table that the rules go into.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Families whose chains can match TCP and UDP ports.
const FAMILIES: [&str; 4] = ["inet", "ip", "ip6", "bridge"];

/// The kernel's limit on names.
const MAX_NAME: usize = 255;

/// A table of the user's, such as `inet filter`. It can stand in a script as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table(String);

impl Default for Table {
    fn default() -> Self {
        Self("inet filter".to_owned())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text does not name a table.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// It is not two words.
    #[error("write the family and the name of the table, such as `inet filter`")]
    Words,
    /// The first word is no family, or one without ports.
    #[error("the family must be one of inet, ip, ip6, bridge")]
    Family,
    /// The second word is no name that nft reads without quotes.
    #[error(
        "the name of a table begins with a letter or `_` and has letters, digits, `_`, `-`, `.`"
    )]
    Name,
}

impl FromStr for Table {
    type Err = TableError;

    fn from_str(text: &str) -> Result<Self, TableError> {
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let [family, name] = words[..] else {
            return Err(TableError::Words);
        };
        if !FAMILIES.contains(&family) {
            return Err(TableError::Family);
        }
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let begins_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !begins_well || !name.bytes().all(is_plain) || name.len() > MAX_NAME {
            return Err(TableError::Name);
        }
        Ok(Self(format!("{family} {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_family_and_a_plain_name() {
        let read = |text: &str| text.parse::<Table>().map(|table| table.to_string());
        assert_eq!(read("inet filter"), Ok("inet filter".to_owned()));
        assert_eq!(read(" ip6  my-fw.2 "), Ok("ip6 my-fw.2".to_owned()));
        assert_eq!(read(""), Err(TableError::Words));
        assert_eq!(read("filter"), Err(TableError::Words));
        assert_eq!(read("inet filter input"), Err(TableError::Words));
        assert_eq!(read("arp filter"), Err(TableError::Family));
        for name in [
            "\"filter\"",
            "a;flush",
            "a\nflush",
            "2a",
            "a{",
            "é",
            "$a",
            "#",
        ] {
            assert_eq!(
                read(&format!("inet {name}")),
                Err(TableError::Name),
                "{name}"
            );
        }
        let long = "a".repeat(256);
        assert_eq!(read(&format!("inet {long}")), Err(TableError::Name));
    }
}
