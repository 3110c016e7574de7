//! The receipt of a build: what it is believed for, and what it is not.

mod edits;
mod place;

use std::fs;
use std::path::{Path, PathBuf};

use appleports_pipeline::{BuildOptions, BuildSummary, Failure, build, build_with_receipt};
use tempfile::TempDir;

use crate::common::sources;

/// Stands in a receipt in place of what the build said, so that its answer can be told from that of
/// a build.
const MARK: &str = "this is what the receipt says";

/// A folder like a clone, with sources, and a place for the receipt beside them.
struct Clone(TempDir);

impl Clone {
    fn new() -> Self {
        Self(sources(Some(&["apple/en-us/2018-02-13", "apple/en-us/2022-08-25"])).0)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn receipt(&self) -> PathBuf {
        self.path("caches/appleports/last-build.json")
    }

    fn options(&self) -> BuildOptions {
        BuildOptions::of_clone(self.0.path())
    }

    fn build(&self) -> Result<BuildSummary, Failure> {
        build_with_receipt(&self.options(), &self.receipt(), false)
    }

    /// Builds and marks the receipt.
    fn built(&self) -> &Self {
        self.build().unwrap();
        self.mark();
        self
    }

    fn mark(&self) {
        let text = fs::read_to_string(self.receipt()).unwrap();
        let marked = text.replace("\"accepted\":\"", &format!("\"accepted\":\"{MARK}"));
        assert_ne!(text, marked);
        fs::write(self.receipt(), marked).unwrap();
    }

    /// Whether the next build is answered from the marked receipt.
    fn is_answered(&self) -> bool {
        is_marked(&self.build().unwrap())
    }

    /// The output files with their bytes.
    fn outputs(&self) -> Vec<(String, Vec<u8>)> {
        let names = appleports_store::files_below(&self.path("output")).unwrap_or_default();
        let names = names.into_iter();
        names
            .map(|name| {
                (
                    name.clone(),
                    fs::read(self.path("output").join(name)).unwrap(),
                )
            })
            .collect()
    }
}

fn is_marked(summary: &BuildSummary) -> bool {
    summary.accepted.starts_with(MARK)
}

/// What a build did, in words that name no folder.
fn told(root: &Path, result: &Result<BuildSummary, Failure>) -> String {
    let text = match result {
        Ok(summary) => summary.to_string(),
        Err(Failure::Refused(findings)) => {
            let messages = findings.iter().map(|finding| finding.message.clone());
            messages.collect::<Vec<_>>().join("\n")
        }
        Err(failure) => failure.to_string(),
    };
    text.replace(&root.display().to_string(), "")
}

#[test]
fn a_build_over_the_same_sources_is_the_one_before() {
    let clone = Clone::new();
    let first = clone.build().unwrap().to_string();
    let outputs = clone.outputs();
    assert_eq!(outputs.len(), 12);
    assert!(first.contains("\nchanges   not compared: there was no previous output\n"));
    let second = clone.build().unwrap().to_string();
    let changes = "changes   not compared: there was no previous output";
    assert_eq!(second, first.replace(changes, "changes   none"));
    clone.mark();
    assert!(clone.is_answered() && clone.is_answered());
    assert_eq!(clone.outputs(), outputs);
    // Whoever wants to see it done can.
    let anew = build_with_receipt(&clone.options(), &clone.receipt(), true).unwrap();
    assert_eq!(anew.to_string(), second);
    assert_eq!(
        clone.build().unwrap().to_string(),
        second,
        "it is kept again"
    );
    // Without a place for it there is none.
    clone.mark();
    assert_eq!(build(&clone.options()).unwrap().to_string(), second);
}

#[test]
fn what_is_asked_for_besides_is_neither_kept_nor_answered() {
    let clone = Clone::new();
    let plain = clone.built().options();
    let kept = fs::read(clone.receipt()).unwrap();
    let id = "apple/en-us/2022-08-25".to_owned();
    let iana = clone.path("sources/iana/2026-08-17.csv");
    for options in [
        BuildOptions {
            capture: Some(id),
            ..plain.clone()
        },
        BuildOptions {
            locale: Some("en-us".to_owned()),
            ..plain.clone()
        },
        BuildOptions {
            iana: Some(iana),
            ..plain.clone()
        },
        BuildOptions {
            accept: Some("a test".to_owned()),
            ..plain.clone()
        },
    ] {
        let summary = build_with_receipt(&options, &clone.receipt(), false).unwrap();
        assert!(!is_marked(&summary), "{options:?}");
        assert!(fs::read(clone.receipt()).unwrap() == kept, "{options:?}");
    }
}

#[test]
fn a_build_that_is_refused_leaves_no_receipt() {
    let clone = Clone::new();
    fs::remove_file(clone.path("sources/apple/en-us/2022-08-25/accepted.toml")).unwrap();
    for _ in 0..2 {
        assert!(matches!(clone.build(), Err(Failure::Refused(_))));
        assert!(!clone.receipt().exists());
    }
    // What a build must not do, it must not do with a receipt either.
    let clone = Clone::new();
    clone.built();
    fs::write(
        clone.path("output/capture.toml"),
        fs::read(clone.path("sources/iana/2026-08-17.toml")).unwrap(),
    )
    .unwrap();
    assert!(clone.build().is_err());
}
