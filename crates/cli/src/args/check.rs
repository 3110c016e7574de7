//! What `check` takes.

use std::path::PathBuf;

use anyhow::bail;
use appleports_emit::{REPORTS, Report};
use appleports_model::{Finding, Level, PortRange, Product, Rule};
use appleports_pipeline::{Filter, FindingFilter};
use clap::{Args, ValueEnum};

use super::named::one_of;
use super::services::{OF_THE_SYSTEM, services_file};
use super::{Choice, canonical, filled};
use crate::codes::known;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  appleports check\n  appleports check --deny warning --baseline output/findings.json\n  appleports check --iana service-names-port-numbers.2024-04-30.csv\n  appleports check --services\n  appleports check --services debian.services --services macos.services\n  appleports check --code I001 --code I011 --product FaceTime"
)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Another edition of the registry, CSV or XML, instead of the stored one
    #[arg(long, value_name = "FILE")]
    pub(crate) iana: Option<PathBuf>,
    /// Compare with a services(5) file; without FILE, with the system's own, /etc/services or
    /// /usr/etc/services
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = OF_THE_SYSTEM, value_parser = services_file())]
    pub(crate) services: Vec<PathBuf>,
    /// An RFC index, rfc-index.txt or rfc-index.xml, instead of the stored facts
    #[arg(long, value_name = "FILE")]
    pub(crate) rfc_index: Option<PathBuf>,
    /// Only findings with this code; may be repeated
    #[arg(long, value_name = "CODE", value_parser = known)]
    pub(crate) code: Vec<&'static Rule>,
    /// Only findings at this level or above
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<DenyLevel>,
    /// Only findings about rows that share a port with this one or this range
    #[arg(long, value_name = "P[-Q]")]
    pub(crate) port: Option<PortRange>,
    /// Only findings about rows of this product, in any spelling; may be repeated
    #[arg(long, value_name = "NAME", value_parser = filled)]
    pub(crate) product: Vec<String>,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    /// A findings.json with known findings: only new ones are shown and make the check fail
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

impl Check {
    /// Which findings to keep, the products those of the list.
    ///
    /// # Errors
    /// A text that is no product; a code whose findings are all below the level.
    pub(crate) fn filter(&self, products: &[Product]) -> anyhow::Result<FindingFilter> {
        let level = self.level.map(DenyLevel::level);
        let lower = self
            .code
            .iter()
            .find(|rule| level.is_some_and(|level| rule.level < level));
        if let (Some(rule), Some(level)) = (lower, level) {
            bail!(
                "--code {} and --level {level} contradict each other: its findings are {}s",
                rule.code,
                rule.level
            );
        }
        let records = Filter {
            ports: self.port,
            products: canonical(&self.product, products)?,
            ..Filter::default()
        };
        Ok(FindingFilter {
            codes: self.code.iter().map(|rule| rule.code.to_owned()).collect(),
            level,
            records: Some(records).filter(|records| *records != Filter::default()),
        })
    }
}

/// How findings are shown, and from which level on they are an answer of no.
#[derive(Debug, Args)]
pub(crate) struct Reporting {
    /// How to show the findings
    #[arg(long, value_name = "F", default_value = "human", value_parser = one_of(REPORTS, |one| one.name))]
    pub(crate) format: &'static Report,
    /// Exit with 1 if a finding is at this level or above
    #[arg(long, value_enum, default_value_t = DenyLevel::Error, value_name = "LEVEL")]
    pub(crate) deny: DenyLevel,
}

impl Reporting {
    /// Whether no finding is at the level that is denied, or above it.
    pub(crate) fn passes(&self, findings: &[Finding]) -> bool {
        let denied = self.deny.level();
        findings.iter().all(|finding| finding.level < denied)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DenyLevel {
    Error,
    Warning,
    Note,
}

impl DenyLevel {
    pub(crate) const fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
        }
    }
}
