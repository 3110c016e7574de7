//! `check`: levels, baselines, other editions, formats for machines.

use std::fs;

use crate::run::{appleports, complaint, scratch, stderr, stdout};
use crate::seed;

const NEWER_REGISTRY: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\nnfsd,2049,tcp,Made up,,,,,,,,\n";

#[test]
fn check_fails_at_the_level_that_is_denied() {
    let folder = scratch();
    appleports(folder.path(), &["check"]).code(0);
    appleports(folder.path(), &["check", "--deny", "note"]).code(1);
    let denied = appleports(folder.path(), &["check", "--deny", "warning"]).code(1);
    let shown = stdout(&denied);
    let excerpt = "sources/apple/de-de/2015-10-23/capture.md:483\n    |\n483 | nfsd\n    | ^^^^\n";
    assert!(shown.contains(excerpt), "{shown}");
    assert!(shown.ends_with("notes; run `appleports explain CODE` for details\n"));
}

#[test]
fn a_baseline_leaves_only_what_is_new_and_tells_what_is_gone() {
    let folder = scratch();
    let all = stdout(&appleports(folder.path(), &["check", "--format", "json"]).code(0));
    let mut findings: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    let path = folder.path().join("baseline.json");
    fs::write(&path, &all).unwrap();
    let known = ["check", "--deny", "note", "--baseline", "baseline.json"];
    appleports(folder.path(), &known).code(0);

    findings[0]["message"] = "something that was mended".into();
    findings[0]["values"] = serde_json::json!(["mended"]);
    fs::write(&path, serde_json::to_string(&findings).unwrap()).unwrap();
    let changed = appleports(folder.path(), &known).code(1);
    assert!(
        stdout(&changed).contains("0 errors, 1 warning, 0 notes"),
        "{}",
        stdout(&changed)
    );
    assert!(stderr(&changed).contains("something that was mended; remove it from baseline.json"));

    fs::write(&path, "[1]").unwrap();
    let refused = appleports(folder.path(), &known).code(2);
    assert!(
        stderr(&refused).contains("baseline.json: not a list of findings"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn check_takes_another_edition_and_says_what_changed() {
    let folder = scratch();
    fs::write(
        folder.path().join("registry.2024-01-02.csv"),
        NEWER_REGISTRY,
    )
    .unwrap();
    let shown = stdout(
        &appleports(
            folder.path(),
            &["check", "--iana", "registry.2024-01-02.csv"],
        )
        .code(0),
    );
    let expected = "I010]: 2049/tcp: match with `nfsd` (iana/2024-01-02 line 2), other-name with `shilp` and `nfs` (iana/2015-07-30 lines 3835, 3837)";
    assert!(shown.contains(expected), "{shown}");
    // A build with it can be verified with it alone.
    let iana = ["--iana", "registry.2024-01-02.csv"];
    let built = appleports(folder.path(), &[&["build"][..], &iana].concat()).success();
    assert!(stdout(&built).contains("+ iana/2024-01-02"));
    appleports(folder.path(), &[&["verify"][..], &iana].concat()).code(0);
    let without = appleports(folder.path(), &["verify"]).code(1);
    assert!(stderr(&without).contains("built with another edition of the registry"));
    fs::write(folder.path().join("page.csv"), "<!DOCTYPE html>\n").unwrap();
    let refused = appleports(folder.path(), &["check", "--iana", "page.csv"]).code(2);
    assert!(stderr(&refused).contains("page.csv:1: this is an HTML page, not the registry"));
}

#[test]
fn sarif_and_github_name_every_finding() {
    let folder = scratch();
    let findings: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(seed::output().join("findings.json")).unwrap()).unwrap();
    let sarif = stdout(&appleports(folder.path(), &["check", "--format", "sarif"]).code(0));
    let sarif: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let schema = include_str!("../schemas/sarif-2.1.0.json");
    // The published pattern has a stray bracket, which strict regular expressions refuse.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})));
    let problems: Vec<String> = validator
        .iter_errors(&sarif)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(
        (sarif["version"].as_str(), results.len()),
        (Some("2.1.0"), findings.len())
    );
    for (result, finding) in results.iter().zip(&findings) {
        let rule = &run["tool"]["driver"]["rules"]
            [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(
            (&result["ruleId"], &rule["id"]),
            (&finding["code"], &finding["code"])
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["region"]["startLine"], finding["line"]);
        assert!(
            place["artifactLocation"]["uri"]
                .as_str()
                .unwrap()
                .ends_with("/capture.md")
        );
    }
    let github = stdout(&appleports(folder.path(), &["check", "--format", "github"]).code(0));
    assert_eq!(github.lines().count(), findings.len());
    assert!(
        github
            .lines()
            .all(|line| line.starts_with("::warning file=") || line.starts_with("::notice file="))
    );
}

/// The findings that `check` shows.
fn findings(arguments: &[&str]) -> Vec<serde_json::Value> {
    let all = [&["check", "--format", "json"], arguments].concat();
    let shown = appleports(scratch().path(), &all).code(0);
    serde_json::from_str(&stdout(&shown)).unwrap()
}

#[test]
fn check_can_be_narrowed_by_code_and_level() {
    let all = findings(&[]);
    let of = |code: &str| {
        let of_code = all.iter().filter(|finding| finding["code"] == code);
        of_code.cloned().collect::<Vec<_>>()
    };
    assert!(of("I011").len() > 5 && of("R003").len() > 5);
    assert_eq!(findings(&["--code", "i011"]), of("I011"));
    let both = findings(&["--code", "R003", "--code", "I011"]);
    assert_eq!(both.len(), of("I011").len() + of("R003").len());
    let warnings = findings(&["--level", "warning"]);
    assert!(warnings.iter().all(|finding| finding["level"] == "warning"));
    let expected = all.iter().filter(|finding| finding["level"] == "warning");
    assert_eq!(warnings.len(), expected.count());
    assert_eq!(findings(&["--level", "note"]), all);
    // Only what is shown can fail.
    let folder = scratch();
    let deny = ["check", "--deny", "warning", "--code"];
    appleports(folder.path(), &[&deny[..], &["I008"]].concat()).code(0);
    appleports(folder.path(), &[&deny[..], &["I011"]].concat()).code(1);
}

#[test]
fn check_can_be_narrowed_by_port_and_product() {
    let records = |arguments: &[&str]| -> Vec<String> {
        let found = findings(arguments);
        let mut records: Vec<String> = found
            .iter()
            .map(|finding| finding["record"].as_str().unwrap().to_owned())
            .collect();
        records.sort();
        records.dedup();
        records
    };
    assert_eq!(records(&["--port", "5900"]), ["5900-tcp-vnc-server"]);
    let range = records(&["--port", "5222-5900"]);
    assert!(
        range.len() > 1 && range.contains(&"5900-tcp-vnc-server".to_owned()),
        "{range:?}"
    );
    let product = records(&["--product", "ARD"]);
    assert!(
        product.contains(&"5900-tcp-vnc-server".to_owned()),
        "{product:?}"
    );
    assert!(!product.contains(&String::new()), "{product:?}");
    let facetime = records(&["--product", "FaceTime"]);
    let both = records(&["--product", "FaceTime", "--port", "5000-6000"]);
    assert!(
        both.len() == 1 && facetime.len() > 1,
        "{both:?} {facetime:?}"
    );
    assert!(facetime.contains(&both[0]), "{both:?}");
}

#[test]
fn a_code_that_is_none_or_is_below_the_level_is_refused() {
    let folder = scratch();
    let refused = |arguments: &[&str]| {
        let all = [&["check"], arguments].concat();
        complaint(&appleports(folder.path(), &all).code(2))
    };
    let unknown = refused(&["--code", "X999"]);
    assert!(
        unknown.contains("`X999` is not a finding's code"),
        "{unknown}"
    );
    assert_eq!(
        refused(&["--code", "I011", "--code", "A003", "--level", "warning"]),
        "error: --code A003 and --level warning contradict each other: its findings are notes\n"
    );
}
