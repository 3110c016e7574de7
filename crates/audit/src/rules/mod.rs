//! What may be wrong with a list (L): a file for each rule with its tests.
//!
//! An entry has one explanation, the most specific: the rules are asked in the order of
//! [`EXPLANATIONS`], and the first answer is it.

#[cfg(test)]
mod corrections;
mod dash;
mod digits;
mod footnote;
mod joined;
mod merged;
mod missing;
mod no_range;
mod not_listed;
mod overlap;
mod reduced;
mod script;
#[cfg(test)]
pub(crate) mod testing;
mod thousands;
mod too_wide;
mod transport_missing;
mod transport_misspelt;
mod transport_more;
mod transport_wrong;
mod unread;

use std::ops::Range;

use appleports_model::{Message, PortRange, Rule, Transport};

use crate::article::covers;
use crate::judge::{Context, Coverage, Found, rewritten, slots};
use crate::list::Entry;
use crate::transports::Transports;

/// Every rule, in the order of their codes.
pub static RULES: &[&Rule] = &[
    &missing::RULE,
    &not_listed::RULE,
    &too_wide::RULE,
    &reduced::RULE,
    &digits::RULE,
    &dash::RULE,
    &script::RULE,
    &footnote::RULE,
    &thousands::RULE,
    &transport_wrong::RULE,
    &transport_missing::RULE,
    &transport_more::RULE,
    &merged::RULE,
    &overlap::RULE,
    &no_range::RULE,
    &transport_misspelt::RULE,
    &unread::RULE,
];

/// The code of what is missing.
pub(crate) const MISSING: &str = missing::RULE.code;

/// The codes of copy damage.
pub(crate) const DAMAGE: [&str; 8] = [
    reduced::RULE.code,
    digits::RULE.code,
    dash::RULE.code,
    script::RULE.code,
    footnote::RULE.code,
    thousands::RULE.code,
    no_range::RULE.code,
    transport_misspelt::RULE.code,
];

/// An entry with what the article has for it.
pub(crate) struct Case<'a> {
    pub(crate) at: usize,
    pub(crate) entry: &'a Entry,
    /// The transports that the audit is about.
    pub(crate) transports: Transports,
    /// Whether rows ask for all of its ports.
    pub(crate) is_right: bool,
}

impl Case<'_> {
    /// The ports, where the numbers make a range.
    pub(crate) fn ports(&self) -> Option<PortRange> {
        self.entry.ports
    }

    /// Whether a row may be meant that the article gives this transport, or none.
    fn may_be(&self, transport: Option<Transport>) -> bool {
        self.transports.is_empty() || transport.is_none_or(|given| self.transports.has(given))
    }
}

/// An entry that has the right ports in an odd way of writing: they are what it is meant to have,
/// and it is corrected by writing them anew.
fn oddly_written(
    context: &Context<'_>,
    case: &Case<'_>,
    rule: &'static Rule,
    (ports, message): (PortRange, Message),
) -> Found {
    let place = faulty_end(context, case.entry, ports);
    let found = Found::at(rule, case.entry, message)
        .pointing_at(context.text, case.entry, &place)
        .edit(rewritten(context.text, context.list, case.entry, &[ports]))
        .claim(ports, case.transports);
    match two_keys(context, case.entry, ports) {
        Some(help) => found.help(help),
        None => found,
    }
}

/// Where an entry is wrong that is meant to have these ports: its last port, where that has a cell
/// of its own and the first one is right.
fn faulty_end(context: &Context<'_>, entry: &Entry, ports: PortRange) -> Range<usize> {
    let first = context.text[entry.span.clone()].trim_matches(['"', '\'']);
    let is_right = first == ports.first().to_string();
    let last = entry.last_span.clone().filter(|_| is_right);
    last.unwrap_or_else(|| entry.span.clone())
}

/// How a range is written by hand where the place takes one port: the ends have a key each.
fn two_keys(context: &Context<'_>, entry: &Entry, ports: PortRange) -> Option<String> {
    let group = &context.list.groups[entry.group];
    let is_too_much = slots(ports) > group.slots && entry.last_span.is_none();
    let (first, last) = (ports.first(), ports.last());
    is_too_much.then(|| format!("write `port: {first}` and `endPort: {last}`"))
}

/// Explains an entry, if the rule is about it.
type Explain = fn(&Context<'_>, &Case<'_>) -> Option<Found>;

/// The explanations, the most specific first.
static EXPLANATIONS: &[Explain] = &[
    thousands::explain,
    joined::explain,
    digits::explain,
    script::explain,
    footnote::explain,
    dash::explain,
    no_range::explain,
    transport_misspelt::explain,
    transport_missing::explain,
    transport_more::explain,
    transport_wrong::explain,
    merged::explain,
    too_wide::explain,
    not_listed::explain,
];

/// Those of damage that shows in any list, whatever it is for.
static OF_SIGNS: &[Explain] = &[
    thousands::explain,
    script::explain,
    footnote::explain,
    dash::explain,
    no_range::explain,
    transport_misspelt::explain,
];

/// Explains every entry. Returns what the list is intended to cover, and what it covers as written.
pub(crate) fn entries(context: &Context<'_>, found: &mut Vec<Found>) -> (Coverage, Coverage) {
    let (mut intended, mut as_written) = (Coverage::default(), Coverage::default());
    // Entries before this place are explained together with one before them.
    let mut explained_until = 0;
    for (at, entry) in context.list.entries.iter().enumerate() {
        if at < explained_until {
            continue;
        }
        let of_audit = context.article.of_audit(entry.transports);
        let transports = of_audit.unwrap_or(entry.transports);
        let allowed = context.allowed(transports);
        let case = Case {
            at,
            entry,
            transports,
            is_right: entry.ports.is_some_and(|ports| covers(allowed, ports)),
        };
        let is_odd = entry.oddity.is_some() || entry.ports.is_none() || entry.is_misspelt;
        let explanations = match of_audit {
            Some(_) => EXPLANATIONS,
            // Of another transport, only what no program reads.
            None if is_odd => OF_SIGNS,
            None => continue,
        };
        let mut answers = explanations.iter();
        let answer = answers.find_map(|explain| explain(context, &case));
        let is_damaged = answer
            .as_ref()
            .is_some_and(|answer| DAMAGE.contains(&answer.rule.code));
        if let Some(ports) = entry.ports.filter(|_| !is_damaged) {
            intended.add(ports, transports);
            as_written.add(ports, transports);
        }
        if let Some(answer) = answer {
            for (ports, transports) in &answer.claims {
                intended.add(*ports, *transports);
            }
            explained_until = at + 1 + answer.further;
            found.push(answer);
        }
    }
    context.names.add_possible(&mut intended);
    context.names.add_known(&mut as_written);
    intended.settle();
    as_written.settle();
    (intended, as_written)
}

/// What is wrong with the list as a whole.
pub(crate) fn rows(
    context: &Context<'_>,
    intended: &Coverage,
    as_written: &Coverage,
    found: &mut Vec<Found>,
) {
    unread::run(context, found);
    overlap::run(context, found);
    let reduced = reduced::run(context, intended, found);
    missing::run(context, [intended, as_written], &reduced, found);
}

#[cfg(test)]
mod tests {
    use appleports_model::Transport;

    use super::testing::audit_of_transport;

    #[test]
    fn damage_that_no_program_reads_is_found_whatever_the_list_is_for() {
        let rows = ["5223/tcp", "3478-3497/udp"];
        for (damaged, code) in [
            ("5223*/tcp", "L008"),
            ("８０/tcp", "L007"),
            ("8O/tcp", "L007"),
            ("5.223/tcp", "L009"),
            ("16384–16387/tcp", "L006"),
            ("70000/tcp", "L015"),
            ("8999-8000/tcp", "L015"),
            ("5223/tpc", "L016"),
            ("5223tcp", "L016"),
        ] {
            let text = format!("3478-3497/udp\n{damaged}\n523/tcp\n");
            let found = audit_of_transport(&rows, Transport::Udp, &text);
            assert_eq!(found.len(), 1, "{damaged}: {found:?}");
            assert!(found[0].starts_with(&format!("2:1 {code}")), "{found:?}");
        }
    }
}
