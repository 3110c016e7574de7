//! What no run may do, whatever it was given.

use std::path::Path;

use appleports_model::is_hidden;

/// A run: its exit code, none where it was ended by a signal, and what it said.
pub(super) struct Run<'a> {
    pub(super) command: &'a str,
    pub(super) code: Option<i32>,
    pub(super) stdout: &'a [u8],
    pub(super) stderr: &'a [u8],
}

/// What is wrong with a run; nothing if all is well.
pub(super) fn of_run(run: &Run<'_>) -> Option<String> {
    let (stdout, stderr) = (
        String::from_utf8_lossy(run.stdout),
        String::from_utf8_lossy(run.stderr),
    );
    if !matches!(run.code, Some(0..=3)) {
        return Some(format!("ended with {:?}", run.code));
    }
    if stderr.contains("panicked at") {
        return Some("panicked".to_owned());
    }
    let said = of_text(&stderr).map(|wrong| format!("standard error {wrong}"));
    if said.is_some() {
        return said;
    }
    let has = |word: &str| {
        run.command
            .split_once("--format ")
            .is_some_and(|(_, rest)| rest.starts_with(word))
    };
    if has("json") || has("sarif") {
        return of_json(run, &stdout);
    }
    // A table of data has the cells as published, and what is merged into a file has its lines.
    if has("csv") || run.command.contains("--base") {
        return None;
    }
    let wrong = if has("github") {
        of_commands(&stdout)
    } else {
        of_text(&stdout)
    };
    let markup = || {
        if has("markdown") {
            of_markdown(&stdout)
        } else {
            of_markup(&stdout).filter(|_| has("html") || has("svg"))
        }
    };
    wrong
        .or_else(markup)
        .map(|wrong| format!("standard output {wrong}"))
}

/// What is wrong with a file that a build wrote.
pub(super) fn of_file(path: &Path, bytes: &[u8]) -> Option<String> {
    let kind = path
        .extension()
        .and_then(|kind| kind.to_str())
        .unwrap_or_default();
    let text = String::from_utf8_lossy(bytes);
    let wrong = match kind {
        "html" | "svg" | "xml" => of_markup(&text),
        "md" => of_markdown(&text),
        "json" => serde_json::from_slice::<serde_json::Value>(bytes)
            .err()
            .map(|error| format!("is no JSON: {error}")),
        _ => None,
    };
    wrong.map(|wrong| format!("{} {wrong}", path.display()))
}

/// Lines that steer a terminal or a runner of pipelines.
fn of_text(text: &str) -> Option<String> {
    let hides = |c: char| is_hidden(c) && c != '\n' && c != '\t';
    if let Some(c) = text.chars().find(|c| hides(*c)) {
        return Some(format!("has the character {c:?}"));
    }
    let is_command = |line: &&str| line.trim_start().starts_with("::") || line.contains("##[");
    let line = text.lines().find(is_command)?;
    Some(format!(
        "has the line `{}`",
        line.chars().take(80).collect::<String>()
    ))
}

/// Annotations are commands: ours, and each on a line of its own.
fn of_commands(text: &str) -> Option<String> {
    let ours = ["::error ", "::warning ", "::notice "];
    let is_ours = |line: &str| {
        let mut commands = ours.iter();
        commands.any(|command| line.starts_with(command))
            || !line.trim_start().starts_with("::") && !line.contains("##[")
    };
    let line = text.lines().find(|line| !is_ours(line))?;
    Some(format!(
        "has the line `{}`",
        line.chars().take(80).collect::<String>()
    ))
}

fn of_markup(text: &str) -> Option<String> {
    text.contains("<attack")
        .then(|| "has markup of a cell".to_owned())
}

/// Markdown as GitHub renders it: in a code span, markup is text.
fn of_markdown(text: &str) -> Option<String> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.render.r#unsafe = true;
    of_markup(&comrak::markdown_to_html(text, &options))
}

fn of_json(run: &Run<'_>, stdout: &str) -> Option<String> {
    if stdout.is_empty() {
        return None;
    }
    let value: serde_json::Value = match serde_json::from_str(stdout) {
        Ok(value) => value,
        Err(error) => return Some(format!("standard output is no JSON: {error}")),
    };
    if !run.command.starts_with("ingest") {
        return None;
    }
    let count = |name: &str| value["totals"][name].as_u64().unwrap_or_default();
    let (read, told) = (
        count("rows_read"),
        ["rows_emitted", "rows_merged", "rows_rejected"],
    );
    let sum: u64 = told.into_iter().map(count).sum();
    (read != sum).then(|| format!("{read} rows were read, and {sum} are accounted for"))
}

#[cfg(test)]
mod tests {
    use super::{Run, of_file, of_run};
    use std::path::Path;

    fn wrong(command: &str, code: Option<i32>, stdout: &str, stderr: &str) -> bool {
        let (stdout, stderr) = (stdout.as_bytes(), stderr.as_bytes());
        of_run(&Run {
            command,
            code,
            stdout,
            stderr,
        })
        .is_some()
    }

    #[test]
    fn each_kind_of_harm_is_seen() {
        assert!(!wrong("find 1", Some(0), "443/tcp\n", "error: none\n"));
        assert!(wrong("find 1", Some(101), "", ""));
        assert!(wrong("find 1", None, "", ""));
        assert!(wrong("find 1", Some(2), "", "thread 'main' panicked at x"));
        assert!(wrong("find 1", Some(2), "", "error: a\n::error::b"));
        assert!(wrong("find 1", Some(0), "a \u{1b}[2J", ""));
        assert!(wrong("find 1", Some(0), "a ##[group]", ""));
        assert!(!wrong(
            "check --format github",
            Some(1),
            "::error file=a::b\n",
            ""
        ));
        assert!(wrong(
            "check --format github",
            Some(1),
            "::set-output name=a::b\n",
            ""
        ));
        assert!(wrong("check --format json", Some(0), "{", ""));
        assert!(wrong("diff a b --format html", Some(1), "<p><attack>", ""));
        let totals = |rejected: u8| {
            format!(
                "{{\"totals\":{{\"rows_read\":2,\"rows_emitted\":1,\"rows_merged\":0,\"rows_rejected\":{rejected}}}}}"
            )
        };
        assert!(!wrong("ingest page --format json", Some(0), &totals(1), ""));
        assert!(wrong("ingest page --format json", Some(0), &totals(0), ""));
    }

    #[test]
    fn each_kind_of_file_is_looked_at() {
        let wrong = |name: &str, text: &str| of_file(Path::new(name), text.as_bytes()).is_some();
        for name in ["a.html", "a.md", "a.xml", "a.svg"] {
            assert!(wrong(name, "a<attack>b"), "{name}");
            assert!(!wrong(name, "a&lt;attack>b"), "{name}");
        }
        assert!(wrong("a.json", "{"));
        assert!(!wrong("a.csv", "<attack>"));
    }
}
