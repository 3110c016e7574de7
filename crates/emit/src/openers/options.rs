//! What can be asked of rules, and which formats can do it.

use super::direction::Direction;
use super::refusal::Refusal;
use super::table::Table;
use super::{OPENERS, Opener};

/// How to write rules; a field that is not set is the format's own choice.
#[derive(Clone, Debug, Default)]
pub struct RuleOptions {
    /// Which way connections go.
    pub direction: Option<Direction>,
    /// The nftables table of the user's.
    pub table: Option<Table>,
    /// Ranges as `a:b`.
    pub colon: bool,
    /// Each port by itself.
    pub expand: bool,
    /// Rows without a transport are opened; which as, the dataset already says.
    pub unknown_as: bool,
}

/// Formats besides those that open ports in which [`expanded`](crate::expanded) rows make
/// sense.
const TABLES: [&str; 2] = ["csv", "iana-csv"];

impl RuleOptions {
    /// Whether the format of this name can do what is asked, whatever it is a format of.
    ///
    /// # Errors
    /// The first option that contradicts the format.
    pub fn check(&self, name: &'static str) -> Result<(), Refusal> {
        type Has = fn(&Opener) -> bool;
        let options: [(&str, bool, Has, &[&str]); 5] = [
            (
                "--direction",
                self.direction.is_some(),
                |one| !one.directions.is_empty(),
                &[],
            ),
            ("--table", self.table.is_some(), Opener::has_table, &[]),
            ("--colon", self.colon, |one| one.traits.is_list, &[]),
            ("--expand", self.expand, |one| one.traits.is_list, &TABLES),
            ("--unknown-as", self.unknown_as, |_| true, &[]),
        ];
        for (option, is_given, has, others) in options {
            let openers = OPENERS.iter().filter(|one| has(one)).map(|one| one.name);
            let formats: Vec<&str> = openers.chain(others.iter().copied()).collect();
            if is_given && !formats.contains(&name) {
                return Err(Refusal::Option {
                    option,
                    name,
                    formats,
                });
            }
        }
        let format = OPENERS.iter().find(|format| format.name == name);
        match (format, self.direction) {
            (Some(format), Some(direction)) if !format.directions.contains(&direction) => {
                let advice = format.advice;
                Err(Refusal::Direction {
                    name,
                    direction,
                    advice,
                })
            }
            _ => Ok(()),
        }
    }
}
