//! Dates as HTTP writes them.

use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;

/// The forms of RFC 9110, section 5.6.7, after the name of the day: the preferred one, that of
/// RFC 850, and that of `asctime`.
const FORMS: [&str; 3] = [
    "%d %b %Y %H:%M:%S GMT",
    "%d-%b-%y %H:%M:%S GMT",
    "%b %e %H:%M:%S %Y",
];

/// A date in UTC, in one of the forms that a recipient must read, or with another zone as in
/// mail. The name of the day is passed over: a date that is wrong about it is a date still.
///
/// Not a moment but a date of the calendar: the last moments of the year 9999 are none that
/// [`jiff::Timestamp`] holds, and a server that gives them must not be taken for one without a
/// clock.
pub(crate) fn http_date(text: &str) -> Option<DateTime> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let rest = rest.trim_start_matches([',', ' ']);
    let read = |form: &&str| strtime::parse(form, rest).ok()?.to_datetime().ok();
    FORMS.iter().find_map(read).or_else(|| {
        let moment = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
        Some(TimeZone::UTC.to_datetime(moment))
    })
}

#[cfg(test)]
mod tests {
    use super::http_date;

    #[test]
    fn a_date_has_one_of_the_forms() {
        let read = |text: &str| http_date(text).map(|date| date.to_string());
        let expected = Some("1994-11-06T08:49:37".to_owned());
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 09:49:37 +0100",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in [
            "",
            "yesterday",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "784111777",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
