//! What the tests of notations share.

use crate::read::read;

/// The notation that a text is found to be in, and its entries: `80/tcp@1:5`.
pub(crate) fn shown(text: &str) -> (&'static str, Vec<String>) {
    let list = read(text.as_bytes(), None).unwrap();
    // Every line has its account, and every entry is in one.
    assert_eq!(list.account.len(), text.split_inclusive('\n').count());
    let accounted: u32 = list.account.iter().map(|account| account.entries).sum();
    assert_eq!(accounted as usize, list.entries.len());
    let entries = list.entries.iter().map(|entry| {
        let ports = entry.ports.map_or_else(
            || format!("{}!{}", entry.numbers.0, entry.numbers.1),
            |ports| ports.to_string(),
        );
        format!(
            "{ports}/{}@{}:{}",
            entry.transports, entry.line, entry.column
        )
    });
    (list.notation.name, entries.collect())
}

/// The entries of a text without their places: `80/tcp 53/udp`.
pub(crate) fn ports(text: &str) -> String {
    let entries = shown(text).1;
    let all = entries.iter().filter_map(|entry| entry.split('@').next());
    all.collect::<Vec<&str>>().join(" ")
}

/// What is reported as not read: `1:5 why`.
pub(crate) fn unread(text: &str) -> Vec<String> {
    let list = read(text.as_bytes(), None).unwrap();
    // Which names are those of services, the article knows.
    let all = list.unread.iter().filter(|part| part.name.is_none());
    all.map(|part| format!("{}:{} {}", part.line, part.column, part.reason))
        .collect()
}
