//! One try: request, redirects, response.

use std::collections::BTreeSet;

use reqwest::blocking::Response;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION,
};
use reqwest::{StatusCode, Url};

use crate::limits::Deadline;
use crate::retry::{Failure, retry_after};
use crate::{Body, FetchError, Fetched, Fetcher, Progress, Request, body, clock};

impl Fetcher {
    /// Asks, and follows redirects among the allowed hosts.
    pub(crate) fn follow(&self, request: &Request, deadline: Deadline) -> Result<Fetched, Failure> {
        let mut url = self.policy.check(&request.url)?;
        for _ in 0..=self.limits.redirects {
            self.respect_robots(&url, deadline)?;
            (self.progress)(&Progress::Asking(url.to_string()));
            let response = self.ask(&url, conditions(request), deadline)?;
            if let Some(today) = request.today {
                clock::compare(url.as_str(), response.headers(), today)?;
            }
            match response.status() {
                // An answer to a question that was not asked confirms nothing (RFC 9110, 15.4.5).
                StatusCode::NOT_MODIFIED if conditions(request).is_empty() => {
                    let url = url.to_string();
                    return Err(FetchError::UnconditionalNotModified { url }.into());
                }
                StatusCode::NOT_MODIFIED => return Ok(Fetched::NotModified),
                status if status.is_redirection() => {
                    url = self.target(&url, &response)?;
                    (self.progress)(&Progress::Redirected(url.to_string()));
                }
                StatusCode::OK => return self.receive(request, &url, response, deadline),
                _ => return Err(refused(url.as_str(), &response)),
            }
        }
        Err(FetchError::TooManyRedirects {
            url: request.url.clone(),
            limit: self.limits.redirects,
        }
        .into())
    }

    /// Asks for one address. The time that is left is for the body as well.
    pub(crate) fn ask(
        &self,
        url: &Url,
        headers: HeaderMap,
        deadline: Deadline,
    ) -> Result<Response, Failure> {
        let builder = self.client.get(url.clone()).headers(headers);
        let builder = builder.header(ACCEPT_ENCODING, body::ENCODING);
        builder.timeout(deadline.left()).send().map_err(|error| {
            FetchError::Connection {
                url: url.to_string(),
                reason: crate::error::chain(&error.without_url()),
            }
            .into()
        })
    }

    /// Where a redirect leads, if we may go there.
    pub(crate) fn target(&self, url: &Url, response: &Response) -> Result<Url, Failure> {
        let away = |target: &str, reason: String| {
            Failure::from(FetchError::RedirectedAway {
                url: url.to_string(),
                target: target.to_owned(),
                reason,
            })
        };
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok())
            .ok_or_else(|| away("nowhere", "the Location header is missing".to_owned()))?;
        let target = url
            .join(location)
            .map_err(|error| away(location, error.to_string()))?;
        let next = self.policy.check_redirect(url, target.as_str());
        next.map_err(|reason| away(target.as_str(), reason))
    }

    fn receive(
        &self,
        request: &Request,
        url: &Url,
        response: Response,
        deadline: Deadline,
    ) -> Result<Fetched, Failure> {
        let header = |name: HeaderName| {
            let value = response.headers().get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let content_type = header(CONTENT_TYPE)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let media_type = content_type.split(';').next().unwrap_or_default();
        let media_type = media_type.trim().to_owned();
        let charset = charset(response.headers());
        let (etag, last_modified) = (header(ETAG), header(LAST_MODIFIED));
        let body::Bytes { bytes, has_end } = self.read_body(url.as_str(), response, deadline)?;
        body::judge(request.expect, url.as_str(), &media_type, &bytes)?;
        Ok(Fetched::Body(Box::new(Body {
            bytes,
            url: url.to_string(),
            media_type,
            charset,
            etag,
            last_modified,
            has_end,
        })))
    }
}

/// The character set that the server names, in lower case; all of them where it names several.
fn charset(headers: &HeaderMap) -> Option<String> {
    let types = headers.get_all(CONTENT_TYPE).iter();
    let types = types.filter_map(|value| value.to_str().ok());
    let parameters = types.flat_map(|value| value.split([';', ',']));
    let named = parameters.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    let named: BTreeSet<String> = named.collect();
    (!named.is_empty()).then(|| named.into_iter().collect::<Vec<_>>().join(", "))
}

/// What a conditional request says about the bytes that are there already. What a server once
/// sent is no header where it cannot be one.
fn conditions(request: &Request) -> HeaderMap {
    let etag = (IF_NONE_MATCH, &request.etag);
    let date = (IF_MODIFIED_SINCE, &request.last_modified);
    let given = [etag, date].into_iter().filter_map(|(name, value)| {
        let value = value.as_ref()?.parse().ok()?;
        Some((name, value))
    });
    given.collect()
}

/// A status that is no success, with what to do about it.
pub(crate) fn refused(url: &str, response: &Response) -> Failure {
    let status = response.status();
    let hint = match status.as_u16() {
        401 | 403 => "; save the page by hand and use `appleports ingest`",
        404 | 410 => "; the address has changed or the locale does not exist",
        429 => "; it asks us to come back later",
        500..=599 => "; try again later",
        _ => "",
    };
    Failure {
        error: FetchError::Status {
            url: url.to_owned(),
            status: status.to_string(),
            hint,
        },
        is_passing: matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502..=504),
        retry_after: retry_after(response.headers()),
    }
}
