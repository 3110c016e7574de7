//! Finding products by what people call them.

use crate::Service;
use crate::table::{KEYS, PRODUCTS, SERVICES};

/// An app, a service or a feature that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Product {
    /// The canonical name, in English, as in [`Service::products`].
    pub name: &'static str,
    /// What else it is called, in any language; former names and acronyms among them.
    pub spellings: &'static [&'static str],
}

impl Product {
    /// The rows that the product uses, in the order of [`services`](crate::services); none for
    /// one that the article no longer names.
    pub fn services(&self) -> impl Iterator<Item = &'static Service> {
        let name = self.name;
        SERVICES
            .iter()
            .filter(move |row| row.products.contains(&name))
    }
}

/// All products, by name.
pub fn products() -> &'static [Product] {
    PRODUCTS
}

/// The product that a text names: by any of its spellings, with or without their accents,
/// whatever the case, spaces and punctuation, also with brackets behind it (`Siri (iOS)`). A text that could mean two
/// products means none.
///
/// No I/O, no allocation: a binary search.
///
/// ```
/// let apns = appleports::product("APNs").unwrap();
/// assert_eq!(apns.name, "Apple Push Notification service");
/// assert!(apns.services().any(|row| row.contains(5223)));
/// assert_eq!(appleports::product("face time"), appleports::product("FaceTime"));
/// assert_eq!(appleports::product("nonsense"), None);
/// ```
pub fn product(text: &str) -> Option<&'static Product> {
    called(text).or_else(|| {
        let text = text.trim_end().strip_suffix([')', '）'])?;
        let (before, within) = text.split_once(['(', '（'])?;
        (!within.contains(['(', '（', ')', '）']))
            .then(|| called(before))
            .flatten()
    })
}

fn called(text: &str) -> Option<&'static Product> {
    let at = KEYS
        .binary_search_by(|(key, _)| key.chars().cmp(letters(text)))
        .ok()?;
    let (_, product) = KEYS.get(at)?;
    PRODUCTS.get(usize::from(*product))
}

/// Letters and digits in lower case, full-width ones as others, `ss` for `ß`. Accents that are
/// characters of their own are left out; for those that are not, the keys have both forms.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    let plain = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    });
    let alone = plain.filter(|c| c.is_alphanumeric());
    alone.flat_map(|c| {
        let is_sharp = c == 'ß';
        let own = if is_sharp { 's' } else { c };
        own.to_lowercase().chain(is_sharp.then_some('s'))
    })
}
