//! Days as the project writes them.

/// Whether `word` is a day of the calendar, written `YYYY-MM-DD`.
pub fn is_date(word: &str) -> bool {
    let is_digit_or_dash = |(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => u8::is_ascii_digit(&byte),
    };
    word.len() == 10
        && word.bytes().enumerate().all(is_digit_or_dash)
        && word.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
