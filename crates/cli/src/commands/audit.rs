//! `audit`: a person's own list of ports, held against the article.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use appleports_emit::SourceText;
use appleports_model::{Dataset, counted, cut};
use appleports_pipeline::{
    Article, CLOSED, Filter, Judged, List, MAX_FILE, Score, fix, judge, read_list,
};
use appleports_store::{read_limited, write_file};
use similar::{Algorithm, TextDiff};

use super::check::{show, without_known};
use crate::args::Audit;
use crate::sources::Sources;
use crate::{article, print};

/// What standard input is called.
const STDIN: &str = "<stdin>";

pub(super) fn run(sources: Sources, options: &Audit) -> anyhow::Result<bool> {
    let whole = article::load(sources, &options.choice, &[])?.dataset;
    let filter = options.filters.filter(&whole.products)?;
    let transport = filter.transport;
    // Rows without a transport may be in a list for any, so they are asked for as well.
    let wide = Filter {
        transport: None,
        ..filter.clone()
    };
    let chosen = wide.apply(&whole);
    if filter.apply(&whole).records.is_empty() {
        let sought = article::sought(&whole, &filter);
        print::diagnostic(
            "nothing to audit",
            &article::not_found(&whole, false, &sought),
        );
        return Ok(false);
    }
    let article = Article::new(&whole, &chosen, transport);
    let (mut findings, mut texts, mut verdicts) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut diffs = String::new();
    for file in &options.files {
        let (path, mut text) = read(file)?;
        let mut list = listed(&path, &text, options)?;
        let mut judged = judge(&path, &text, &list, &article);
        if options.fix || options.write {
            let fixed = fix(&path, &text, options.notation, &article);
            let fixed = fixed.with_context(|| path.clone())?;
            if options.fix {
                diffs.push_str(&diff(&path, &text, &fixed.text));
            } else if fixed.text != text {
                replace(file, &fixed.text)?;
                let what = counted(fixed.corrected, "correction");
                print::diagnostic("written", &format!("{path}: {what}"));
                text = fixed.text;
                list = read_list(text.as_bytes(), options.notation)
                    .map_err(|error| anyhow!("{path}: {error}"))?;
                judged = judge(&path, &text, &list, &article);
            }
        }
        if options.lines {
            account(&path, &text, &list);
        }
        verdicts.push(verdict(&path, &judged.score, &whole, &filter));
        let Judged { findings: own, .. } = judged;
        findings.extend(own.into_iter().map(|own| own.finding));
        texts.insert(path.clone(), SourceText::new(&path, text.as_bytes()));
    }
    if let Some(path) = &options.baseline {
        findings = without_known(path, &findings)?;
    }
    if options.fix {
        print::result(diffs.as_bytes())?;
    } else {
        show(options.reporting.format, &findings, &texts)?;
    }
    let is_for_people = options.reporting.format.name == "human" && !options.fix;
    for verdict in verdicts {
        if is_for_people {
            print::plain(&format!("{verdict}\n"))?;
        } else {
            print::diagnostic("audited", &verdict);
        }
    }
    Ok(options.reporting.passes(&findings))
}

/// A list with its name.
fn read(file: &Path) -> anyhow::Result<(String, String)> {
    let (path, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().take(MAX_FILE + 1);
        input.read_to_end(&mut bytes).context(STDIN)?;
        (STDIN.to_owned(), bytes)
    } else {
        (file.display().to_string(), read_limited(file, MAX_FILE)?)
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
    if list.entries.is_empty() {
        let lines = counted(list.account.len(), "line");
        if list.account.iter().any(|own| own.reason == CLOSED) {
            bail!(
                "{path}: no open ports in {lines}, read as {}; its rules open nothing",
                list.notation
            );
        }
        bail!(
            "{path}: no ports in {lines}, read as {}; name another notation with --notation",
            list.notation
        );
    }
    let totals = list.totals();
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

/// Every line on standard error: how many ports and ranges it has, or why none.
fn account(path: &str, text: &str, list: &List) {
    for (line, own) in text.lines().zip(&list.account) {
        let what = match own.entries {
            0 => own.reason.to_owned(),
            count => format!("{count} read"),
        };
        let message = format!("{path}:{}: {what}: {}", own.line, cut(line.trim(), 80));
        print::diagnostic("line", &message);
    }
}

/// `ports.txt: 37 of 41 ports of FaceTime; 1 missing, 2 damaged`.
fn verdict(path: &str, score: &Score, whole: &Dataset, filter: &Filter) -> String {
    let whom = match filter.products.as_slice() {
        [] if *filter == Filter::default() => article::named(whole),
        [] => "the chosen rows".to_owned(),
        products => products.join(" and "),
    };
    let transport = filter
        .transport
        .map_or(String::new(), |own| format!("{own} "));
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
            "{} not known, for names that are not resolved",
            score.unknown
        );
        let all = counts.into_iter().chain([unknown]);
        all.collect::<Vec<String>>().join(", ")
    } else if counts.is_empty() {
        "nothing to correct".to_owned()
    } else {
        counts.join(", ")
    };
    format!(
        "{path}: {} of {} {transport}ports of {whom}; {counts}",
        score.covered, score.asked
    )
}

/// What a correction changes, as patch(1) reads it.
fn diff(path: &str, old: &str, new: &str) -> String {
    let lines = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_lines(old, new);
    lines.unified_diff().header(path, path).to_string()
}

/// Replaces a file, and nothing that is none.
fn replace(file: &Path, text: &str) -> anyhow::Result<()> {
    if file == Path::new("-") {
        bail!("{STDIN}: --write cannot write to standard input; use --fix to see the corrections");
    }
    let shown = file.display();
    let target = fs::canonicalize(file).with_context(|| shown.to_string())?;
    let is_plain = |target: &Path| {
        let is_of_system = ["/dev", "/proc"].iter().any(|own| target.starts_with(own));
        target.is_file() && !is_of_system
    };
    if !is_plain(&target) {
        bail!("{shown}: --write replaces files only; use --fix to see the corrections");
    }
    Ok(write_file(file, text.as_bytes())?)
}
