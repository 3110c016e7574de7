//! Days as the project writes them.

use jiff::ToSpan;
use jiff::civil::Date;

/// The day that `word` is, written `YYYY-MM-DD`; none where it is written otherwise or is not of
/// the calendar.
pub fn parse_date(word: &str) -> Option<Date> {
    let is_digit_or_dash = |(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => u8::is_ascii_digit(&byte),
    };
    let is_written_so = word.len() == 10 && word.bytes().enumerate().all(is_digit_or_dash);
    if !is_written_so {
        return None;
    }
    let (year, month, day) = (word[..4].parse(), word[5..7].parse(), word[8..].parse());
    Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
}

/// Whether `word` is a day of the calendar, written `YYYY-MM-DD`.
pub fn is_date(word: &str) -> bool {
    parse_date(word).is_some()
}

/// A day, a month or a year, by its first and its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Period {
    /// Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; none where it is no part of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let first = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        let first = parse_date(&first)?;
        let last = match text.len() {
            4 => first.last_of_year(),
            7 => first.last_of_month(),
            _ => first,
        };
        Some(Self { first, last })
    }

    /// Whether more than a year lies between this one and the start of `later`.
    pub fn is_over_a_year_before(self, later: Self) -> bool {
        self.last
            .checked_add(1.year())
            .is_ok_and(|limit| limit < later.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_day_a_month_or_a_year() {
        let shown = |text| Period::parse(text).map(|p| format!("{} {}", p.first, p.last));
        let cases = [
            ("2024", Some("2024-01-01 2024-12-31")),
            ("2024-02", Some("2024-02-01 2024-02-29")),
            ("2024-02-29", Some("2024-02-29 2024-02-29")),
            ("2023-02-29", None),
            ("2024-13", None),
            ("24", None),
            ("2024-1", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
        let year_before = |early, late| {
            Period::parse(early)
                .zip(Period::parse(late))
                .is_some_and(|(early, late)| early.is_over_a_year_before(late))
        };
        assert!(!year_before("2025", "2026-10-11"));
        assert!(!year_before("2025-10-11", "2026-10-11"));
        assert!(year_before("2025-10-10", "2026-10-11"));
        assert!(year_before("2024", "2026-10-11"));
        assert!(!year_before("2027", "2026-10-11"));
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for good in ["2015-10-23", "2020-02-29", "0001-01-01"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "2020-02-30",
            "2019-02-29",
            "2020-13-01",
            "2020-00-01",
            "2020-1-1",
            "20200101",
            "2020-+1-01",
            "2020-01-+5",
            "+020-01-01",
            "-020-01-01",
            "2020-01-01T00",
            "",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
