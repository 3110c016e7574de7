//! What a `robots.txt` lets a program read (RFC 9309, section 2.2).

use reqwest::Url;

/// The rules of a file that apply to one program.
pub(crate) struct Robot(robotxt::Robots);

impl Robot {
    /// Reads the rules for the program with this product token.
    pub(crate) fn new(token: &str, bytes: &[u8]) -> Self {
        Self(robotxt::Robots::parse(&records(bytes), token))
    }

    /// Whether the program may read the address. The file itself may always be read.
    pub(crate) fn allowed(&self, url: &Url) -> bool {
        self.0.is_url_allowed(url)
    }
}

/// The lines that section 2.2 defines. Others, `Crawl-delay` for one, must not interfere with them
/// (section 2.2.4), and would end the list of user agents.
fn records(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let defined = lines.filter_map(|line| {
        let (name, value) = line.split_at(line.iter().position(|byte| *byte == b':')?);
        let name = name.trim_ascii().to_ascii_lowercase();
        match &*name {
            b"allow" | b"disallow" => Some(line.to_vec()),
            b"user-agent" => Some([b"user-agent: ", token(value)].concat()),
            _ => None,
        }
    });
    defined.flat_map(|line| [&*line, b"\n"].concat()).collect()
}

/// The product token of `: appleports/0.1`: a version after it is no part of it (section 2.2.1).
fn token(value: &[u8]) -> &[u8] {
    let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
    let is_end = |byte: &u8| matches!(byte, b'/' | b'#') || byte.is_ascii_whitespace();
    value.split(is_end).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allows(file: &str, token: &str, path: &str) -> bool {
        let url = Url::parse(&format!("https://example.com{path}")).unwrap();
        Robot::new(token, file.as_bytes()).allowed(&url)
    }

    /// RFC 9309, section 5.1.
    const SIMPLE: &str = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
        User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
        User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n\
        User-Agent: quxbot\n";

    #[test]
    fn groups_of_the_simple_example() {
        for (token, path, expected) in [
            ("foobot", "/example/page.html", true),
            ("foobot", "/example/allowed.gif", true),
            ("foobot", "/", false),
            ("FooBot", "/example/disallowed.gif", false),
            ("barbot", "/example/page.html", false),
            ("bazbot", "/example/page.html", false),
            ("bazbot", "/example/other.gif", true),
            ("quxbot", "/example/page.html", true),
            ("appleports", "/a.gif", false),
            ("appleports", "/a.gif?b", true),
            ("appleports", "/example/page.html", false),
            ("appleports", "/publications/a", true),
        ] {
            assert_eq!(allows(SIMPLE, token, path), expected, "{token} {path}");
        }
    }

    #[test]
    fn the_longest_match_of_section_5_2() {
        let file =
            "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
        assert!(allows(file, "foobot", "/example/page/"));
        assert!(!allows(file, "foobot", "/example/page/disallowed.gif"));
    }

    #[test]
    fn groups_of_section_2_2_1_are_combined() {
        let file = "user-agent: ExampleBot\ndisallow: /foo\ndisallow: /bar\n\n\
            user-agent: ExampleBot\ndisallow: /baz\n";
        for path in ["/foo", "/bar", "/baz"] {
            assert!(!allows(file, "examplebot", path), "{path}");
        }
    }

    #[test]
    fn escapes_of_section_2_2_2() {
        for (rule, path, matches) in [
            ("/foo/bar?baz=quz", "/foo/bar?baz=quz", true),
            ("/foo/bar/\u{30c4}", "/foo/bar/%E3%83%84", true),
            ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", true),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
            ("/foo/bar/baz", "/foo/Bar/baz", false),
        ] {
            let file = format!("user-agent: *\ndisallow: {rule}\n");
            assert_eq!(!allows(&file, "appleports", path), matches, "{rule} {path}");
        }
    }

    #[test]
    fn a_version_is_no_part_of_a_token() {
        for token in [
            "appleports/0.1",
            "ApplePorts/2.0 (x)",
            "appleports 0.1",
            "appleports # us",
        ] {
            let file = format!("User-agent: {token}\nDisallow: /\n\nUser-agent: *\nAllow: /\n");
            assert!(!allows(&file, "appleports", "/a"), "{token}");
        }
        let other = "User-agent: appleports-x/0.1\nDisallow: /\n";
        assert!(allows(other, "appleports", "/a"));
    }

    #[test]
    fn odd_files() {
        for (file, path, expected) in [
            ("", "/a", true),
            // A rule before the first group is for nobody.
            ("Disallow: /\n", "/a", true),
            (
                "\u{feff}User-agent: *\r\nDisallow: / # all\r\n",
                "/a",
                false,
            ),
            ("User-agent: *\rDisallow: /a", "/a", false),
            ("User-agent: *\nDisallow: /\n", "/robots.txt", true),
            (
                "User-agent: *\nCrawl-delay: 10\nUser-agent: x\nDisallow: /\n",
                "/a",
                false,
            ),
            // A map of the site is no rule and ends no group.
            (
                "User-agent: *\nSitemap: https://example.com/s\nDisallow: /a\n",
                "/a",
                false,
            ),
        ] {
            assert_eq!(
                allows(file, "appleports", path),
                expected,
                "{file:?} {path}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let url = Url::parse("https://example.com/a?b").unwrap();
            Robot::new("appleports", &bytes).allowed(&url);
        }

        /// A plain rule matches the paths that begin with it.
        #[test]
        fn the_longest_match_wins_and_allow_wins_ties(
            rules in prop::collection::vec((any::<bool>(), "/[ab]{0,4}"), 0..8),
            path in "/[ab]{0,5}",
        ) {
            let mut file = "User-agent: *\n".to_owned();
            for (is_allowed, rule) in &rules {
                let word = if *is_allowed { "Allow" } else { "Disallow" };
                file.extend([word, ": ", rule, "\n"]);
            }
            let matching = rules.iter().filter(|(_, rule)| path.starts_with(rule));
            let best = matching.max_by_key(|(is_allowed, rule)| (rule.len(), *is_allowed));
            let expected = best.is_none_or(|(is_allowed, _)| *is_allowed);
            prop_assert_eq!(allows(&file, "appleports", &path), expected);
        }

        /// As a regular expression without backtracking would: the whole of a pattern.
        #[test]
        fn stars_and_ends(pattern in "/[a*]{0,5}[$]?", path in "/[ab]{0,6}") {
            fn matches(pattern: &[u8], path: &[u8]) -> bool {
                match pattern {
                    [] => true,
                    [b'$'] => path.is_empty(),
                    [b'*', rest @ ..] => (0..=path.len()).any(|at| matches(rest, &path[at..])),
                    [first, rest @ ..] => path.first() == Some(first) && matches(rest, &path[1..]),
                }
            }
            let file = format!("User-agent: *\nDisallow: {pattern}\n");
            let expected = !matches(pattern.as_bytes(), path.as_bytes());
            prop_assert_eq!(allows(&file, "appleports", &path), expected);
        }
    }
}
