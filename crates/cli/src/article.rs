//! The article that a command answers from, and what people have to know of its age.

use appleports_model::{
    Dataset, Date, Finding, Former, FormerField, Formerly, PortRange, Record, SourceId, SourceInfo,
    SourceKind, joined,
};
use appleports_pipeline::{Filter, LookUp};

use crate::args::Choice;
use crate::print;
use crate::sources::Sources;

/// The finding that a source has no manifest.
const NO_MANIFEST: &str = "A033";

/// Beyond this age in days a reader is warned.
const MAX_QUIET_AGE: i32 = 180;

/// The dataset of the chosen capture, with what the registry has for these ports. Says on
/// standard error which newer captures a guard refused, and how old the article is where that
/// matters.
///
/// It is never freed: the process ends with its answer, and freeing thousands of texts would take a
/// fifth of a look-up's time.
pub(crate) fn load(
    sources: Sources,
    choice: &Choice,
    ports: &[PortRange],
) -> anyhow::Result<&'static mut LookUp> {
    let known = sources.look_up(choice, ports)?;
    warn(&known.dataset, &known.passed_over);
    Ok(Box::leak(Box::new(known)))
}

/// The warnings of [`load`], for a dataset that was made in another way.
pub(crate) fn warn(dataset: &Dataset, refused: &[Finding]) {
    let Some(capture) = dataset.capture() else {
        return;
    };
    for findings in refused.chunk_by(|one, other| one.source == other.source) {
        let figures = findings
            .iter()
            .map(|finding| format!("{} {}", finding.code, finding.message));
        let figures = joined(figures, "; ");
        let source = findings.first().map_or("", |finding| &finding.source);
        let message = format!("{source}: {figures}; {} is used instead", capture.id);
        print::diagnostic("refused", &message);
        print::diagnostic(
            "  help",
            findings.first().map_or("", |finding| &finding.help),
        );
    }
    for finding in &dataset.findings {
        if finding.code == NO_MANIFEST {
            let message = format!("{}: {}", finding.source, finding.message);
            print::diagnostic("not used", &message);
        }
    }
    if let Some(age) = capture
        .date
        .map(|date| (print::today() - date).get_days())
        .filter(|age| *age > MAX_QUIET_AGE)
    {
        let message = format!(
            "the article is that of {}, {age} days ago; Apple may have changed it since",
            capture.dated()
        );
        print::diagnostic("old", &message);
    }
}

/// `the article of 2026-10-11 (compiled from dated statements)`.
pub(crate) fn named(dataset: &Dataset) -> String {
    let dated = dataset.capture().map(SourceInfo::dated);
    format!("the article of {}", dated.unwrap_or_default())
}

/// That nothing was found: in which article, and not among the rows that left it since the earlier
/// ones. Where one did (`is_earlier`), the caller says which.
pub(crate) fn not_found(whole: &Dataset, is_earlier: bool, what: &str) -> String {
    let date = whole.capture().and_then(|capture| capture.date);
    let captures = whole.sources.iter();
    let captures = captures.filter(|capture| capture.kind == SourceKind::Article);
    let earlier = captures.filter_map(|capture| capture.date.filter(|day| Some(*day) < date));
    let mut earlier: Vec<Date> = earlier.collect();
    earlier.sort_unstable();
    earlier.dedup();
    let before = if is_earlier || earlier.is_empty() {
        String::new()
    } else {
        format!(
            "; nor does any row that has been removed ({})",
            joined(&earlier, ", ")
        )
    };
    format!("no row of {} matches {what}{before}", named(whole))
}

/// What is no longer so, a line each: the records that left, and what earlier captures said of
/// those that are still there.
pub(crate) fn no_longer(whole: &Dataset, dataset: &Dataset, filter: &Filter) -> Vec<String> {
    let left = dataset.former.iter().map(|former| left(whole, former));
    let formerly = filter.formerly(whole);
    let formerly = formerly.iter();
    let formerly = formerly.map(|(record, statement)| no_longer_so(whole, record, statement));
    left.chain(formerly).collect()
}

/// `53/tcp+udp: used by FaceTime in the article of 2015-10-23, no longer in that of 2026-10-11`.
pub(crate) fn no_longer_so(whole: &Dataset, record: &Record, statement: &Formerly) -> String {
    let what = match statement.field {
        FormerField::Product => format!("used by {}", statement.value),
        FormerField::ServiceName => format!("named `{}`", statement.value),
    };
    let today = match statement.field {
        FormerField::ServiceName if !record.service_name.is_empty() => {
            format!(", today `{}`", record.service_name)
        }
        _ => String::new(),
    };
    let date = whole.capture().map_or_else(String::new, SourceInfo::day);
    format!(
        "{}{today}: {what} in {}, no longer in that of {date}",
        record.place(),
        editions(
            ["the article", "the articles"],
            &statement.first,
            &statement.last
        )
    )
}

/// `that of 2015-10-23`, or `those of 2015-10-23 to 2018-02-13`, by the words for one and many.
fn editions([one, many]: [&str; 2], first: &SourceId, last: &SourceId) -> String {
    if first == last {
        format!("{one} of {}", last.date())
    } else {
        format!("{many} of {} to {}", first.date(), last.date())
    }
}

/// The products that were asked for and have no row among those that are left.
pub(crate) fn without_rows<'f>(
    dataset: &'f Dataset,
    filter: &'f Filter,
) -> impl Iterator<Item = &'f String> {
    let products = filter.products.iter();
    products.filter(|name| {
        let mut records = dataset.records.iter();
        !records.any(|record| record.products.contains(name))
    })
}

/// What a filter asks for, as a message quotes it: `` `VNC` for udp ``.
pub(crate) fn sought(whole: &Dataset, filter: &Filter) -> String {
    let quoted = |name: &String| format!("`{name}`");
    let mut parts = Vec::new();
    if let Some(words) = &filter.words {
        let product = whole
            .product(words)
            .filter(|product| product.name != *words);
        let product = product.map_or_else(String::new, |product| format!(" ({})", product.name));
        parts.push(format!("`{words}`{product}"));
    }
    if let Some(ports) = filter.ports {
        parts.push(format!("`{ports}`"));
    }
    if !filter.products.is_empty() {
        let products: Vec<String> = filter.products.iter().map(quoted).collect();
        parts.push(products.join(" or "));
    }
    if let Some(service) = &filter.service {
        parts.push(format!("the name `{service}`"));
    }
    if parts.is_empty() {
        parts.push("the filters".to_owned());
    }
    let transport = filter
        .transport
        .map(|transport| format!(" for {transport}"));
    let registered = if filter.registered {
        " whose name is registered"
    } else {
        ""
    };
    format!(
        "{}{}{registered}",
        parts.join(" with "),
        transport.unwrap_or_default()
    )
}

/// Where a record that left the article was: `7777/tcp: not in the article of 2026-10-11; it
/// was in that of 2015-10-23`. Where the article still has the port, in another row, it says so.
pub(crate) fn left(whole: &Dataset, former: &Former) -> String {
    let date = whole.capture().map_or_else(String::new, SourceInfo::day);
    let record = &former.record;
    let name = match record.called() {
        "" => String::new(),
        name => format!(" ({name})"),
    };
    let (place, when) = (
        record.place(),
        editions(["that", "those"], &former.first, &former.last),
    );
    let first = record.ports.iter().map(|ports| ports.first()).min();
    let last = record.ports.iter().map(|ports| ports.last()).max();
    let ends = first.zip(last);
    // Whether all ports are in one range of another row: there may be many of both.
    let shares = |other: &&Record| {
        let mut transports = other.transports.iter();
        let mut ports = other.ports.iter();
        let holds = |ports: &PortRange| {
            ends.is_none_or(|(first, last)| ports.contains(first) && ports.contains(last))
        };
        (other.transports.is_empty() || transports.any(|one| record.transports.contains(one)))
            && ports.any(holds)
    };
    match whole.records.iter().find(shares) {
        None => format!("{place}: not in the article of {date}; it was in {when}{name}"),
        Some(other) => {
            let names = [other.called(), &other.used_by];
            let other = names.into_iter().find(|name| !name.is_empty());
            let other = other.map_or_else(String::new, |name| format!(", for {name}"));
            format!(
                "{place}: another row in the article of {date}{other}; this one was in {when}{name}"
            )
        }
    }
}
