//! Reading a body with a limit, and seeing that it is what was asked for.

use std::io::Read;

use crate::{Expect, FetchError, Fetcher, Progress};

impl Fetcher {
    /// Reads at most the limit, counted after decompression. The `length` that the server
    /// says is for the progress alone.
    pub(crate) fn read_body(
        &self,
        url: &str,
        length: Option<u64>,
        mut body: impl Read,
    ) -> Result<Vec<u8>, FetchError> {
        let read = self.read_all(url, length, &mut body);
        (self.progress)(&match &read {
            Ok(bytes) => Progress::Received(bytes.len() as u64),
            Err(_) => Progress::Stopped,
        });
        read
    }

    fn read_all(
        &self,
        url: &str,
        length: Option<u64>,
        body: &mut impl Read,
    ) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = body
                .read(&mut chunk)
                .map_err(|error| FetchError::Connection {
                    url: url.to_owned(),
                    reason: format!(
                        "cut off after {} bytes: {}",
                        bytes.len(),
                        crate::error::chain(&error)
                    ),
                })?;
            if count == 0 {
                break;
            }
            bytes.extend_from_slice(&chunk[..count]);
            let count = bytes.len() as u64;
            if count > self.limits.bytes {
                return Err(FetchError::TooLarge {
                    url: url.to_owned(),
                    limit: self.limits.bytes,
                });
            }
            (self.progress)(&Progress::Receiving {
                bytes: count,
                length,
            });
        }
        Ok(bytes)
    }
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
