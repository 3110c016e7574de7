//! What the command carries says exactly what the sources give.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use appleports_model::{PortRange, RegistryEntry, SourceKind};
use appleports_pipeline::{
    Additions, AssembleOptions, Assembled, BUILT_IN, BuiltIn, LookUp, assemble_with, built_in,
};
use appleports_store::SourceFolder;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources() -> SourceFolder {
    SourceFolder::new(root().join("sources"))
}

static ASSEMBLED: LazyLock<Assembled> =
    LazyLock::new(|| assemble_with(&sources(), &AssembleOptions::default()).unwrap());

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn additions() -> Additions {
    Additions::parse(&text(&format!("{BUILT_IN}/additions.json"))).unwrap()
}

fn look_up(ports: &[PortRange]) -> LookUp {
    static FILES: LazyLock<[String; 3]> = LazyLock::new(|| {
        let edition = &ASSEMBLED.registry.edition;
        let registry = format!("sources/{edition}.csv");
        ["output/ports.json", "output/findings.json", &registry].map(text)
    });
    let [ports_json, findings, registry] = &*FILES;
    let files = BuiltIn {
        ports: ports_json,
        findings,
        registry: registry.as_bytes(),
    };
    additions().look_up(files, ports).unwrap()
}

#[test]
fn the_committed_files_are_those_of_the_sources() {
    for (name, bytes) in built_in(&root(), &ASSEMBLED).unwrap() {
        let path = format!("{BUILT_IN}/{name}");
        let is_fresh = fs::read(root().join(&path)).unwrap_or_default() == bytes;
        assert!(is_fresh, "{path}: run `cargo xtask regenerate`");
        assert!(!bytes.is_empty(), "{path}");
    }
}

#[test]
fn nothing_is_lost_or_changed() {
    let known = look_up(&[]);
    let (dataset, expected) = (&known.dataset, &ASSEMBLED.dataset);
    for (record, expected) in dataset.records.iter().zip(&expected.records) {
        assert_eq!(record, expected);
    }
    for (former, expected) in dataset.former.iter().zip(&expected.former) {
        assert_eq!(former, expected);
    }
    for (finding, expected) in dataset.findings.iter().zip(&expected.findings) {
        assert_eq!(finding, expected);
    }
    assert_eq!(dataset, expected);
    assert_eq!(known.siblings, ASSEMBLED.siblings);
    assert_eq!(known.passed_over, ASSEMBLED.passed_over);
    assert_eq!(known.registry.edition, ASSEMBLED.registry.edition);
    assert_eq!(known.registry.entries().len(), 0);
    let ids = SourceKind::ALL.map(|kind| sources().list(kind).unwrap());
    assert_eq!(additions().sources, ids.concat());
}

#[test]
fn the_registry_has_all_rows_of_a_port() {
    let whole = &ASSEMBLED.registry;
    let rows = |known: &LookUp, port: u16| -> bool {
        let covering: Vec<RegistryEntry<'_>> = known.registry.covering(port).collect();
        covering.into_iter().eq(whole.covering(port))
    };
    let edges = [
        0, 1, 1023, 1024, 8021, 49_150, 49_151, 49_152, 65_534, 65_535,
    ];
    let others = (0..600).map(|at| at * 109);
    for port in others.chain(edges) {
        let known = look_up(&[PortRange::single(port)]);
        assert!(rows(&known, port), "{port}");
        // A few blocks of rows, not the registry.
        assert!(known.registry.entries().len() < 1000, "{port}");
    }
    let all = look_up(&[PortRange::new(1, 65_535).unwrap()]);
    for port in 1..=65_535 {
        assert!(rows(&all, port), "{port}");
    }
}

#[test]
fn damaged_files_are_an_error() {
    let registry = text(&format!("sources/{}.csv", ASSEMBLED.registry.edition));
    let files = BuiltIn {
        ports: "{}",
        findings: "[]",
        registry: registry.as_bytes(),
    };
    assert!(additions().look_up(files, &[]).is_err());
    let cut = BuiltIn {
        registry: &registry.as_bytes()[..1000],
        ..files
    };
    let port = PortRange::single(5223);
    let error = additions().look_up(cut, &[port]).unwrap_err().to_string();
    assert_eq!(error, "iana/2026-08-17: cut off");
    assert!(Additions::parse("{").is_err());
}
