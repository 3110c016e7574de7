//! Which addresses may become links: a manifest may come from a stranger.

use super::SourceInfo;

/// The hosts of those who publish our sources.
pub const PUBLISHERS: [&str; 3] = ["support.apple.com", "www.iana.org", "www.rfc-editor.org"];

/// Whether an address leads to one of those who publish our sources, over https, and has nothing in
/// it that could be anything else.
pub fn is_publishers(url: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/?=&%".contains(&byte);
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    PUBLISHERS.iter().any(|host| {
        let path = rest.strip_prefix(host);
        path.is_some_and(|path| path.starts_with('/') && path.bytes().all(is_plain))
    })
}

impl SourceInfo {
    /// The address, if it may become a link; it is plain text otherwise.
    pub fn link(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| is_publishers(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_addresses_of_publishers_are_links() {
        for good in [
            "https://support.apple.com/en-us/103229",
            "https://www.iana.org/assignments/x.csv?a=1",
            "https://www.rfc-editor.org/rfc-index.txt",
        ] {
            assert!(is_publishers(good), "{good}");
        }
        for bad in [
            "http://support.apple.com/en-us/103229",
            "https://support.apple.com",
            "https://support.apple.com.evil.example/103229",
            "https://support.apple.com@evil.example/103229",
            "https://support.apple.com:8443/103229",
            "https://evil.example/https://support.apple.com/103229",
            "https://web.archive.org/web/2015/https://support.apple.com/103229",
            "https://support.apple.com/\"><script>",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!is_publishers(bad), "{bad}");
        }
    }
}
