//! Names in addresses.

/// The text as part of an address: lower-case, with one `-` for every run of characters other
/// than `a-z0-9`. Different texts can have the same slug; whoever writes files by slug must
/// refuse that.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_has_letters_digits_and_single_hyphens() {
        for (text, expected) in [
            ("FaceTime", "facetime"),
            ("Back to My Mac", "back-to-my-mac"),
            ("Wi-Fi Calling", "wi-fi-calling"),
            ("  AirPlay (2) — neu ", "airplay-2-neu"),
            ("../../etc", "etc"),
            ("日本", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }
}
