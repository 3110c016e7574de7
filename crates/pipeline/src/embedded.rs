//! The dataset as files that a command carries within itself, to answer in any folder.
//!
//! Three compressed files: the dataset, the registry that its verdicts rest on, and what
//! Apple's other articles say. The last two are the stored sources themselves.

use std::io::{Read, Write};

use anyhow::{Context, anyhow};
use appleports_emit::Document;
use appleports_ingest::{read_registry, read_siblings};
use appleports_model::{
    Dataset, Finding, PortRange, Product, RfcFacts, SourceInfo, SourceKind, Transport,
};
use appleports_store::SourceFolder;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use crate::{Assembled, Failure, assemble};

/// The names of the files, in the order of [`Embedded`].
const NAMES: [&str; 3] = ["dataset.json.gz", "registry.csv.gz", "siblings.toml.gz"];

/// No file is larger when it is unpacked: 64 MiB.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;

/// The compressed files.
#[derive(Clone, Copy, Debug)]
pub struct Embedded<'a> {
    /// The dataset.
    pub dataset: &'a [u8],
    /// The registry's edition.
    pub registry: &'a [u8],
    /// What Apple's other articles say; nothing where there was no file of it.
    pub siblings: &'a [u8],
}

/// What the first file holds.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    document: Document<'a>,
    findings: Vec<PackedFinding>,
    rfcs: Vec<RfcFacts>,
    products: Vec<Product>,
}

/// A finding with the rows that it is about, which `findings.json` leaves out.
#[derive(Serialize, Deserialize)]
struct PackedFinding {
    #[serde(flatten)]
    finding: Finding,
    rows: Vec<(PortRange, Option<Transport>)>,
}

/// Makes the files from the sources, as names and bytes. The same sources give the same bytes.
///
/// # Errors
/// As [`assemble`], and when a source cannot be compressed.
pub fn pack(sources: &SourceFolder) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let dataset = assemble(sources, None)?;
    let raw = |kind: SourceKind| -> Result<Vec<u8>, Failure> {
        let source = dataset.sources.iter().find(|own| own.kind == kind);
        Ok(source.map_or_else(|| Ok(Vec::new()), |own| sources.load(&own.id).map(|own| own.bytes))?)
    };
    let findings = dataset.findings.iter().map(|finding| PackedFinding {
        rows: finding.rows.clone(),
        finding: finding.clone(),
    });
    let packed = Packed {
        document: Document::new(&dataset),
        findings: findings.collect(),
        rfcs: dataset.rfcs.clone(),
        products: dataset.products.clone(),
    };
    let files = [
        serde_json::to_vec(&packed)?,
        raw(SourceKind::Iana)?,
        raw(SourceKind::Siblings)?,
    ];
    let files = NAMES.into_iter().zip(files);
    files
        .map(|(name, bytes)| Ok((name, compressed(&bytes)?)))
        .collect()
}

impl Embedded<'_> {
    /// The dataset.
    ///
    /// # Errors
    /// [`Failure::Input`] when the file is damaged.
    pub fn dataset(&self) -> Result<Dataset, Failure> {
        let packed: Packed<'static> = serde_json::from_slice(&unpacked(self.dataset)?)
            .with_context(|| damaged(NAMES[0]))?;
        let Packed {
            document,
            findings,
            rfcs,
            products,
        } = packed;
        let findings = findings.into_iter().map(|own| Finding {
            rows: own.rows,
            ..own.finding
        });
        Ok(Dataset {
            sources: document.sources.into_owned(),
            records: document.records.into_owned(),
            former: document.former.into_owned(),
            findings: findings.collect(),
            products,
            totals: document.summary.totals,
            overlaps: document.summary.overlaps.into_owned(),
            coverage: document.summary.coverage.into_owned(),
            rfcs,
            accepted: document.summary.accepted.into_owned(),
        })
    }

    /// The dataset with the registry and Apple's other articles.
    ///
    /// # Errors
    /// As [`Embedded::dataset`].
    pub fn assembled(&self) -> Result<Assembled, Failure> {
        let dataset = self.dataset()?;
        let source = |kind: SourceKind| dataset.sources.iter().find(|own| own.kind == kind);
        let registry = source(SourceKind::Iana).ok_or_else(|| damaged(NAMES[0]))?;
        let registry = read_registry(&registry.id, NAMES[1], &unpacked(self.registry)?)?;
        let read = |own: &SourceInfo| -> Result<_, Failure> {
            Ok(read_siblings(&own.id, NAMES[2], &unpacked(self.siblings)?)?)
        };
        let siblings = source(SourceKind::Siblings).map(read).transpose()?;
        Ok(Assembled {
            dataset,
            texts: std::collections::BTreeMap::new(),
            registry,
            services: Vec::new(),
            siblings,
            editions: Vec::new(),
            passed_over: Vec::new(),
        })
    }
}

fn compressed(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    // No name and no time in the head: the same bytes on any day.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut unpacked = Vec::new();
    let mut decoder = GzDecoder::new(bytes).take(MAX_UNPACKED);
    let read = decoder.read_to_end(&mut unpacked);
    read.context("the dataset built into this command is damaged; install it again")?;
    Ok(unpacked)
}

fn damaged(name: &str) -> anyhow::Error {
    anyhow!("the dataset built into this command is damaged ({name}); install it again")
}
