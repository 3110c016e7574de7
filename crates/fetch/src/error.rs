//! Why a download failed.

use jiff::civil::Date;
use std::error::Error;

use thiserror::Error;

/// Why a download failed. Each message names the address and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// The client could not be set up.
    #[error("cannot set up the client: {0}")]
    Client(String),
    /// The address may not be asked.
    #[error("{url}: {reason}")]
    Address {
        /// The address.
        url: String,
        /// Why not.
        reason: String,
    },
    /// A redirect leads out of the allowed hosts.
    #[error(
        "{url}: sends us on to {target}, but {reason}; is there a login page or a captive portal in between?"
    )]
    RedirectedAway {
        /// The address that was asked.
        url: String,
        /// Where it sends us.
        target: String,
        /// Why we do not go there.
        reason: String,
    },
    /// Redirects without end.
    #[error("{url}: more than {limit} redirects")]
    TooManyRedirects {
        /// The address that was asked first.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// `robots.txt` asks not to be visited there.
    #[error(
        "{url}: robots.txt asks programs not to read this address; save the page by hand and use `appleports ingest`"
    )]
    Robots {
        /// The address.
        url: String,
    },
    /// The connection failed, was cut off, or took too long.
    #[error("{url}: {reason}")]
    Connection {
        /// The address.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The server answered with an error.
    #[error("{url}: the server answered {status}{hint}")]
    Status {
        /// The address.
        url: String,
        /// The status code with its phrase.
        status: String,
        /// What to do about it; empty, or begins with a semicolon.
        hint: &'static str,
    },
    /// The body is larger than anything that we look for.
    #[error("{url}: more than {limit} bytes; this is not what we look for")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// The server's day is another than ours.
    #[error(
        "{url}: the server's clock says {server}, this computer's {here}; set the clock, then fetch again"
    )]
    Clock {
        /// The address.
        url: String,
        /// The day here.
        here: Date,
        /// The day there.
        server: Date,
    },
    /// The server gives its answer a negative age.
    #[error(
        "{url}: the server claims an age of {age} seconds, and ages cannot be negative; fetch it again later"
    )]
    NegativeAge {
        /// The address.
        url: String,
        /// The age as the server gives it.
        age: String,
    },
    /// The server says that nothing has changed since bytes that it was not told of.
    #[error(
        "{url}: the server answered 304 to an unconditional request, so there is nothing to compare with; fetch it again later"
    )]
    UnconditionalNotModified {
        /// The address.
        url: String,
    },
    /// The body is of another kind.
    #[error("{url}: {reason}; is there a login page or a captive portal in between?")]
    WrongBody {
        /// The address.
        url: String,
        /// What it is.
        reason: String,
    },
}

/// An error with all its causes, which `reqwest` keeps apart.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
