//! R008: the title of a cited RFC shares no word with the row.

use appleports_model::{Finding, Level, Record, RfcIndex, Rule, fold};

use super::{Context, entries, for_citations, rfc_numbers, subject};

pub(super) const RULE: Rule = Rule {
    code: "R008",
    level: Level::Note,
    short: "RFC off topic?",
    title: "the title of a cited RFC shares no word with the row",
    why: "A number with a wrong digit leads to a document about something else.",
    example: "mdns with RFC 3927, Dynamic Configuration of IPv4 Link-Local Addresses.",
    help: "read the RFC's summary; if it is the wrong one, add a correction to sources/corrections.toml",
};

/// Words that say nothing about the subject of a protocol.
const COMMON: [&str; 22] = [
    "and",
    "for",
    "the",
    "with",
    "from",
    "over",
    "protocol",
    "protocols",
    "protokoll",
    "version",
    "internet",
    "network",
    "service",
    "services",
    "server",
    "information",
    "specification",
    "standard",
    "extensions",
    "using",
    "its",
    "user",
];

/// The longest text of a row and its ports, in bytes, in which a word is looked for, and the longest
/// title of which: each word is compared with each. The longest of the article has under 2,000, and of
/// the RFCs under 300.
const MAX_TEXT: usize = 4_096;
const MAX_TITLE: usize = 512;

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_citations(context, &RULE, |record, number, index| {
        let entry = index.get(number).filter(|entry| !entry.title.is_empty())?;
        if entry.title.len() > MAX_TITLE {
            return None;
        }
        let row_words = words_of(context, record, index)?;
        let title = words(&entry.title);
        let is_related = title
            .iter()
            .any(|word| row_words.iter().any(|other| is_alike(word, other)))
            || row_words.contains(&initials(&entry.title));
        (!is_related).then(|| {
            format!(
                "RFC {number} for {} is `{}`, which shares no word with the row ({} line {})",
                subject(record),
                entry.title,
                index.edition,
                entry.line
            )
        })
    })
}

/// The words of the row, of what the registry has for its ports, and of the RFCs
/// that the registry cites there; none where these are too many to say that none is alike.
fn words_of(context: &Context<'_>, record: &Record, index: &RfcIndex) -> Option<Vec<String>> {
    let mut text = format!(
        "{} {} {}",
        record.title, record.service_name, record.used_by
    );
    for check in &record.cross_check {
        for entry in entries(context, check) {
            text.push(' ');
            text.push_str(entry.name);
            text.push(' ');
            text.push_str(entry.description);
            if text.len() + entry.reference.len() > MAX_TEXT {
                return None;
            }
            for cited in rfc_numbers(entry.reference)
                .iter()
                .filter_map(|number| index.get(*number))
            {
                text.push(' ');
                text.push_str(&cited.title);
            }
        }
    }
    (text.len() <= MAX_TEXT).then(|| words(&text))
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !COMMON.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether one word begins with the other (`ikev2` and `ike`), or holds the first
/// five letters of the other (`kpasswd` and `password`).
fn is_alike(word: &str, other: &str) -> bool {
    let holds = |long: &str, short: &str| short.get(..5).is_some_and(|start| long.contains(start));
    word.starts_with(other) || other.starts_with(word) || holds(word, other) || holds(other, word)
}

/// `ldap` of "Lightweight Directory Access Protocol".
fn initials(title: &str) -> String {
    let capitals = title
        .split_whitespace()
        .filter_map(|word| word.chars().next().filter(|c| c.is_uppercase()));
    capitals.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use appleports_model::Transport::Tcp;
    use appleports_model::{Record, RfcEntry, RfcIndex};

    use super::super::testing::{cited, index};
    use super::run;
    use crate::Context;
    use crate::testing::{citing, context, cross_checked, record, registry};

    #[test]
    fn of_more_words_than_anybody_reads_nothing_is_said() {
        for (length, count) in [(super::MAX_TITLE, 1), (super::MAX_TITLE + 1, 0)] {
            let entry = RfcEntry {
                title: "x".repeat(length),
                ..index(true).get(301).unwrap().clone()
            };
            let index = RfcIndex::new("rfc/2024-08-26", true, [entry], []);
            let said = cited(run, 301, &index, "2015-10-23");
            assert_eq!(said.len(), count, "{length}");
        }
        for (length, count) in [(super::MAX_TEXT - 20, 1), (super::MAX_TEXT + 1, 0)] {
            let row = Record {
                used_by: "x".repeat(length),
                ..record("7", &[Tcp], "kermit")
            };
            let registry = registry(vec![]);
            let records = cross_checked([citing(301, row)], &registry);
            let context = Context {
                rfcs: Some(&index(true)),
                ..context(&records, &registry)
            };
            assert_eq!(run(&context).len(), count, "{length}");
        }
    }

    #[test]
    fn just_this_number_is_reported() {
        let index = index(true);
        assert_eq!(
            cited(run, 301, &index, "2015-10-23"),
            [
                "13: RFC 301 for `kermit` is `Host Table`, which shares no word with the row (rfc/2024-08-26 line 3010)"
            ]
        );
        for other in [150, 250, 302, 100] {
            assert_eq!(
                cited(run, other, &index, "2015-10-23"),
                Vec::<String>::new()
            );
        }
    }
}
