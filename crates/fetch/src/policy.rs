//! Where a fetcher may go, and how far.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use crate::FetchError;

/// How we name ourselves, honestly.
pub(crate) const USER_AGENT: &str = concat!(
    "appleports/",
    env!("CARGO_PKG_VERSION"),
    " (+",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// The product token that `robots.txt` may address.
pub(crate) const ROBOTS_TOKEN: &str = "appleports";

/// Which hosts may be asked.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The names of the hosts, in lower case.
    pub hosts: Vec<String>,
}

impl Policy {
    /// Apple's support pages, IANA and the RFC Editor.
    pub fn sources() -> Self {
        let hosts = [
            "support.apple.com",
            "www.iana.org",
            "data.iana.org",
            "www.rfc-editor.org",
        ];
        Self {
            hosts: hosts.map(str::to_owned).to_vec(),
        }
    }

    /// Reads an address and judges it: https to an allowed host, or http to a
    /// loopback address.
    ///
    /// # Errors
    /// [`FetchError::Address`] with the reason.
    pub fn check(&self, address: &str) -> Result<Url, FetchError> {
        let refuse = |reason: String| FetchError::Address {
            url: address.to_owned(),
            reason,
        };
        let url = Url::parse(address).map_err(|error| refuse(error.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let is_loopback =
            bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse(
                "the address has a user name or password in it".to_owned(),
            ));
        }
        match url.scheme() {
            "http" | "https" if is_loopback => Ok(url),
            "https" if self.hosts.iter().any(|allowed| allowed == host) => Ok(url),
            "https" => Err(refuse(format!(
                "`{host}` is not among the allowed hosts ({})",
                self.hosts.join(", ")
            ))),
            scheme => Err(refuse(format!("`{scheme}` is not https"))),
        }
    }
}

/// How long and how much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To make a connection.
    pub connect: Duration,
    /// For a whole exchange, body included.
    pub total: Duration,
    /// The largest body, decompressed, in bytes.
    pub bytes: u64,
    /// How many redirects are followed.
    pub redirects: usize,
    /// How often a request is tried.
    pub tries: u32,
    /// The longest wait that a server may ask for.
    pub longest_wait: Duration,
    /// How to wait.
    pub sleep: fn(Duration),
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            total: Duration::from_mins(2),
            bytes: 32 * 1024 * 1024,
            redirects: 5,
            tries: 4,
            longest_wait: Duration::from_mins(2),
            sleep: std::thread::sleep,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_allowed_hosts_or_loopback() {
        let policy = Policy::sources();
        for good in [
            "https://support.apple.com/de-de/103229",
            "http://127.0.0.1:8080/x",
            "http://[::1]/",
            "http://localhost:1/",
        ] {
            assert!(policy.check(good).is_ok(), "{good}");
        }
        for (bad, expected) in [
            ("http://support.apple.com/", "`http` is not https"),
            (
                "https://support.apple.com.evil.example/",
                "is not among the allowed hosts",
            ),
            (
                "https://evil.example/support.apple.com",
                "is not among the allowed hosts",
            ),
            ("https://support.apple.com@evil.example/", "user name"),
            ("file:///etc/passwd", "`file` is not https"),
            ("https://192.168.0.1/", "is not among the allowed hosts"),
            ("support.apple.com", "relative URL"),
        ] {
            let error = policy.check(bad).unwrap_err().to_string();
            assert!(error.contains(expected), "{bad}: {error}");
        }
    }
}
