//! Reading a body within limits, and seeing that it is what was asked for.

use std::io::{ErrorKind, Read};

use reqwest::blocking::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use reqwest::{StatusCode, Version};

use crate::gzip::Members;
use crate::limits::{Deadline, Paced};
use crate::{Expect, FetchError, Fetcher, Progress};

/// What a server may compress with.
pub(crate) const ENCODING: &str = "gzip";

/// A body as it came.
pub(crate) struct Bytes {
    pub(crate) bytes: Vec<u8>,
    /// Whether the server said where it ends.
    pub(crate) has_end: bool,
}

impl Fetcher {
    /// Reads at most the limit, before decompression and after it. The length that the server gives is
    /// for the progress alone; the connection fails where fewer bytes come.
    pub(crate) fn read_body(
        &self,
        url: &str,
        response: Response,
        deadline: Deadline,
    ) -> Result<Bytes, FetchError> {
        let has_end = has_end(&response);
        let length = response.content_length();
        let encoding = encoding(url, response.headers())?;
        let paced = Paced::new(response, self.limits, deadline);
        let read = match encoding {
            Encoding::Plain => self.read_all(url, length, paced),
            Encoding::Gzip => self.read_all(url, None, Members::new(paced)),
        };
        (self.progress)(&match &read {
            Ok(bytes) => Progress::Received(bytes.len() as u64),
            Err(_) => Progress::Stopped,
        });
        Ok(Bytes {
            bytes: read?,
            has_end,
        })
    }

    fn read_all(
        &self,
        url: &str,
        length: Option<u64>,
        mut body: impl Read,
    ) -> Result<Vec<u8>, FetchError> {
        let too_large = || FetchError::TooLarge {
            url: url.to_owned(),
            limit: self.limits.bytes,
        };
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = body.read(&mut chunk).map_err(|error| match error.kind() {
                ErrorKind::FileTooLarge => too_large(),
                _ => FetchError::Connection {
                    url: url.to_owned(),
                    reason: format!(
                        "cut off after {} bytes: {}",
                        bytes.len(),
                        crate::error::chain(&error)
                    ),
                },
            })?;
            if count == 0 {
                break;
            }
            bytes.extend_from_slice(&chunk[..count]);
            let count = bytes.len() as u64;
            if count > self.limits.bytes {
                return Err(too_large());
            }
            (self.progress)(&Progress::Receiving {
                bytes: count,
                length,
            });
        }
        Ok(bytes)
    }
}

enum Encoding {
    Plain,
    Gzip,
}

fn encoding(url: &str, headers: &HeaderMap) -> Result<Encoding, FetchError> {
    let Some(value) = headers.get(CONTENT_ENCODING) else {
        return Ok(Encoding::Plain);
    };
    let name = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    match name.trim() {
        "" | "identity" => Ok(Encoding::Plain),
        ENCODING | "x-gzip" => Ok(Encoding::Gzip),
        other => Err(FetchError::Connection {
            url: url.to_owned(),
            reason: format!("compressed as `{other}`, though {ENCODING} was asked for"),
        }),
    }
}

/// Whether the server says where the body ends (RFC 9112, section 6.3; HTTP/2 always does). A
/// coding of the transfer overrules a length, and only `chunked` as the last one has an end.
fn has_end(response: &Response) -> bool {
    response.status() == StatusCode::NOT_MODIFIED
        || response.version() >= Version::HTTP_2
        || match last_coding(response.headers()) {
            Some(coding) => coding.eq_ignore_ascii_case("chunked"),
            None => response.headers().contains_key(CONTENT_LENGTH),
        }
}

/// The coding of the transfer that was applied last, if there is one.
fn last_coding(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get_all(TRANSFER_ENCODING).iter().next_back()?;
    // What is no text is a coding that nobody knows.
    let codings = value.to_str().unwrap_or_default();
    codings.rsplit(',').next().map(str::trim)
}

/// Refuses a body of another kind: HTML in the place of data, data in the place of
/// a page.
pub(crate) fn judge(
    expect: Expect,
    url: &str,
    media_type: &str,
    bytes: &[u8],
) -> Result<(), FetchError> {
    let refuse = |reason: String| {
        Err(FetchError::WrongBody {
            url: url.to_owned(),
            reason,
        })
    };
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let is_html = start.starts_with("<!doctype html") || start.starts_with("<html");
    if bytes.trim_ascii().is_empty() {
        return refuse("the body is empty".to_owned());
    }
    match expect {
        Expect::Page if !matches!(media_type, "text/html" | "application/xhtml+xml") => {
            refuse(format!("`{media_type}` is not an HTML page"))
        }
        Expect::Data if is_html || media_type == "text/html" => {
            refuse("an HTML page instead of the data".to_owned())
        }
        Expect::Data
            if !(media_type.starts_with("text/")
                || media_type.ends_with("/xml")
                || media_type.ends_with("/csv")
                || media_type == "application/octet-stream") =>
        {
            refuse(format!("`{media_type}` is not the data"))
        }
        _ => Ok(()),
    }
}
