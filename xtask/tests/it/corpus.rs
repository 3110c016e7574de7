//! What fuzzing found worth keeping is read again by each target, without a fuzzer.

#[path = "../../../fuzz/bodies.rs"]
mod bodies;

use std::fs;
use std::io::Read;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

/// Reads the seeds and the kept corpus of a target, at least `least` inputs.
fn replay(target: &str, body: fn(&[u8]), least: usize) {
    replay_some(target, body, least, 1);
}

/// Reads every so many of at least `least` inputs.
fn replay_some(target: &str, body: fn(&[u8]), least: usize, step: usize) {
    let mut count = 0;
    let mut read = |name: &str, bytes: &[u8]| {
        count += 1;
        if count % step != 0 {
            return;
        }
        let done = catch_unwind(|| body(bytes));
        assert!(
            done.is_ok(),
            "{target}: {name}: {:?}",
            bytes.escape_ascii().to_string()
        );
    };
    for entry in fs::read_dir(fuzz().join("seeds").join(target)).unwrap() {
        let path = entry.unwrap().path();
        read(&path.display().to_string(), &fs::read(&path).unwrap());
    }
    // A target that was never fuzzed has seeds alone; `least` says how many inputs there are.
    let packed = fuzz().join("corpus").join(format!("{target}.tar.gz"));
    if let Ok(packed) = fs::File::open(packed) {
        let mut archive = tar::Archive::new(GzDecoder::new(packed));
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            read(&entry.path().unwrap().display().to_string(), &bytes);
        }
    }
    assert!(count >= least, "{target}: only {count} inputs");
}

#[test]
fn captures() {
    replay_some("capture", bodies::capture, 500, 8);
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn all_captures() {
    replay("capture", bodies::capture, 500);
}

#[test]
fn datasets() {
    replay("dataset", bodies::dataset, 100);
}

#[test]
fn lists() {
    replay("lists", bodies::lists, 15);
}

#[test]
fn registries() {
    replay("registry", bodies::registry, 500);
}

#[test]
fn rfc_indexes() {
    replay("rfc_index", bodies::rfc_index, 500);
}

#[test]
fn services_files() {
    replay("services", bodies::services, 500);
}
