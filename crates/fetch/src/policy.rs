//! Where a fetcher may go, and how far.

use std::net::IpAddr;

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

    /// Reads an address and judges it: https to an allowed host, or a server of this
    /// computer.
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
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse(
                "the address has a user name or password in it".to_owned(),
            ));
        }
        match url.scheme() {
            "http" | "https" if is_loopback(&url) => Ok(url),
            "https" if self.hosts.iter().any(|allowed| allowed == host) => match url.port() {
                None => Ok(url),
                Some(port) => Err(refuse(format!(
                    "port {port} of `{host}` is not the port of https"
                ))),
            },
            "https" => Err(refuse(format!(
                "`{host}` is not among the allowed hosts ({})",
                self.hosts.join(", ")
            ))),
            scheme => Err(refuse(format!("`{scheme}` is not https"))),
        }
    }

    /// Judges where a page redirects to: as [`Policy::check`], and it neither leaves https
    /// nor leads to a server of this computer. A server of this computer may redirect within
    /// itself alone: the person named it, and no other.
    ///
    /// # Errors
    /// The reason.
    pub(crate) fn check_redirect(&self, from: &Url, target: &str) -> Result<Url, String> {
        let next = self.check(target).map_err(|error| match error {
            FetchError::Address { reason, .. } => reason,
            other => other.to_string(),
        })?;
        if target.len() > MAX_ADDRESS {
            return Err(format!("it has more than {MAX_ADDRESS} characters"));
        }
        if from.scheme() == "https" && next.scheme() != "https" {
            return Err("it leaves https".to_owned());
        }
        if is_loopback(&next) && next.origin() != from.origin() {
            return Err("it leads to a server of this computer".to_owned());
        }
        if is_loopback(from) && next.origin() != from.origin() {
            return Err("it leads away from a server of this computer".to_owned());
        }
        Ok(next)
    }
}

/// The longest address that a redirect may lead to: it is written down beside the page.
const MAX_ADDRESS: usize = 2_000;

/// Whether an address is one of this computer.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_neither_off_https_nor_to_this_computer() {
        let policy = Policy::sources();
        let from = |address: &str, to: &str| {
            let next = policy.check_redirect(&Url::parse(address).unwrap(), to);
            next.map(|url| url.to_string())
        };
        let (apple, local) = ("https://support.apple.com/103229", "http://127.0.0.1:1/");
        assert!(from(apple, "https://support.apple.com/de-de/103229").is_ok());
        assert!(from(local, "http://127.0.0.1:1/x").is_ok());
        for other in [
            "http://127.0.0.1:2/",
            "http://127.0.0.2:1/",
            "http://[::1]:1/",
        ] {
            let refused = from(local, other).unwrap_err();
            assert_eq!(refused, "it leads to a server of this computer", "{other}");
        }
        assert_eq!(
            from(local, apple).unwrap_err(),
            "it leads away from a server of this computer"
        );
        let refused = |to: &str| from(apple, to).unwrap_err();
        assert_eq!(refused("http://localhost/"), "it leaves https");
        assert_eq!(
            refused("https://[::1]/"),
            "it leads to a server of this computer"
        );
        assert_eq!(refused("http://support.apple.com/"), "`http` is not https");
        let long = format!("https://support.apple.com/{}", "x".repeat(2_000));
        assert_eq!(refused(&long), "it has more than 2000 characters");
    }

    #[test]
    fn only_https_to_allowed_hosts_or_loopback() {
        let policy = Policy::sources();
        for good in [
            "https://support.apple.com/de-de/103229",
            "https://support.apple.com:443/de-de/103229",
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
            (
                "https://support.apple.com:8443/",
                "port 8443 of `support.apple.com` is not the port of https",
            ),
            ("file:///etc/passwd", "`file` is not https"),
            ("https://192.168.0.1/", "is not among the allowed hosts"),
            ("support.apple.com", "relative URL"),
        ] {
            let error = policy.check(bad).unwrap_err().to_string();
            assert!(error.contains(expected), "{bad}: {error}");
        }
    }
}
