//! The output formats: one file each, one line in [`FORMATS`].

mod csv;
mod datapackage;
pub(crate) mod explorer;
mod findings;
pub(crate) mod json;
mod report;
mod schema;
mod services;
mod services_line;
mod services_merge;
mod services_registry;
mod timeline;

use appleports_model::{Dataset, sha256_hex};

pub use schema::PORTS_SCHEMA;
pub use services_merge::{NestedBlock, merge_services, services_base};
pub use services_registry::{RegistryServices, registry_services};

/// One output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The file name below the output folder.
    pub name: &'static str,
    /// The whole content.
    pub bytes: Vec<u8>,
    /// SHA-256 of it, for the manifest and for whoever looks at the file again.
    pub sha256: String,
    /// How many data rows the file has, where it has rows.
    pub rows: Option<u64>,
}

impl Output {
    /// A file with these contents.
    pub fn new(name: &'static str, bytes: Vec<u8>, rows: Option<u64>) -> Self {
        Self {
            name,
            sha256: sha256_hex(&bytes),
            bytes,
            rows,
        }
    }
}

/// A format that the dataset can be written in.
pub struct Format {
    /// The name for `export --format`.
    pub name: &'static str,
    /// The path below the output folder, with `/` as separator.
    pub file: &'static str,
    /// Writes the dataset: the bytes, and the number of rows where there are rows.
    pub write: fn(&Dataset) -> (Vec<u8>, Option<u64>),
}

/// All formats, in the order in which the output folder is written.
pub static FORMATS: &[Format] = &[
    Format {
        name: "csv",
        file: "ports.csv",
        write: csv::write,
    },
    Format {
        name: "json",
        file: "ports.json",
        write: json::write,
    },
    Format {
        name: "schema",
        file: "ports.schema.json",
        write: schema::write,
    },
    Format {
        name: "services",
        file: "services",
        write: services::write,
    },
    Format {
        name: "findings",
        file: "findings.json",
        write: findings::write,
    },
    Format {
        name: "timeline",
        file: "history.svg",
        write: timeline::write,
    },
    Format {
        name: "explorer",
        file: explorer::FILE,
        write: explorer::write,
    },
    Format {
        name: "report",
        file: "report.md",
        write: report::write,
    },
];

/// The formats of a dataset, written; `further` are the files that others make of it. The
/// manifest `datapackage.json` is the last.
pub fn output_set(dataset: &Dataset, further: Vec<Output>) -> Vec<Output> {
    let written = FORMATS.iter().map(|format| {
        let (bytes, rows) = (format.write)(dataset);
        Output::new(format.file, bytes, rows)
    });
    let mut outputs: Vec<Output> = written.chain(further).collect();
    let manifest = datapackage::write(dataset, &outputs);
    outputs.push(manifest);
    outputs
}
