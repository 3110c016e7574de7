//! The questions, each with our answer, its floor and its peers.

use std::path::{Path, PathBuf};

use super::Bench;
use super::race::{Program, Race};

pub(super) const BUILD: &str = "build: every source to every output";
pub(super) const START: &str = "start";
pub(super) const LOOK_UP: &str = "look-ups of an installed command, outside a clone";
pub(super) const DIFFERENCE: &str = "difference of two registry editions by key";
pub(super) const CSV_SERVICES: &str = "registry as CSV to services(5)";
pub(super) const XML_SERVICES: &str = "registry as XML to services(5)";
pub(super) const PAGE: &str = "HTML page to records";
pub(super) const VALIDATE: &str = "outputs against their manifest";
pub(super) const NAME: &str = "what a service name stands for";

pub(super) const OWN: &str = "appleports";
pub(super) const AGAIN: &str = "appleports again, over the same sources";
pub(super) const VERSION: &str = "--version";
pub(super) const LOOK_UPS: [&str; 7] = [
    "find airplay",
    "why 5223",
    "export --format csv",
    "export --format nftables --product FaceTime",
    "products",
    "history --port 5223",
    "explain A002",
];
pub(super) const PARSE: &str = "floor: read and parse the same sources";
pub(super) const TRUE: &str = "true";
pub(super) const MERGE: &str = "floor: read, sort and merge with the csv crate";
pub(super) const CSV_DIFF: &str = "csv-diff (Python)";
pub(super) const DAFF: &str = "daff (Node.js)";
pub(super) const PYTHON: &str = "Python, standard library";
pub(super) const PANDAS: &str = "Python, pandas";

/// `appleports build` into a folder of the bench.
pub(super) fn build(bench: &Bench<'_>) -> Program {
    let output = bench.inputs.path("output");
    let arguments = ["build", "--anew", "--output", &output];
    Program::new(OWN, &bench.release.join("appleports"), &arguments)
}

/// The same once more: nothing has changed since.
fn build_again(bench: &Bench<'_>) -> Program {
    let output = bench.inputs.path("output");
    let arguments = ["build", "--output", &output];
    Program::new(AGAIN, &bench.release.join("appleports"), &arguments)
}

pub(super) fn all(bench: &Bench<'_>) -> Vec<Race> {
    let cli = |arguments: &[&str]| Program::new(OWN, &bench.release.join("appleports"), arguments);
    let floor = |name: &'static str, arguments: &[&str]| {
        let arguments = [&["floor"], arguments].concat();
        Program::new(name, &bench.release.join("xtask"), &arguments)
    };
    let python = |name: &'static str, script: &str, arguments: &[&str]| {
        let script = bench
            .root
            .join(".ci/peers.d")
            .join(script)
            .display()
            .to_string();
        let arguments = [&[script.as_str()], arguments].concat();
        Program::new(name, &peer(bench.root, "bin/python"), &arguments)
    };
    let path = |name: &str| bench.inputs.path(name);
    let (old, new) = (path("old.csv"), path("new.csv"));
    let (keyed_old, keyed_new) = (path("keyed-old.csv"), path("keyed-new.csv"));
    let (xml, page) = (path("registry.xml"), path("page.html"));
    let services = |file: &str| cli(&["export", "--format", "services", "--registry", file]);
    let package = bench
        .root
        .join("output/datapackage.json")
        .display()
        .to_string();
    vec![
        Race {
            title: BUILD,
            programs: vec![build(bench), build_again(bench), floor(PARSE, &["parse"])],
        },
        Race {
            title: START,
            programs: vec![
                cli(&["--version"]),
                Program::new(TRUE, Path::new("true"), &[]),
            ],
        },
        look_ups(bench),
        Race {
            title: DIFFERENCE,
            programs: vec![
                cli(&["diff", &old, &new, "--format", "json"]).may_be_one(),
                floor(MERGE, &["merge", &old, &new]),
                Program::new(
                    CSV_DIFF,
                    &peer(bench.root, "bin/csv-diff"),
                    &[&keyed_old, &keyed_new, "--key", "Key", "--json"],
                ),
                Program::new(
                    DAFF,
                    &peer(bench.root, "node_modules/.bin/daff"),
                    &["diff", "--id", "Key", &keyed_old, &keyed_new],
                )
                .may_be_one(),
            ],
        },
        Race {
            title: CSV_SERVICES,
            programs: vec![
                services(&old),
                floor("floor: the csv crate counting records", &["csv", &old]),
                python(PYTHON, "plain_python.py", &[&old]),
                python(PANDAS, "pandas_services.py", &[&old]),
            ],
        },
        Race {
            title: XML_SERVICES,
            programs: vec![services(&xml), python(PYTHON, "xml_services.py", &[&xml])],
        },
        Race {
            title: PAGE,
            programs: vec![
                cli(&["ingest", "--dry-run", "--format", "json", &page]),
                floor("floor: html5ever parsing alone", &["html", &page]),
                python(PANDAS, "pandas_page.py", &[&page]),
            ],
        },
        Race {
            title: VALIDATE,
            programs: vec![
                cli(&["verify"]),
                Program::new(
                    "frictionless (Python)",
                    &peer(bench.root, "bin/frictionless"),
                    &["validate", &package],
                ),
            ],
        },
        Race {
            title: NAME,
            programs: vec![
                cli(&["find", "--service", "ipp"]),
                Program::new(
                    "getent, from /etc/services",
                    Path::new("getent"),
                    &["services", "ipp"],
                ),
            ],
        },
    ]
}

/// The command in a folder without sources, where it answers from what it carries.
fn look_ups(bench: &Bench<'_>) -> Race {
    let look_up = |line: &'static str| {
        let words: Vec<&str> = line.split(' ').collect();
        Program::new(line, &bench.release.join("appleports"), &words).within(bench.inputs.folder())
    };
    Race {
        title: LOOK_UP,
        programs: [VERSION].into_iter().chain(LOOK_UPS).map(look_up).collect(),
    }
}

/// A program that `.ci/peers` installs.
fn peer(root: &Path, name: &str) -> PathBuf {
    root.join("target/peers").join(name)
}
