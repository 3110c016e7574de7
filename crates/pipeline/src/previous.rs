//! What stands in the output folder: the dataset that a build would replace.

use std::collections::HashSet;
use std::path::Path;

use appleports_emit::{Document, Output};
use appleports_model::{Dataset, PortRange, PortSet, Record, SourceInfo, SourceKind};
use appleports_store::{MAX_OUTPUT, StoreError, read_own};
use serde::Deserialize;
use serde_json::Value;

/// The output that holds the dataset, and the manifest.
pub(crate) const PORTS: &str = "ports.json";
pub(crate) const MANIFEST: &str = "datapackage.json";

/// The dataset that a build would replace.
pub(crate) enum Previous {
    /// The usual case: there is nothing to read, and nothing to compare by meaning.
    Same,
    /// Another one.
    Document(Document<'static>),
    /// `ports.json` is missing or damaged, and why. An interrupted run leaves no damaged
    /// file, so this is somebody's hand, and the build mends it; the other files still
    /// tell how much there was, if they are there.
    Lost(String, Option<Extent>),
}

/// How much a dataset holds, for the guards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The rows of the article.
    pub(crate) rows: u64,
    /// The ports, transport by transport; none where only the rows are known.
    pub(crate) ports: Option<u64>,
    /// How many rows have something in each of [`COLUMNS`]; likewise.
    pub(crate) filled: Option<[u64; COLUMNS.len()]>,
}

/// The columns that the guards watch.
pub(crate) const COLUMNS: [&str; 5] = ["transport", "title", "RFC", "service name", "used-by text"];

impl Previous {
    /// Reads what stands in the folder, `outputs` being what would replace it.
    pub(crate) fn read(output: &Path, outputs: &[Output]) -> Self {
        let path = output.join(PORTS);
        let reason = match read_own(&path, MAX_OUTPUT) {
            Err(error) if error.is_not_found() => "there was no previous output".to_owned(),
            Err(error) => error.to_string(),
            Ok(bytes)
                if outputs
                    .iter()
                    .any(|own| own.name == PORTS && own.bytes == bytes) =>
            {
                return Self::Same;
            }
            Ok(bytes) => match Document::parse(&bytes) {
                Ok(document) => return Self::Document(document),
                Err(error) => format!("the previous {} is damaged: {error}", path.display()),
            },
        };
        Self::Lost(reason, rest(output))
    }

    /// How much there was; none where it is the same, or where there was nothing.
    pub(crate) fn extent(&self) -> Option<Extent> {
        match self {
            Self::Same => None,
            Self::Document(document) => Some(Extent::of(&document.records)),
            Self::Lost(_, extent) => extent.clone(),
        }
    }
}

impl Extent {
    /// Of records.
    pub(crate) fn of(records: &[Record]) -> Self {
        let mut filled = [0; COLUMNS.len()];
        for record in records {
            let has = [
                !record.transports.is_empty(),
                !record.title.is_empty(),
                !record.rfcs.is_empty(),
                !record.service_name.is_empty(),
                !record.used_by.is_empty(),
            ];
            for (count, has) in filled.iter_mut().zip(has) {
                *count += u64::from(has);
            }
        }
        let rows = records.iter().flat_map(Record::rows);
        let ports = rows.map(|(ports, transport)| {
            (
                transport.map_or("", appleports_model::Transport::as_str),
                ports,
            )
        });
        Self {
            rows: records.len() as u64,
            ports: Some(count(ports)),
            filled: Some(filled),
        }
    }

    /// Of the rows of a `ports.csv`; none where it is no such file.
    fn of_csv(bytes: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Row {
            id: String,
            port_first: u16,
            port_last: u16,
            transport: String,
            service_name: String,
            title: String,
            rfcs: String,
            used_by: String,
        }
        let mut reader = csv::Reader::from_reader(bytes);
        let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().ok()?;
        let mut known = HashSet::new();
        let mut filled = [0; COLUMNS.len()];
        for row in rows.iter().filter(|row| known.insert(row.id.as_str())) {
            let cells = [
                &row.transport,
                &row.title,
                &row.rfcs,
                &row.service_name,
                &row.used_by,
            ];
            for (count, cell) in filled.iter_mut().zip(cells) {
                *count += u64::from(!cell.is_empty());
            }
        }
        let ports = rows.iter().filter_map(|row| {
            let ports = PortRange::new(row.port_first, row.port_last).ok()?;
            Some((row.transport.as_str(), ports))
        });
        Some(Self {
            rows: known.len() as u64,
            ports: Some(count(ports)),
            filled: Some(filled),
        })
    }
}

/// How many different ports there are, transport by transport.
fn count<'a>(rows: impl Iterator<Item = (&'a str, PortRange)>) -> u64 {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable();
    let by_transport = rows.chunk_by(|one, other| one.0 == other.0);
    let sets = by_transport.map(|rows| rows.iter().map(|row| row.1).collect::<PortSet>());
    sets.map(|ports| u64::from(ports.count())).sum()
}

/// What the other files tell where `ports.json` cannot be read.
fn rest(output: &Path) -> Option<Extent> {
    let csv = read_own(&output.join("ports.csv"), MAX_OUTPUT).ok();
    csv.and_then(|bytes| Extent::of_csv(&bytes)).or_else(|| {
        let rows = manifest(output).ok()?["totals"]["rows_emitted"].as_u64()?;
        Some(Extent {
            rows,
            ..Extent::default()
        })
    })
}

/// The manifest of an output folder.
pub(crate) fn manifest(output: &Path) -> Result<Value, ManifestError> {
    let bytes = read_own(&output.join(MANIFEST), MAX_OUTPUT).map_err(ManifestError::Store)?;
    serde_json::from_slice(&bytes).map_err(ManifestError::Json)
}

/// Why a manifest cannot be read.
#[derive(Debug)]
pub(crate) enum ManifestError {
    Store(StoreError),
    Json(serde_json::Error),
}

/// The reason for which the guards were overruled when the output folder was built, for as
/// long as it is built from the same capture; else empty.
pub fn accepted_before(output: &Path, dataset: &Dataset) -> String {
    let is_article = |source: &&SourceInfo| source.kind == SourceKind::Article;
    let Some(capture) = dataset.sources.iter().find(is_article) else {
        return String::new();
    };
    let is_same = |id: &str, hash: &str| id == capture.id && hash == capture.sha256;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Ok(manifest) = manifest(output)
        && let Some(first) = manifest["sources"].get(0)
    {
        let hash = text(&first["hash"]);
        let hash = hash.trim_start_matches("sha256:");
        let accepted = text(&manifest["accepted"]);
        let is_same = is_same(&text(&first["title"]), hash);
        return if is_same { accepted } else { String::new() };
    }
    // Somebody's hand has taken the manifest away; the dataset has the reason, too.
    let bytes = read_own(&output.join(PORTS), MAX_OUTPUT).unwrap_or_default();
    let document = Document::parse(&bytes).ok();
    let same = document.filter(|document| {
        let first = document.sources.first();
        first.is_some_and(|own| is_same(&own.id, &own.sha256))
    });
    same.map_or_else(String::new, |document| {
        document.summary.accepted.into_owned()
    })
}
