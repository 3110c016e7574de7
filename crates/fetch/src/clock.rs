//! Our clock beside the server's: where they disagree, one of them is wrong.

use jiff::SignedDuration;
use jiff::civil::Date;
use reqwest::header::{AGE, DATE, HeaderMap};

use crate::FetchError;
use crate::http_date::http_date;

/// How many days the two may differ: an exchange may span midnight.
const MAX_DAYS: i32 = 1;

/// The largest age that a cache can give (RFC 9111, section 1.2.2), in seconds.
const MAX_AGE: i64 = 1 << 31;

/// Compares `today` with the `Date` of a response. A response without one, or with one that is no
/// date, says nothing (RFC 9110, section 6.6.1).
pub(crate) fn compare(url: &str, headers: &HeaderMap, today: Date) -> Result<(), FetchError> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let age = age(url, headers)?;
    let Some(sent) = text(DATE).and_then(http_date) else {
        return Ok(());
    };
    let server = sent
        .checked_add(SignedDuration::from_secs(age))
        .unwrap_or(sent);
    let server = server.date();
    if (server - today).get_days().abs() <= MAX_DAYS {
        return Ok(());
    }
    Err(FetchError::Clock {
        url: url.to_owned(),
        here: today,
        server,
    })
}

/// How many seconds ago a cache had the answer from the server that gave it its date; 0 where no
/// cache says so. What is no number says nothing (RFC 9111, section 5.1).
fn age(url: &str, headers: &HeaderMap) -> Result<i64, FetchError> {
    let ages = headers.get_all(AGE).iter();
    let ages = ages.filter_map(|age| age.to_str().ok());
    // Several in one line are a list.
    let ages: Vec<&str> = ages.flat_map(|age| age.split(',')).map(str::trim).collect();
    let number = |digits: &str| {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().unwrap_or(MAX_AGE).min(MAX_AGE))
    };
    let is_negative = |age: &&&str| age.strip_prefix('-').and_then(number).is_some();
    if let Some(age) = ages.iter().find(is_negative) {
        return Err(FetchError::NegativeAge {
            url: url.to_owned(),
            age: age.chars().take(20).collect(),
        });
    }
    Ok(ages.into_iter().find_map(number).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cached_answer_is_of_the_day_on_which_it_was_sent_and_its_age() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            let pairs = pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            pairs.collect()
        };
        let date = ("date", "Sun, 06 Nov 1994 23:49:37 GMT");
        let at = |pairs: &[(&'static str, &'static str)], today: &str| {
            compare("x", &headers(pairs), today.parse().unwrap()).is_ok()
        };
        for today in ["1994-11-05", "1994-11-06", "1994-11-07"] {
            assert!(at(&[date], today), "{today}");
        }
        for today in ["1994-11-04", "1994-11-08", "2100-01-01", "1970-01-01"] {
            assert!(!at(&[date], today), "{today}");
        }
        let ten_days = ("age", "864000");
        assert!(at(&[date, ten_days], "1994-11-16"));
        assert!(!at(&[date, ten_days], "1994-11-06"));
        for odd in ["", "x", "1e9", "+864000", "--1"] {
            assert!(at(&[date, ("age", odd)], "1994-11-06"), "{odd}");
        }
        for negative in ["-1", "-864000", "-99999999999999999999"] {
            assert!(!at(&[date, ("age", negative)], "1994-11-06"), "{negative}");
            assert!(!at(&[("age", negative)], "1994-11-06"), "{negative}");
            assert!(!at(&[date, ten_days, ("age", negative)], "1994-11-16"));
        }
        for negative in ["5, -5", "-5,5"] {
            assert!(!at(&[date, ("age", negative)], "1994-11-06"), "{negative}");
        }
        assert!(!at(&[date, ("age", "99999999999999999999")], "1994-11-06"));
        assert!(at(&[], "2100-01-01"));
        assert!(at(&[("date", "yesterday")], "2100-01-01"));
    }
}
