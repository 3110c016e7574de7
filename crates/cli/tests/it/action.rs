//! The steps of `action.yml`, without GitHub: its script in a repository with a base branch.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::seed;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(arguments)
        .status()
        .unwrap();
    assert!(status.success(), "git {arguments:?}");
}

/// Runs the script as the action does, and gives the summary and the outputs of the step.
fn compare(folder: &Path, inputs: [&str; 3], base: &str) -> (Output, String, String) {
    let binary = assert_cmd::cargo::cargo_bin("appleports");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [binary.parent().unwrap().to_owned()].into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path))).unwrap();
    let files = tempfile::tempdir().unwrap();
    let (summary, output) = (files.path().join("summary"), files.path().join("output"));
    let run = Command::new("sh")
        .arg(root().join(".ci/compare.sh"))
        .current_dir(folder)
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GITHUB_BASE_REF", base)
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("GITHUB_OUTPUT", &output)
        .env("RUNNER_TEMP", files.path())
        .env("OLD", inputs[0])
        .env("NEW", inputs[1])
        .env("FAIL_ON", inputs[2])
        .output()
        .unwrap();
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    (run, read(&summary), read(&output))
}

/// Makes a repository with an output folder that is not committed yet; its `ports.json`.
fn with_outputs(folder: &Path) -> String {
    fs::create_dir_all(folder.join("output")).unwrap();
    let ports = fs::read_to_string(seed::output().join("ports.json")).unwrap();
    fs::write(folder.join("output/ports.json"), &ports).unwrap();
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "output"]);
    ports
}

#[test]
fn a_pull_request_is_compared_with_its_base_branch() {
    let folder = tempfile::tempdir().unwrap();
    let [base, clone] = ["base", "clone"].map(|name| folder.path().join(name));
    let ports = with_outputs(&base);
    git(&base, &["commit", "-q", "-m", "first"]);
    let names = [
        "clone",
        "-q",
        base.to_str().unwrap(),
        clone.to_str().unwrap(),
    ];
    git(folder.path(), &names);
    // As actions/checkout leaves it.
    let included = folder.path().join("credentials");
    fs::write(&included, "[user]\nname = a\n").unwrap();
    git(
        &clone,
        &["config", "include.path", included.to_str().unwrap()],
    );

    let (run, summary, output) = compare(&clone, ["", "output", "exposure"], "main");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(summary.contains("**no change**"), "{summary}");
    assert!(output.starts_with("differs=false\n"), "{output}");

    let edited = ports.replacen("\"last\": 548", "\"last\": 549", 1);
    fs::write(clone.join("output/ports.json"), edited).unwrap();
    let (run, summary, output) = compare(&clone, ["", "output", "exposure"], "main");
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    assert!(summary.contains("tcp opens **1** port: `549`"), "{summary}");
    assert!(output.starts_with("differs=true\n"), "{output}");

    let (run, ..) = compare(&clone, ["", "other", "exposure"], "main");
    assert_eq!(run.status.code(), Some(2), "{run:?}");
    let said = "compare: the branch main has no other/ports.json; give `old`\n";
    assert!(String::from_utf8_lossy(&run.stderr).ends_with(said));
}

/// The history of the checkout belongs to the steps behind this one.
#[test]
fn a_whole_history_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let [base, clone] = ["base", "clone"].map(|name| folder.path().join(name));
    with_outputs(&base);
    for message in ["first", "second", "third"] {
        git(&base, &["commit", "-q", "--allow-empty", "-m", message]);
    }
    // By its address, since a path is copied as a whole.
    let address = format!("file://{}", base.display());
    for (depth, commits) in [(None, "3\n"), (Some("--depth=1"), "1\n")] {
        let _ = fs::remove_dir_all(&clone);
        let place = clone.to_str().unwrap();
        let names: Vec<&str> = ["clone", "-q"]
            .into_iter()
            .chain(depth)
            .chain([&*address, place])
            .collect();
        git(folder.path(), &names);
        let (run, ..) = compare(&clone, ["", "output", "exposure"], "main");
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        let mut count = Command::new("git");
        count
            .current_dir(&clone)
            .args(["rev-list", "--count", "HEAD"]);
        assert_eq!(
            String::from_utf8_lossy(&count.output().unwrap().stdout),
            commits
        );
    }
}

#[test]
fn two_files_are_compared_and_bad_inputs_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let ports = fs::read_to_string(seed::output().join("ports.json")).unwrap();
    let titled = ports.replacen("\"note\": \"\"", "\"note\": \"x\"", 1);
    assert_ne!(ports, titled);
    fs::write(folder.path().join("-old.json"), ports).unwrap();
    fs::write(folder.path().join("new.json"), titled).unwrap();
    for (fail_on, code) in [("exposure", 0), ("any", 1), ("nothing", 2)] {
        let (run, ..) = compare(folder.path(), ["-old.json", "new.json", fail_on], "");
        assert_eq!(run.status.code(), Some(code), "{fail_on}: {run:?}");
    }
    let (run, ..) = compare(folder.path(), ["", "new.json", "any"], "");
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("give `old`"));
}

#[test]
fn the_summary_has_all_of_a_long_comparison() {
    let sources = root().join("sources/iana");
    let edition = |date: &str| sources.join(format!("{date}.csv")).display().to_string();
    let (old, new) = (edition("2015-07-30"), edition("2026-08-17"));
    let folder = tempfile::tempdir().unwrap();
    let (run, summary, output) = compare(folder.path(), [&old, &new, "any"], "");
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    let (body, rest) = summary.split_once("\n## `rest.md`\n").unwrap();
    assert!(body.contains("more changes are in `rest.md`"), "{body}");
    let rows = rest.lines().filter(|line| line.starts_with("- **")).count();
    assert!(rows > 1_500, "{rows}");
    assert!(output.contains("\nrest="), "{output}");
}

#[test]
fn the_action_runs_this_script_with_its_inputs() {
    let text = fs::read_to_string(root().join("action.yml")).unwrap();
    for wanted in [
        "sh \"$GITHUB_ACTION_PATH/.ci/compare.sh\"",
        "OLD: ${{ inputs.old }}",
        "NEW: ${{ inputs.new }}",
        "FAIL_ON: ${{ inputs.fail-on }}",
        "--path \"$GITHUB_ACTION_PATH/crates/cli\"",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
}

/// What a stranger's branch holds must not choose the toolchain that the command is built with.
#[test]
fn the_command_is_not_installed_in_the_checkout() {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    for step in action.split("    - name: ") {
        if step.contains("cargo install") {
            assert!(
                step.contains("working-directory: ${{ github.action_path }}\n"),
                "{step}"
            );
        }
    }
    assert_eq!(action.matches("cargo install").count(), 1);
}
