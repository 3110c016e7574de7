//! When another try may help, and how long to wait for it.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::http_date::http_date;
use crate::{FetchError, Limits};

/// A failed try.
pub(crate) struct Failure {
    pub(crate) error: FetchError,
    /// Whether another try may help.
    pub(crate) is_passing: bool,
    /// How long the server asks us to wait.
    pub(crate) retry_after: Option<Duration>,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        let is_passing = matches!(error, FetchError::Connection { .. });
        Self {
            error,
            is_passing,
            retry_after: None,
        }
    }
}

impl Failure {
    /// How long to wait before the next try; none where there is to be none.
    ///
    /// Without a word of the server the wait doubles from one second on.
    pub(crate) fn wait(&self, tried: u32, limits: &Limits) -> Option<Duration> {
        let backoff = Duration::from_secs(1 << (tried - 1).min(6));
        let wait = self.retry_after.unwrap_or(backoff);
        (self.is_passing && tried < limits.tries && wait <= limits.longest_wait).then_some(wait)
    }
}

/// What `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date,
/// which is measured from the response's own `Date`.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = http_date(headers.get(DATE)?.to_str().ok()?)?;
    let seconds = http_date(text)?.duration_since(now).as_secs();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_may_say_how_long() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            let mut map = HeaderMap::new();
            for (name, value) in pairs {
                map.insert(*name, value.parse().unwrap());
            }
            map
        };
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(
            retry_after(&headers(&[("retry-after", "7")])),
            Some(Duration::from_secs(7))
        );
        assert_eq!(
            retry_after(&headers(&[
                date,
                ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")
            ])),
            Some(Duration::from_mins(1))
        );
        assert_eq!(
            retry_after(&headers(&[
                date,
                ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")
            ])),
            Some(Duration::ZERO)
        );
        assert_eq!(retry_after(&headers(&[("retry-after", "soon")])), None);
        assert_eq!(retry_after(&headers(&[])), None);
    }

    #[test]
    fn waits_grow_and_end() {
        let limits = Limits::default();
        let mut failure = Failure {
            error: FetchError::Client(String::new()),
            is_passing: true,
            retry_after: None,
        };
        let waits: Vec<_> = (1..6)
            .map(|tried| failure.wait(tried, &limits).map(|wait| wait.as_secs()))
            .collect();
        assert_eq!(waits, [Some(1), Some(2), Some(4), None, None]);
        failure.retry_after = Some(Duration::from_secs(100_000));
        assert_eq!(failure.wait(1, &limits), None, "longer than we wait");
    }
}
