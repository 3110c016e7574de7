//! `audit`: a person's own list of ports, compared with the article.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use appleports_emit::SourceText;
use appleports_model::escape::terminal;
use appleports_model::{Dataset, Finding, Level, and_list, counted, cut, one_line};
use appleports_pipeline::{
    Article, CLOSED, Filter, Judged, List, MAX_FILE, STDIN, fix, judge, read_list,
};
use appleports_store::{read_limited, rewrite_file};
use similar::{Algorithm, TextDiff};

use super::check::{show, without_known};
use crate::args::Audit;
use crate::sources::Sources;
use crate::{article, print};

pub(super) fn run(sources: Sources, options: &Audit) -> anyhow::Result<bool> {
    let whole = &article::load(sources, &options.choice, &[])?.dataset;
    let filter = options.filters.filter(&whole.products)?;
    let transport = filter.transport;
    // Rows without a transport may be in a list for any, so they are asked for as well.
    let wide = Filter {
        transport: None,
        ..filter.clone()
    };
    let chosen = wide.apply(whole);
    if filter.apply(whole).records.is_empty() {
        let sought = article::sought(whole, &filter);
        print::diagnostic(
            "nothing to audit",
            &article::not_found(whole, false, &sought),
        );
        return Ok(false);
    }
    let article = Article::new(whole, &chosen, transport);
    let mut all = Vec::new();
    let mut failures = Vec::new();
    for file in &options.files {
        match audited(file, options, &article) {
            Ok(list) => all.push(list),
            Err(failure) => failures.push(failure),
        }
    }
    let passes = if all.is_empty() {
        false
    } else {
        report(whole, &filter, &all, options)?
    };
    // One list that cannot be read hides no finding in the others, and fails the command.
    let Some(last) = failures.pop() else {
        return Ok(passes);
    };
    for failure in failures {
        print::diagnostic("error", &format!("{failure:#}"));
    }
    Err(last)
}

/// Prints the findings and the verdicts; returns whether no finding is at the `--deny` level.
fn report(
    whole: &Dataset,
    filter: &Filter,
    all: &[Audited],
    options: &Audit,
) -> anyhow::Result<bool> {
    let whom = whom(whole, filter);
    let verdicts: Vec<String> = all.iter().map(|list| verdict(list, &whom)).collect();
    let texts = all.iter().map(|list| {
        let text = SourceText::new(&list.path, list.text.as_bytes());
        (list.path.clone(), text)
    });
    let texts: BTreeMap<String, SourceText> = texts.collect();
    let findings = all.iter().flat_map(|list| &list.judged.findings);
    let mut findings: Vec<Finding> = findings
        .map(|suggested| suggested.finding.clone())
        .collect();
    if let Some(path) = &options.baseline {
        findings = without_known(path, &findings)?;
    }
    let unlisted = unlisted(all, &findings);
    if options.fix {
        let diffs: Vec<&str> = all.iter().map(|list| list.diff.as_str()).collect();
        print::result(diffs.concat().as_bytes())?;
    } else {
        show(options.reporting.format, &findings, &unlisted, &texts)?;
    }
    let is_for_people = options.reporting.format.name == "human" && !options.fix;
    for verdict in verdicts {
        if is_for_people {
            // It begins with the name of a file.
            print::plain(&format!("{}\n", terminal::line(&verdict)))?;
        } else {
            print::diagnostic("audited", &verdict);
        }
    }
    Ok(options.reporting.passes(&findings))
}

/// How many findings of each level are only counted, in a finding that is shown.
fn unlisted(all: &[Audited], shown: &[Finding]) -> Vec<(Level, usize)> {
    let counting = all.iter().flat_map(|list| &list.judged.findings);
    let counting =
        counting.filter(|suggested| suggested.count > 1 && shown.contains(&suggested.finding));
    counting
        .map(|suggested| (suggested.finding.level, suggested.count - 1))
        .collect()
}

/// A list after its audit.
struct Audited {
    path: String,
    text: String,
    judged: Judged,
    /// What the corrections would change.
    diff: String,
}

/// Audits one list, and writes its corrections with `--write`.
fn audited(file: &Path, options: &Audit, article: &Article<'_>) -> anyhow::Result<Audited> {
    let (path, text) = read(file)?;
    let mut list = listed(&path, &text, options)?;
    let mut judged = judge(&path, &text, &list, article);
    if !options.write {
        account(options, &path, &text, &list);
    }
    let edits = std::mem::take(&mut judged.edits);
    let fixed = if options.fix || options.write {
        fix(&path, &text, &mut list, edits, article)
    } else {
        None
    };
    let mut audited = Audited {
        path,
        text,
        judged,
        diff: String::new(),
    };
    match fixed {
        Some(fixed) if options.fix => {
            audited.diff = diff(&audited.path, &audited.text, &fixed.text)?;
        }
        Some(fixed) => {
            replace(file, &audited.text, &fixed.text)?;
            let what = counted(fixed.corrected, "correction");
            print::diagnostic("written", &format!("{}: {what}", audited.path));
            (audited.text, audited.judged) = (fixed.text, fixed.judged);
        }
        None => {}
    }
    if options.write {
        account(options, &audited.path, &audited.text, &list);
    }
    Ok(audited)
}

/// A list with its name.
fn read(file: &Path) -> anyhow::Result<(String, String)> {
    let (path, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().take(MAX_FILE + 1);
        input.read_to_end(&mut bytes).context(STDIN)?;
        (STDIN.to_owned(), bytes)
    } else {
        // A name may have a line's end in it.
        let path = one_line(&file.display().to_string());
        (path, read_limited(file, MAX_FILE)?)
    };
    // Whether it is text is said by the reader, with its line.
    match String::from_utf8(bytes) {
        Ok(text) => Ok((path, text)),
        Err(error) => match read_list(error.as_bytes(), None) {
            Err(refused) => bail!("{path}: {refused}"),
            Ok(_) => bail!("{path}: is not text"),
        },
    }
}

/// What the text lists.
fn listed(path: &str, text: &str, options: &Audit) -> anyhow::Result<List> {
    let list =
        read_list(text.as_bytes(), options.notation).map_err(|error| anyhow!("{path}: {error}"))?;
    // services(5) may be comments alone: no service of the rows has a name.
    let is_comments = list.totals(text).left == 0 && list.notation.name == "services";
    let has_names = list.unread.iter().any(|unread| unread.name.is_some());
    if list.entries.is_empty() && !is_comments && !has_names {
        let lines = counted(list.account.len(), "line");
        if let Some(unread) = list.unread.first() {
            bail!(
                "{path}: no ports in {lines}, read as {}; line {} was not read: {}",
                list.notation,
                unread.line,
                unread.reason
            );
        }
        if list.account.iter().any(|account| account.reason == CLOSED) {
            bail!(
                "{path}: no open ports in {lines}, read as {}; its rules open nothing",
                list.notation
            );
        }
        bail!(
            "{path}: no ports in {lines}, read as {}; name another notation with --notation, or audit \
             a plain list of its ports",
            list.notation
        );
    }
    let totals = list.totals(text);
    let message = format!(
        "{path}: as {}: {} on {}; {} blank or comments, {} left alone",
        list.notation,
        counted(list.entries.len(), "port or range").replace("port or ranges", "ports or ranges"),
        counted(usize::try_from(totals.read).unwrap_or_default(), "line"),
        totals.blank,
        totals.left
    );
    print::diagnostic("read", &message);
    Ok(list)
}

/// Every line on standard error, where asked for: how many ports and ranges it has, or why none.
fn account(options: &Audit, path: &str, text: &str, list: &List) {
    if !options.lines {
        return;
    }
    for (line, account) in text.lines().zip(&list.account) {
        let what = match account.entries {
            0 => account.reason.to_owned(),
            count => format!("{count} read"),
        };
        let message = format!("{path}:{}: {what}: {}", account.line, cut(line.trim(), 80));
        print::diagnostic("line", &message);
    }
}

/// What the list is for: `tcp ports of FaceTime`.
fn whom(whole: &Dataset, filter: &Filter) -> String {
    let whom = match filter.products.as_slice() {
        [] if *filter == Filter::default() => article::named(whole),
        [] => "the chosen rows".to_owned(),
        products => and_list(products),
    };
    let transport = filter
        .transport
        .map_or(String::new(), |transport| format!("{transport} "));
    format!("{transport}ports of {whom}")
}

/// `ports.txt: 37 of 41 ports of FaceTime; 1 missing, 2 damaged`.
fn verdict(list: &Audited, whom: &str) -> String {
    let (path, score) = (&list.path, &list.judged.score);
    let counts = [
        (score.missing, "missing"),
        (score.damaged, "damaged"),
        (score.other, "to look at"),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let counts = if score.unknown > 0 {
        let unknown = format!(
            "{} unknown, because some names or lines could not be read",
            score.unknown
        );
        let all = counts.into_iter().chain([unknown]);
        all.collect::<Vec<String>>().join(", ")
    } else if counts.is_empty() {
        "nothing to correct".to_owned()
    } else {
        counts.join(", ")
    };
    let skipped = match score.skipped {
        0 => String::new(),
        1 => "; 1 entry for another transport, not compared".to_owned(),
        count => format!("; {count} entries for other transports, not compared"),
    };
    format!(
        "{path}: {} of {} {whom}; {counts}{skipped}",
        score.covered, score.asked
    )
}

/// What a correction changes, as patch(1) reads it: for it, lines end with a line feed alone.
fn diff(path: &str, old: &str, new: &str) -> anyhow::Result<String> {
    if old.replace("\r\n", "").contains('\r') {
        bail!("{path}: has carriage returns within lines, which no patch can show; use --write");
    }
    let lines = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_lines(old, new);
    Ok(lines.unified_diff().header(path, path).to_string())
}

/// Replaces a file, and nothing that is none, if it still holds what was read.
fn replace(file: &Path, read: &str, text: &str) -> anyhow::Result<()> {
    if file == Path::new("-") {
        bail!("{STDIN}: --write cannot write to standard input; use --fix to see the corrections");
    }
    let shown = file.display();
    let target = fs::canonicalize(file).with_context(|| shown.to_string())?;
    let is_plain = |target: &Path| {
        let is_of_system = ["/dev", "/proc"]
            .iter()
            .any(|folder| target.starts_with(folder));
        target.is_file() && !is_of_system
    };
    if !is_plain(&target) {
        bail!("{shown}: --write replaces files only; use --fix to see the corrections");
    }
    Ok(rewrite_file(file, read.as_bytes(), text.as_bytes())?)
}
