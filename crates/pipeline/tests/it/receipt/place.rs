//! Receipts that are damaged, too long, or of something else.

use std::fs;
use std::path::Path;

use appleports_pipeline::{BuildOptions, build_with_receipt};
use serde_json::{Value, json};

use super::{Clone, is_marked};

#[test]
fn a_receipt_of_something_else_is_not_taken() {
    let clone = Clone::new();
    let kept = fs::read_to_string(clone.built().receipt()).unwrap();
    let value: Value = serde_json::from_str(&kept).unwrap();
    for (field, other) in [
        ("/surroundings/program", json!("/usr/bin/appleports")),
        ("/surroundings/stamp/bytes", json!(1)),
        ("/surroundings/stamp/modified/nanos_since_epoch", json!(1)),
        ("/surroundings/stamp/inode/0", json!(1)),
        ("/surroundings/version", json!("0.0.9")),
        ("/surroundings/sources", json!("/sources")),
        ("/surroundings/output", json!("/output")),
        ("/answers/files/corrections.toml", json!("missing")),
        ("/files/0/sha256", json!("0")),
    ] {
        let mut edited = value.clone();
        *edited.pointer_mut(field).expect(field) = other;
        fs::write(clone.receipt(), edited.to_string()).unwrap();
        assert!(!clone.is_answered(), "{field}");
        // It was replaced by a good one.
        clone.mark();
        assert!(clone.is_answered(), "{field}");
    }
}

#[test]
fn other_folders_have_other_receipts() {
    let clone = Clone::new();
    let plain = clone.built().options();
    for (name, to) in [("output", "other"), ("sources", "others")] {
        copy(&clone.path(name), &clone.path(to));
    }
    let with = |options: &BuildOptions| {
        let summary = build_with_receipt(options, &clone.receipt(), false).unwrap();
        is_marked(&summary)
    };
    let output = BuildOptions {
        output: clone.path("other"),
        ..plain.clone()
    };
    let sources = BuildOptions {
        sources: clone.path("others"),
        ..plain.clone()
    };
    for options in [output, sources] {
        assert!(with(&plain));
        assert!(!with(&options), "{options:?}");
        // The last one counts.
        assert!(!with(&plain));
        clone.mark();
    }
}

#[test]
fn what_is_damaged_does_no_harm() {
    let clone = Clone::new();
    let outputs = clone.built().outputs();
    let kept = fs::read(clone.receipt()).unwrap();
    let limit = 4 * 1024 * 1024;
    let padded = |length: usize| [kept.clone(), vec![b' '; length - kept.len()]].concat();
    fs::write(clone.receipt(), padded(limit)).unwrap();
    assert!(clone.is_answered());
    let damaged = [
        padded(limit + 1),
        kept[..kept.len() - 1].to_vec(),
        kept[..kept.len() / 2].to_vec(),
        [&kept[..], b"}"].concat(),
        Vec::new(),
        b"null".to_vec(),
        b"{}".to_vec(),
        vec![b'['; 100_000],
        vec![0; kept.len()],
    ];
    for bytes in damaged {
        fs::write(clone.receipt(), &bytes).unwrap();
        assert!(!clone.is_answered(), "{} bytes", bytes.len());
        assert!(clone.outputs() == outputs);
        assert_ne!(fs::read(clone.receipt()).unwrap(), bytes);
    }
}

#[test]
fn a_place_that_cannot_be_used_is_no_error() {
    let clone = Clone::new();
    let said = clone.build().unwrap().to_string();
    let said = said.replace("not compared: there was no previous output", "none");
    for blocked in [
        "caches",
        "caches/appleports",
        "caches/appleports/last-build.json",
    ] {
        let _ = fs::remove_dir_all(clone.path("caches"));
        let path = clone.path(blocked);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // A file in place of a folder, or a folder in place of the file.
        if path == clone.receipt() {
            fs::create_dir(&path).unwrap();
        } else {
            fs::write(&path, "a file").unwrap();
        }
        for _ in 0..2 {
            assert_eq!(clone.build().unwrap().to_string(), said, "{blocked}");
        }
        fs::remove_file(&path)
            .or_else(|_| fs::remove_dir(&path))
            .unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for name in appleports_store::files_below(from).unwrap() {
        let place = to.join(&name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(from.join(name), place).unwrap();
    }
}
