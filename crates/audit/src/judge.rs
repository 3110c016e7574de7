//! A list and the article to findings, each with what to write instead.

mod coverage;
mod edit;
mod found;
mod mentions;
mod names;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use appleports_model::{Finding, PortRange, PortSet, Transport, message};

use crate::article::{Article, Row, beginning_in, covers};
use crate::list::{Entry, List};
use crate::rules;
use crate::transports::Transports;
pub(crate) use coverage::Coverage;
pub use edit::Edit;
pub(crate) use edit::{
    add_transport, append, is_key, remove, remove_line, replaced, rewritten, slots, with_transport,
};
pub(crate) use found::Found;
use mentions::Mentions;
pub(crate) use names::Names;

/// How many entries are too few for a file of a system.
const MAX_FEW: usize = 2;

/// The most findings of one rule that are listed; the others are counted in one more.
pub(crate) const MAX_PER_RULE: usize = 100;

/// A finding, and what to write instead where that is certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The finding.
    pub finding: Finding,
    /// The correction.
    pub edit: Option<Edit>,
    /// How many findings it stands for: more than one where the others are only counted.
    pub count: usize,
}

/// How much of the article a list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many of the chosen ports it has, each transport by itself.
    pub covered: u32,
    /// How many there are.
    pub asked: u32,
    /// How many of the others names in the list may stand for.
    pub unknown: u32,
    /// How many rows of the article lack a port in it.
    pub missing: usize,
    /// How many entries are damaged, or reduced.
    pub damaged: usize,
    /// How many other findings there are.
    pub other: usize,
    /// How many of its entries are for other transports than the audit, and were not compared.
    pub skipped: usize,
}

/// What is said of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The findings by place; of very many of a kind, the first, and one with the number of the others.
    pub findings: Vec<Suggested>,
    /// The corrections, also those of findings that are only counted.
    pub edits: Vec<Edit>,
    /// How much of the article it has.
    pub score: Score,
}

/// A row that is not wholly in the list, with its numbers as text.
pub(crate) struct Uncovered<'a> {
    pub(crate) row: Row<'a>,
    /// Its ports, or those of rows that touch each other.
    pub(crate) ports: PortRange,
    pub(crate) first: String,
    pub(crate) last: String,
}

/// Everything that a rule may look at.
pub(crate) struct Context<'a> {
    pub(crate) article: &'a Article<'a>,
    pub(crate) list: &'a List,
    pub(crate) text: &'a str,
    /// The chosen rows that the entries that need no explanation do not cover.
    pub(crate) uncovered: Vec<Uncovered<'a>>,
    /// Whether some entries have a transport.
    pub(crate) has_transports: bool,
    /// Whether a line of a list without transports says which one all entries have.
    pub(crate) has_protocol_line: bool,
    /// How often an entry is for another thing than the one before it.
    pub(crate) scope_changes: usize,
    /// Whether at least half of the entries are right: a list for these rows, and no file of a
    /// system with services of every kind, in which another port is no slip.
    pub(crate) is_mostly_right: bool,
    /// The ports of the right entries of each group, scope and set of transports.
    right: BTreeMap<(usize, usize, Transports), PortSet>,
    /// The chosen ports by the set of transports.
    allowed: BTreeMap<Transports, PortSet>,
    /// Where ports are first, and whether they are in another place too.
    places: HashMap<PortRange, (Range<usize>, bool)>,
    /// What names in the list stand for.
    pub(crate) names: Names,
    /// Where numbers of these rows are in lines that were left alone.
    pub(crate) mentions: Mentions,
}

impl<'a> Context<'a> {
    /// The chosen ports for entries of these transports.
    pub(crate) fn allowed(&self, transports: Transports) -> &PortSet {
        &self.allowed[&transports]
    }

    /// The ports that right entries beside this one have: in its expression, for the same thing and for
    /// its transports.
    pub(crate) fn right_ports(&self, entry: &Entry) -> Option<&PortSet> {
        self.right
            .get(&(entry.group, entry.scope, entry.transports))
    }

    /// Whether an entry that stands for the same thing as this one is right, whatever its transports.
    pub(crate) fn is_beside_right(&self, entry: &Entry) -> bool {
        let from = (entry.group, entry.scope, Transports::NONE);
        let beside = self.right.range(from..).next();
        beside.is_some_and(|((group, scope, _), _)| (*group, *scope) == (entry.group, entry.scope))
    }

    /// Whether the same ports are written in another place too.
    pub(crate) fn is_elsewhere(&self, ports: PortRange) -> bool {
        self.places.get(&ports).is_some_and(|(_, again)| *again)
    }

    /// The chosen rows that the list has to have.
    pub(crate) fn expected(&self) -> impl Iterator<Item = &'a Row<'a>> {
        self.expected_of(&self.article.rows)
    }

    /// Those that begin in a range.
    pub(crate) fn expected_in(&self, range: PortRange) -> impl Iterator<Item = &'a Row<'a>> {
        self.expected_of(beginning_in(&self.article.rows, range))
    }

    fn expected_of(&self, rows: &'a [Row<'a>]) -> impl Iterator<Item = &'a Row<'a>> + use<'a> {
        let is_names = self.list.is_names;
        rows.iter().filter(move |row| !is_names || row.has_name())
    }
}

/// Compares a list, read from `text`, with the article. `path` names it in the findings.
pub fn judge(path: &str, text: &str, list: &List, article: &Article<'_>) -> Judged {
    let mut allowed = BTreeMap::new();
    let mut right = Coverage::default();
    let mut right_ranges: BTreeMap<_, Vec<PortRange>> = BTreeMap::new();
    let mut right_entries = 0;
    let mut places: HashMap<PortRange, (Range<usize>, bool)> = HashMap::new();
    for entry in &list.entries {
        if let Some(ports) = entry.ports {
            let (first, again) = places
                .entry(ports)
                .or_insert_with(|| (entry.span.clone(), false));
            *again |= *first != entry.span;
        }
        let of_audit = article.of_audit(entry.transports);
        let transports = of_audit.unwrap_or(entry.transports);
        let allowed = allowed
            .entry(transports)
            .or_insert_with(|| article.any(transports));
        if let Some(ports) = entry.ports
            && of_audit.is_some()
            && entry.oddity.is_none()
            && !entry.is_misspelt
            && covers(allowed, ports)
        {
            right.add(ports, transports);
            let key = (entry.group, entry.scope, entry.transports);
            right_ranges.entry(key).or_default().push(ports);
            right_entries += 1;
        }
    }
    let names = Names::new(list, article);
    names.add_known(&mut right);
    right.settle();
    let mut entries = list.entries.iter();
    let has_transports = entries.any(|entry| !entry.transports.is_empty());
    let mut context = Context {
        article,
        list,
        text,
        uncovered: Vec::new(),
        is_mostly_right: right_entries * 2 >= list.entries.len() || list.entries.len() <= MAX_FEW,
        has_transports,
        has_protocol_line: !has_transports && text.lines().any(is_protocol),
        scope_changes: {
            let pairs = list.entries.windows(2);
            pairs.filter(|two| two[0].scope != two[1].scope).count()
        },
        right: right_ranges
            .into_iter()
            .map(|(key, ranges)| (key, ranges.into_iter().collect()))
            .collect(),
        allowed,
        places,
        names,
        mentions: Mentions::default(),
    };
    context.uncovered = uncovered(&context, &right);
    context.mentions = Mentions::new(text, list, &context.uncovered);
    let mut found = Vec::new();
    let (intended, as_written) = rules::entries(&context, &mut found);
    rules::rows(&context, &intended, &as_written, &mut found);
    let mut score = score(&context, &as_written);
    let is_skipped = |entry: &&Entry| article.of_audit(entry.transports).is_none();
    score.skipped = list.entries.iter().filter(is_skipped).count();
    for finding in &found {
        match finding.rule.code {
            code if code == rules::MISSING => score.missing += finding.count,
            code if rules::DAMAGE.contains(&code) => score.damaged += finding.count,
            _ => score.other += finding.count,
        }
    }
    for finding in &mut found {
        let is_taken = |edit: &Edit| edit::is_taken(text, list, edit);
        finding.edit = finding.edit.take().filter(is_taken);
    }
    let edits: Vec<Option<&Edit>> = found.iter().map(|found| found.edit.as_ref()).collect();
    let joined = edit::joined(text, &edits);
    for at in edit::misled(list, &edits).into_iter().chain(joined) {
        found[at].edit = None;
    }
    found.sort_by_key(|finding| (finding.line, finding.column, finding.rule.code));
    Judged {
        edits: found
            .iter()
            .filter_map(|finding| finding.edit.clone())
            .collect(),
        findings: bounded(path, found),
        score,
    }
}

/// Whether a line says which transport others are for: `protocol = tcp`.
fn is_protocol(line: &str) -> bool {
    let (key, value) = line.split_once(['=', ':']).unwrap_or((line, ""));
    let key = key.trim().trim_matches(['"', '\'']);
    let is_key = ["protocol", "proto"]
        .iter()
        .any(|name| key.eq_ignore_ascii_case(name));
    is_key && !value.trim().is_empty()
}

/// The rows, and those that touch each other as one, that the right entries do not cover.
fn uncovered<'a>(context: &Context<'a>, right: &Coverage) -> Vec<Uncovered<'a>> {
    let one = |row: &Row<'a>, ports: PortRange| Uncovered {
        row: *row,
        ports,
        first: ports.first().to_string(),
        last: ports.last().to_string(),
    };
    // A service may be named differently from the registry: its port is the article's all the same.
    let is_uncovered = |row: &&Row<'_>| !right.has(row, context.list.is_names);
    let rows = context.article.rows.iter().filter(is_uncovered);
    let rows: Vec<Row<'a>> = rows.copied().collect();
    let mut all: Vec<Uncovered<'a>> = rows.iter().map(|row| one(row, row.ports)).collect();
    for transport in Transport::ALL {
        for ports in context.article.asked(transport).ranges() {
            let within = beginning_in(&rows, *ports);
            let mut of_transport = within.iter();
            if let Some(row) = of_transport.find(|row| row.transport == Some(transport))
                && within.iter().all(|row| row.ports != *ports)
            {
                all.push(one(row, *ports));
            }
        }
    }
    all
}

fn score(context: &Context<'_>, as_written: &Coverage) -> Score {
    let mut score = Score::default();
    let mut possible = Coverage::default();
    context.names.add_possible(&mut possible);
    possible.settle();
    for transport in Transport::ALL {
        let rows = context
            .expected()
            .filter(|row| row.transport == Some(transport));
        let asked: PortSet = rows.map(|row| row.for_list(context.list)).collect();
        score.asked += asked.count();
        let lacking = asked.difference(as_written.of(transport));
        score.covered += asked.count() - lacking.count();
        score.unknown += lacking.count() - lacking.difference(possible.of(transport)).count();
    }
    score
}

/// The findings by place, no more of a rule than anybody reads.
fn bounded(path: &str, found: Vec<Found>) -> Vec<Suggested> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut last = BTreeMap::new();
    let mut findings = Vec::new();
    for finding in found {
        let count = counts.entry(finding.rule.code).or_default();
        *count += finding.count;
        if *count <= MAX_PER_RULE {
            findings.push(finding.suggested(path));
        } else {
            last.insert(finding.rule.code, (finding.rule, finding.line));
        }
    }
    for (code, (rule, line)) in last {
        let more = counts[code] - MAX_PER_RULE;
        let message = if line > 0 {
            message!("{} more of this kind, up to this line", more)
        } else {
            message!("{} more of this kind", more)
        };
        findings.push(Suggested {
            finding: Finding::new(rule, path, line, message),
            edit: None,
            count: more,
        });
    }
    findings
}
