//! Port numbers, ranges and sets of ranges.

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::plain::is_dash;
use crate::text::{cut, one_line};

/// An inclusive range of port numbers; a single port is a range of one.
///
/// `first <= last` always holds. Port 0 can be held, because the registry lists
/// it as reserved (RFC 6335, section 6), but [`PortRange::from_str`] refuses it:
/// no article may ask for port 0 to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortRange {
    first: u16,
    last: u16,
}

/// Why a text is not a port or a range of ports.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PortError {
    /// The text is not a number, or not two numbers joined by a hyphen.
    #[error("`{0}` is not a port number")]
    NotANumber(String),
    /// The number does not fit in 16 bits.
    #[error("port {0} is out of range, the highest is 65535")]
    TooHigh(String),
    /// The last port lies before the first.
    #[error("range {first}-{last} runs backwards")]
    Backwards {
        /// The number before the hyphen.
        first: u16,
        /// The number after the hyphen.
        last: u16,
    },
    /// Port 0 is reserved (RFC 6335, section 6).
    #[error("port 0 is reserved and cannot be opened")]
    Zero,
}

impl PortRange {
    /// The range `first..=last`.
    ///
    /// # Errors
    /// [`PortError::Backwards`] when `last < first`.
    pub const fn new(first: u16, last: u16) -> Result<Self, PortError> {
        if last < first {
            return Err(PortError::Backwards { first, last });
        }
        Ok(Self { first, last })
    }

    /// The range that holds one port.
    pub const fn single(port: u16) -> Self {
        Self {
            first: port,
            last: port,
        }
    }

    /// The lowest port.
    pub const fn first(self) -> u16 {
        self.first
    }

    /// The highest port.
    pub const fn last(self) -> u16 {
        self.last
    }

    /// How many ports the range holds, 1 to 65,536.
    pub const fn count(self) -> u32 {
        self.last as u32 - self.first as u32 + 1
    }

    /// Whether the range holds just one port.
    pub const fn is_single(self) -> bool {
        self.first == self.last
    }

    /// Whether `port` lies in the range.
    pub const fn contains(self, port: u16) -> bool {
        self.first <= port && port <= self.last
    }

    /// The ports that both ranges hold, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last)).ok()
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_single() {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> Result<u16, PortError> {
    let text = text.trim();
    if is_digits(text) {
        port(text)
    } else {
        Err(PortError::NotANumber(
            cut(&one_line(text), 100).into_owned(),
        ))
    }
}

/// The port that digits give.
fn port(text: &str) -> Result<u16, PortError> {
    let port: u16 = text
        .parse()
        .map_err(|_| PortError::TooHigh(text.to_owned()))?;
    if port == 0 {
        Err(PortError::Zero)
    } else {
        Ok(port)
    }
}

impl FromStr for PortRange {
    type Err = PortError;

    /// Reads `80` or `8000-8999`, with a hyphen or any dash between the numbers.
    fn from_str(text: &str) -> Result<Self, PortError> {
        if is_digits(text) {
            return port(text).map(Self::single);
        }
        match text.split_once(is_dash) {
            None => number(text).map(Self::single),
            Some((first, last)) => Self::new(number(first)?, number(last)?),
        }
    }
}

impl Serialize for PortRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("PortRange", 2)?;
        object.serialize_field("first", &self.first)?;
        object.serialize_field("last", &self.last)?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for PortRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            first: u16,
            last: u16,
        }
        let Ends { first, last } = Ends::deserialize(deserializer)?;
        Self::new(first, last).map_err(serde::de::Error::custom)
    }
}

/// A set of ports, kept as sorted ranges that neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PortSet {
    ranges: Vec<PortRange>,
}

impl PortSet {
    /// The ranges, sorted, merged where they overlap or touch.
    pub fn ranges(&self) -> &[PortRange] {
        &self.ranges
    }

    /// How many ports the set holds.
    pub fn count(&self) -> u32 {
        self.ranges.iter().map(|range| range.count()).sum()
    }

    /// Whether `port` is in the set.
    pub fn contains(&self, port: u16) -> bool {
        let after = self.ranges.partition_point(|range| range.first() <= port);
        after > 0 && self.ranges[after - 1].contains(port)
    }

    /// Adds the ports of a range.
    pub fn insert(&mut self, range: PortRange) {
        let (first, last) = (u32::from(range.first()), u32::from(range.last()));
        let touching = |open: &PortRange| u32::from(open.last()) + 1 < first;
        let from = self.ranges.partition_point(touching);
        let behind = |open: &PortRange| u32::from(open.first()) <= last + 1;
        let until = from + self.ranges[from..].partition_point(behind);
        let merged = self.ranges[from..until]
            .iter()
            .fold(range, |all, open| PortRange {
                first: all.first.min(open.first),
                last: all.last.max(open.last),
            });
        self.ranges.splice(from..until, [merged]);
    }

    /// The ports of `self` that are not in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for range in &self.ranges {
            let mut next = u32::from(range.first());
            let before = other
                .ranges
                .partition_point(|cut| cut.last() < range.first());
            for hole in other.ranges[before..]
                .iter()
                .map_while(|cut| cut.intersection(*range))
            {
                if next < u32::from(hole.first()) {
                    left.extend(from_u32(next, u32::from(hole.first()) - 1));
                }
                next = u32::from(hole.last()) + 1;
            }
            left.extend(from_u32(next, u32::from(range.last())));
        }
        Self { ranges: left }
    }
}

fn from_u32(first: u32, last: u32) -> Option<PortRange> {
    PortRange::new(u16::try_from(first).ok()?, u16::try_from(last).ok()?).ok()
}

impl FromIterator<PortRange> for PortSet {
    fn from_iter<I: IntoIterator<Item = PortRange>>(ranges: I) -> Self {
        let mut sorted: Vec<PortRange> = ranges.into_iter().collect();
        sorted.sort_unstable();
        let mut merged: Vec<PortRange> = Vec::with_capacity(sorted.len());
        for range in sorted {
            match merged.last_mut() {
                Some(open) if u32::from(range.first()) <= u32::from(open.last()) + 1 => {
                    open.last = open.last.max(range.last());
                }
                _ => merged.push(range),
            }
        }
        Self { ranges: merged }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn range() -> impl Strategy<Value = PortRange> {
        (any::<u16>(), any::<u16>()).prop_map(|(a, b)| PortRange::new(a.min(b), a.max(b)).unwrap())
    }

    #[test]
    fn refuses_what_is_no_port_and_says_why() {
        let error = |text: &str| text.parse::<PortRange>().unwrap_err().to_string();
        assert_eq!(error("8O80"), "`8O80` is not a port number");
        assert_eq!(error(""), "`` is not a port number");
        assert_eq!(error("+80"), "`+80` is not a port number");
        assert_eq!(
            error("70000"),
            "port 70000 is out of range, the highest is 65535"
        );
        assert_eq!(
            error("99999999999999999999"),
            "port 99999999999999999999 is out of range, the highest is 65535"
        );
        assert_eq!(error("90-80"), "range 90-80 runs backwards");
        assert_eq!(error("0"), "port 0 is reserved and cannot be opened");
        assert_eq!(error("1-2-3"), "`2-3` is not a port number");
    }

    #[test]
    fn reads_every_dash() {
        for dash in ["-", "–", " — ", "−"] {
            let text = format!("8000{dash}8999");
            assert_eq!(text.parse(), PortRange::new(8000, 8999), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(range in range()) {
            prop_assume!(range.first() > 0);
            prop_assert_eq!(range.to_string().parse(), Ok(range));
        }

        #[test]
        fn set_holds_just_the_ports_of_its_ranges(ranges in prop::collection::vec(range(), 0..8), port: u16) {
            let set: PortSet = ranges.iter().copied().collect();
            prop_assert_eq!(set.contains(port), ranges.iter().any(|range| range.contains(port)));
            for pair in set.ranges().windows(2) {
                prop_assert!(u32::from(pair[0].last()) + 1 < u32::from(pair[1].first()));
            }
        }

        #[test]
        fn ranges_added_one_by_one_make_the_same_set(ranges in prop::collection::vec(range(), 0..12)) {
            let mut set = PortSet::default();
            for range in &ranges {
                set.insert(*range);
            }
            prop_assert_eq!(set, ranges.into_iter().collect());
        }

        #[test]
        fn difference_is_in_one_and_not_the_other(a in prop::collection::vec(range(), 0..5), b in prop::collection::vec(range(), 0..5), port: u16) {
            let (a, b): (PortSet, PortSet) = (a.into_iter().collect(), b.into_iter().collect());
            prop_assert_eq!(a.difference(&b).contains(port), a.contains(port) && !b.contains(port));
        }
    }
}
