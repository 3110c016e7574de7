//! R008: the title of a cited RFC shares no word with the row.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Bound::{Included, Unbounded};
use std::rc::Rc;

use appleports_model::{CrossCheck, Finding, Level, Record, RfcIndex, Rule, Transport, fold};

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
/// title of which: of more, nobody can say that no word is alike. The longest of the article has under
/// 2,000, and of the RFCs under 300.
const MAX_TEXT: usize = 4_096;
const MAX_TITLE: usize = 512;

/// How many bytes at the start of a word are looked for within another.
const START: usize = 5;

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut known = Known::default();
    for_citations(context, &RULE, |record, number, index| {
        let entry = index.get(number).filter(|entry| !entry.title.is_empty())?;
        if entry.title.len() > MAX_TITLE {
            return None;
        }
        // The citations of a record come one behind the other.
        if known.row.as_ref().is_none_or(|(id, _)| *id != record.id) {
            let texts = known.texts_of(context, record, index);
            known.row = Some((record.id.clone(), texts));
        }
        let texts = known.row.as_ref()?.1.as_ref()?;
        let title = known.titles.entry(number);
        let (title, initials) = title.or_insert_with(|| {
            let title = Words::new(words(&entry.title));
            (title, initials(&entry.title))
        });
        let is_related = texts
            .iter()
            .any(|text| text.is_related(number, title, initials));
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

/// What is looked at again and again: many rows have the same ports, and cite the same RFCs.
#[derive(Default)]
struct Known {
    /// The words of the titles of RFCs, and their initials, by number.
    titles: HashMap<u32, (Words, String)>,
    /// What the registry has for a port and a transport; none where that is too long.
    registered: HashMap<(u16, Option<Transport>), Option<Rc<Text>>>,
    /// The id of the last record, and its texts.
    row: Option<(String, Option<Vec<Rc<Text>>>)>,
}

impl Known {
    /// The row and what the registry has for its ports; none where these are too long to say that no
    /// word is alike.
    fn texts_of(
        &mut self,
        context: &Context<'_>,
        record: &Record,
        index: &RfcIndex,
    ) -> Option<Vec<Rc<Text>>> {
        let own = format!(
            "{} {} {}",
            record.title, record.service_name, record.used_by
        );
        let mut texts = vec![Rc::new(Text::of(&own)?)];
        for check in &record.cross_check {
            let registered = self
                .registered
                .entry((check.ports.first(), check.transport))
                .or_insert_with(|| Text::of(&registered(context, check, index)?).map(Rc::new));
            texts.push(Rc::clone(registered.as_ref()?));
        }
        let length: usize = texts.iter().map(|text| text.length).sum();
        texts.retain(|text| !text.words.whole.is_empty());
        (length <= MAX_TEXT).then_some(texts)
    }
}

/// What the registry has for ports, and the titles of the RFCs that it cites there; none where that is
/// too long.
fn registered(context: &Context<'_>, check: &CrossCheck, index: &RfcIndex) -> Option<String> {
    let mut text = String::new();
    for entry in entries(context, check) {
        for part in [entry.name, entry.description] {
            text.push(' ');
            text.push_str(part);
        }
        if text.len() + entry.reference.len() > MAX_TEXT {
            return None;
        }
        for cited in rfc_numbers(entry.reference).filter_map(|number| index.get(number)) {
            text.push(' ');
            text.push_str(&cited.title);
            if text.len() > MAX_TEXT {
                return None;
            }
        }
    }
    Some(text)
}

/// A text in which words are looked up.
struct Text {
    /// In bytes.
    length: usize,
    words: Words,
    /// Whether an RFC has to do with it, by number: many rows that have it may cite the same ones.
    related: RefCell<HashMap<u32, bool>>,
}

impl Text {
    /// None of a text that is too long.
    fn of(text: &str) -> Option<Self> {
        (text.len() <= MAX_TEXT).then(|| Self {
            length: text.len(),
            words: Words::new(words(text)),
            related: RefCell::default(),
        })
    }

    /// Whether it has a word like one of a title, or the initials of it.
    fn is_related(&self, number: u32, title: &Words, initials: &str) -> bool {
        let mut related = self.related.borrow_mut();
        *related
            .entry(number)
            .or_insert_with(|| self.words.are_like(title) || self.words.whole.contains(initials))
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 && !COMMON.contains(word))
        .map(str::to_owned)
        .collect()
}

/// The words of a text, so that each of another is looked up and not compared with all.
struct Words {
    /// How many bytes they have together.
    length: usize,
    whole: BTreeSet<String>,
    /// The starts of the words, and whatever has their length in them.
    starts: HashSet<[u8; START]>,
    parts: HashSet<[u8; START]>,
}

impl Words {
    fn new(words: Vec<String>) -> Self {
        Self {
            starts: words.iter().filter_map(|word| start(word)).collect(),
            parts: words.iter().flat_map(|word| parts(word)).collect(),
            length: words.iter().map(String::len).sum(),
            whole: words.into_iter().collect(),
        }
    }

    /// Whether one of these words is like one of the others. The shorter ones are looked up.
    fn are_like(&self, other: &Self) -> bool {
        let (few, many) = if self.length < other.length {
            (self, other)
        } else {
            (other, self)
        };
        few.whole.iter().any(|word| many.has_like(word))
    }

    /// Whether one word begins with the other (`ikev2` and `ike`), or holds the first
    /// five letters of the other (`kpasswd` and `password`).
    fn has_like(&self, word: &str) -> bool {
        let from = (Included(word), Unbounded);
        let mut next = self.whole.range::<str, _>(from);
        let is_start = next.next().is_some_and(|other| other.starts_with(word));
        is_start
            || self.has_start_of(word)
            || start(word).is_some_and(|start| self.parts.contains(&start))
            || parts(word).any(|part| self.starts.contains(&part))
    }

    /// Whether a word begins with one of these: with the one before it in their order, or with one that
    /// is no longer than what these two have in common.
    fn has_start_of(&self, word: &str) -> bool {
        let mut start = word;
        while !start.is_empty() {
            let until = (Unbounded, Included(start));
            let Some(before) = self.whole.range::<str, _>(until).next_back() else {
                return false;
            };
            if start.starts_with(before.as_str()) {
                return true;
            }
            let both = before.bytes().zip(start.bytes());
            let common = both.take_while(|(one, other)| one == other).count();
            start = &start[..start.floor_char_boundary(common)];
        }
        false
    }
}

/// The start of a word, if it has so many bytes and a letter ends there.
fn start(word: &str) -> Option<[u8; START]> {
    word.get(..START)?.as_bytes().try_into().ok()
}

fn parts(word: &str) -> impl Iterator<Item = [u8; START]> {
    let parts = word.as_bytes().windows(START);
    parts.filter_map(|part| part.try_into().ok())
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
    use super::{Words, run};
    use crate::Context;
    use crate::testing::{citing, context, cross_checked, record, registry};

    /// Whether one word begins with the other, or holds the first five letters of the other.
    fn is_alike(word: &str, other: &str) -> bool {
        let holds =
            |long: &str, short: &str| short.get(..5).is_some_and(|start| long.contains(start));
        word.starts_with(other)
            || other.starts_with(word)
            || holds(word, other)
            || holds(other, word)
    }

    #[test]
    fn a_word_is_looked_up_as_it_is_compared() {
        let letters = ["a", "b", "ü"];
        let mut words: Vec<String> = vec![String::new()];
        for at in 0.. {
            if words[at].chars().count() == 7 {
                break;
            }
            words.extend(letters.map(|letter| format!("{}{letter}", words[at])));
        }
        words.retain(|word| word.chars().count() > 2);
        for (at, word) in words.iter().enumerate().step_by(7) {
            for other in words.iter().skip(at % 5).step_by(5) {
                let row_words = Words::new(vec![other.clone()]);
                assert_eq!(
                    row_words.has_like(word),
                    is_alike(word, other),
                    "{word} {other}"
                );
            }
        }
    }

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
