//! What the command carries within itself: the repository's sources, and the dataset that was
//! assembled from them when they were committed.

use appleports_model::{PortRange, SourceId};
use appleports_pipeline::{Additions, BuiltIn, LookUp};
use appleports_store::{SourceFolder, StoreError};
use flate2::Crc;

/// The repository's sources as they were when the command was built.
const ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sources.tar.gz"));

/// The dataset of these very sources. All its files are empty where the one that was generated
/// is of others.
const FILES: BuiltIn<'_> = BuiltIn {
    ports: include_str!(concat!(env!("OUT_DIR"), "/ports.json")),
    findings: include_str!(concat!(env!("OUT_DIR"), "/findings.json")),
    registry: include_bytes!(concat!(env!("OUT_DIR"), "/registry.csv")),
};
const ADDITIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/additions.json"));

/// The checksums: of what each look-up reads (ports, findings, additions, in this order), and of the
/// registry, which only those of ports read. The archive has one of its own.
const SUM: [u8; 4] = *include_bytes!(concat!(env!("OUT_DIR"), "/sum"));
const REGISTRY_SUM: [u8; 4] = *include_bytes!(concat!(env!("OUT_DIR"), "/registry.sum"));

/// What stands for the sources' folder in what people read.
const NAME: &str = "built-in";

/// The dataset that was assembled beforehand.
#[derive(Clone, Debug)]
pub(crate) struct Prepared(Additions);

/// The dataset, if there is one; none where the sources have to be assembled.
///
/// # Errors
/// When a byte of it has changed.
pub(crate) fn prepared() -> anyhow::Result<Option<Prepared>> {
    is_whole(
        &[FILES.ports, FILES.findings, ADDITIONS].map(str::as_bytes),
        SUM,
    )?;
    if ADDITIONS.is_empty() {
        return Ok(None);
    }
    Ok(Some(Prepared(Additions::parse(ADDITIONS)?)))
}

/// Refuses files with another checksum.
fn is_whole(files: &[&[u8]], expected: [u8; 4]) -> Result<(), StoreError> {
    let mut sum = Crc::new();
    for file in files {
        sum.update(file);
    }
    if sum.sum().to_le_bytes() == expected {
        return Ok(());
    }
    let (name, reason) = (NAME.to_owned(), "its checksum differs".to_owned());
    Err(StoreError::Archive { name, reason })
}

/// The sources, unpacked.
///
/// # Errors
/// When the archive is damaged.
pub(crate) fn sources() -> anyhow::Result<SourceFolder> {
    Ok(SourceFolder::archived(NAME, ARCHIVE)?)
}

impl Prepared {
    /// The ids of the sources.
    pub(crate) fn ids(&self) -> &[SourceId] {
        &self.0.sources
    }

    /// What a look-up answers from, with the registry's rows near these ports.
    ///
    /// # Errors
    /// When a file is damaged.
    pub(crate) fn look_up(self, ports: &[PortRange]) -> anyhow::Result<LookUp> {
        if !ports.is_empty() {
            is_whole(&[FILES.registry], REGISTRY_SUM)?;
        }
        Ok(self.0.look_up(FILES, ports)?)
    }
}
