//! Downloads, politely and with suspicion.
//!
//! A [`Fetcher`] asks only allowed hosts, over https only, follows redirects only
//! among these hosts, respects `robots.txt` (RFC 9309), sends conditional requests
//! (RFC 9110, section 13), waits as `Retry-After` says, and stops reading at a
//! limit, whatever the length that the server claims, and at a deadline. It stores
//! nothing.

mod body;
mod clock;
mod error;
mod exchange;
mod gzip;
mod http_date;
mod limits;
mod policy;
mod retry;
mod robots;

pub use error::FetchError;
pub use limits::Limits;
pub use policy::Policy;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use limits::Deadline;
use robots::Rules;

/// What to download.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The address.
    pub url: String,
    /// What the body must be.
    pub expect: Expect,
    /// The `ETag` of the bytes that are there already.
    pub etag: Option<String>,
    /// The `Last-Modified` of the bytes that are there already.
    pub last_modified: Option<String>,
    /// The day of this computer's clock: a server that gives another day is not
    /// believed, and neither is the clock. Nothing is compared where none is given.
    pub today: Option<Date>,
}

/// What a body must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// An HTML page.
    #[default]
    Page,
    /// CSV, XML or plain text, and no HTML page in its place.
    Data,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    /// The server says that nothing has changed (304) since the bytes that the request named.
    NotModified,
    /// A body.
    Body(Box<Body>),
}

/// A downloaded body with what the server says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// The address that the bytes came from, after redirects.
    pub url: String,
    /// The media type without its parameters, in lower case.
    pub media_type: String,
    /// The character set of the media type, if the server names one, in lower case; all of them
    /// where it names several.
    pub charset: Option<String>,
    /// The `ETag`, if there is one.
    pub etag: Option<String>,
    /// The `Last-Modified`, if there is one.
    pub last_modified: Option<String>,
    /// Whether the server said where the body ends; one that ends with the connection may be
    /// cut off anywhere.
    pub has_end: bool,
}

impl Body {
    /// The day of `Last-Modified`, in UTC.
    pub fn modified_on(&self) -> Option<Date> {
        modified_on(self.last_modified.as_deref()?)
    }
}

/// The day of a date as HTTP writes it (RFC 9110, section 5.6.7), in UTC.
pub fn modified_on(date: &str) -> Option<Date> {
    Some(http_date::http_date(date)?.date())
}

/// What a download is doing, for a line of progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A request goes out.
    Asking(String),
    /// The server sends us on.
    Redirected(String),
    /// Bytes are coming in.
    Receiving {
        /// So many so far, counted after decompression.
        bytes: u64,
        /// So many there will be, as the server says; none where it does not, or where
        /// they come compressed.
        length: Option<u64>,
    },
    /// All bytes are here, so many.
    Received(u64),
    /// No more bytes come in; the error follows.
    Stopped,
    /// Another try follows after a wait, for this reason.
    Waiting(Duration, String),
}

/// Downloads within a policy.
pub struct Fetcher {
    client: reqwest::blocking::Client,
    policy: Policy,
    limits: Limits,
    robots: RefCell<BTreeMap<String, Rules>>,
    progress: Box<dyn Fn(&Progress)>,
}

impl Fetcher {
    /// A fetcher with this policy and these limits.
    ///
    /// # Errors
    /// [`FetchError::Client`] when TLS cannot be set up.
    pub fn new(
        policy: Policy,
        limits: Limits,
        progress: impl Fn(&Progress) + 'static,
    ) -> Result<Self, FetchError> {
        // Another part of the process may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::blocking::Client::builder()
            .user_agent(policy::USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(limits.connect)
            .build()
            .map_err(|error| FetchError::Client(error::chain(&error)))?;
        Ok(Self {
            client,
            policy,
            limits,
            robots: RefCell::default(),
            progress: Box::new(progress),
        })
    }

    /// Downloads, with retries where a later try may help.
    ///
    /// # Errors
    /// [`FetchError`] with the address, what happened, and what to do.
    pub fn fetch(&self, request: &Request) -> Result<Fetched, FetchError> {
        let first = Instant::now();
        let mut tried = 0;
        loop {
            tried += 1;
            let failure = match self.follow(request, Deadline::of(&self.limits, first)) {
                Ok(fetched) => return Ok(fetched),
                Err(failure) => failure,
            };
            let is_in_time = |wait: &Duration| first.elapsed() + *wait < self.limits.total;
            let wait = failure.wait(tried, &self.limits);
            let Some(wait) = wait.filter(is_in_time) else {
                return Err(failure.error);
            };
            (self.progress)(&Progress::Waiting(wait, failure.error.to_string()));
            (self.limits.sleep)(wait);
        }
    }
}
