//! What is wrong with what is to be fetched, and with what was.

use appleports_model::{Series, and_list, one_line};
use thiserror::Error;

/// What is wrong with what is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// No server has such a source.
    #[error("{0}: people write this down, so it cannot be fetched")]
    NotOnAServer(Series),
    /// A capture is accepted by another command.
    #[error(
        "--accept is for {}; a capture is accepted with `appleports build --accept REASON`",
        and_list(editions)
    )]
    AcceptedCapture {
        /// The options of the editions that can be accepted.
        editions: Vec<String>,
    },
    /// An edition is accepted for no reason.
    #[error("--accept needs a reason; it is recorded beside the edition")]
    NoReason,
}

/// What is wrong with what was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ResponseError {
    /// The server says that nothing has changed since nothing.
    #[error("{url}: nothing to compare with")]
    NothingToCompare {
        /// The address.
        url: String,
    },
    /// The length of the file is not known.
    #[error(
        "{path}: the server does not mark the end of the file, so the end may be missing; fetch it again"
    )]
    NoLength {
        /// The file that was received.
        path: String,
    },
    /// An edition without a date of its own, and with one of the server's that is none.
    #[error(
        "{url}: the server says that the file was last modified on `{}`, which is no date of HTTP (RFC 9110, section 5.6.7); fetch it again",
        one_line(modified)
    )]
    Modified {
        /// The address.
        url: String,
        /// What it says.
        modified: String,
    },
    /// What the server says counts for browsers, and is not stored with the bytes (HTML, section
    /// 13.2.3.2).
    #[error(
        "{path}: the server says that the page is in {}, and only UTF-8 is read; save the page in a browser and add it with `appleports ingest`",
        one_line(charset)
    )]
    Charset {
        /// The file that was received.
        path: String,
        /// The character set.
        charset: String,
    },
    /// The end of the page is missing.
    #[error(
        "{path}: the page is cut off: it does not end with </html>, or a table in it has no end; fetch it again"
    )]
    CutOff {
        /// The file that was received.
        path: String,
    },
    /// A page for people who sign in.
    #[error("{path}: the page asks for a password")]
    AsksForPassword {
        /// The file that was received.
        path: String,
    },
}
