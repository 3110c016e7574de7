//! Several captures side by side: whether the languages agree.

use std::collections::BTreeMap;

use appleports_model::{
    Finding, Level, Locale, Place, Record, Rule, SourceId, counted, joined, rules,
};

rules! {
    /// The languages disagree because one page has not been brought up to date.
    const LAG: Rule = Rule {
        code: "A030",
        level: Level::Warning,
        short: "translation behind",
        title: "a translation lags behind",
        why: "The page in another language had the value of this one until it was changed; readers of this page see an outdated list.",
        example: "The English page of 2024-01-01 and before had 5900, that of 2024-03-01 has 5900-5902; the German page of 2024-04-01 still has 5900.",
        help: "trust the newer value; build from the other capture with --capture ID",
    };

    /// The languages disagree although their captures are of one time.
    const DISAGREE: Rule = Rule {
        code: "A031",
        level: Level::Warning,
        short: "languages disagree",
        title: "pages of the same day disagree between languages",
        why: "One of the translations has a mistake in a column that needs no translation.",
        example: "`domän` as the service name of port 53 in Swedish, `domain` in English.",
        help: "compare both pages; the registry's verdict shows which value is registered",
    };

    /// A later capture in another language says otherwise. What an earlier one says is history.
    const SINCE: Rule = Rule {
        code: "A032",
        level: Level::Note,
        short: "later edition differs",
        title: "a later capture in another language says otherwise",
        why: "The article has probably changed since this page was captured.",
        example: "The German capture of 2015 and an English one of 2024.",
        help: "capture this language again; `appleports diff` lists the changes one by one",
    };

    /// A table that nobody vouches for.
    const NO_MANIFEST: Rule = Rule {
        code: "A033",
        level: Level::Warning,
        short: "no manifest",
        title: "a file in the sources has no manifest",
        why: "Nothing says when and from what it was made, so nothing is built from it.",
        example: "sources/apple/en-us/2026-10-11/capture.csv without a capture.toml beside it.",
        help: "add the table with `appleports ingest FILE`, with its manifest beside it; or remove it",
    };
}

/// The finding about the table at `path` below the sources folder.
pub fn no_manifest(path: &str) -> Finding {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let message = format!("`{file}` has no manifest beside it and is not used");
    Finding::new(&NO_MANIFEST, folder, 1, message).with([path])
}

/// The records of one stored capture.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// The id of the capture.
    pub id: &'a SourceId,
    /// Its records.
    pub records: &'a [Record],
}

impl Sighting<'_> {
    /// Its locale; every capture has one.
    fn locale(&self) -> &str {
        self.id.locale().map_or("", Locale::as_str)
    }
}

/// Compares what needs no translation (ports, transports, names, RFCs, marks) with the
/// newest capture of each other language.
pub fn compare_languages(page: Sighting<'_>, others: &[Sighting<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut locales: Vec<&str> = others.iter().map(Sighting::locale).collect();
    locales.sort_unstable();
    locales.dedup();
    for locale in locales
        .into_iter()
        .filter(|locale| *locale != page.locale())
    {
        let mut captures: Vec<&Sighting<'_>> = others
            .iter()
            .filter(|other| other.locale() == locale)
            .collect();
        captures.sort_by_key(|capture| capture.id.date());
        if let Some((newest, earlier)) = captures.split_last() {
            compare(page, newest, earlier, &mut findings);
        }
    }
    findings
}

fn compare(
    page: Sighting<'_>,
    other: &Sighting<'_>,
    earlier: &[&Sighting<'_>],
    findings: &mut Vec<Finding>,
) {
    // What differs, and whether an earlier page of the other language agreed with ours.
    let earlier: Vec<(&SourceId, Facts)> = earlier
        .iter()
        .rev()
        .map(|capture| (capture.id, by_id(capture.records)))
        .collect();
    let mut differing = 0;
    for difference in &differences(page.records, other.records) {
        let agreed = earlier.iter().find(|(_, records)| {
            let then = records.get(&difference.id).map(|(facts, _)| facts);
            difference.facts.as_ref() == then
        });
        let message = format!("{} ({})", difference.message(other.id), page.id);
        let at = |rule: &Rule, message: String| {
            let found = Finding::new(rule, &page.id.to_string(), difference.place, message);
            found
                .about(&difference.id)
                .with(difference.values(other.locale()))
        };
        if let Some((agreed, _)) = agreed {
            let message = format!("{message}; {agreed} agreed with this page");
            findings.push(at(&LAG, message));
        } else if page.id.date() == other.id.date() {
            findings.push(at(&DISAGREE, message));
        } else if other.id.date() > page.id.date() {
            differing += 1;
        }
    }
    if differing > 0 {
        let message = format!(
            "{} {} from {}, which is later",
            counted(differing, "record"),
            if differing == 1 { "differs" } else { "differ" },
            other.id,
        );
        findings
            .push(Finding::new(&SINCE, &page.id.to_string(), 1, message).with([other.locale()]));
    }
}

/// One record that two captures do not tell alike.
struct Difference {
    id: String,
    /// The facts of our record; none where we do not have it.
    facts: Option<String>,
    other: Option<String>,
    place: Place,
}

impl Difference {
    /// What tells it apart: the other language, and what each of the two says.
    fn values<'a>(&'a self, locale: &'a str) -> [&'a str; 3] {
        let said = |facts: &'a Option<String>| facts.as_deref().unwrap_or_default();
        [locale, said(&self.facts), said(&self.other)]
    }

    fn message(&self, other: &SourceId) -> String {
        match (&self.facts, &self.other) {
            (Some(facts), Some(theirs)) => {
                format!("`{}`: {facts} here, {theirs} in {other}", self.id)
            }
            (Some(_), None) => format!("`{}` is not in {other}", self.id),
            _ => format!("`{}` is in {other} and not here", self.id),
        }
    }
}

fn differences(records: &[Record], other: &[Record]) -> Vec<Difference> {
    let (records, mut other) = (by_id(records), by_id(other));
    let mut all = Vec::new();
    for (id, (facts, place)) in records {
        let theirs = other.remove(&id).map(|(facts, _)| facts);
        if theirs.as_ref() != Some(&facts) {
            all.push(Difference {
                id,
                facts: Some(facts),
                other: theirs,
                place,
            });
        }
    }
    for (id, (facts, _)) in other {
        all.push(Difference {
            id,
            facts: None,
            other: Some(facts),
            place: Place::from(1),
        });
    }
    all
}

/// The facts and the place of each record, by id.
type Facts = BTreeMap<String, (String, Place)>;

fn by_id(records: &[Record]) -> Facts {
    let pairs = records.iter().map(|record| {
        let value = (facts(record), record.provenance.place());
        (record.id.clone(), value)
    });
    pairs.collect()
}

/// What a record says in any language. Ports, transports and the name stand in its id.
fn facts(record: &Record) -> String {
    let mut facts = vec![if record.rfcs.is_empty() {
        "no RFC".to_owned()
    } else {
        format!("RFC {}", joined(&record.rfcs, " "))
    }];
    if !record.registration.as_str().is_empty() {
        facts.push(record.registration.as_str().to_owned());
    }
    if record.deprecated {
        facts.push("deprecated".to_owned());
    }
    facts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::record;
    use appleports_model::Transport::Tcp;

    fn named(id: &str, rfc: u32) -> Record {
        Record {
            id: id.into(),
            rfcs: vec![rfc],
            ..record("80", &[Tcp], id)
        }
    }

    /// A capture whose id lives as long as the test.
    fn sighting<'a>(id: &str, records: &'a [Record]) -> Sighting<'a> {
        let id: &SourceId = Box::leak(Box::new(id.parse().unwrap()));
        Sighting { id, records }
    }

    fn said(page: Sighting<'_>, others: &[Sighting<'_>]) -> Vec<String> {
        compare_languages(page, others)
            .iter()
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect()
    }

    #[test]
    fn lag_is_told_from_change_and_from_a_wrong_translation() {
        let (then, now, other) = ([named("a", 1)], [named("a", 2)], [named("b", 1)]);
        let before = sighting("apple/en-us/2024-01-01", &then);
        let after = sighting("apple/en-us/2024-03-01", &now);
        let page = sighting("apple/de-de/2024-04-01", &then);
        assert_eq!(
            said(page, &[before, after]),
            [
                "A030: `a`: RFC 1 here, RFC 2 in apple/en-us/2024-03-01 (apple/de-de/2024-04-01); apple/en-us/2024-01-01 agreed with this page"
            ]
        );
        assert_eq!(said(page, &[before]), Vec::<String>::new(), "they agree");
        assert_eq!(
            said(sighting("apple/sv-se/2024-03-01", &other), &[after]),
            [
                "A031: `b` is not in apple/en-us/2024-03-01 (apple/sv-se/2024-03-01)",
                "A031: `a` is in apple/en-us/2024-03-01 and not here (apple/sv-se/2024-03-01)"
            ]
        );
        assert_eq!(
            said(sighting("apple/de-de/2015-10-23", &then), &[after]),
            ["A032: 1 record differs from apple/en-us/2024-03-01, which is later"]
        );
        assert_eq!(
            said(page, &[sighting("apple/en-us/2010-01-01", &now)]),
            Vec::<String>::new(),
            "an earlier page is history"
        );
        // The same language at another time is history, not a disagreement.
        assert_eq!(
            said(page, &[sighting("apple/de-de/2024-01-01", &now)]),
            Vec::<String>::new()
        );
    }
}
